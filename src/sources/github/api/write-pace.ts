import type { Clock } from '../../../shared/clock.ts';

const BETWEEN_WRITES_MS = 1_000;

/** One at a time, each begun a second after the one before at the earliest. */
export function onePerSecond(clock: Clock, wait: (ms: number) => Promise<void>) {
  let last: Promise<unknown> = Promise.resolve();
  let nextAt = 0;
  return <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(async () => {
      const early = nextAt - clock.monotonic();
      if (early > 0) await wait(early);
      nextAt = clock.monotonic() + BETWEEN_WRITES_MS;
      return work();
    });
    // The next one waits for this to end, not to succeed: its own caller hears of a failure.
    last = mine.catch(() => undefined);
    return mine;
  };
}
