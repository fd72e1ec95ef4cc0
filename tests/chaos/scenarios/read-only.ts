import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';
import { acknowledgedAgain, refusals, type Scenario } from '../scenario.ts';
import { postgresOf } from '../store.ts';

/** How long it takes no writes, ms. */
const CLOSED_MS = 2_000;

/** As a host closes a server whose disk or plan is used up: connections stay, and what would change something is refused. */
export const readOnly: Scenario = {
  name: 'read-only',
  title: 'the server set to default_transaction_read_only for 2 s, again and again',
  toldTwice: 'in doubt',
  paced: true,
  ownServer: true,
  async run(context) {
    const client = await postgresOf(context.store).connect();
    if (client === undefined) throw new Error('no connection to close the server from');
    let times = 0;
    let slowestMs = 0;
    await context.every(1_000, async () => {
      await set(client, 'on');
      await setTimeout(CLOSED_MS);
      await set(client, 'off');
      times++;
      slowestMs = Math.max(slowestMs, await acknowledgedAgain(context));
    });
    await client.end();
    const refused = refusals(context, 'it took writes all the while', 'the server is read-only');
    return `${times} times, ${refused} deliveries refused, the next 100 acknowledged at most ${Math.round(slowestMs)} ms after it was over`;
  },
};

async function set(client: pg.Client, value: 'on' | 'off'): Promise<void> {
  await client.query(`ALTER SYSTEM SET default_transaction_read_only = ${value}`);
  await client.query('SELECT pg_reload_conf()');
}
