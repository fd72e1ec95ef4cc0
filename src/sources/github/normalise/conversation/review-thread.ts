import { linkOrNull, list, type Payload, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { counted } from '../../../../text/words.ts';
import { codePlace } from '../code/code-place.ts';
import type { FamilyOutput } from '../family.ts';
import { told, wordsFor, wordTable } from '../words.ts';
import { branches, pullRequestParts, pullRequestSubject } from './pull-request.ts';

const WORDS = wordTable({
  resolved: ['Review thread resolved', 'resolved a thread on {it}', 'good'],
  unresolved: ['Review thread reopened', 'reopened a thread on {it}', 'waiting'],
});

/** The comments on one place of the code, as a whole; the link leads to the first of them. */
export function pullRequestReviewThread(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const comments = list(payload, 'thread.comments');
  const [first] = comments;
  const by = textOrNull(first, 'user.login');
  return {
    ...told(action, wordsFor(action, WORDS, 'review thread')),
    subject: pullRequestSubject(payload, linkOrNull(first, 'html_url')),
    facts: [
      codePlace(first),
      by === null ? null : `started by ${by}`,
      comments.length > 1 ? counted(comments.length, 'comment') : null,
      branches(payload),
    ],
    ...pullRequestParts(payload),
    occurredAt: timeOrNull(payload, 'updated_at'),
  };
}
