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

/** What the oldest and the newest of `count` have in common, told as one: `pushed to {it} three times`. */
export function severalTimes(oldest: Activity, newest: Activity, count: number): Activity {
  const times = TIMES[count] ?? `${count} times`;
  const { sentence, headline, did, became } = newest.said;
  const said = {
    ...newest.said,
    sentence: sentence && `${sentence} (${times})`,
    headline: `${headline} ${times}`,
    did: did && `${did} ${times}`,
    became: became && `${became} ${times}`,
  };
  const subject = newest.subject && { ...newest.subject, url: pageOfAll(oldest, newest) };
  return { ...newest, said, subject };
}

/** `…/files/BEFORE..AFTER` */
const RANGE = /^(.*\/)([0-9a-f]{7,64})(\.\.\.?[0-9a-f]{7,64})$/;

/** A page of what is between two commits begins where the oldest began. */
function pageOfAll(oldest: Activity, newest: Activity): string {
  const url = newest.subject?.url ?? '';
  const [, , before] = RANGE.exec(oldest.subject?.url ?? '') ?? [];
  const [, page, , after] = RANGE.exec(url) ?? [];
  return before === undefined || page === undefined ? url : `${page}${before}${after}`;
}
