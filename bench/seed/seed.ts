import type { Inbox } from '../../src/model/inbox.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { fill, tellAll } from './fill.ts';
import { eventMaker, type GuidVersion, type MadeOptions } from './made-events.ts';
import { routed, skipped } from './made-expansions.ts';

export interface SeedOptions {
  readonly count: number;
  /** Of the first event: seeds of different numbers have no event in common. */
  readonly from: number;
  /** They came evenly over this time, up to `until`. Default: all of them then. */
  readonly overMs?: number;
  /** ms since 1970. Default: now. */
  readonly until?: number;
  readonly guids?: GuidVersion;
  readonly bodies?: MadeOptions['bodies'];
  readonly say?: (line: string) => void;
}

/** One in fifty is told, at two destinations. */
const TOLD_EVERY = 50;
const LANES = ['team', 'ops'] as const;
const SAY_EVERY = 256 * 1_024;

/**
 * Events, decided and told, through the store's own code. `open` gives an inbox on the clock it is handed, which stands where the
 * events do. Closes it.
 */
export async function seed(open: (clock: Clock) => Promise<Inbox>, options: SeedOptions): Promise<void> {
  const { count, from, overMs = 0, until = systemClock.now(), guids = 'v1', bodies = 'short', say } = options;
  const timeOf = (index: number) => Math.round(until - overMs * (1 - index / count));
  let now = timeOf(0);
  await using inbox = await open({ ...systemClock, now: () => now });
  const leases = await inbox.acquire('seed', ['expand', ...LANES], overMs + 86_400_000);
  const [expander, ...lanes] = ['expand', ...LANES].map((name) => leases.find(({ lane }) => lane === name));
  if (expander === undefined) throw new Error('the seed could not lease the expander');
  const eventOf = eventMaker({ bodies, guids });
  const started = performance.now();
  await fill(inbox, expander, {
    count,
    before: (index) => void (now = timeOf(index)),
    event: (index) => eventOf(from + index, timeOf(index)),
    expansion: (index, id) => (index % TOLD_EVERY === 0 ? routed(from + index, id, LANES) : skipped(from + index, id)),
    async after(done) {
      for (const lane of lanes) if (lane !== undefined) await tellAll(inbox, lane);
      if (done % SAY_EVERY !== 0 && done !== count) return;
      const rate = Math.round(done / ((performance.now() - started) / 1000));
      say?.(
        `${done.toLocaleString('en')} of ${count.toLocaleString('en')} events stored, ${rate.toLocaleString('en')}/s`,
      );
    },
  });
  await inbox.release('seed');
}
