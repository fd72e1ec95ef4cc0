import type { EventId, StoredEvent } from '../event.ts';

/** Everything stored, from the oldest on: for questions about all of it. */
export interface History {
  /** The newest event received before `time` (ms since 1970), but for imported ones, which came later than they were received; 0: none. */
  lastBefore(time: number): Promise<EventId>;
  /**
   * Events with an id above `afterId` in id order, at most `limit` and about 4 MiB of bodies, in whatever state; but none that
   * is quarantined, which no rule tells, nor any whose body is gone. As they came: `settled` is null. Empty: there are no more.
   */
  read(afterId: EventId, limit: number): Promise<readonly StoredEvent[]>;
  /** How many events above `afterId`, up to `upTo` and it too, `read` leaves out because their bodies are gone. */
  gone(afterId: EventId, upTo: EventId): Promise<number>;
}
