import type { Destination } from '../model/destination.ts';
import type { Clock } from '../shared/clock.ts';
import type { Logger } from '../shared/log.ts';
import { pause } from './persist.ts';

/** Closes what the destinations keep open, after their last send. Never rejects; what takes longer than `limitMs` is left behind. */
export async function closeDestinations(
  destinations: readonly Destination[],
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
  limitMs: number,
): Promise<void> {
  const closing = destinations.map(async (destination) => {
    try {
      await destination[Symbol.asyncDispose]();
    } catch (error) {
      // Safe to go on: nothing is sent through it any more.
      log.warn({ err: error, destination: destination.name }, 'a destination could not be closed');
    }
  });
  await Promise.race([Promise.all(closing), pause(clock, limitMs)]);
}
