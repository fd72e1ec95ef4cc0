import { linkOrNull, type Payload, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { echoOf, excerpt, isUnchanged } from '../common.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { besideActor } from '../people.ts';
import { told, wordsFor, wordTable } from '../words.ts';
import { branches, pullRequestParts, pullRequestSubject } from './pull-request.ts';

const SUBMITTED = wordTable({
  approved: ['Pull request approved', 'approved {it}', 'good'],
  // Somebody is waited for; red is kept for what is broken.
  changes_requested: ['Changes requested', 'requested changes on {it}', 'waiting'],
  commented: ['Pull request reviewed', 'reviewed {it}'],
});

/** What becomes of a review later says nothing of its verdict. */
const WORDS = wordTable({
  submitted: ['Pull request reviewed', 'reviewed {it}'],
  edited: ['Review edited', 'edited a review of {it}'],
  dismissed: ['Review dismissed', 'dismissed a review of {it}'],
});

/** Webhooks write the state in small letters, the REST API in capitals: both are understood. */
export function pullRequestReview(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  if (action === 'edited' && isEmptyEdit(payload)) {
    return skip('pull_request_review.edited: nothing was changed, it only repeats the review');
  }
  const state = textOrNull(payload, 'review.state')?.toLowerCase() ?? 'commented';
  const words = (action === 'submitted' ? SUBMITTED.get(state) : undefined) ?? wordsFor(action, WORDS, 'review');
  const body = action === 'dismissed' ? null : excerpt(textOrNull(payload, 'review.body'));
  return {
    ...told(action, words),
    ...minorIf(action === 'submitted' && state === 'commented' && body === null),
    subject: pullRequestSubject(payload, linkOrNull(payload, 'review.html_url')),
    excerpt: body,
    facts: [besideActor(payload, 'review by', 'review.user.login'), branches(payload)],
    ...pullRequestParts(payload),
    occurredAt: timeOrNull(payload, action === 'submitted' ? 'review.submitted_at' : 'review.updated_at'),
    echo: echoOf(payload, 'review.id', action === 'edited' ? 'review.updated_at' : null),
  };
}

/** A review without words or verdict only carries its comments on the code, and each of them is told. */
function minorIf(isBare: boolean): { readonly isMinor?: true } {
  return isBare ? { isMinor: true } : {};
}

/** GitHub sends `edited` right after `submitted`, without any change or with no words at all. */
function isEmptyEdit(payload: Payload): boolean {
  return textOrNull(payload, 'review.body') === null || isUnchanged(payload, 'review.body');
}
