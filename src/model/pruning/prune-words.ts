import { sizeWords } from '../../shared/terminal/size-words.ts';
import { ago, iso, lasting, plural } from '../../shared/time-words.ts';
import type { Estimate, Going } from './estimate.ts';
import { DAY_MS, type Next } from './mark.ts';
import type { Pruned, PruneState } from './state.ts';

/** `about 12,300 bodies (1.4 GB), received 2026-01-02 to 2026-02-03`. Null: none. */
export function goingWords(noun: string, { count, bytes, oldest, newest, isExact }: Going): string | null {
  if (count === 0 || oldest === null || newest === null) return null;
  const [from, to] = [iso(oldest).slice(0, 10), iso(newest).slice(0, 10)];
  const when = from === to ? `received on ${from}` : `received ${from} to ${to}`;
  return `${isExact ? '' : 'about '}${nounWords(count, noun)} (${sizeWords(bytes)}), ${when}`;
}

function nounWords(count: number, noun: string): string {
  return noun === 'body' ? `${count.toLocaleString('en-US')} ${count === 1 ? 'body' : 'bodies'}` : plural(count, noun);
}

/** All that would go, in one line. Null: nothing. */
export function estimateWords({ bodies, early, events }: Estimate): string | null {
  const parts = [
    goingWords('body', bodies),
    ...(early.bytes > 0 ? [`${sizeWords(early.bytes)} of the oldest bodies that are left, for max_size`] : []),
    goingWords('event', events),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join('; ');
}

/** Why it waits a day, and what may be done. */
export function waitWords(why: NonNullable<Next['why']>, going: string): string {
  const reasons = {
    new: 'what is old goes from now on, and nothing of it within the first day',
    time: 'more than a day went by unseen, or the clock was set: if it is right, nothing is to be done, and nothing goes within a day',
    shorter: 'less is kept than before, and nothing that goes by it goes within a day',
  };
  return `${reasons[why]}. Then go: ${going}. How long what is kept: retention in tidings.yaml`;
}

export function prunedWords({ bodies, events, attempts, leftovers, bytes }: Pruned): string {
  const parts = [
    ...(bodies > 0 ? [nounWords(bodies, 'body')] : []),
    ...(events > 0 ? [plural(events, 'event')] : []),
    ...(attempts > 0 ? [plural(attempts, 'attempt')] : []),
    ...(leftovers > 0 ? [plural(leftovers, 'leftover')] : []),
  ];
  const given = bytes > 0 ? `; ${sizeWords(bytes)} went back to the disk` : '';
  return `${parts.length === 0 ? 'nothing' : parts.join(', ')} went${given}`;
}

/** What somebody should know of, in words. Null: all goes as it is set. */
export function troubleWords({ isOverLimit, trouble, behindMs }: PruneState): string | null {
  if (trouble !== null) return `bodies that are due stay, as they cannot be archived: ${trouble}`;
  if (isOverLimit) return 'the database is larger than max_size, and no body is left that may go';
  return behindMs > DAY_MS ? `bodies outlive their term by ${lasting(behindMs)}: pruning lags` : null;
}

/** How it stands. `state` null: nothing was pruned here yet. */
export function standingWords(state: PruneState | null, now: number): string {
  if (state === null) return 'a worker looks a minute after its start, and then every hour';
  const trouble = troubleWords(state);
  if (trouble !== null) return trouble;
  const { mark, last } = state;
  if (mark.waitMs > 0) return `what is newly due goes in about ${lasting(mark.waitMs)}`;
  return `looked ${ago(mark.at, now)}, ${last === null ? 'nothing has gone yet' : `${prunedWords(last)} ${ago(last.at, now)}`}`;
}
