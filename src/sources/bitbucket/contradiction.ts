import { type Payload, textOrNull } from '../../shared/payload.ts';
import { looksLike, type Shape } from '../../telling/shapes.ts';
import { eventName } from './envelope.ts';

const SHAPES: readonly Shape[] = [
  { name: 'repo:push', type: 'repo', actions: /^push$/, has: ['push'] },
  { name: 'repo:fork', type: 'repo', actions: /^fork$/, has: ['fork'] },
  { name: 'a commit status', type: 'repo', actions: /^commit_status_/, has: ['commit_status'] },
  {
    name: 'a comment on a commit',
    type: 'repo',
    actions: /^commit_comment_/,
    has: ['commit', 'comment'],
    lacks: ['pullrequest', 'issue'],
  },
  {
    name: 'repo:updated',
    type: 'repo',
    actions: /^updated$/,
    has: ['repository', 'changes'],
    lacks: ['pullrequest', 'issue'],
  },
  {
    name: 'an approval',
    type: 'pullrequest',
    actions: /^(?:un)?approved$/,
    has: ['pullrequest', 'approval'],
  },
  {
    name: 'a request for changes',
    type: 'pullrequest',
    actions: /^changes_request_/,
    has: ['pullrequest', 'changes_request'],
  },
  {
    name: 'a comment on a pull request',
    type: 'pullrequest',
    actions: /^comment_/,
    has: ['pullrequest', 'comment'],
    lacks: ['approval', 'changes_request'],
  },
  {
    name: 'a pull request',
    type: 'pullrequest',
    actions: /^(?!(?:un)?approved$|changes_request_|comment_)/,
    has: ['pullrequest'],
    lacks: ['approval', 'changes_request', 'comment'],
  },
  { name: 'a changed issue', type: 'issue', actions: /^updated$/, has: ['issue', 'changes'] },
  {
    name: 'a comment on an issue',
    type: 'issue',
    actions: /^comment_/,
    has: ['issue', 'comment'],
    lacks: ['changes'],
  },
  {
    name: 'an issue',
    type: 'issue',
    // Of one that was updated, not all say what changed.
    actions: /^(?!comment_)/,
    has: ['issue'],
    lacks: ['changes', 'comment'],
  },
];

/** Its events have names and payloads of their own. */
const DATA_CENTER = /^pr:|^repo:(?:refs_changed|modified|forked|comment:)/;

/** How a pull request ends is said by its state too. What is no state of Bitbucket's says nothing. */
const STATES = new Set(['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED']);
const ENDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['pullrequest:fulfilled', ['MERGED']],
  ['pullrequest:rejected', ['DECLINED', 'SUPERSEDED']],
]);

/**
 * Bitbucket signs the body, not `X-Event-Key`: whoever captured one delivery can send it again as another event. It is one when
 * the payload does not fit the event it claims to be and fits another.
 * @returns in words what it looks like; null: nothing is wrong
 */
export function contradiction(key: string, payload: Payload): string | null {
  if (isDataCenter(key)) return null;
  const looks = looksLike(SHAPES, eventName(key), payload);
  if (looks !== null) return `it came as ${key}, which is not signed, with the payload of ${looks}`;
  const state = textOrNull(payload, 'pullrequest.state') ?? '';
  return STATES.has(state) && ENDS.get(key)?.includes(state) === false
    ? `it came as ${key}, which is not signed, with a pull request whose state is ${state}`
    : null;
}

export function isDataCenter(key: string): boolean {
  return DATA_CENTER.test(key);
}
