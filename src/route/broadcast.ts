import type { Activity, Compared } from '../model/activity.ts';
import type { Broadcast } from '../model/scales.ts';

const BECAME: Readonly<Record<string, Broadcast>> = {
  merged: 'merged',
  closed: 'closed',
  declined: 'closed',
  superseded: 'closed',
  reopened: 'reopened',
  'ready for review': 'ready_for_review',
};

const VERDICTS: Readonly<Record<string, Broadcast>> = {
  approved: 'approved',
  'wants changes': 'changes_requested',
};

/** Whether one of the words is what happened. Pure. */
export function isBroadcast(words: readonly Broadcast[], { activity, transition }: Compared): boolean {
  if (words.length === 0) return false;
  if (transition !== null && words.some((word) => word === transition)) return true;
  const became = becameOf(activity);
  return became !== null && words.includes(became);
}

/** As digests count it, which is the same for every code host: by what became of the thing itself, or by a review's verdict. */
function becameOf({ subject, said: { sum } }: Activity): Broadcast | null {
  if (sum === null || sum.part === null || subject === null) return null;
  const part = typeof sum.part === 'string' ? sum.part : sum.part[0];
  const known = sum.noun === 'review' ? VERDICTS : sum.noun === subject.noun ? BECAME : {};
  return Object.hasOwn(known, part) ? (known[part] ?? null) : null;
}
