import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';
import { PATIENCE_MS } from '../../support/patience.ts';
import type { PostgresServer } from '../postgres-server.ts';
import { acknowledgedAgain, refusals, type Scenario } from '../scenario.ts';
import { postgresOf } from '../store.ts';

/** How long somebody keeps all connections, ms. */
const HELD_MS = 2_000;

/** As many are asked for at once: more than the processes do. */
const AT_ONCE = 16;
/** Whoever has no name yet may be one of ours. */
const END_OTHERS = `SELECT CASE WHEN application_name LIKE 'tidings%' THEN pg_terminate_backend(pid) END FROM pg_stat_activity
  WHERE backend_type = 'client backend' AND application_name <> current_setting('application_name')`;

/**
 * Sessions idle in a transaction take every connection there is; those of the processes are terminated, so that they
 * meet a server that has none left for them.
 */
export const exhausted: Scenario = {
  name: 'exhausted',
  title: 'every connection of the server taken by sessions idle in a transaction for 2 s, again and again',
  toldTwice: 'in doubt',
  paced: true,
  ownServer: true,
  async run(context) {
    const server = postgresOf(context.store);
    let times = 0;
    let slowestMs = 0;
    await context.every(1_000, async () => {
      const hoard: pg.Client[] = [];
      try {
        await takeAll(server, hoard);
        await setTimeout(HELD_MS);
      } finally {
        await Promise.all(hoard.map((client) => client.end()));
      }
      times++;
      slowestMs = Math.max(slowestMs, await acknowledgedAgain(context));
    });
    const refused = refusals(context, 'there was always a connection', 'the server has no connection left');
    return `${times} times, ${refused} deliveries refused, the next 100 acknowledged at most ${Math.round(slowestMs)} ms after it was over`;
  },
};

/** The processes connect again as soon as they can: whoever is quicker has it, until they have none. */
async function takeAll(server: PostgresServer, hoard: pg.Client[]): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  const take = async (): Promise<void> => {
    let newest: pg.Client | undefined;
    while (performance.now() < deadline) {
      const client = await server.connect();
      if (client !== undefined) hoard.push(client);
      else if ((await newest?.query(END_OTHERS))?.rowCount === 0) return;
      newest = client ?? newest;
    }
    throw new Error(`others kept connections for ${PATIENCE_MS} ms`);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
  await Promise.all(hoard.map((client) => client.query('BEGIN; SELECT txid_current()')));
}
