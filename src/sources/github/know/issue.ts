import type { Known } from '../../../model/known/card.ts';
import { countOf } from '../../../model/known/said.ts';
import { isObject, isTrue, type Payload, read, textOrNull, timeOrNull } from '../../../shared/payload.ts';
import { threadNo } from '../thread.ts';
import { didIn, isMerged } from './did.ts';
import { type Snapshot, type State, snapshotFacts } from './topic.ts';

/** What events of issues say, and of comments: those of a pull request have it as an issue. */
export function knowIssue(type: string, payload: Payload): readonly Known[] {
  const issue = read(payload, 'issue');
  const thread = threadNo(payload, countOf(issue, 'number') ?? null);
  if (thread === null || !isObject(issue)) return [];
  const isPullRequest = isObject(read(issue, 'pull_request'));
  const snapshot: Snapshot = {
    root: 'issue',
    noun: isPullRequest ? 'pull request' : 'issue',
    state: isPullRequest ? stateOfPullRequest(issue) : stateOf(payload),
    comments: commentsAfter(type, payload),
    did: didIn(type, payload),
    didAt: type === 'issue_comment' ? timeOrNull(payload, 'comment.created_at') : null,
  };
  return [{ thread, facts: snapshotFacts(payload, snapshot) }];
}

/** What was deleted, or has moved away, is done with here. */
function stateOf(payload: Payload): State | undefined {
  const action = textOrNull(payload, 'action');
  if (action === 'deleted' && read(payload, 'comment') === undefined) return 'closed';
  if (action === 'transferred') return 'closed';
  return openOrClosed(textOrNull(payload, 'issue.state'));
}

/** Of older forms it is not known whether what is closed was merged, or what is open is a draft. */
function stateOfPullRequest(issue: Payload): State | undefined {
  const state = openOrClosed(textOrNull(issue, 'state'));
  if (state === 'closed' && isMerged(read(issue, 'pull_request'))) return 'merged';
  if (state === 'closed') return read(issue, 'pull_request.merged_at') === null ? 'closed' : undefined;
  if (state === undefined || typeof read(issue, 'draft') !== 'boolean') return undefined;
  return isTrue(issue, 'draft') ? 'draft' : state;
}

function openOrClosed(state: string | null): 'open' | 'closed' | undefined {
  return state === 'open' || state === 'closed' ? state : undefined;
}

/** The snapshot beside a first comment may still count none; beside one that is deleted, it may still count that. */
function commentsAfter(type: string, payload: Payload): number | undefined {
  const count = countOf(payload, 'issue.comments');
  if (type !== 'issue_comment' || count === undefined) return count;
  const action = textOrNull(payload, 'action');
  return action === 'deleted' ? undefined : Math.max(count, 1);
}
