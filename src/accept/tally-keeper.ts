import type { Cursors } from '../model/inbox.ts';
import { counted, merged, ofTheDay, parseTally, TALLY, type Tally } from '../model/turned-away.ts';
import type { Clock } from '../shared/clock.ts';
import type { Logger } from '../shared/log.ts';

/** Where the stages of accept say what is not stored. */
export interface TallyKeeper {
  count(source: string, cause: string, why: string | null): void;
  /** Writes what is not written yet. Resolves also where that fails. */
  stop(): Promise<void>;
}

/** So soon after the first: somebody may be watching. */
const SOON_MS = 500;
/** Not more often: a flood must cost the database next to nothing. */
const PAUSE_MS = 10_000;

/**
 * Keeps the last day of refusals in the database, so that they are known after a restart, and without a server. Several
 * receivers of one database add theirs; what two write in the very same moment may be counted once.
 */
export function createTallyKeeper(cursors: Cursors, clock: Clock, log: Logger): TallyKeeper {
  let unwritten: Tally = [];
  let nextAt = 0;
  let cancel: (() => void) | null = null;
  let writing = Promise.resolve();

  async function write(): Promise<void> {
    const mine = unwritten;
    unwritten = [];
    if (mine.length === 0) return;
    try {
      const stored = parseTally(await cursors.recall(TALLY));
      await cursors.remember(TALLY, JSON.stringify(ofTheDay(merged(stored, mine), clock.now())));
    } catch (error) {
      // Safe to go on: it is counted, and written with what comes next.
      unwritten = merged(mine, unwritten);
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
      unwritten = counted(unwritten, { source, cause, at: clock.now(), why });
      cancel ??= clock.after(Math.max(SOON_MS, nextAt - clock.now()), flush);
    },
    async stop() {
      cancel?.();
      flush();
      await writing;
    },
  };
}
