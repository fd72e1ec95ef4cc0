import { isTrue, linkOrNull, list, type Payload, textOrNull } from '../../../shared/payload.ts';
import { excerpt } from '../../../telling/excerpt.ts';
import { segment } from '../../../telling/hosting/ref.ts';
import { releaseTold } from '../../../telling/hosting/release.ts';
import { countedBy, headlineOf, say } from '../../../telling/hosting/words.ts';
import { asWords, dayFact, firstText, idAt } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import { capitalised, spaced } from '../../../text/words.ts';
import { type GitlabEvent, pageIn } from './event.ts';

const RELEASE: Readonly<Record<string, 'published' | 'edited' | 'deleted'>> = {
  create: 'published',
  update: 'edited',
  delete: 'deleted',
};

/** https://docs.gitlab.com/user/project/integrations/webhook_events/#release-events: nobody is named. */
export function release({ payload, project, action }: GitlabEvent): Told {
  const tag = textOrNull(payload, 'tag');
  const told = releaseTold({
    action: (Object.hasOwn(RELEASE, action ?? '') ? RELEASE[action ?? ''] : undefined) ?? 'published',
    name: textOrNull(payload, 'name'),
    tag,
    url: linkOrNull(payload, 'url') ?? pageIn(project, tag === null ? '-/releases' : `-/releases/${segment(tag)}`),
    notes: textOrNull(payload, 'description'),
    files: list(payload, 'assets.links').length,
  });
  const became = told.did?.replace(/^(\w+) \{it\}$/, 'was $1') ?? null;
  // The sentence begins with it: a bare `1.0.0` is no beginning.
  const handle = told.handle && !/release/i.test(told.handle) ? `Release ${told.handle}` : told.handle;
  return { ...told, became, handle: handle ?? null, title: told.title === told.handle ? (handle ?? '') : told.title };
}

/** https://docs.gitlab.com/user/project/integrations/webhook_events/#milestone-events */
export function milestone({ payload, project, action }: GitlabEvent): Told {
  const words = {
    create: say('Milestone created', 'created {it}', 'opened'),
    close: say('Milestone closed', 'closed {it}', 'done'),
    reopen: say('Milestone reopened', 'reopened {it}', 'opened'),
    delete: say('Milestone deleted', 'deleted {it}'),
  };
  const title = textOrNull(payload, 'object_attributes.title');
  const iid = idAt(payload, 'object_attributes.iid');
  const known = action !== null && Object.hasOwn(words, action) ? words[action as keyof typeof words] : null;
  return {
    ...(known ?? { headline: headlineOf({ noun: 'milestone' }, spaced(action ?? 'changed')), did: null }),
    noun: 'milestone',
    handle: title,
    title: title ?? '',
    url: pageIn(project, iid === null || action === 'delete' ? '-/milestones' : `-/milestones/${iid}`),
    excerpt: action === 'create' ? excerpt(textOrNull(payload, 'object_attributes.description')) : null,
    facts: [dayFact('due', payload, 'object_attributes.due_date')],
    sum: countedBy('milestone', known?.headline.split(' ').at(-1) ?? 'changed'),
  };
}

/** The message of a change that nobody described: `Update home`. */
const WRITTEN_BY_GITLAB = /^(?:Create|Update|Delete) \S+$/;

/** https://docs.gitlab.com/user/project/integrations/webhook_events/#wiki-page-events */
export function wikiPage({ payload, action }: GitlabEvent): Told {
  const verb = action === 'create' ? 'created' : action === 'delete' ? 'deleted' : 'edited';
  const title = textOrNull(payload, 'object_attributes.title');
  const message = textOrNull(payload, 'object_attributes.message');
  return {
    ...say(`Wiki page ${verb}`, `${verb} {it}`, verb === 'created' ? 'opened' : 'neutral'),
    noun: 'wiki page',
    handle: title,
    title: title ?? '',
    url: linkOrNull(payload, verb === 'deleted' ? 'wiki.web_url' : 'object_attributes.url'),
    excerpt: message !== null && WRITTEN_BY_GITLAB.test(message) ? null : excerpt(message),
    sum: { noun: 'wiki change', part: null, alone: null },
  };
}

/** https://docs.gitlab.com/user/project/integrations/webhook_events/#feature-flag-events */
export function featureFlag({ payload, project }: GitlabEvent): Told {
  const isOn = isTrue(payload, 'object_attributes.active');
  const name = textOrNull(payload, 'object_attributes.name');
  const turned = isOn ? 'on' : 'off';
  return {
    ...say(`Feature flag turned ${turned}`, `turned ${turned} {it}`, isOn ? 'good' : 'neutral'),
    noun: 'feature flag',
    handle: name,
    title: name ?? '',
    url: pageIn(project, '-/feature_flags'),
    facts: [textOrNull(payload, 'object_attributes.description')],
    sum: { noun: 'feature flag', part: `turned ${turned}`, alone: null },
  };
}

const AWARDED: Readonly<Record<string, readonly [noun: string, root: string, sign: string]>> = {
  MergeRequest: ['merge request', 'merge_request', '!'],
  Issue: ['issue', 'issue', '#'],
  Note: ['comment', 'note', ''],
  Snippet: ['snippet', 'snippet', '$'],
};

/** https://docs.gitlab.com/user/project/integrations/webhook_events/#emoji-events */
export function emoji({ payload, project, action, type }: GitlabEvent): Told {
  const name = asWords(textOrNull(payload, 'object_attributes.name') ?? 'an emoji');
  const awarded = textOrNull(payload, 'object_attributes.awardable_type') ?? '';
  const [noun, root, sign] = (Object.hasOwn(AWARDED, awarded) ? AWARDED[awarded] : undefined) ?? ['', type, ''];
  const number = sign === '' ? null : idAt(payload, `${root}.${sign === '$' ? 'id' : 'iid'}`);
  const isTaken = action === 'revoke';
  const handle = number === null ? null : `${sign}${number}`;
  const thread = project.path === null || handle === null ? null : `${project.path.toLowerCase()}${handle}`;
  return {
    ...say(
      isTaken ? 'Reaction removed' : 'Reaction added',
      isTaken ? `removed :${name}: from {it}` : `reacted with :${name}: to {it}`,
    ),
    noun: noun || spaced(awarded).toLowerCase() || 'something',
    handle,
    title: titleOf(payload, root),
    url: linkOrNull(payload, 'object_attributes.awarded_on_url'),
    sum: { noun: 'reaction', part: null, alone: null },
    thread: sign === '!' || sign === '#' ? thread : null,
  };
}

/** Of a comment, what it is about; nothing of what only some may read. */
function titleOf(payload: Payload, root: string): string {
  if (isTrue(payload, 'issue.confidential') || isTrue(payload, 'note.internal')) return '';
  return firstText(payload, [`${root}.title`, 'merge_request.title', 'issue.title', 'snippet.title']) ?? '';
}

/** https://docs.gitlab.com/user/project/integrations/webhook_events/#project-and-group-access-token-events: it ends within days. */
export function accessToken({ payload, project, type }: GitlabEvent): Told {
  const noun = type === 'deploy_token' ? 'deploy token' : 'access token';
  const title = capitalised(noun);
  const name = textOrNull(payload, 'object_attributes.name');
  const isDeploy = noun === 'deploy token';
  return {
    headline: `${title} expires soon`,
    tone: 'waiting',
    became: dayFact('expires on', payload, 'object_attributes.expires_at') ?? 'expires soon',
    noun,
    title: name === null ? title : `${title} ${name}`,
    url: pageIn(project, isDeploy ? '-/settings/repository' : '-/settings/access_tokens'),
    sum: { noun, part: ['expires', 'expire'], alone: null },
  };
}
