import type { Clock } from '../../shared/clock.ts';

interface Closable {
  close(): Promise<void>;
}

/** Something that costs memory while it runs: started by its first use, closed after `idleMs` without one. */
export function onDemand<T extends Closable>(start: () => Promise<T>, idleMs: number, clock: Clock) {
  let current: Promise<T> | undefined;
  let users = 0;
  let cancelStop = (): void => undefined;

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
        current ??= start();
        const starting = current;
        const running = await starting.catch((error: unknown) => {
          // What could not be started is tried again at the next use.
          if (current === starting) current = undefined;
          throw error;
        });
        return await work(running);
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
