import type { Fact } from '../../../model/known/card.ts';
import { factsAt, ranked } from '../../../model/known/said.ts';
import { type Payload, read, textOrNull, timeOrNull } from '../../../shared/payload.ts';

const VERDICTS: ReadonlyMap<string, string> = new Map([
  ['approved', 'approved'],
  ['changes_requested', 'changes'],
  ['commented', 'commented'],
  ['dismissed', 'dismissed'],
]);
/** A comment takes back no verdict: it counts as older than any. */
const BEFORE_ANY = 0;

/**
 * A review counts from when it was submitted, whatever becomes of it. Dismissed, it ends right behind that moment: a later review of
 * the same person stands, also where the dismissal of the one before comes last.
 */
export function reviewFacts(payload: Payload, changed: number | null): readonly Fact[] {
  const review = read(payload, 'review');
  const login = textOrNull(review, 'user.login');
  const isDismissed = textOrNull(payload, 'action') === 'dismissed';
  const verdict = isDismissed ? 'dismissed' : VERDICTS.get(textOrNull(review, 'state')?.toLowerCase() ?? '');
  // Authors answer in reviews of their own, which are no opinion.
  if (login === null || verdict === undefined || login === textOrNull(payload, 'pull_request.user.login')) return [];
  const submitted = timeOrNull(review, 'submitted_at') ?? changed;
  return [
    ...factsAt(ranked(submitted, 2), { [`asked:${login}`]: null }),
    ...factsAt(timeOf(verdict, submitted), { [`review:${login}`]: verdict === 'dismissed' ? null : verdict }),
  ];
}

function timeOf(verdict: string, submitted: number | null): number | null {
  if (verdict === 'commented') return BEFORE_ANY;
  return ranked(submitted, verdict === 'dismissed' ? 2 : 1);
}
