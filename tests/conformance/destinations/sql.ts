import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { channel } from '../../../src/destinations/sql/channel.ts';
import type { SqlSettings } from '../../../src/destinations/sql/settings.ts';
import { createTable } from '../../../src/destinations/sql/statements.ts';
import { tableOf } from '../../../src/destinations/sql/table.ts';
import type { Destination } from '../../../src/model/destination.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { startDatabaseRelay } from '../../doubles/database-relay.ts';
import { dataDir } from '../../support/data-dir.ts';
import { freshDatabase, type TestDatabase } from '../../support/postgres.ts';
import { OPENING } from '../destination.ts';
import type { DestinationUnderTest } from '../destination-under-test.ts';

export const variants: Readonly<Record<string, () => Promise<DestinationUnderTest>>> = {
  'sql, Postgres': onPostgres,
  'sql, SQLite': onSqlite,
};

/** Nobody may read it; the server of the tests asks for none. */
export const PASSWORD = 'a-password-of-nobody';

export const LACKS = {
  repeat: 'a row that is there already is known by its key, which is the same at every try',
  busy: 'a database asks nobody to wait',
};

type Trouble = 'failing' | 'final' | 'broken';

/** A real one, that fails or refuses as it is told to. Each row is read and taken out, so that its key is free again. */
interface Under {
  /** Before the next send, and undone after it. */
  readonly trouble: Readonly<Record<Trouble, { begin(): unknown; end(): unknown }>>;
  take(): Promise<readonly string[]>;
}

export function watched(settings: SqlSettings, inner: Destination, { trouble, take }: Under) {
  const rows: string[] = [];
  let next: Trouble | null = null;
  const destination: Destination = {
    ...inner,
    async send(message, context) {
      const now = next === null ? null : trouble[next];
      next = null;
      await now?.begin();
      try {
        return await inner.send(message, context);
      } finally {
        await now?.end();
        rows.push(...(await take()));
      }
    },
  };
  return {
    destination,
    words: channel.words(settings),
    secrets: [settings.url.reveal(), PASSWORD],
    shown: () => rows,
    tries: () => rows.map((told) => ({ key: String((JSON.parse(told) as { readonly id: unknown }).id), told })),
    violations: () => [],
    // Texts are kept as they were written, but for what no database keeps.
    harm: () => rows.filter((row) => /\0|\\u0000|\p{Cs}/u.test(row)),
    failing: () => void (next = 'failing'),
    final: () => void (next = 'final'),
    broken: () => void (next = 'broken'),
  };
}

/** One for all that this process tries, a schema each: to make a database takes longer than to try it. */
let shared: Promise<TestDatabase> | undefined;
let schemas = 0;

async function database(): Promise<TestDatabase> {
  const made = await freshDatabase({ empty: true });
  process.once('beforeExit', () => void made[Symbol.asyncDispose]());
  return made;
}

async function onPostgres(): Promise<DestinationUnderTest> {
  await using stack = new AsyncDisposableStack();
  const { url } = await (shared ??= database());
  const relay = stack.use(await startDatabaseRelay(url));
  const given = new URL(relay.url);
  given.password = PASSWORD;
  const schema = `of_${++schemas}`;
  const settings = { ...settingsOf(given.href), table: `${schema}.activities` };
  const client = new pg.Client(url);
  await client.connect();
  stack.defer(() => client.end());
  await client.query(`SET TIME ZONE 'UTC'; CREATE SCHEMA ${schema}; SET search_path = ${schema};
    ${createTable(tableOf(settings).table, 'postgres')}
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'refused by a trigger' USING ERRCODE = TG_ARGV[0]; END $$`);
  const refusing = (code: string) => ({
    begin: () => client.query(`CREATE TRIGGER no BEFORE INSERT ON activities EXECUTE FUNCTION refuse('${code}')`),
    end: () => client.query('DROP TRIGGER no ON activities'),
  });
  const destination = await channel.open({ ...OPENING, settings });
  stack.use(destination);
  const { failing, final, broken, ...under } = watched(settings, destination, {
    trouble: {
      failing: refusing('40001'),
      final: refusing('23514'),
      broken: {
        begin: () => client.query('ALTER TABLE activities RENAME TO gone'),
        end: () => client.query('ALTER TABLE gone RENAME TO activities'),
      },
    },
    async take() {
      const taken = await client.query<{ row: string }>(
        'DELETE FROM activities RETURNING row_to_json(activities)::text AS row',
      );
      return taken.rows.map(({ row }) => row);
    },
  });
  const owned = stack.move();
  return {
    ...under,
    endings: { failing, final, broken, lost: () => relay.plan('lost'), stuck: () => relay.plan('stuck') },
    lacks: LACKS,
    reached: relay.waitFor,
    close: async () => relay[Symbol.asyncDispose](),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function onSqlite(): Promise<DestinationUnderTest> {
  await using stack = new AsyncDisposableStack();
  const dir = stack.use(await dataDir());
  const path = join(dir.path, 'reports.db');
  const settings = settingsOf(`sqlite:${path}`);
  const database = new DatabaseSync(path);
  stack.defer(() => database.close());
  database.exec(createTable(tableOf(settings).table, 'sqlite'));
  const destination = await channel.open({ ...OPENING, settings });
  stack.use(destination);
  const { failing, final, broken, ...under } = watched(settings, destination, {
    trouble: {
      failing: { begin: () => database.exec('BEGIN IMMEDIATE'), end: () => database.exec('ROLLBACK') },
      final: {
        begin: () =>
          database.exec("CREATE TRIGGER no BEFORE INSERT ON activities BEGIN SELECT RAISE(ABORT, 'refused'); END"),
        end: () => database.exec('DROP TRIGGER no'),
      },
      broken: {
        begin: () => database.exec('ALTER TABLE activities RENAME TO gone'),
        end: () => database.exec('ALTER TABLE gone RENAME TO activities'),
      },
    },
    take: async () =>
      database
        .prepare('DELETE FROM activities RETURNING *')
        .all()
        .map((row) => JSON.stringify(row)),
  });
  const owned = stack.move();
  return {
    ...under,
    // Its path is no secret.
    secrets: [],
    endings: { failing, final, broken },
    lacks: {
      ...LACKS,
      lost: 'a file answers in the same step',
      stuck: 'a file answers in the same step',
      outage: 'a file that is gone is broken: nobody makes it again',
    },
    reached: async () => {},
    close: async () => {},
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

export function settingsOf(url: string): SqlSettings {
  return { url: new Secret(url), table: 'activities', key: 'id', concurrency: 4, timeout_ms: 10_000 };
}
