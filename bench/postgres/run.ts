import { setFlagsFromString } from 'node:v8';
import pg from 'pg';
import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { freshDatabase, useServerSettings } from '../../tests/support/postgres.ts';
import { append } from './append.ts';
import { claims } from './claims.ts';
import { dashboard } from './dashboard.ts';
import { idle } from './idle.ts';
import { pickup } from './pickup.ts';
import type { BenchDatabase, PostgresBench, PostgresScenario } from './scenario.ts';
import { search } from './search.ts';

export const POSTGRES_SCENARIOS: Readonly<Record<string, PostgresScenario>> = {
  append,
  pickup,
  idle,
  claims,
  search,
  dashboard,
};

// As src/main.ts does.
setFlagsFromString('--max-semi-space-size=64');
// What a server is set to when nobody sets anything.
useServerSettings(['shared_buffers=128MB', 'max_connections=100']);

/** An empty database for `work`, with Tidings' tables in it. */
export const withDatabase: PostgresBench['withDatabase'] = async (work) => {
  await using database = await freshDatabase();
  const { url } = database;
  const opened: Inbox[] = [];
  const here: BenchDatabase = {
    url,
    async open() {
      const inbox = await openPostgresInbox({ url: new Secret(url), clock: systemClock });
      opened.push(inbox);
      return inbox;
    },
    sql: async (text) => void (await asked(url, text)),
    number: async (text) => Number((await asked(url, text))[0]?.n),
  };
  await (await here.open())[Symbol.asyncDispose]();
  try {
    return await work(here);
  } finally {
    for (const inbox of opened) await inbox[Symbol.asyncDispose]();
  }
};

async function asked(url: string, text: string): Promise<readonly { readonly n?: unknown }[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<{ n?: unknown }>(text)).rows;
  } finally {
    await client.end();
  }
}
