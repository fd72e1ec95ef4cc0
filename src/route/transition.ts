import type { Activity, Compared } from '../model/activity.ts';
import type { Transition } from '../model/scales.ts';
import { lasting } from '../shared/time-words.ts';

/** What came before a result. */
export interface Before {
  /** How the last result ended. Null: there was none. */
  readonly passed: boolean | null;
  /** How long it had been failing, ms. Null: nobody knows, or it had not. */
  readonly brokenMs: number | null;
}

/** How the activity's result compares with the one before, in the words that say so, and for how long it was broken. */
export function compared(activity: Activity, before: Before): Compared {
  const { result, said } = activity;
  if (result === null) return { activity, transition: null };
  const transition = transitionOf(result.passed, before.passed);
  const headline = result.headlines[transition] ?? said.headline;
  const became = result.becomes?.[transition] ?? said.became;
  const facts = transition === 'fixed' ? [...said.facts, ...brokenFor(before.brokenMs)] : said.facts;
  return { activity: { ...activity, said: { ...said, headline, became, facts } }, transition };
}

function transitionOf(passed: boolean, before: boolean | null): Transition {
  if (passed) return before === false ? 'fixed' : 'still_passing';
  return before === false ? 'still_broken' : 'broke';
}

/** Less than a second is two events that crossed. */
function brokenFor(ms: number | null): readonly string[] {
  return ms === null || ms < 1_000 ? [] : [`broken for ${lasting(ms)}`];
}
