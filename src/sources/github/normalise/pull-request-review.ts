import type { Tone } from '../../../model/activity.ts';
import { linkOrNull, type Payload, text, textOrNull, timeOrNull } from '../payload.ts';
import { echoOf, excerpt, isUnchanged } from './common.ts';
import { branches, pullRequestParts, pullRequestSubject } from './pull-request.ts';
import { notToldYet, skip, type Verdict } from './verdict.ts';

const SUBMITTED: ReadonlyMap<string, readonly [headline: string, tone: Tone]> = new Map([
  ['approved', ['Pull request approved', 'good']],
  ['changes_requested', ['Changes requested', 'bad']],
  ['commented', ['Pull request reviewed', 'neutral']],
]);

/** What becomes of a review later says nothing of its verdict. */
const OTHERS: ReadonlyMap<string, readonly [headline: string, tone: Tone]> = new Map([
  ['edited', ['Review edited', 'neutral']],
  ['dismissed', ['Review dismissed', 'neutral']],
]);

/** Webhooks write the state in small letters, the REST API in capitals: both are understood. */
export function pullRequestReview(payload: Payload): Verdict {
  const action = text(payload, 'action');
  const state = textOrNull(payload, 'review.state')?.toLowerCase() ?? 'commented';
  const words =
    action === 'submitted' ? (SUBMITTED.get(state) ?? ['Pull request reviewed', 'neutral']) : OTHERS.get(action);
  if (words === undefined) return notToldYet('pull_request_review', action);
  if (action === 'edited' && isEmptyEdit(payload)) {
    return skip('pull_request_review.edited: nothing was changed, it only repeats the review');
  }
  return {
    kind: 'told',
    action,
    headline: words[0],
    tone: words[1],
    subject: pullRequestSubject(payload, linkOrNull(payload, 'review.html_url')),
    excerpt: action === 'dismissed' ? null : excerpt(textOrNull(payload, 'review.body')),
    facts: [branches(payload)],
    ...pullRequestParts(payload),
    occurredAt: timeOrNull(payload, action === 'submitted' ? 'review.submitted_at' : 'review.updated_at'),
    echo: echoOf(payload, 'review.id', action === 'edited' ? 'review.updated_at' : null),
  };
}

/** GitHub sends `edited` right after `submitted`, without any change or with no words at all. */
function isEmptyEdit(payload: Payload): boolean {
  return textOrNull(payload, 'review.body') === null || isUnchanged(payload, 'review.body');
}
