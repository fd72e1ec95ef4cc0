import type { EventId, NewEvent } from '../../src/model/event.ts';
import type { Expansion } from '../../src/model/inbox/backlog.ts';
import { eventMaker, kindOf } from '../seed/made-events.ts';
import { RUN, routed, skipped } from '../seed/made-expansions.ts';

const DAY_MS = 86_400_000;

/** Served, told, and one in some refused; and one that nobody serves. */
export const SERVED = 'team';
export const UNSERVED = 'away';

/**
 * told      at `team`
 * refused   at `team`, so it is dead
 * waiting   for a lane that nobody serves
 * forged    quarantined
 * settling  until after the year
 * undecided nobody ever gets to it
 * alone     the only result of its key
 */
export type Role = 'told' | 'refused' | 'waiting' | 'forged' | 'settling' | 'undecided' | 'alone' | 'skipped';

/** What of it may never go. */
export const NEEDED = ['refused', 'waiting', 'forged', 'settling', 'undecided'] as const satisfies readonly Role[];

/** Of ten million events so many have the role; of fewer at least twenty, as far as one in `least` allows. */
const RARE: readonly (readonly [Role, share: number, least: number])[] = [
  ['refused', 2_000, 50],
  ['forged', 500, 90],
  ['alone', 200, 130],
  ['waiting', 200, 170],
  ['settling', 100, 190],
  ['undecided', 100, 230],
];
const TOLD_EVERY = 50;

export interface MadeYear {
  readonly count: number;
  readonly days: number;
  readonly startsAt: number;
  readonly endsAt: number;
  timeOf(n: number): number;
  roleOf(n: number): Role;
  event(n: number): NewEvent;
  /** Null: it stays undecided. */
  expansion(n: number, id: EventId): Expansion | null;
}

/** `count` events, evenly over `days` days. */
export function madeYear(count: number, days: number): MadeYear {
  const startsAt = Date.UTC(2026, 0, 1);
  const endsAt = startsAt + days * DAY_MS;
  const timeOf = (n: number) => startsAt + Math.floor((n / count) * days * DAY_MS);
  const rare = RARE.map(([role, share, least], index) => ({
    role,
    every: Math.max(least, Math.floor(Math.min(10_000_000 / share, count / 20))),
    first: 7 + 2 * index,
  }));
  const make = eventMaker({ bodies: 'short', guids: 'v1' });

  const roleOf = (n: number): Role =>
    rare.find(({ every, first }) => n % every === first)?.role ?? (n % TOLD_EVERY === 0 ? 'told' : 'skipped');

  return {
    count,
    days,
    startsAt,
    endsAt,
    timeOf,
    roleOf,
    event: (n) => make(n, timeOf(n)),
    expansion(n, id) {
      const role = roleOf(n);
      switch (role) {
        case 'undecided':
          return null;
        case 'told':
        case 'refused':
          return routed(n, id, [SERVED], keysOf(n));
        case 'waiting':
          return routed(n, id, [UNSERVED], keysOf(n));
        case 'forged':
          return { ...skipped(n, id), state: 'quarantined', reason: 'its type contradicts its body' };
        case 'settling':
          return {
            ...skipped(n, id),
            state: 'pending',
            settle: { until: endsAt + 400 * DAY_MS, thread: null, joinsAfter: null },
          };
        case 'alone':
          return { ...skipped(n, id), result: { key: `alone ${n}`, run: `${n}`, passed: n % 3 === 0 } };
        case 'skipped':
          return skipped(n, id);
      }
    },
  };
}

/** By which the nth is known again where it was told. */
export const keysOf = (n: number) => ({ dedup: `made:${n}`, echo: `echo:${n}` });

/** What the last result of each key says when all are in. */
export function lastResults(year: MadeYear): ReadonlyMap<string, { readonly n: number; readonly passed: boolean }> {
  const last = new Map<string, { n: number; passed: boolean }>();
  for (let n = 0; n < year.count; n++) {
    const role = year.roleOf(n);
    if (role !== 'alone' && kindOf(n) !== RUN) continue;
    // What is quarantined is not believed.
    const result = role === 'undecided' || role === 'forged' ? null : year.expansion(n, 0)?.result;
    if (result) last.set(result.key, { n, passed: result.passed });
  }
  return last;
}
