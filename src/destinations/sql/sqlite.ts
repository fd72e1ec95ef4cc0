import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { quoted } from '../../text/plain.ts';
import { type Database, type Judged, MAKE_TABLE, NOT_OURS, NOT_UNIQUE, type Ran } from './database.ts';
import type { Address } from './shapes.ts';

/** Nothing else runs meanwhile: a longer wait is the lane's. */
const BUSY_MS = 20;

type SqliteAddress = Extract<Address, { readonly dialect: 'sqlite' }>;

/** A file of somebody else's: it is never made, nor its journal changed. */
export function openSqlite({ path, place }: SqliteAddress): Database {
  let opened: DatabaseSync | undefined;
  let inode: number | undefined;
  const close = () => {
    opened?.close();
    opened = undefined;
  };
  const run: Database['run'] = async (sql, values, { signal, departure }) => {
    if (signal.aborted) return { kind: 'retry', reason: 'stopped before anything was written' };
    if (departure && !(await departure.mayLeave())) return NOT_OURS;
    try {
      const found = statSync(path, { throwIfNoEntry: false })?.ino;
      // A file that was put in the place of another is opened anew.
      if (found !== inode) close();
      inode = found;
      if (found === undefined) {
        return {
          kind: 'broken',
          reason: `${place} is not there; correct the path in url, or make it (sqlite3 FILE "VACUUM")`,
        };
      }
      opened ??= new DatabaseSync(path, { timeout: BUSY_MS });
      const { changes } = opened
        .prepare(sql)
        .run(...values.map((value) => (typeof value === 'boolean' ? Number(value) : value)));
      return { kind: 'done', rows: Number(changes) };
    } catch (error) {
      return outcomeOf(error, place);
    } finally {
      departure?.hasLeft();
    }
  };
  return {
    dialect: 'sqlite',
    place,
    run,
    ask: (sql, values, signal) => run(sql, values, { signal }),
    async [Symbol.asyncDispose]() {
      close();
    },
  };
}

/** By SQLite's primary codes: https://www.sqlite.org/rescode.html */
const MEANINGS: Readonly<Record<number, readonly [kind: Judged['kind'], advice?: string]>> = {
  5: ['retry', 'another program writes'],
  6: ['retry', 'another program writes'],
  7: ['retry'],
  8: ['broken', 'let this user write the file and its folder'],
  10: ['retry', 'see to its disk'],
  11: ['broken', 'the file is damaged; restore it'],
  13: ['retry', 'its disk is full; free some space there'],
  14: ['broken', 'let this user open the file and its folder'],
  17: ['retry'],
  18: ['rejected', 'the value is too long for this file'],
  19: ['rejected', 'see what the table takes, then replay'],
  20: ['rejected', "let the column's type take the value, then replay"],
  26: ['broken', 'correct the path in url'],
};

/** What SQLite says only in words. */
const WORDS: readonly (readonly [words: RegExp, advice: string])[] = [
  [/no such table|unknown database/, `the table is not there; ${MAKE_TABLE}`],
  [/no column named/, 'the table lacks a column; add it, or take it out of columns'],
  [/ON CONFLICT clause does not match/, NOT_UNIQUE],
];

function outcomeOf(error: unknown, place: string): Ran {
  if (!(error instanceof Error)) throw error;
  const said = quoted(error.message, 160);
  const code = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : null;
  // A value that the driver does not take: a whole number beyond 64 bits.
  if (code === null)
    return { kind: 'rejected', reason: `${place} cannot take it: ${said}; say another value in columns` };
  const words = WORDS.find(([pattern]) => pattern.test(error.message))?.[1];
  const [kind, advice] = MEANINGS[code] ?? (['broken', words ?? 'see that the table fits its columns'] as const);
  const reason = `${place} refuses it: ${said}${advice === undefined ? '' : `; ${advice}`}`;
  return { kind, reason, ...(/no such table/.test(error.message) && { isAbsent: true }) };
}
