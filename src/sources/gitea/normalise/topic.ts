import {
  isObject,
  isTrue,
  list,
  numberOrNull,
  type Payload,
  read,
  textOrNull,
  textsIn,
} from '../../../shared/payload.ts';
import { generic } from '../../../telling/generic.ts';
import { withoutDraftMark } from '../../../telling/hosting/request.ts';
import { type Change, type MergeRequest, named, type Topic, topicTold } from '../../../telling/hosting/topic.ts';
import { headlineOf, say } from '../../../telling/hosting/words.ts';
import type { Told } from '../../../telling/told.ts';
import { type GiteaEvent, htmlPage, loginAt, numberIn, repositoryPage, timeAt } from './event.ts';

/** Issues and pull requests: what was done to them. */
export function topicEvent(event: GiteaEvent): Told {
  const { type, action, payload } = event;
  const topic = topicOf(event);
  if (topic === null) return generic({ name: `${nounOf(type)}.${action ?? ''}`, action, payload, noun: nounOf(type) });
  if (action === 'edited') return edited(topic, payload);
  if (action === 'label_updated' || action === 'label_cleared') return labeled(topic, action, payload);
  const change = changeOf(action ?? '', topic, payload);
  return change === null ? unknown(topic, event) : topicTold(topic, change);
}

function nounOf(type: string): string {
  return type.startsWith('pull_request') ? 'pull request' : 'issue';
}

/** Null: the payload has neither an issue nor a pull request. */
export function topicOf(event: GiteaEvent): Topic | null {
  const { payload, repo, actor } = event;
  const isRequest = isObject(payload['pull_request']) && event.type !== 'issue_comment';
  const found = isRequest ? payload['pull_request'] : payload['issue'];
  if (!isObject(found)) return null;
  const isOfRequest = isRequest || isObject(found['pull_request']) || isTrue(payload, 'is_pull');
  const number = numberIn(found) ?? numberIn(payload);
  const noun = isOfRequest ? 'pull request' : 'issue';
  const below = number === null ? '' : `/${isOfRequest ? 'pulls' : 'issues'}/${number}`;
  return {
    noun,
    handle: number === null ? null : `#${number}`,
    title: isOfRequest ? withoutDraftMark(textOrNull(found, 'title') ?? '') : (textOrNull(found, 'title') ?? ''),
    url: htmlPage(found) ?? repositoryPage(event, below),
    repo,
    author: loginAt(found, 'user'),
    actor: actor?.login ?? null,
    body: textOrNull(found, 'body'),
    labels: textsIn(found, 'labels', 'name'),
    assignees: loginsIn(found, 'assignees', 'assignee'),
    milestone: textOrNull(found, 'milestone.title'),
    openedAt: timeAt(found, 'created_at'),
    closedAt: timeAt(found, 'closed_at', 'updated_at'),
    ...(isOfRequest && { request: requestOf(isRequest ? found : payload['pull_request'], found, number) }),
  };
}

/** `found`: the issue that a comment's payload has in its stead, which knows no branches. */
function requestOf(pullRequest: unknown, found: Payload, number: string | null): MergeRequest {
  const [from, into] = ['head', 'base'].map((end) => textOrNull(pullRequest, `${end}.repo.full_name`) ?? null);
  const isFork = typeof from === 'string' && typeof into === 'string' && from.toLowerCase() !== into.toLowerCase();
  return {
    number: number === null ? null : Number(number),
    isDraft:
      isTrue(pullRequest, 'draft') || isTrue(found, 'pull_request.draft') || isUnfinished(textOrNull(found, 'title')),
    base: textOrNull(pullRequest, 'base.ref'),
    head: textOrNull(pullRequest, 'head.ref'),
    fork: isFork ? (from.split('/', 1)[0] ?? null) : null,
    isFork,
    reviewers: loginsIn(pullRequest, 'requested_reviewers'),
    added: numberOrNull(pullRequest, 'additions'),
    removed: numberOrNull(pullRequest, 'deletions'),
    files: numberOrNull(pullRequest, 'changed_files'),
  };
}

/** How a server knows a draft that says so in its title alone. */
function isUnfinished(title: string | null): boolean {
  return /^(?:\[WIP\]|WIP:)/i.test(title ?? '');
}

/** `single`: what older payloads have instead of the list. */
function loginsIn(object: unknown, path: string, single: string | null = null): readonly string[] {
  const all = list(object, path).flatMap((who) => loginAt({ who }, 'who') ?? []);
  const one = single === null || all.length > 0 ? null : loginAt(object, single);
  return one === null ? all : [one];
}

const PLAIN: Readonly<Partial<Record<string, Change>>> = {
  opened: { is: 'opened' },
  merged: { is: 'merged' },
  closed: { is: 'closed' },
  reopened: { is: 'reopened' },
  deleted: { is: 'deleted' },
  synchronized: { is: 'synchronize' },
  demilestoned: { is: 'demilestoned', names: [] },
};

function changeOf(action: string, topic: Topic, payload: Payload): Change | null {
  const reviewer = loginAt(payload, 'requested_reviewer') ?? loginAt(payload, 'pull_request.requested_reviewer');
  switch (action) {
    case 'assigned':
    case 'unassigned':
      return { is: action, whom: assigneeOf(action, topic, payload) };
    case 'review_requested':
    case 'review_request_removed':
      return { is: action, whom: reviewer === null ? [] : [reviewer] };
    case 'milestoned':
      return { is: action, names: topic.milestone ? [topic.milestone] : [] };
    default:
      return Object.hasOwn(PLAIN, action) ? (PLAIN[action] ?? null) : null;
  }
}

/** Who is assigned now is said, not who was before: of one alone, it is clear. */
function assigneeOf(action: 'assigned' | 'unassigned', { assignees = [] }: Topic, payload: Payload): readonly string[] {
  const said = loginAt(payload, 'assignee');
  if (said !== null) return [said];
  return action === 'assigned' && assignees.length === 1 ? assignees : [];
}

/** What was edited, by what it was before. */
function edited(topic: Topic, payload: Payload): Told {
  const [title, base] = ['title', 'ref'].map((field) => textOrNull(payload, `changes.${field}.from`) ?? null);
  if (typeof title === 'string') return topicTold(topic, { is: 'renamed', was: title });
  if (typeof base === 'string' && topic.request !== undefined)
    return topicTold(topic, { is: 'retargeted', from: base });
  if (isObject(read(payload, 'changes.body'))) return topicTold(topic, { is: 'edited' });
  const words = say(headlineOf(topic, 'edited'), `edited ${named(topic).whose}`);
  return { ...topicTold(topic, { is: 'edited' }), ...words, facts: [] };
}

/** Newer versions say which; others tell that some did. */
function labeled(topic: Topic, action: string, payload: Payload): Told {
  const added = textsIn(payload, 'changes.added_labels', 'name');
  const removed = textsIn(payload, 'changes.removed_labels', 'name');
  if (added.length > 0) {
    const told = topicTold(topic, { is: 'labeled', names: added });
    return removed.length === 0
      ? told
      : { ...told, facts: [`removed ${removed.slice(0, 3).join(', ')}`, ...(told.facts ?? [])] };
  }
  if (removed.length > 0) return topicTold(topic, { is: 'unlabeled', names: removed });
  const words =
    action === 'label_cleared'
      ? say(headlineOf(topic, 'unlabeled'), 'removed all labels from {it}')
      : say(headlineOf(topic, 'labels changed'), 'changed the labels of {it}');
  return { ...topicTold(topic, { is: 'labeled', names: [] }), ...words };
}

/** What Gitea invents later keeps the thread and the link. */
function unknown(topic: Topic, { type, action, payload }: GiteaEvent): Told {
  const name = `${nounOf(type)}.${action ?? ''}`;
  const { headline, tone = 'neutral' } = generic({ name, action, payload, noun: topic.noun });
  return { ...topicTold(topic, { is: 'edited' }), headline, tone, did: null, facts: [], sum: null };
}
