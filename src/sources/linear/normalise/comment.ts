import { isObject, read, textOrNull } from '../../../shared/payload.ts';
import { excerpt } from '../../../telling/excerpt.ts';
import { after, firstText } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import { firstWords } from '../../../text/markdown/write-plain.ts';
import { hasChanged, type LinearEvent } from './event.ts';
import { generic } from './generic.ts';
import { identifierOf, issueNamed, labelsOf, named, threadOf } from './parts.ts';

/** Of an issue, a project, an update or a document. */
export function comment(event: LinearEvent): Told {
  const { data, action } = event;
  const { on = '{it}', ...about } = aboutOf(event);
  const common = { ...about, facets: { labels: labelsOf(read(data, 'issue')) } };
  const body = excerpt(textOrNull(data, 'body'));
  switch (action) {
    case 'create':
      return {
        ...common,
        headline: 'New comment',
        did: `commented on ${on}`,
        excerpt: body,
        isSpoken: true,
        sum: sum(null),
      };
    case 'update':
      return hasChanged(event, 'resolvedAt') && textOrNull(data, 'resolvedAt') !== null
        ? {
            ...common,
            headline: 'Comments resolved',
            did: `resolved a thread on ${on}`,
            tone: 'done',
            sum: sum('resolved'),
          }
        : {
            ...common,
            headline: 'Comment edited',
            did: `edited a comment on ${on}`,
            excerpt: body,
            sum: sum('edited'),
          };
    case 'remove':
      return { ...common, headline: 'Comment deleted', did: `deleted a comment on ${on}`, sum: sum('deleted') };
    default:
      return generic(event);
  }
}

function sum(part: string | null) {
  return { noun: 'comment', part, alone: null };
}

/** `on`: how it is named in a sentence, where `{it}` alone is not it. */
type About = Pick<Told, 'noun' | 'handle' | 'title' | 'thread'> & { readonly on?: string };

/** What it stands on. Older webhooks say so by the address alone. */
function aboutOf(event: LinearEvent): About {
  const { data, url } = event;
  const issue = read(data, 'issue');
  if (isObject(issue) || textOrNull(data, 'issueId') !== null)
    return issueNamed(event, isObject(issue) ? issue : { id: read(data, 'issueId') });
  const update = firstText(data, ['projectUpdate.project.name', 'projectUpdate.name']);
  const projectId = firstText(data, ['projectUpdate.project.id', 'projectUpdate.projectId', 'project.id', 'projectId']);
  if (update !== null || textOrNull(data, 'projectUpdateId') !== null)
    return { on: 'an update on {it}', ...named('project', update), thread: threadOf('project', projectId) };
  const project = textOrNull(data, 'project.name');
  if (project !== null) return { ...named('project', project), thread: threadOf('project', projectId) };
  const initiative = firstText(data, ['initiativeUpdate.initiative.name', 'initiative.name']);
  if (initiative !== null) return { ...named('initiative', initiative), thread: null };
  const document = firstText(data, ['documentContent.document.title', 'document.title']);
  const [, kind = 'document', slug] = PAGE.exec(url ?? '') ?? [];
  const thread = threadOf(kind, slug ?? textOrNull(data, 'documentContentId'));
  return { ...named(kind, document ?? inWords(slug)), thread };
}

/** `…/document/hello-world-ddb80e78e24b` */
const PAGE = /^https:\/\/linear\.app\/[\w-]+\/(document|project|initiative)\/([^/?#]{1,200})/;

function inWords(slug: string | undefined): string | null {
  const words = slug
    ?.replace(/-?[\da-f]{12}$/, '')
    .replaceAll('-', ' ')
    .trim();
  return words === undefined || words === '' || words.includes('%') ? null : words;
}

/** A smile under a comment, an issue or an update. */
export function reaction(event: LinearEvent): Told {
  const { data, action } = event;
  if (action !== 'create' && action !== 'remove' && action !== 'update') return generic(event);
  const shown = emojiIn(textOrNull(data, 'emoji'));
  const issue = read(data, 'issue') ?? issueAt(event);
  const body = firstText(data, ['comment.body', 'projectUpdate.body']);
  const noun = isObject(read(data, 'projectUpdate')) ? 'project update' : 'comment';
  const about: About = isObject(issue)
    ? issueNamed(event, issue)
    : { noun, handle: null, title: body === null ? '' : firstWords(body, 120) };
  const isGone = action === 'remove';
  return {
    ...about,
    headline: isGone ? 'Reaction removed' : action === 'create' ? 'Reaction added' : 'Reaction changed',
    did: isGone
      ? `removed ${shown || 'a reaction'} from {it}`
      : `reacted ${after('with', shown || null) ?? ''} to {it}`.replace('  ', ' '),
    // Without who did it, the sentence does not say which.
    facts: [event.actor === null && shown !== '' ? shown : null],
    sum: { noun: 'reaction', part: isGone ? 'removed' : null, alone: null },
  };
}

/** `:tada:`, or the sign itself. */
function emojiIn(emoji: string | null): string {
  if (emoji === null) return '';
  if (/^[\w+-]{1,40}$/.test(emoji)) return `:${emoji}:`;
  return /^\p{Extended_Pictographic}/u.test(emoji) && emoji.length <= 16 ? emoji : '';
}

/** The address alone may say to which issue. */
function issueAt({ data, url }: LinearEvent): object | undefined {
  const isOther = ['comment', 'projectUpdate', 'project', 'document'].some((what) => isObject(read(data, what)));
  return isOther || (url ?? '').includes('#') || identifierOf(undefined, url) === null ? undefined : {};
}
