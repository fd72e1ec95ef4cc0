import type { EventId } from './event.ts';

/** How long what is kept, in milliseconds since it was received. Null: for ever. Bodies are kept no longer than their events. */
export interface Retention {
  /** Headers and bodies. */
  readonly bodies: number | null;
  /** The first that fits an event's source and repository says how long its body is kept. */
  readonly exceptions: readonly RetentionException[];
  /** At least `LEAST_EVENTS_MS`: what came before is recognised by its event. */
  readonly events: number | null;
  /** What was sent and answered, try by try. */
  readonly attempts: number | null;
  /** Above this size of the database, in bytes, the oldest bodies go early. Null: no limit. */
  readonly maxBytes: number | null;
  /** A folder into which bodies are written before they go. Null: none. */
  readonly archiveTo: string | null;
}

/** What goes when, wherever it is written down before. */
export type Terms = Omit<Retention, 'archiveTo'>;

export interface RetentionException {
  /** The name of a source. Null: any. */
  readonly source: string | null;
  /** As rules name repositories: `acme/*`, or a list as they take it. Null: any, also none. */
  readonly repo: string | null;
  readonly bodies: number | null;
}

/** Events, and with them their dedup and echo keys, outlive every redelivery (GitHub: 3 days by itself, 30 by hand). */
export const LEAST_EVENTS_MS = 35 * 24 * 60 * 60 * 1000;

/** Writes events down, bodies and all, before these go. Resolves when they are on the disk; while it rejects, nothing of them goes. */
export type KeepAside = (events: readonly EventId[]) => Promise<void>;
