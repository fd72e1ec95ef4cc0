import type { EventId } from '../../../model/event.ts';
import { digestKey } from '../../keys/key.ts';
import type { KeyRuns } from '../../keys/key-runs.ts';
import {
  comparesBody,
  Earlier,
  type Original,
  type PendingEvent,
  type Proposal,
  type WrittenNotification,
} from '../../repeats.ts';
import type { StoredExpansion, StoredNotification } from '../../stored-expansion.ts';
import { all, type Database, one, type Statement } from '../database.ts';

const PENDING = `
  SELECT e.id, e.source, e.guid, e.type, e.origin, e.replays, e.released, s.event_id IS NOT NULL AS isSettling,
         e.body_digest IS NOT NULL AS isKeyed
  FROM json_each(?) asked JOIN events e ON e.id = asked.value LEFT JOIN settling s ON s.event_id = e.id
  WHERE e.state = 'pending'`;

/** As Earlier.addOriginal says, but of its id. */
const ORIGINAL = `
  SELECT id AS eventId, source, guid, type FROM events
  WHERE id = ? AND body_digest = ? AND state <> 'pending' AND NOT (state = 'quarantined' AND suspect_of IS NULL)`;

/** The same by the index of before, while older events are not in the keys yet. The index is in id order: the first that fits ends the search. */
const ORIGINALS = `
  SELECT asked.key AS n, first.id AS eventId, first.source, first.guid, first.type
  FROM json_each(?) asked JOIN events first ON first.id = (
    SELECT id FROM events INDEXED BY events_by_digest
    WHERE substr(body_digest, 1, 8) = substr(unhex(asked.value ->> 0), 1, 8) AND state <> 'pending'
      AND body_digest = unhex(asked.value ->> 0) AND id < asked.value ->> 1
      AND source NOT IN (SELECT value FROM json_each(asked.value ->> 2)) AND NOT (state = 'quarantined' AND suspect_of IS NULL)
    ORDER BY id LIMIT 1)`;

const BY_DEDUP_KEY = 'SELECT event_id AS eventId, origin FROM notifications WHERE destination = ? AND dedup_key = ?';

/** Of the other family of origins: those of its own are no echo. */
const BY_ECHO_KEY = `
  SELECT event_id AS eventId, origin FROM notifications
  WHERE destination = ? AND echo_key = ? AND (origin = 'poll') <> (? = 'poll') LIMIT 1`;

export interface StoredPending extends PendingEvent {
  /** It settles, or did. */
  readonly isSettling: number;
  /** It was decided before. */
  readonly isKeyed: number;
}

/** Numbers are asked for together; keys one by one, because JSON in SQLite ends a text at the character 0. */
export function earlierReader(db: Database, digests: KeyRuns) {
  const selectPending = db.prepare(PENDING);
  const selectOriginal = db.prepare(ORIGINAL);
  let selectOriginals: Statement | undefined;
  const selectByDedupKey = db.prepare(BY_DEDUP_KEY);
  const selectByEchoKey = db.prepare(BY_ECHO_KEY);

  function addOriginals(earlier: Earlier, batch: readonly Proposal[]): void {
    const asked = batch.filter(comparesBody);
    if (asked.length === 0) return;
    if (digests.broughtUpTo !== null) return addByOldIndex(earlier, asked);
    for (const { event, expansion } of asked) {
      const original = originalOf(event.id, expansion);
      if (original !== null) earlier.addOriginal(expansion.bodyDigest, original);
    }
  }

  /** The keys lead to the least id first: the first that fits ends the search. */
  function originalOf(below: EventId, { bodyDigest, unrelatedSources }: StoredExpansion): Original | null {
    let original: Original | null = null;
    digests.find(digestKey(bodyDigest), below, (id) => {
      const row = one<Original>(selectOriginal, id, bodyDigest);
      if (row === undefined || unrelatedSources.includes(row.source)) return false;
      original = row;
      return true;
    });
    return original;
  }

  function addByOldIndex(earlier: Earlier, asked: readonly Proposal[]): void {
    selectOriginals ??= db.prepare(ORIGINALS);
    const questions = asked.map(({ event, expansion: { bodyDigest, unrelatedSources } }) => [
      hex(bodyDigest),
      event.id,
      unrelatedSources,
    ]);
    for (const { n, ...original } of all<Original & { n: number }>(selectOriginals, JSON.stringify(questions))) {
      const one = asked[n];
      if (one !== undefined) earlier.addOriginal(one.expansion.bodyDigest, original);
    }
  }

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
      addOriginals(earlier, batch);
      for (const { event, expansion } of batch) {
        for (const notification of expansion.notifications) addWritten(earlier, event, notification);
      }
      return earlier;
    },
  };
}

function hex({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('hex');
}
