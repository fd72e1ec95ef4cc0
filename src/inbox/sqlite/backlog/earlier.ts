import type { EventId } from '../../../model/event.ts';
import type { CountedEvent } from '../../counts/tally.ts';
import type { KeyRuns } from '../../keys/key-runs.ts';
import { comparesBody, Earlier, type PendingEvent, type Proposal, type WrittenNotification } from '../../repeats.ts';
import type { StoredExpansion, StoredNotification } from '../../stored-expansion.ts';
import { all, type Database, one } from '../database.ts';
import { originalsReader } from './originals.ts';

const PENDING = `
  SELECT e.id, e.source, e.guid, e.type, e.origin, e.replays, e.released, e.received_at AS receivedAt, s.event_id IS NOT NULL AS isSettling,
         e.body_digest IS NOT NULL AS isKeyed
  FROM json_each(?) asked JOIN events e ON e.id = asked.value LEFT JOIN settling s ON s.event_id = e.id
  WHERE e.state = 'pending'`;

const BY_DEDUP_KEY = 'SELECT event_id AS eventId, origin FROM notifications WHERE destination = ? AND dedup_key = ?';

/** Of the other family of origins: those of its own are no echo. */
const BY_ECHO_KEY = `
  SELECT event_id AS eventId, origin FROM notifications
  WHERE destination = ? AND echo_key = ? AND (origin = 'poll') <> (? = 'poll') LIMIT 1`;

export interface StoredPending extends CountedEvent {
  /** It settles, or did. */
  readonly isSettling: number;
}

/** Numbers are asked for together, keys one by one, because JSON in SQLite ends a text at the character 0. */
export function earlierReader(db: Database, digests: KeyRuns) {
  const selectPending = db.prepare(PENDING);
  const addOriginals = originalsReader(db, digests);
  const selectByDedupKey = db.prepare(BY_DEDUP_KEY);
  const selectByEchoKey = db.prepare(BY_ECHO_KEY);

  function addWritten(earlier: Earlier, { origin }: PendingEvent, notification: StoredNotification): void {
    const { destination, dedupKey, echoKey, isReplay } = notification;
    const written = one<WrittenNotification>(selectByDedupKey, destination, dedupKey);
    if (written !== undefined) earlier.addWritten(destination, dedupKey, written);
    if (echoKey === null || isReplay) return;
    const echo = one<WrittenNotification>(selectByEchoKey, destination, echoKey, origin);
    if (echo !== undefined) earlier.addEcho(destination, echoKey, echo);
  }

  return {
    pending(expansions: readonly StoredExpansion[]): ReadonlyMap<EventId, StoredPending> {
      const ids = expansions.map(({ eventId }) => eventId);
      return new Map(all<StoredPending>(selectPending, JSON.stringify(ids)).map((event) => [event.id, event]));
    },

    /** What is stored that a batch may repeat. */
    earlier(batch: readonly Proposal[]): Earlier {
      const earlier = new Earlier();
      addOriginals(earlier, batch.filter(comparesBody));
      for (const { event, expansion } of batch) {
        for (const notification of expansion.notifications) addWritten(earlier, event, notification);
      }
      return earlier;
    },
  };
}
