import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Clock } from '../clock.ts';

const LOOK_EVERY_MS = 20_000;
/** A start leaves much behind, and who is asked for little gets it back at once: by now what it puts off is loaded, too. */
const FIRST_LOOK_MS = 600;
/** Shares of the time between two looks in which the thread worked. */
const BUSY = 0.1;
const QUIET = 0.02;
/** The same of the first look: the start is just over. */
const QUIET_AT_FIRST = 0.25;

/**
 * What a busy thread holds it keeps for the next time, which may be hours away: as soon as a look finds it quiet, `rest` is called
 * once. `busyShare`: of the time since it was last asked. Returns the function that ends it.
 */
export function restAfterWork(
  clock: Clock,
  rest: () => void = giveHeapBack,
  busyShare: () => number = busyShareOfThread(),
): () => void {
  let wasBusy = true;
  let cancel = clock.after(FIRST_LOOK_MS, () => look(QUIET_AT_FIRST));

  function look(quiet: number): void {
    const share = busyShare();
    if (wasBusy && share < quiet) {
      wasBusy = false;
      rest();
    } else if (share > BUSY) wasBusy = true;
    cancel = clock.after(LOOK_EVERY_MS, () => look(QUIET));
  }

  return () => cancel();
}

function busyShareOfThread(): () => number {
  let before = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    return utilization;
  };
}

interface CollectOptions {
  readonly type: 'major';
  readonly execution: 'sync';
  readonly flavor: 'last-resort';
}

/**
 * Collects this thread's garbage, and gives the room of it back to the system: V8 itself keeps a young generation as large as it
 * ever was. Takes about 40 ms. Measured after 10,000 events: 130 MB less.
 */
export function giveHeapBack(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: CollectOptions) => void;
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
