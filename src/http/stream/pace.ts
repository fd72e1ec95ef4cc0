import type { Clock } from '../../shared/clock.ts';

/** What a look found: something new, or that something may change without a word, or neither. */
export type Looked = 'moved' | 'unsettled' | 'settled';

/** Between the beginnings of two looks. */
const LEAST_MS = 500;
/** Where something may change without a word: so soon, and ever later as long as nothing does. */
const SOON_MS = 1_000;
const LATE_MS = 10_000;

export interface Pace {
  wake(): void;
  stop(): void;
}

/** Looks when it is woken, and again as long as something may change: at most twice a second, one look at a time. */
export function createPace(clock: Clock, look: (isWoken: boolean) => Promise<Looked>): Pace {
  let slowMs = SOON_MS;
  let begunAt = Number.NEGATIVE_INFINITY;
  let isLooking = false;
  let isWoken = false;
  let isStopped = false;
  let cancel = (): void => undefined;

  function schedule(ms: number): void {
    cancel();
    if (isStopped) return;
    cancel = clock.after(Math.max(ms, begunAt + LEAST_MS - clock.monotonic(), 0), () => void run());
  }

  async function run(): Promise<void> {
    if (isLooking || isStopped) return;
    isLooking = true;
    begunAt = clock.monotonic();
    const wasWoken = isWoken;
    isWoken = false;
    const looked = await look(wasWoken);
    isLooking = false;
    slowMs = looked === 'moved' || wasWoken ? SOON_MS : Math.min(slowMs * 2, LATE_MS);
    if (isWoken) schedule(0);
    else if (looked !== 'settled') schedule(slowMs);
  }

  return {
    wake() {
      isWoken = true;
      if (!isLooking) schedule(0);
    },
    stop() {
      isStopped = true;
      cancel();
    },
  };
}
