import { DAY_MS, type Mark, type Next } from '../../model/pruning/mark.ts';
import type { Terms } from '../../model/retention.ts';
import { isShorter } from './terms.ts';

interface Look {
  readonly now: number;
  /** ms since `at` by a clock that nobody sets. Null: another process looked then. */
  readonly elapsedMs: number | null;
  /** No event is stored: nothing that anybody counts on can go. */
  readonly isEmpty: boolean;
}

/**
 * The law of the first day: what an upgrade, a shorter setting, or a clock makes due goes a day later, and the log says it first.
 *
 * - No mark (an upgrade), or time went by that nobody saw (an outage, a clock that was set by more than a day: who can tell them
 *   apart?): nothing goes for a day. A clock that is a year ahead makes everything a year old; that day is there to set it right.
 * - A shorter setting: for a day only that goes which goes by both.
 *
 * The day is one of a worker that runs: a restart interrupts it, and a clock put ahead does not shorten it.
 */
export function nextMark(before: Mark | null, wanted: Terms, { now, elapsedMs, isEmpty }: Look): Next {
  if (isEmpty) return { mark: { at: now, inForce: wanted, wanted, waitMs: 0 }, why: null };
  const waiting = (inForce: Terms | null) => ({ at: now, inForce, wanted, waitMs: DAY_MS });
  if (before === null) return { mark: waiting(null), why: 'new' };
  const passed = now - before.at;
  const unseen = elapsedMs === null ? passed : passed - elapsedMs;
  if (Math.abs(unseen) > DAY_MS) return { mark: waiting(null), why: 'time' };
  if (isShorter(wanted, before.wanted)) return { mark: waiting(before.inForce), why: 'shorter' };
  const waitMs = Math.max(0, before.waitMs - (elapsedMs ?? Math.max(0, passed)));
  return { mark: { at: now, inForce: waitMs === 0 ? wanted : before.inForce, wanted, waitMs }, why: null };
}
