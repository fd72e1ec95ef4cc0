import type { EventId, EventState } from '../event.ts';

/** An event that is hurt, as far as it can be read itself. */
export interface HurtEvent {
  readonly id: EventId;
  /** Each is what of it is damaged: `its body is damaged: …`. Never empty. */
  readonly damage: readonly string[];
  /** Null: nothing but its id can be read. */
  readonly known: HurtFacts | null;
}

export interface HurtFacts {
  readonly source: string;
  readonly type: string;
  readonly deliveryId: string;
  readonly guid: string;
  readonly repo: string | null;
  readonly state: EventState;
  readonly receivedAt: number;
}

export interface CheckedPage {
  /** How many there were. */
  readonly count: number;
  readonly hurt: readonly HurtEvent[];
  /** The last that was looked at. Null: there are no more. */
  readonly lastId: EventId | null;
}

/** Whether what is stored is as it was written. Reads only, on the side. */
export interface Integrity {
  /** What the engine itself finds wrong in its files, in its words. Empty: nothing, or it does not check. */
  checkStructure(): Promise<readonly string[]>;
  /** Reads events with an id above `afterId`, in id order, at most `limit`: all that is kept of each. */
  checkEvents(afterId: EventId, limit: number): Promise<CheckedPage>;
}
