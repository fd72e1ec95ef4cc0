import type { Activity } from '../model/activity.ts';

const TIMES = [
  '',
  'once',
  'twice',
  'three times',
  'four times',
  'five times',
  'six times',
  'seven times',
  'eight times',
];

/** What happened `count` times, told as one: `pushed to {it} three times`. */
export function severalTimes(activity: Activity, count: number): Activity {
  const times = TIMES[count] ?? `${count} times`;
  const { headline, did, became } = activity.said;
  const said = {
    ...activity.said,
    headline: `${headline} ${times}`,
    did: did && `${did} ${times}`,
    became: became && `${became} ${times}`,
  };
  return { ...activity, said };
}
