import type { CountedWhat, HourCount } from '../../model/inbox/counts.ts';
import type { Checked, PendingEvent } from '../repeats.ts';

export const HOUR_MS = 3_600_000;

/** Of one hour and kind so many names at most; what comes under others is counted as `OTHERS`. */
export const MOST_NAMES = 200;
export const OTHERS = '(others)';

/** Of a name, in characters. */
const LONGEST_NAME = 200;

/** When the hour of a time begins. */
export function hourOf(time: number): number {
  return Math.floor(time / HOUR_MS) * HOUR_MS;
}

/** Each name once, in the order of their keys: whoever writes rows of these at the same time never waits crosswise. */
export class Tally {
  readonly #counts = new Map<string, HourCount>();

  add(time: number, what: CountedWhat, name: string, count = 1): void {
    if (count === 0) return;
    const short = name.slice(0, LONGEST_NAME).toWellFormed();
    const hour = hourOf(time);
    const key = `${String(hour).padStart(16, '0')} ${what} ${short}`;
    const before = this.#counts.get(key)?.count ?? 0;
    this.#counts.set(key, { hour, what, name: short, count: before + count });
  }

  rows(): readonly HourCount[] {
    return [...this.#counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
  }
}

/** What a decision needs to know of an event to be counted. */
export interface CountedEvent extends PendingEvent {
  readonly receivedAt: number;
  /** It was decided before: a replay is no receipt. */
  readonly isKeyed: boolean | number;
}

/** What one batch of decisions adds. */
export function countsOf(checked: readonly Checked<CountedEvent>[], now: number): readonly HourCount[] {
  const tally = new Tally();
  for (const { event, expansion, notifications } of checked) {
    const { source, receivedAt } = event;
    if (!event.isKeyed) {
      tally.add(receivedAt, 'received', source);
      if (expansion.state === 'failed') tally.add(receivedAt, 'failed', source);
    }
    for (const { rule } of notifications) tally.add(now, 'rule', rule);
  }
  return tally.rows();
}
