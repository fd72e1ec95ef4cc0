import type { Fact, Known } from '../../model/known/card.ts';
import { factsAt, ranked, type Said } from '../../model/known/said.ts';
import { isObject, isTrue, list, type Payload, read, textOrNull, textsIn } from '../../shared/payload.ts';
import type { Topic } from '../../telling/hosting/topic.ts';
import { momentAt } from '../../telling/parts.ts';
import { actorOf, type GitlabEvent, loginsIn, projectOf } from './normalise/event.ts';
import { issueTopic, mergeRequestTopic } from './normalise/topics.ts';

const MOST_NAMED = 100;
/** What has happened to it, said of who did it, by action. */
const DID: ReadonlyMap<string, string> = new Map([
  ['open', 'opened it'],
  ['close', 'closed it'],
  ['reopen', 'reopened it'],
  ['merge', 'merged it'],
  ['approved', 'approved it'],
  ['approval', 'approved it'],
  ['unapproved', 'took back their approval'],
  ['unapproval', 'took back their approval'],
]);

/**
 * What an event says of a merge request, an issue, or a commit's pipeline. Pure; never throws.
 * https://docs.gitlab.com/user/project/integrations/webhook_events/
 */
export function know(type: string, payload: unknown): readonly Known[] {
  if (!isObject(payload)) return [];
  const project = projectOf(payload);
  if (project.path === null) return [];
  const event = { payload, type, action: null, project, actor: actorOf(payload, project) };
  if (type === 'pipeline') return knowPipeline(event);
  if (type === 'merge_request') return knowMergeRequest(event, 'object_attributes');
  if (type === 'issue') return knowTopic(event, 'object_attributes', issueTopic(event), {});
  if (type !== 'note') return [];
  if (isObject(read(payload, 'merge_request'))) return knowMergeRequest(event, 'merge_request');
  return isObject(read(payload, 'issue')) ? knowTopic(event, 'issue', issueTopic(event, 'issue'), {}) : [];
}

function knowMergeRequest(event: GitlabEvent, root: string): readonly Known[] {
  const { payload } = event;
  const topic = mergeRequestTopic(event, root);
  const sha = textOrNull(payload, `${root}.last_commit.id`);
  return knowTopic(
    event,
    root,
    topic,
    {
      base: topic.request?.base ?? undefined,
      head: topic.request?.head ?? undefined,
      checks: sha === null ? undefined : threadAt(event, sha),
    },
    root === 'object_attributes' ? reviewFacts(event) : [],
  );
}

/** In one second what it was opened with comes first, and its end last. */
function knowTopic(
  event: GitlabEvent,
  root: string,
  topic: Topic,
  more: Said,
  others: readonly Fact[] = [],
): readonly Known[] {
  const { payload, project } = event;
  const { noun, handle, title, url, author, assignees = [] } = topic;
  if (handle === null || !/^[#!]/.test(handle)) return [];
  const isNote = root !== 'object_attributes';
  const changed = momentAt(payload, `${root}.updated_at`);
  const action = isNote ? null : textOrNull(payload, 'object_attributes.action');
  const rank = action === 'open' ? 0 : 1;
  const state = stateOf(textOrNull(payload, `${root}.state`), topic);
  // A draft that is one no longer is as new as one that was just opened.
  const isAnew = action === 'reopen' || (!isNote && isObject(read(payload, 'changes.draft')));
  const stateRank = action === 'reopen' ? 3 : state === 'merged' || state === 'closed' ? 2 : rank;
  const facts = [
    ...factsAt(ranked(changed, rank), {
      title: title === '' ? undefined : title,
      url: url ?? undefined,
      noun,
      handle,
      place: project.path ?? undefined,
      author: author ?? undefined,
      labels: labelsOf(payload, root),
      assignees: isNote ? undefined : assignees.slice(0, MOST_NAMED),
      ...more,
    }),
    ...factsAt(ranked(changed, stateRank), { state }),
    ...openedAt(isAnew ? ranked(changed, stateRank) : momentAt(payload, `${root}.created_at`)),
    ...latest(event, isNote, ranked(changed, stateRank)),
    ...others,
  ];
  return [{ thread: `gitlab ${project.path?.toLowerCase()}${handle}`, facts }];
}

/** By its receipt, what says no time would count as the newest. */
function openedAt(at: number | null): readonly Fact[] {
  return at === null ? [] : factsAt(at, { opened: true });
}

/** `locked`: it is being merged, and was what it was. */
function stateOf(state: string | null, { request }: Topic): string | undefined {
  if (state === 'merged' || state === 'closed') return state;
  if (state !== 'opened' && state !== 'reopened') return undefined;
  return request?.isDraft === true ? 'draft' : 'open';
}

function labelsOf(payload: Payload, root: string): readonly string[] | undefined {
  const path = [`${root}.labels`, ...(root === 'object_attributes' ? ['labels'] : [])].find((each) =>
    Array.isArray(read(payload, each)),
  );
  return path === undefined ? undefined : textsIn(payload, path, 'title').slice(0, MOST_NAMED);
}

function latest({ payload, actor }: GitlabEvent, isNote: boolean, changed: number | null): readonly Fact[] {
  const action = textOrNull(payload, 'object_attributes.action');
  if (actor === null || isTrue(payload, 'object_attributes.system')) return [];
  if (isNote) {
    const isNew = action !== 'update';
    const at = momentAt(payload, 'object_attributes.created_at');
    return isNew && at !== null ? factsAt(at, { latest: `${actor.login} commented` }) : [];
  }
  const isPush = action === 'update' && textOrNull(payload, 'object_attributes.oldrev') !== null;
  const did = isPush ? 'pushed commits' : DID.get(action ?? '');
  return did === undefined ? [] : factsAt(changed, { latest: `${actor.login} ${did}` });
}

/** What a reviewer's state says. Others have not said anything yet, and are waited for. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ['approved', 'approved'],
  ['requested_changes', 'changes'],
  ['reviewed', 'commented'],
]);

/** Newer instances say the state of each reviewer. Of older ones only what an event itself does to them is known. */
function reviewFacts({ payload, actor }: GitlabEvent): readonly Fact[] {
  const changed = momentAt(payload, 'object_attributes.updated_at');
  const reviewers = list(payload, 'reviewers').slice(0, MOST_NAMED).filter(isObject);
  const states = reviewers.flatMap((one) => {
    const [login] = loginsIn([one]);
    const state = textOrNull(one, 'state');
    return login === undefined || state === null ? [] : [[login, SIGNS.get(state) ?? null] as const];
  });
  const waiting = states.flatMap(([login, sign]) => (sign === null ? [login] : []));
  const isSaid = Array.isArray(read(payload, 'reviewers')) && states.length === reviewers.length;
  // Only what names somebody says since when they are asked: whatever else is changed says anew that they are.
  const isNew = textOrNull(payload, 'object_attributes.action') === 'open';
  const askedAnew = new Set(isNew ? waiting : askedIn(payload));
  return [
    ...factsAt(ranked(changed, 1), { asked: isSaid ? waiting : undefined }),
    ...states.flatMap(([login, sign]) =>
      factsAt(ranked(changed, 1), {
        [`asked:${login}`]: sign !== null ? null : askedAnew.has(login) ? true : undefined,
        [`review:${login}`]: sign,
      }),
    ),
    ...(isSaid ? [] : changedReviewers(payload, changed)),
    ...approval(payload, actor?.login ?? null, momentAt(payload, 'object_attributes.actioned_at') ?? changed),
  ];
}

/** Whom this event asks: who was no reviewer before, or had another state. */
function askedIn(payload: Payload): readonly string[] {
  const [before, now] = ['previous', 'current'].map((when) =>
    list(payload, `changes.reviewers.${when}`)
      .filter(isObject)
      .map((one) => ({ login: loginsIn([one])[0], state: textOrNull(one, 'state') })),
  );
  const isSame = (one: { readonly login?: string | undefined; readonly state: string | null }) =>
    before?.some(({ login, state }) => login === one.login && state === one.state) === true;
  return (now ?? []).flatMap((one) => (one.login === undefined || isSame(one) ? [] : [one.login]));
}

function changedReviewers(payload: Payload, changed: number | null): readonly Fact[] {
  const [before, now] = ['previous', 'current'].map((when) => loginsIn(list(payload, `changes.reviewers.${when}`)));
  const added = now?.filter((login) => before?.includes(login) === false) ?? [];
  const removed = before?.filter((login) => now?.includes(login) === false) ?? [];
  return [
    ...added.slice(0, MOST_NAMED).flatMap((login) => factsAt(ranked(changed, 1), { [`asked:${login}`]: true })),
    ...removed.slice(0, MOST_NAMED).flatMap((login) => factsAt(ranked(changed, 1), { [`asked:${login}`]: null })),
  ];
}

function approval(payload: Payload, login: string | null, at: number | null): readonly Fact[] {
  const action = textOrNull(payload, 'object_attributes.action') ?? '';
  if (login === null) return [];
  if (action === 'approved' || action === 'approval') {
    return factsAt(ranked(at, 2), { [`asked:${login}`]: null, [`review:${login}`]: 'approved' });
  }
  if (action !== 'unapproved' && action !== 'unapproval') return [];
  return factsAt(ranked(at, 2), { [`review:${login}`]: null });
}

const ENDS: ReadonlyMap<string, string> = new Map([
  ['success', 'passed'],
  ['failed', 'failed'],
  ['canceled', 'skipped'],
  ['skipped', 'skipped'],
]);

/** What a pipeline starts is part of it: the one above says how all end. */
function knowPipeline(event: GitlabEvent): readonly Known[] {
  const { payload } = event;
  const sha = textOrNull(payload, 'object_attributes.sha') ?? textOrNull(payload, 'commit.id');
  const status = textOrNull(payload, 'object_attributes.status');
  if (sha === null || status === null || textOrNull(payload, 'object_attributes.source') === 'parent_pipeline')
    return [];
  const end = ENDS.get(status);
  const created = momentAt(payload, 'object_attributes.created_at');
  const at = end === undefined ? created : (momentAt(payload, 'object_attributes.finished_at') ?? created);
  // By its receipt, what says no time would count as the newest: that may be the end, and not that it runs.
  if (at === null && end === undefined) return [];
  const name = textOrNull(payload, 'object_attributes.name') ?? 'pipeline';
  const facts = factsAt(ranked(at, end === undefined ? 0 : 1), { [`check:${name}`]: end ?? 'running' });
  return [{ thread: threadAt(event, sha), facts }];
}

function threadAt({ project }: GitlabEvent, sha: string): string {
  return `gitlab ${project.path?.toLowerCase()}@${sha}`;
}
