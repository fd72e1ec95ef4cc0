import { type Activity, UNSAID } from '../model/activity.ts';

/** An activity as it was stored. What was written before a field existed says nothing of it. */
export function storedActivity(json: string): Activity {
  return { ...UNSAID, ...(JSON.parse(json) as Activity) };
}
