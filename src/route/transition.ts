import type { Activity, Compared } from '../model/activity.ts';
import type { Transition } from '../model/scales.ts';

/** How the activity's result compares with the one before, in the words that say so. `before` null: there was none. */
export function compared(activity: Activity, before: boolean | null): Compared {
  const { result, said } = activity;
  if (result === null) return { activity, transition: null };
  const transition = transitionOf(result.passed, before);
  const headline = result.headlines[transition] ?? said.headline;
  const became = result.becomes?.[transition] ?? said.became;
  return { activity: { ...activity, said: { ...said, headline, became } }, transition };
}

function transitionOf(passed: boolean, before: boolean | null): Transition {
  if (passed) return before === false ? 'fixed' : 'still_passing';
  return before === false ? 'still_broken' : 'broke';
}
