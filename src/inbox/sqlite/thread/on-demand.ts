import type { Clock } from '../../../shared/clock.ts';

interface Closable {
  close(): Promise<void>;
  /** Resolves when it died without being closed. */
  readonly failed: Promise<unknown>;
}

/**
 * Something that costs memory while it runs: started by its first use, closed after `idleMs` without one. After it died, the
 * next use starts another.
 */
export function onDemand<T extends Closable>(start: () => Promise<T>, idleMs: number, clock: Clock) {
  let current: Promise<T> | undefined;
  let users = 0;
  let cancelStop = (): void => undefined;

  function begin(): Promise<T> {
    const starting = start();
    const forget = () => {
      if (current === starting) current = undefined;
    };
    // Heard before whoever waits for the start: what could not be started is tried again by the next use.
    starting.then(({ failed }) => void failed.then(forget), forget);
    return starting;
  }

  async function close(): Promise<void> {
    cancelStop();
    const closing = current;
    current = undefined;
    await (await closing)?.close();
  }

  return {
    async use<R>(work: (running: T) => Promise<R>): Promise<R> {
      cancelStop();
      users += 1;
      try {
        current ??= begin();
        return await work(await current);
      } finally {
        users -= 1;
        if (users === 0) {
          // Safe to ignore: what does not close while idle is closed for good with the process.
          cancelStop = clock.after(idleMs, () => void close().catch(() => undefined));
        }
      }
    },
    close,
  };
}
