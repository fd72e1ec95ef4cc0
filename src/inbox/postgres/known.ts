import type { Origin } from '../../model/event.ts';
import type { Expansion } from '../../model/inbox.ts';
import type { Query } from './database.ts';
import { type Body, bodyKey, type Fact, type Known, type Told, toldKey } from './judge.ts';
import { pgKey } from './pg-text.ts';

const BODIES = `
  SELECT a.n, first.event_id AS "eventId", e.source, e.guid, e.type
  FROM unnest($1::bytea[], $2::text[], $3::bigint[]) WITH ORDINALITY AS a (digest, strangers, id, n)
  CROSS JOIN LATERAL (
    SELECT d.event_id FROM tidings.decisions d
    WHERE substr(d.body_digest, 1, 7) = substr(a.digest, 1, 7) AND d.event_id < a.id
      AND d.body_digest = a.digest AND NOT a.strangers::jsonb ? d.source
      AND (d.state <> 'quarantined' OR d.suspect_of IS NOT NULL)
      AND NOT EXISTS (SELECT FROM tidings.pending p WHERE p.event_id = d.event_id)
      AND NOT EXISTS (SELECT FROM tidings.settling s WHERE s.event_id = d.event_id)
    ORDER BY d.event_id LIMIT 1
  ) first JOIN tidings.events e ON e.id = first.event_id`;

const DEDUP = `
  SELECT n.destination, n.dedup_key AS key, n.event_id AS "eventId", n.origin
  FROM unnest($1::text[], $2::text[]) AS a (destination, dedup_key)
  JOIN tidings.notifications n USING (destination, dedup_key)`;

const ECHOES = `
  SELECT n.destination, n.echo_key AS key, n.event_id AS "eventId", n.origin
  FROM unnest($1::text[], $2::text[]) AS a (destination, echo_key)
  JOIN tidings.notifications n USING (destination, echo_key) ORDER BY n.id`;

interface ToldRow {
  readonly destination: string;
  readonly key: string;
  readonly eventId: number;
  readonly origin: Origin;
}

type Batch = readonly { readonly fact: Fact; readonly expansion: Expansion }[];

/** What the database holds that this batch may repeat: nothing is asked about events that nobody is told. */
export async function readKnown(tx: Query, batch: Batch): Promise<Known> {
  const told = batch.filter(({ expansion }) => expansion.notifications.length > 0);
  const notifications = told.flatMap(({ expansion }) => expansion.notifications);
  const echoing = notifications.filter(({ echoKey }) => echoKey !== null);
  const dedup = await toldRows(tx, DEDUP, notifications, ({ dedupKey }) => dedupKey);
  const echoes = await toldRows(tx, ECHOES, echoing, ({ echoKey }) => echoKey ?? '');
  const byEcho = new Map<string, Told[]>();
  for (const [key, row] of echoes) byEcho.set(key, [...(byEcho.get(key) ?? []), row]);
  return { bodies: await bodiesOf(tx, told), dedup: new Map(dedup), echoes: byEcho };
}

async function toldRows<T extends { readonly destination: string }>(
  tx: Query,
  sql: string,
  asked: readonly T[],
  keyOf: (each: T) => string,
): Promise<readonly (readonly [string, ToldRow])[]> {
  if (asked.length === 0) return [];
  const values = [asked.map(({ destination }) => destination), asked.map((each) => pgKey(keyOf(each)))];
  const rows = await tx.rows<ToldRow>(sql, values);
  return rows.map((row) => [toldKey(row.destination, row.key), row] as const);
}

async function bodiesOf(tx: Query, told: Batch): Promise<Known['bodies']> {
  const asked = told.filter(({ fact }) => fact.replays === 0 && !fact.released);
  if (asked.length === 0) return new Map();
  const rows = await tx.rows<Body & { n: number }>(BODIES, [
    asked.map(({ expansion }) => Buffer.from(expansion.bodyDigest)),
    asked.map(({ expansion }) => JSON.stringify(expansion.strangers)),
    asked.map(({ fact }) => fact.id),
  ]);
  const bodies = new Map<string, readonly Body[]>();
  for (const { n, ...body } of rows) {
    const key = bodyKey(asked[n - 1]?.expansion.bodyDigest ?? new Uint8Array());
    bodies.set(key, [...(bodies.get(key) ?? []), body]);
  }
  return bodies;
}
