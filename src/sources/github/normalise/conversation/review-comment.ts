import {
  linkOrNull,
  numberOrNull,
  type Payload,
  read,
  text,
  textOrNull,
  timeOrNull,
} from '../../../../shared/payload.ts';
import { codePlace } from '../code/code-place.ts';
import { echoOf, excerpt, isUnchanged } from '../common.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { told, type Words, wordsFor, wordTable } from '../words.ts';
import { branches, pullRequestParts, pullRequestSubject } from './pull-request.ts';

const WORDS = wordTable({
  created: ['New review comment', 'commented on the code of {it}'],
  edited: ['Review comment edited', 'edited a review comment on {it}'],
  deleted: ['Review comment deleted', 'deleted a review comment on {it}'],
});

const REPLY: Words = { headline: 'Reply to review comment', did: 'replied to a comment on {it}', tone: 'neutral' };

/** Comments on lines of code. Each is an event of its own, beside the review that holds it. */
export function pullRequestReviewComment(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  if (action === 'edited' && isUnchanged(payload, 'comment.body')) {
    return skip('pull_request_review_comment.edited: the words did not change');
  }
  const isDeleted = action === 'deleted';
  const isReply = action === 'created' && numberOrNull(payload, 'comment.in_reply_to_id') !== null;
  return {
    ...told(action, isReply ? REPLY : wordsFor(action, WORDS, 'review comment')),
    // A deleted comment's words are not repeated, and its page is gone.
    subject: pullRequestSubject(payload, isDeleted ? null : linkOrNull(payload, 'comment.html_url')),
    excerpt: isDeleted ? null : excerpt(textOrNull(payload, 'comment.body')),
    facts: [codePlace(read(payload, 'comment')), branches(payload)],
    ...pullRequestParts(payload),
    occurredAt: timeOrNull(payload, action === 'created' ? 'comment.created_at' : 'comment.updated_at'),
    echo: echoOf(payload, 'comment.id', action === 'edited' ? 'comment.updated_at' : null),
  };
}
