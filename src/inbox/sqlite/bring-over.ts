import type { Fenced, Lease } from '../../model/inbox/lanes.ts';
import { type Database, recomputable } from './database.ts';
import type { Fence } from './lanes.ts';

/**
 * A piece of what a migration left to be done while the database is in use: one call, some 3 ms, inside the transaction that its
 * caller made. Its commit does not wait for the disk, so it must find its way again from what is stored.
 */
export type BringOverStep = () => 'more' | 'done';

/**
 * Steps are done one after the other, each to its end. `done` at the first call: nothing was to be brought over. `waitsForStart`: whether
 * something they replaced is there still.
 */
export function bringOverOps(
  db: Database,
  fence: Fence,
  steps: readonly BringOverStep[],
  waitsForStart: () => boolean,
) {
  let ended = 0;

  return {
    bringOver(lease: Lease): 'more' | 'done' | 'restart' | Fenced {
      for (;;) {
        const step = steps[ended];
        if (step === undefined) return waitsForStart() ? 'restart' : 'done';
        const result = recomputable(db, () => (fence(lease) ? step() : 'fenced'));
        if (result !== 'done') return result;
        ended += 1;
      }
    },
  };
}
