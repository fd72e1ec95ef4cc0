import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';
import { acknowledgedAgain, type Scenario } from '../scenario.ts';
import { postgresOf } from '../store.ts';

/** How long somebody keeps all connections, ms. */
const HELD_MS = 2_000;

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
    let most = 0;
    await context.every(1_000, async () => {
      const first = await server.connect();
      if (first === undefined) throw new Error('no connection to take the others from');
      const hoard = [first];
      for (let n = 0; n < 3; n++) {
        await first.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE backend_type = 'client backend' AND pid <> ALL ($1::int[])`,
          [await Promise.all(hoard.map(pidOf))],
        );
        await takeAll(server.maxConnections, () => server.connect(), hoard);
      }
      most = Math.max(most, hoard.length);
      await setTimeout(HELD_MS);
      await Promise.all(hoard.map((client) => client.end()));
      times++;
      await acknowledgedAgain(context);
    });
    return `${times} times, up to ${most} of ${server.maxConnections} connections`;
  },
};

async function takeAll(max: number, connect: () => Promise<pg.Client | undefined>, hoard: pg.Client[]): Promise<void> {
  while (hoard.length < max) {
    const client = await connect();
    if (client === undefined) return;
    await client.query('BEGIN; SELECT txid_current()');
    hoard.push(client);
  }
}

async function pidOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid ?? 0;
}
