import type { Activity, Transition } from '../model/activity.ts';

/** The activity, knowing how its result compares with the one before. `before` null: there was none. */
export function withTransition(activity: Activity, before: boolean | null): Activity {
  if (activity.result === null) return activity;
  const transition = transitionOf(activity.result.passed, before);
  return { ...activity, transition, headline: activity.result.headlines[transition] ?? activity.headline };
}

function transitionOf(passed: boolean, before: boolean | null): Transition {
  if (passed) return before === false ? 'fixed' : 'still_passing';
  return before === false ? 'still_broken' : 'broke';
}
