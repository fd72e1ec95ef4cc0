import type { Sum } from '../../model/activity.ts';
import { type Done, headlineOf, type Named, say } from './words.ts';

/** A verdict on what asks to be merged; `commented`: none. */
export type Verdict = 'approved' | 'changes_requested' | 'commented';

export function reviewed(named: Named, verdict: string): Done {
  const { whose } = named;
  if (verdict === 'approved') return say(headlineOf(named, 'approved'), `approved ${whose}`, 'good');
  // Somebody is waited for; red is kept for what is broken.
  if (verdict === 'changes_requested') return say('Changes requested', `requested changes on ${whose}`, 'waiting');
  return say(headlineOf(named, 'reviewed'), `reviewed ${whose}`);
}

/** The approval of whoever does it, or of somebody else. */
export function approvalWithdrawn({ whose }: Named, isForced = false): Done {
  return say('Approval withdrawn', isForced ? 'reset the approvals of {it}' : `took back the approval of ${whose}`);
}

export function changesNoLongerRequested({ whose }: Named): Done {
  return say('Changes no longer requested', `took back the request for changes on ${whose}`);
}

/** How reviews are counted, by verdict or by what becomes of them. */
export const REVIEW_SUMS: ReadonlyMap<string, Sum> = new Map<string, Sum>([
  ['approved', { noun: 'review', part: 'approved', alone: 'approval' }],
  ['changes_requested', { noun: 'review', part: ['wants changes', 'want changes'], alone: null }],
  [
    'commented',
    { noun: 'review', part: ['comment', 'comments'], alone: ['review with comments', 'reviews with comments'] },
  ],
  ['dismissed', { noun: 'review', part: 'dismissed', alone: null }],
  ['edited', { noun: 'edited review', part: null, alone: null }],
]);

export function reviewSum(verdict: string): Sum {
  return REVIEW_SUMS.get(verdict) ?? { noun: 'review', part: null, alone: null };
}
