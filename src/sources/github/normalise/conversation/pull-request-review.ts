import { linkOrNull, type Payload, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { reviewed, reviewSum } from '../../../../telling/hosting/reviews.ts';
import { echoOf, excerpt, isUnchanged } from '../common.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { besideActor, ownerOf } from '../people.ts';
import { told, type Words, wordsFor, wordTable } from '../words.ts';
import { pullRequestParts } from './pull-request.ts';
import { named, openedBy, PULL_REQUEST, subjectOf } from './topic.ts';

/** Webhooks write the state in small letters, the REST API in capitals: both are understood. */
export function pullRequestReview(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  if (action === 'edited' && isEmptyEdit(payload)) {
    return skip('pull_request_review.edited: nothing was changed, it only repeats the review');
  }
  const isNew = action === 'submitted';
  const state = textOrNull(payload, 'review.state')?.toLowerCase() ?? 'commented';
  const body = action === 'dismissed' ? null : excerpt(textOrNull(payload, 'review.body'));
  return {
    ...told(action, wordsOf(payload, action, state)),
    ...minorIf(isNew && state === 'commented' && body === null),
    subject: subjectOf(payload, PULL_REQUEST, linkOrNull(payload, 'review.html_url')),
    excerpt: body,
    isSpoken: isNew && body !== null,
    facts: [isNew ? besideActor(payload, 'review by', 'review.user.login') : openedBy(payload, PULL_REQUEST)],
    sum: reviewSum(isNew ? state : action),
    ...pullRequestParts(payload),
    occurredAt: timeOrNull(payload, isNew ? 'review.submitted_at' : 'review.updated_at'),
    echo: echoOf(payload, 'review.id', action === 'edited' ? 'review.updated_at' : null),
  };
}

/** What becomes of a review later says nothing of its verdict. */
function wordsOf(payload: Payload, action: string, state: string): Words {
  if (action !== 'submitted') return wordsFor(action, laterWords(payload), 'review');
  return reviewed(named(payload, PULL_REQUEST), state);
}

function laterWords(payload: Payload): ReadonlyMap<string, Words> {
  const owner = ownerOf(payload, textOrNull(payload, 'review.user.login'));
  return wordTable({
    edited: ['Review edited', `edited ${owner} review of {it}`],
    dismissed: ['Review dismissed', `dismissed ${owner} review of {it}`],
  });
}

/** A review without words or verdict only carries its comments on the code, and each of them is told. */
function minorIf(isBare: boolean): { readonly isMinor?: true } {
  return isBare ? { isMinor: true } : {};
}

/** GitHub sends `edited` right after `submitted`, without any change or with no words at all. */
function isEmptyEdit(payload: Payload): boolean {
  return textOrNull(payload, 'review.body') === null || isUnchanged(payload, 'review.body');
}
