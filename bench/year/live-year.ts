import type { EventId } from '../../src/model/event.ts';
import type { Lease } from '../../src/model/inbox/lanes.ts';
import { PRUNE_LANE } from '../../src/model/inbox/lanes.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { fill, tellAll } from '../seed/fill.ts';
import { type MadeYear, SERVED } from './made-year.ts';
import { prunerOf } from './pruner.ts';
import type { YearSize, YearStore } from './stores.ts';
import { longestHold, watched } from './watched.ts';

const DAY_MS = 86_400_000;

/** What is appended together came within this time. */
const PIECE_MS = 2 * DAY_MS;

/** After one step of the year. */
export interface YearDay extends YearSize {
  readonly day: number;
  /** Received until then. */
  readonly events: number;
  /** How long the writer was held by pruning at most, ms. */
  readonly heldMs: number;
  readonly longestStep: { readonly ms: number; readonly step: string };
  readonly fillMs: number;
  readonly pruneMs: number;
}

export interface LivedYear {
  readonly days: readonly YearDay[];
  /** Of the nth event. */
  readonly idOf: (n: number) => EventId;
}

/**
 * A year passes: every `stepDays` days of a moved clock what came is stored, decided and told, and then what is old is pruned. `after`
 * gets the inbox when it is over.
 */
export async function liveYear(
  store: YearStore,
  year: MadeYear,
  { stepDays, onDay }: { readonly stepDays: number; readonly onDay?: (day: YearDay) => void },
  after: (inbox: Inbox, lived: LivedYear) => Promise<void>,
): Promise<readonly YearDay[]> {
  let now = year.startsAt;
  const clock = { ...systemClock, now: () => now };
  const { inbox, longestStep } = watched(await store.open(clock));
  try {
    const lanes = await inbox.acquire(
      'year',
      ['expand', SERVED, PRUNE_LANE],
      year.endsAt - year.startsAt + 1_000 * DAY_MS,
    );
    const [expander, team, pruner] = ['expand', SERVED, PRUNE_LANE].map((name) =>
      lanes.find(({ lane }) => lane === name),
    );
    if (!expander || !team || !pruner) throw new Error('the lanes of the year are taken');
    const prune = prunerOf(inbox, pruner, clock);
    const ids = new Float64Array(year.count);
    const days: YearDay[] = [];
    let n = 0;
    for (let day = stepDays; n < year.count; day += stepDays) {
      const until = Math.min(year.startsAt + day * DAY_MS, year.endsAt);
      const started = performance.now();
      while (n < year.count && year.timeOf(n) < until) {
        const from = n;
        const pieceEnd = Math.min(until, year.timeOf(n) + PIECE_MS);
        while (n < year.count && year.timeOf(n) < pieceEnd) n++;
        await fillFrom(inbox, { expander, team }, { year, from, to: n, ids, moveTo: (at) => void (now = at) });
      }
      now = until;
      const filled = performance.now();
      let step = longestStep();
      const heldMs = await longestHold(inbox, prune, () => (step = longestStep()).ms);
      const pruned = performance.now();
      const size = await store.size(inbox);
      days.push({
        day,
        events: n,
        heldMs,
        longestStep: step,
        fillMs: filled - started,
        pruneMs: pruned - filled,
        ...size,
      });
      const [last] = days.slice(-1);
      if (last !== undefined) onDay?.(last);
    }
    await after(inbox, { days, idOf: (index) => ids[index] ?? 0 });
    return days;
  } finally {
    await inbox[Symbol.asyncDispose]();
  }
}

interface Piece {
  readonly year: MadeYear;
  readonly from: number;
  readonly to: number;
  readonly ids: Float64Array;
  moveTo(time: number): void;
}

async function fillFrom(
  inbox: Inbox,
  { expander, team }: { readonly expander: Lease; readonly team: Lease },
  { year, from, to, ids, moveTo }: Piece,
): Promise<void> {
  const roles = new Map<EventId, 'dead'>();
  await fill(inbox, expander, {
    count: to - from,
    before: (index) => moveTo(year.timeOf(from + index)),
    event: (index) => year.event(from + index),
    expansion(index, id) {
      ids[from + index] = id;
      if (year.roleOf(from + index) === 'refused') roles.set(id, 'dead');
      return year.expansion(from + index, id);
    },
  });
  await tellAll(inbox, team, (id) => roles.get(id) ?? 'sent');
}
