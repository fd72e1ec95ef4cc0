import type { EventId, Origin } from '../../../model/event.ts';
import type { CountedEvent } from '../../counts/tally.ts';
import { comparesBody, Earlier, type Original, type Proposal, type WrittenNotification } from '../../repeats.ts';
import type { StoredExpansion } from '../../stored-expansion.ts';
import { pgKey } from '../pg-text.ts';
import type { Query } from '../server/database.ts';

const PENDING = `
  SELECT e.id, e.source, e.guid, e.type, e.origin, coalesce(d.replays, 0) AS replays, coalesce(d.released, false) AS released,
         e.received_at AS "receivedAt", d.event_id IS NOT NULL AS "isKeyed", s.event_id IS NOT NULL AS "isSettling"
  FROM unnest($1::bigint[]) AS asked (id) LEFT JOIN tidings.pending p ON p.event_id = asked.id
  LEFT JOIN tidings.settling s ON s.event_id = asked.id
  JOIN tidings.events e ON e.id = asked.id LEFT JOIN tidings.decisions d ON d.event_id = asked.id
  WHERE p.event_id IS NOT NULL OR s.event_id IS NOT NULL`;

/** As Earlier.addOriginal says. */
const ORIGINALS = `
  SELECT a.n, first.event_id AS "eventId", e.source, e.guid, e.type
  FROM unnest($1::bytea[], $2::text[]) WITH ORDINALITY AS a (digest, unrelated, n)
  CROSS JOIN LATERAL (
    SELECT d.event_id FROM tidings.decisions d
    WHERE substr(d.body_digest, 1, 7) = substr(a.digest, 1, 7)
      AND d.body_digest = a.digest AND NOT a.unrelated::jsonb ? d.source
      AND (d.state <> 'quarantined' OR d.suspect_of IS NOT NULL)
      AND NOT EXISTS (SELECT FROM tidings.pending p WHERE p.event_id = d.event_id)
      AND NOT EXISTS (SELECT FROM tidings.settling s WHERE s.event_id = d.event_id)
    ORDER BY d.event_id LIMIT 1
  ) first JOIN tidings.events e ON e.id = first.event_id`;

const BY_DEDUP_KEY = `
  SELECT a.nth, n.event_id AS "eventId", n.origin
  FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS a (destination, dedup_key, nth)
  JOIN tidings.notifications n USING (destination, dedup_key)`;

const BY_ECHO_KEY = `
  SELECT a.nth, n.event_id AS "eventId", n.origin
  FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS a (destination, echo_key, nth)
  JOIN tidings.notifications n USING (destination, echo_key) ORDER BY n.id`;

export interface StoredPending extends CountedEvent {
  /** It settles, or did. */
  readonly isSettling: boolean;
}

export async function readPending(
  tx: Query,
  expansions: readonly StoredExpansion[],
): Promise<ReadonlyMap<EventId, StoredPending>> {
  const rows = await tx.rows<StoredPending>(PENDING, [expansions.map(({ eventId }) => eventId)]);
  return new Map(rows.map((event) => [event.id, event]));
}

/** What is stored that a batch may repeat: one question for all bodies, one for all keys of each kind. */
export async function readEarlier(tx: Query, batch: readonly Proposal[]): Promise<Earlier> {
  const earlier = new Earlier();
  await addWritten(tx, batch, earlier);
  await addEchoes(tx, batch, earlier);
  await addOriginals(tx, batch, earlier);
  return earlier;
}

async function addWritten(tx: Query, batch: readonly Proposal[], earlier: Earlier): Promise<void> {
  const asked = batch.flatMap(({ expansion }) =>
    expansion.notifications.map(({ destination, dedupKey }) => ({ destination, key: dedupKey })),
  );
  for (const [{ destination, key }, written] of await writtenBy(tx, BY_DEDUP_KEY, asked)) {
    earlier.addWritten(destination, key, written);
  }
}

async function addEchoes(tx: Query, batch: readonly Proposal[], earlier: Earlier): Promise<void> {
  const asked = batch.flatMap(({ expansion }) =>
    expansion.notifications.flatMap(({ destination, echoKey }) =>
      echoKey === null ? [] : [{ destination, key: echoKey }],
    ),
  );
  for (const [{ destination, key }, written] of await writtenBy(tx, BY_ECHO_KEY, asked)) {
    earlier.addEcho(destination, key, written);
  }
}

interface Asked {
  readonly destination: string;
  readonly key: string;
}

async function writtenBy(
  tx: Query,
  sql: string,
  asked: readonly Asked[],
): Promise<readonly (readonly [Asked, WrittenNotification])[]> {
  if (asked.length === 0) return [];
  const values = [asked.map(({ destination }) => destination), asked.map(({ key }) => pgKey(key))];
  const rows = await tx.rows<{ nth: number; eventId: EventId; origin: Origin }>(sql, values);
  return rows.flatMap(({ nth, ...written }) => {
    const one = asked[nth - 1];
    return one === undefined ? [] : [[one, written] as const];
  });
}

async function addOriginals(tx: Query, batch: readonly Proposal[], earlier: Earlier): Promise<void> {
  const asked = batch.filter(comparesBody);
  if (asked.length === 0) return;
  const rows = await tx.rows<Original & { n: number }>(ORIGINALS, [
    asked.map(({ expansion }) => Buffer.from(expansion.bodyDigest)),
    asked.map(({ expansion }) => JSON.stringify(expansion.unrelatedSources)),
  ]);
  for (const { n, ...original } of rows) {
    const one = asked[n - 1];
    if (one !== undefined) earlier.addOriginal(one.expansion.bodyDigest, original);
  }
}
