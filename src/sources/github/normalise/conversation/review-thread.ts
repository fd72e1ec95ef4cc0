import { linkOrNull, list, type Payload, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { counted } from '../../../../text/words.ts';
import { codePlace } from '../code/code-place.ts';
import type { FamilyOutput } from '../family.ts';
import { ownerOf } from '../people.ts';
import { told, type Words, wordsFor, wordTable } from '../words.ts';
import { pullRequestParts } from './pull-request.ts';
import { PULL_REQUEST, subjectOf } from './topic.ts';

/** The comments on one place of the code, as a whole; the link leads to the first of them. */
export function pullRequestReviewThread(payload: Payload): FamilyOutput {
  const action = textOrNull(payload, 'action');
  const comments = list(payload, 'thread.comments');
  const [first] = comments;
  const owner = ownerOf(payload, textOrNull(first, 'user.login'));
  return {
    ...told(action, wordsFor(action ?? 'changed', wordsOf(owner), 'review thread')),
    subject: subjectOf(payload, PULL_REQUEST, linkOrNull(first, 'html_url')),
    facts: [codePlace(first), comments.length > 1 ? counted(comments.length, 'comment') : null],
    sum: { noun: 'review thread', part: PARTS.get(action ?? '') ?? null, alone: null },
    ...pullRequestParts(payload),
    occurredAt: timeOrNull(payload, 'updated_at'),
  };
}

const PARTS: ReadonlyMap<string, string> = new Map([
  ['resolved', 'resolved'],
  ['unresolved', 'reopened'],
]);

/** `owner`: of its first comment, as `ownerOf` says it. */
function wordsOf(owner: string): ReadonlyMap<string, Words> {
  return wordTable({
    resolved: ['Review thread resolved', `resolved ${owner} thread on {it}`, 'good'],
    unresolved: ['Review thread reopened', `reopened ${owner} thread on {it}`, 'waiting'],
  });
}
