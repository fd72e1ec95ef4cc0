import { isTrue, linkOrNull, numberOrNull, type Payload, text, textOrNull, timeOrNull } from '../payload.ts';
import { echoOf, excerpt, isUnchanged, labelsOf } from './common.ts';
import { isOnPullRequest, issueSubject } from './issues.ts';
import { branches, pullRequestParts, pullRequestSubject } from './pull-request.ts';
import { notToldYet, skip, type Told, type Verdict } from './verdict.ts';

const ACTIONS = new Set(['created', 'edited', 'deleted']);

/** Comments in the thread of an issue or a pull request; the link leads to the comment, the title is the thread's. */
export function issueComment(payload: Payload): Verdict {
  const action = text(payload, 'action');
  if (!ACTIONS.has(action)) return notToldYet('issue_comment', action);
  if (action === 'edited' && isUnchanged(payload, 'comment.body')) return unchanged('issue_comment');
  const created = isOnPullRequest(payload) ? 'New comment on pull request' : 'New comment on issue';
  return {
    kind: 'told',
    action,
    headline: action === 'created' ? created : `Comment ${action}`,
    tone: 'neutral',
    subject: issueSubject(payload, commentPage(payload, action)),
    ...comment(payload, action),
    labels: labelsOf(payload, 'issue.labels'),
    isDraft: isTrue(payload, 'issue.draft'),
  };
}

/** Comments on lines of code. Each is an event of its own, beside the review that holds it. */
export function pullRequestReviewComment(payload: Payload): Verdict {
  const action = text(payload, 'action');
  if (!ACTIONS.has(action)) return notToldYet('pull_request_review_comment', action);
  if (action === 'edited' && isUnchanged(payload, 'comment.body')) return unchanged('pull_request_review_comment');
  return {
    kind: 'told',
    action,
    headline: action === 'created' ? 'New review comment' : `Review comment ${action}`,
    tone: 'neutral',
    subject: pullRequestSubject(payload, commentPage(payload, action)),
    ...comment(payload, action),
    facts: [codePlace(payload), branches(payload)],
    ...pullRequestParts(payload),
  };
}

/** A deleted comment's words are not repeated, and its page is gone. */
function comment(payload: Payload, action: string): Pick<Told, 'excerpt' | 'occurredAt' | 'echo'> {
  return {
    excerpt: action === 'deleted' ? null : excerpt(textOrNull(payload, 'comment.body')),
    occurredAt: timeOrNull(payload, action === 'created' ? 'comment.created_at' : 'comment.updated_at'),
    echo: echoOf(payload, 'comment.id', action === 'edited' ? 'comment.updated_at' : null),
  };
}

function commentPage(payload: Payload, action: string): string | null {
  return action === 'deleted' ? null : linkOrNull(payload, 'comment.html_url');
}

/** `src/upload/send.ts:14` */
function codePlace(payload: Payload): string | null {
  const path = textOrNull(payload, 'comment.path');
  // `line` is null once the line is outdated; then the line it was written for helps most.
  const line = numberOrNull(payload, 'comment.line') ?? numberOrNull(payload, 'comment.original_line');
  return path === null || line === null ? path : `${path}:${line}`;
}

function unchanged(type: string): Verdict {
  return skip(`${type}.edited: the words did not change`);
}
