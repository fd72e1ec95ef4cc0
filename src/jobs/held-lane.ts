import type { Destination } from '../model/destination.ts';
import type { AccountTurn } from './account-turn.ts';
import type { JobContext } from './context.ts';
import type { OwnedLane } from './owned-lane.ts';
import type { LanePersist } from './persist.ts';

/** A destination's lane, for as long as this worker owns it. */
export interface HeldLane extends LanePersist {
  readonly context: JobContext;
  readonly destination: Destination;
  readonly owned: OwnedLane;
  /** Null: nobody shares its limits. */
  readonly turn: AccountTurn | null;
}

export function fenced({ context, destination, owned }: HeldLane, during: string): false {
  context.log.warn({ lane: destination.name, during }, 'another worker holds this lane now; stopped working on it');
  owned.lose();
  return false;
}
