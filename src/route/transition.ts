import type { Activity, Compared } from '../model/activity.ts';
import type { Transition } from '../model/scales.ts';
import { lasting } from '../shared/time-words.ts';

/**
 * How the activity's result compares with the one before, in the words that say so. `before`: whether that passed; null: there was
 * none. `brokenMs`: how long it had been failing; null: nobody knows, or it had not.
 */
export function compared(activity: Activity, before: boolean | null, brokenMs: number | null = null): Compared {
  const { result, said } = activity;
  if (result === null) return { activity, transition: null };
  const transition = transitionOf(result.passed, before);
  const headline = result.headlines[transition] ?? said.headline;
  const became = result.becomes?.[transition] ?? said.became;
  const facts =
    transition === 'fixed' && !saysHowLong(said.facts) ? [...said.facts, ...brokenFor(brokenMs)] : said.facts;
  return { activity: { ...activity, said: { ...said, headline, became, facts } }, transition };
}

function transitionOf(passed: boolean, before: boolean | null): Transition {
  if (passed) return before === false ? 'fixed' : 'still_passing';
  return before === false ? 'still_broken' : 'broke';
}

/** An incident knows it better: its provider says when it began. */
function saysHowLong(facts: readonly string[]): boolean {
  return facts.some((fact) => fact.startsWith('lasted '));
}

/** Less than a second is two events that crossed. */
function brokenFor(ms: number | null): readonly string[] {
  return ms === null || ms < 1_000 ? [] : [`broken for ${lasting(ms)}`];
}
