import type { Socket } from 'node:net';
import pg from 'pg';
import { quoted } from '../../text/plain.ts';
import { type Database, type Judged, MAKE_TABLE, NOT_UNIQUE, type Ran } from './database.ts';
import type { Value } from './row.ts';
import { openServer, told } from './server.ts';
import type { Address } from './shapes.ts';

type PostgresAddress = Extract<Address, { readonly dialect: 'postgres' }>;

export function openPostgres({ url, place }: PostgresAddress, timeoutMs: number): Database {
  const server = {
    dialect: 'postgres',
    place,
    async connect(socket: Socket, lost: () => void): Promise<pg.Client> {
      const client = new pg.Client({
        connectionString: url,
        connectionTimeoutMillis: timeoutMs,
        keepAlive: true,
        fallback_application_name: 'tidings',
        stream: () => socket,
      });
      client.on('error', lost);
      await client.connect();
      return client;
    },
    end: (client: pg.Client) => client.end(),
    query: async (client: pg.Client, sql: string, values: readonly Value[]) =>
      (await client.query(sql, [...values])).rowCount ?? 0,
    outcomeOf: (error: unknown, hasLeft: boolean) => outcomeOf(error, place, hasLeft),
  } as const;
  return openServer(server, timeoutMs);
}

/** By the server's codes: https://www.postgresql.org/docs/current/errcodes-appendix.html. The first that fits. */
const MEANINGS: readonly (readonly [codes: RegExp, kind: Judged['kind'], advice?: string])[] = [
  [/^28P01$|^28000$/, 'broken', 'set the user and password in url right'],
  [/^3D000$/, 'broken', 'create the database, or correct its name in url'],
  [/^42P01$|^3F000$/, 'broken', `the table is not there; ${MAKE_TABLE}`],
  [/^42703$/, 'broken', `the table lacks a column; add it, or take it out of columns`],
  [/^42P10$/, 'broken', NOT_UNIQUE],
  [/^42501$/, 'broken', 'let this user insert: GRANT INSERT, SELECT ON the table TO it'],
  [/^42804$|^42/, 'broken', 'see that the table fits its columns'],
  [/^0A000$|^55000$/, 'broken', 'name a table, not a view, without rules, whose key is not DEFERRABLE'],
  [/^25006$/, 'retry', 'the server takes no writes: point url to the primary'],
  [/^(?:08|40|53|55|57|58|XX|25)/, 'retry'],
  [/^23502$/, 'rejected', 'let the column be NULL, or say in columns what stands for what is missing'],
  [/^23505$/, 'rejected', 'another column of that table is unique; it has a row with this value'],
  [/^22/, 'rejected', "let the column's type take the value, or say another value in columns; then replay"],
];

/** Whatever else it says is about this row: a trigger's own refusal, say. */
const LEFT: (typeof MEANINGS)[number] = [/./, 'rejected', 'see what the table takes, then replay'];

function outcomeOf(error: unknown, place: string, hasLeft: boolean): Ran {
  const { code, message } = told(error);
  const said = quoted(message, 160);
  if (/^[0-9A-Z]{5}$/.test(code) && !/^E[A-Z]{4}$/.test(code)) {
    const [, kind, advice] = MEANINGS.find(([codes]) => codes.test(code)) ?? LEFT;
    const reason = `${place} refuses it: ${said} (${code})${advice === undefined ? '' : `; ${advice}`}`;
    return { kind, reason, ...(code === '42P01' && { isAbsent: true }) };
  }
  if (/password must be a|no password was provided/.test(message)) {
    return { kind: 'broken', reason: `${place} wants a password: put one into url` };
  }
  if (hasLeft) return { kind: 'unknown', reason: `${place} may have it: ${said}` };
  return { kind: 'retry', reason: `${place} cannot be reached: ${code || said}` };
}
