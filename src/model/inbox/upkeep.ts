import type { EventId } from '../event.ts';
import type { Fenced, Lease } from './lanes.ts';

/** Segments hold the headers and bodies of what was committed together. Their ids grow as those of the events in them. */
export type SegmentId = number;

/** An event as retention sees it. */
export interface KeptEvent {
  readonly id: EventId;
  readonly source: string;
  readonly repo: string | null;
  /** ms since 1970. */
  readonly receivedAt: number;
  /** Headers and body, before they are compressed. 0: they are gone. */
  readonly bytes: number;
  /** It waits, settles, is quarantined, or one of its notifications waits or is dead or unknown: nothing of it may go. */
  readonly isNeeded: boolean;
}

export interface KeptSegment {
  readonly id: SegmentId;
  /** As it is stored, compressed. */
  readonly bytes: number;
  /** Those of its events whose bodies are still there. */
  readonly events: readonly KeptEvent[];
}

export interface StoredSize {
  /** What the database takes on the disk, its log left out, in bytes. */
  readonly bytes: number;
  /** Of that, what is free to be used again. Postgres does not say: 0. */
  readonly freeBytes: number;
}

/**
 * What keeps the database as small and as quick as it was: the lane `prune` calls it in small steps beside the load. What goes, the
 * caller decides (src/jobs/prune); the store only says what there is, and takes it away. Every step is one short transaction, and whoever
 * holds the lease takes one after the other.
 */
export interface Upkeep {
  /**
   * One step of what an upgrade left to be done while the database is in use. `done`: nothing is left, which costs nothing to
   * be told again. `restart`: the same, but what it replaced is too large to go meanwhile, and goes at the next start.
   */
  bringOver(lease: Lease): Promise<'more' | 'done' | 'restart' | Fenced>;
  /** Segments with an id above `after` in order, at most `limit`. Reads only, on the side. */
  keptSegments(after: SegmentId, limit: number): Promise<readonly KeptSegment[]>;
  /** Events with an id above `after` in order, at most `limit`. Reads only, on the side. */
  keptEvents(after: EventId, limit: number): Promise<readonly KeptEvent[]>;
  /**
   * Takes headers and bodies away, but never of what is needed by now: returns how many went. A segment without any goes whole; in
   * another, the bytes of these are overwritten.
   */
  eraseBodies(lease: Lease, segment: SegmentId, events: readonly EventId[]): Promise<number | Fenced>;
  /**
   * Deletes events with all that is about them, but never what is needed by now, nor the newest: returns how many went. Their bodies
   * should be gone before; those that are not are erased with them.
   */
  deleteEvents(lease: Lease, events: readonly EventId[]): Promise<number | Fenced>;
  /** Deletes at most `limit` attempts that ended before `before` (ms since 1970) and whose notifications wait no more, oldest first. */
  deleteAttempts(lease: Lease, before: number, limit: number): Promise<number | Fenced>;
  /** How many attempts that would be in all. Reads only, on the side: seconds where there are millions. */
  countAttempts(before: number): Promise<number>;
  /**
   * Deletes at most `limit` results whose events are gone and that no event received since `before` (ms since 1970) will ask for (not
   * the last there of their key, nor of another run, nor the last pass), receipts kept before `before`, subjects of which nothing was
   * heard since, with their cards, mutes and reminders that ended before, what people did before, and the counts of hours that were over by then.
   */
  deleteLeftovers(lease: Lease, before: number, limit: number): Promise<number | Fenced>;
  /** Gives at most about `bytes` of free space back to the disk, one step. 0: there is no more, or this store does it by itself. */
  shrink(lease: Lease, bytes: number): Promise<number | Fenced>;
  storedSize(): Promise<StoredSize>;
}
