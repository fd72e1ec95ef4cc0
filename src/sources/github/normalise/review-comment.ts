import { linkOrNull, numberOrNull, type Payload, text, textOrNull, timeOrNull } from '../payload.ts';
import { echoOf, excerpt, isUnchanged } from './common.ts';
import { branches, pullRequestParts, pullRequestSubject } from './pull-request.ts';
import { skip, type Verdict } from './verdict.ts';
import { told, wordsFor, wordTable } from './words.ts';

const WORDS = wordTable({
  created: ['New review comment', 'commented on the code of {it}'],
  edited: ['Review comment edited', 'edited a review comment on {it}'],
  deleted: ['Review comment deleted', 'deleted a review comment on {it}'],
});

/** Comments on lines of code. Each is an event of its own, beside the review that holds it. */
export function pullRequestReviewComment(payload: Payload): Verdict {
  const action = text(payload, 'action');
  if (action === 'edited' && isUnchanged(payload, 'comment.body')) {
    return skip('pull_request_review_comment.edited: the words did not change');
  }
  const isDeleted = action === 'deleted';
  return {
    ...told(action, wordsFor(action, WORDS, 'review comment')),
    // A deleted comment's words are not repeated, and its page is gone.
    subject: pullRequestSubject(payload, isDeleted ? null : linkOrNull(payload, 'comment.html_url')),
    excerpt: isDeleted ? null : excerpt(textOrNull(payload, 'comment.body')),
    facts: [codePlace(payload), branches(payload)],
    ...pullRequestParts(payload),
    occurredAt: timeOrNull(payload, action === 'created' ? 'comment.created_at' : 'comment.updated_at'),
    echo: echoOf(payload, 'comment.id', action === 'edited' ? 'comment.updated_at' : null),
  };
}

/** `src/upload/send.ts:14` */
function codePlace(payload: Payload): string | null {
  const path = textOrNull(payload, 'comment.path');
  // `line` is null once the line is outdated; then the line it was written for helps most.
  const line = numberOrNull(payload, 'comment.line') ?? numberOrNull(payload, 'comment.original_line');
  return path === null || line === null ? path : `${path}:${line}`;
}
