import pg from 'pg';
import type { NewEvent } from '../../src/model/event.ts';
import type { Measure } from '../measure.ts';
import { median } from '../stats.ts';
import { events } from './events.ts';
import type { PostgresScenario } from './scenario.ts';

const CLIENTS = 64;
const GROUPED = 12_000;
const SINGLE = 3_000;

const TABLE = `CREATE TABLE bench_single (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, source text NOT NULL, delivery_id text NOT NULL, guid text NOT NULL,
  type text NOT NULL, origin text NOT NULL, headers text NOT NULL, body bytea NOT NULL, state text NOT NULL DEFAULT 'pending',
  secret_no integer NOT NULL, received_at bigint NOT NULL, UNIQUE (source, delivery_id))`;

const INSERT = `INSERT INTO bench_single (source, delivery_id, guid, type, origin, headers, body, secret_no, received_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING id`;

/**
 * The inbox's group commit against what one would write without it: a connection for each of 64 clients, one row and one
 * transaction an event, the body as it is. Both keep the event and its dedup claim, and answer after the commit.
 */
export const append: PostgresScenario = async ({ rounds, withDatabase }) => {
  const ratios: number[] = [];
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await withDatabase(async ({ url, open, sql }) => {
      await sql(TABLE);
      const inbox = await open();
      await perSecond(events(1_000), (event) => inbox.append(event));
      const grouped = await perSecond(events(GROUPED), (event) => inbox.append(event));
      const pool = new pg.Pool({ connectionString: url, max: CLIENTS });
      // The database is dropped while its last connections close.
      pool.on('error', () => undefined);
      const insert = (event: NewEvent) => pool.query({ name: 'single', text: INSERT, values: valuesOf(event) });
      await perSecond(events(500), insert);
      const single = await perSecond(events(SINGLE), insert);
      await pool.end();
      ratios.push(grouped / single);
      rates.push(grouped);
    });
  }
  return [
    {
      name: 'grouped append against one insert a transaction, 64 clients',
      value: median(ratios),
      unit: 'x',
      bar: { atLeast: 5 },
    },
    { name: 'grouped append, 64 clients', value: median(rates), unit: 'events/s' },
  ] satisfies Measure[];
};

function valuesOf(event: NewEvent): unknown[] {
  const { source, deliveryId, guid, type, origin, headers, body, secretNo, receivedAt } = event;
  return [source, deliveryId, guid, type, origin, JSON.stringify(headers), body, secretNo, receivedAt];
}

/** A closed loop: each client sends its next event when the one before is answered. */
async function perSecond(all: readonly NewEvent[], send: (event: NewEvent) => Promise<unknown>): Promise<number> {
  const started = performance.now();
  const left = all.values();
  const client = async () => {
    for (const event of left) await send(event);
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return (all.length / (performance.now() - started)) * 1000;
}
