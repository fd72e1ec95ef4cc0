import type { HourCount } from '../model/inbox/counts.ts';
import { iso } from '../shared/time-words.ts';
import type { Counts } from './api/answers/counts.ts';

export const HOUR_MS = 3_600_000;

type Hour = { received: number; told: number; failed: number };

export function hourOf(time: number): number {
  return Math.floor(time / HOUR_MS) * HOUR_MS;
}

/** Every hour from that of `since` until before `until`, also those in which nothing happened. */
export function countsJson(counted: readonly HourCount[], since: number, until: number): Counts {
  const hours = new Map<number, Hour>();
  for (let at = hourOf(since); at < until; at += HOUR_MS) hours.set(at, { received: 0, told: 0, failed: 0 });
  const sources = new Map<string, number>();
  const rules = new Map<string, number>();
  const destinations = new Map<string, { told: number; failed: number }>();
  for (const { hour, what, name, count } of counted) {
    const own = hours.get(hourOf(hour));
    if (own === undefined) continue;
    const place = () => entry(destinations, name, { told: 0, failed: 0 });
    switch (what) {
      case 'received':
        own.received += count;
        add(sources, name, count);
        break;
      case 'failed':
        own.failed += count;
        break;
      case 'rule':
        add(rules, name, count);
        break;
      case 'told':
        own.told += count;
        place().told += count;
        break;
      case 'untold':
        own.failed += count;
        place().failed += count;
        break;
    }
  }
  return {
    since: iso(hourOf(since)),
    until: iso(until),
    hours: [...hours].map(([at, hour]) => ({ at: iso(at), ...hour })),
    by_source: Object.fromEntries(sources),
    by_destination: Object.fromEntries(destinations),
    by_rule: Object.fromEntries(rules),
  };
}

function add(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}

function entry<T>(map: Map<string, T>, name: string, first: T): T {
  const found = map.get(name);
  if (found !== undefined) return found;
  map.set(name, first);
  return first;
}
