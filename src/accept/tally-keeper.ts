import type { Cursors } from '../model/inbox.ts';
import { hourOf, merged, ofTheDay, parseTally, TALLY, type Tally } from '../model/turned-away.ts';
import type { Clock } from '../shared/clock.ts';
import type { Logger } from '../shared/log.ts';
import { redact } from '../shared/secrets/redact.ts';

/** Where the stages of accept say what is not stored. */
export interface TallyKeeper {
  count(source: string, cause: string, why: string | null): void;
  /** Writes what is not written yet. Resolves also where that fails, or takes too long. */
  stop(): Promise<void>;
}

/** So soon after the first: somebody may be watching. */
const SOON_MS = 500;
/** Not more often: a flood must cost the database next to nothing. */
const PAUSE_MS = 10_000;
const STOP_MS = 1_000;
const WHY_LENGTH = 500;

/** What a flood adds to, without making anything anew. */
interface Counting {
  readonly source: string;
  readonly cause: string;
  at: number;
  why: string | null;
  readonly hours: Map<number, number>;
}

/**
 * Keeps the last day of refusals in the database, so that they are known after a restart, and without a server. Several
 * receivers of one database add theirs; what two write in the very same moment may be counted once.
 */
export function createTallyKeeper(
  cursors: Pick<Cursors, 'recall' | 'remember'>,
  clock: Clock,
  log: Logger,
): TallyKeeper {
  const counting = new Map<string, Counting>();
  /** What could not be written before. */
  let left: Tally = [];
  let nextAt = 0;
  let cancel: (() => void) | null = null;
  let writing = Promise.resolve();

  async function write(): Promise<void> {
    const mine = merged(left, [...counting.values()].map(entryOf));
    counting.clear();
    if (mine.length === 0) return;
    try {
      const stored = parseTally(await cursors.recall(TALLY));
      await cursors.remember(TALLY, JSON.stringify(ofTheDay(merged(stored, mine), clock.now())));
      left = [];
    } catch (error) {
      // Safe to go on: it is counted, and written with what comes next.
      left = ofTheDay(mine, clock.now());
      log.debug({ err: error }, 'the number of refusals could not be written');
    }
  }

  function flush(): void {
    cancel = null;
    nextAt = clock.now() + PAUSE_MS;
    writing = writing.then(write);
  }

  return {
    count(source, cause, why) {
      const at = clock.now();
      const key = `${source} ${cause}`;
      const one = counting.get(key) ?? { source, cause, at, why: null, hours: new Map<number, number>() };
      if (!counting.has(key)) counting.set(key, one);
      one.at = at;
      one.why = why ?? one.why;
      one.hours.set(hourOf(at), (one.hours.get(hourOf(at)) ?? 0) + 1);
      cancel ??= clock.after(Math.max(SOON_MS, nextAt - at), flush);
    },
    async stop() {
      cancel?.();
      flush();
      // A database that does not answer is not waited for.
      await Promise.race([writing, new Promise<void>((resolve) => void clock.after(STOP_MS, resolve))]);
    },
  };
}

/** Masked as the log is, and then cut: half a secret would not be known for one. */
function entryOf({ why, hours, ...rest }: Counting): Tally[number] {
  return { ...rest, why: why && redact(why).slice(0, WHY_LENGTH), hours: [...hours] };
}
