import { isTrue, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { asName } from './topic.ts';

/** By event and action, what its sender did. Null: too little for a card to say it as the last thing that happened. */
type Did = string | ((payload: Payload) => string | null);

const DID: ReadonlyMap<string, Did> = new Map<string, Did>(
  Object.entries({
    'issues.opened': 'opened it',
    'issues.closed': (payload) =>
      textOrNull(payload, 'issue.state_reason') === 'not_planned' ? 'closed it as not planned' : 'closed it',
    'issues.reopened': 'reopened it',
    'issues.assigned': assigned,
    'issues.unassigned': unassigned,
    'issues.labeled': labelled,
    'issues.unlabeled': unlabelled,
    'issues.edited': retitled,
    'issues.deleted': 'deleted it',
    'issues.transferred': 'moved it to another repository',
    'issue_comment.created': 'commented',
    'pull_request.opened': (payload) => (isTrue(payload, 'pull_request.draft') ? 'opened it as a draft' : 'opened it'),
    'pull_request.closed': (payload) => (isMerged(read(payload, 'pull_request')) ? 'merged it' : 'closed it'),
    'pull_request.reopened': 'reopened it',
    'pull_request.ready_for_review': 'marked it ready for review',
    'pull_request.converted_to_draft': 'turned it back into a draft',
    'pull_request.synchronize': 'pushed commits',
    'pull_request.assigned': assigned,
    'pull_request.unassigned': unassigned,
    'pull_request.labeled': labelled,
    'pull_request.unlabeled': unlabelled,
    'pull_request.edited': retitled,
    'pull_request.enqueued': 'added it to the merge queue',
    'pull_request.dequeued': 'removed it from the merge queue',
    'pull_request.auto_merge_enabled': 'turned on auto-merge',
    'pull_request.auto_merge_disabled': 'turned off auto-merge',
    'pull_request.review_requested': (payload) => naming(reviewer(payload), 'asked ', ' to review it'),
    'pull_request.review_request_removed': (payload) => naming(reviewer(payload), 'withdrew the request to ', ''),
    'pull_request_review.submitted': reviewed,
    'pull_request_review.dismissed': (payload) =>
      naming(textOrNull(payload, 'review.user.login'), 'dismissed the review of ', ''),
    'pull_request_review_comment.created': 'commented on the code',
  } satisfies Record<string, Did>),
);

export function didIn(type: string, payload: Payload): string | null {
  const did = DID.get(`${type}.${textOrNull(payload, 'action')}`);
  return typeof did === 'function' ? did(payload) : (did ?? null);
}

/** Older events have only the time; an issue's snapshot keeps it one level deeper. */
export function isMerged(pullRequest: unknown): boolean {
  return isTrue(pullRequest, 'merged') || textOrNull(pullRequest, 'merged_at') !== null;
}

/** A review without words only carries its comments, and each of them says so itself. */
function reviewed(payload: Payload): string | null {
  const verdict = textOrNull(payload, 'review.state')?.toLowerCase();
  if (verdict === 'approved') return 'approved it';
  if (verdict === 'changes_requested') return 'requested changes';
  return textOrNull(payload, 'review.body') === null ? null : 'commented';
}

/** `mona`, `team Backend`. */
function reviewer(payload: Payload): string | null {
  const team = textOrNull(payload, 'requested_team.name') ?? textOrNull(payload, 'requested_team.slug');
  return textOrNull(payload, 'requested_reviewer.login') ?? (team === null ? null : `team ${team}`);
}

function assigned(payload: Payload): string | null {
  return naming(textOrNull(payload, 'assignee.login'), 'assigned ', '');
}

function unassigned(payload: Payload): string | null {
  return naming(textOrNull(payload, 'assignee.login'), 'unassigned ', '');
}

function labelled(payload: Payload): string | null {
  return naming(textOrNull(payload, 'label.name'), 'added the label ', '');
}

function unlabelled(payload: Payload): string | null {
  return naming(textOrNull(payload, 'label.name'), 'removed the label ', '');
}

function retitled(payload: Payload): string | null {
  return textOrNull(payload, 'changes.title.from') === null ? null : 'changed its title';
}

function naming(name: string | null, before: string, after: string): string | null {
  return name === null ? null : `${before}${asName(name)}${after}`;
}
