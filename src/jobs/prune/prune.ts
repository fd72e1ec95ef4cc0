import type { OwnedLane } from '../owned-lane.ts';
import { Looker, type Pruner } from './looker.ts';
import { DUTY } from './pace.ts';
import { type Keeper, Stopped } from './tools.ts';

/**
 * The story of the lane `prune`, as long as this worker owns it:
 *
 * 1. What an upgrade left to be done is done, step by step; before each look again, because some of it waits a day.
 * 2. A minute later, and then every hour, it is looked what outlived its term: what goes by Mark goes, in small steps with rests
 *    between (pass.ts).
 * 3. Where there is a limit, the size is asked for every minute; above it, step 2 is now.
 */
export async function runPrune(pruner: Pruner, owned: OwnedLane): Promise<void> {
  const looker = new Looker(pruner, owned);
  try {
    await looker.bringOver();
    await looker.idle(pruner.context.timing.pruneFirstMs);
    while (!owned.over) {
      await looker.look();
      await looker.idle(pruner.context.timing.pruneEveryMs);
      await looker.bringOver();
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
}

/** One pass at once, for a person who waits for it: no rests, and what waits for its first day goes now. @throws Stopped */
export async function pruneNow(pruner: Pruner, owned: OwnedLane): Promise<Pick<Keeper, 'state' | 'pruned'>> {
  const looker = new Looker(pruner, owned, DUTY.alone);
  await looker.bringOver();
  return looker.passNow();
}
