import { isAbsolute } from 'node:path';

// What people write and what it should have been. Each tells what is wrong with the text as a predicate, or undefined; an address
// is a secret and is not repeated.

export const ADDRESS_VARIABLE = 'SQL_URL';

/** Postgres cuts longer names, so that two could be one: https://www.postgresql.org/docs/current/limits.html */
const LONGEST_NAME = 63;

export const NAME = '^[A-Za-z_][A-Za-z0-9_]*$';
export const TABLE = '^[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?$';

/** More than anybody fills; SQLite takes 2,000, Postgres 1,600. */
export const MOST_COLUMNS = 200;

export type Address =
  | { readonly dialect: 'postgres'; readonly url: string; readonly place: string }
  | { readonly dialect: 'sqlite'; readonly path: string; readonly place: string };

/** Null: it is none. `place` is for people: no name, no password. */
export function addressOf(text: string): Address | null {
  const [, path] = /^sqlite:(?:\/\/(?=\/|\.))?([^\0?]+)$/.exec(text) ?? [];
  if (path !== undefined) return path.startsWith('//') ? null : { dialect: 'sqlite', path, place: `SQLite ${path}` };
  const url = /^postgres(?:ql)?:\/\//i.test(text) && !/\s/.test(text) ? URL.parse(text) : null;
  if (url === null) return null;
  const host = url.searchParams.get('host') ?? (url.host || 'localhost');
  return { dialect: 'postgres', url: text, place: `Postgres at ${host}${url.pathname === '/' ? '' : url.pathname}` };
}

export function addressProblem(text: string): string | undefined {
  if (addressOf(text) !== null) return undefined;
  if (/^mysql|^mariadb/i.test(text)) return 'is of MySQL, which is not spoken here: Postgres and SQLite are.';
  if (isAbsolute(text)) return 'is a path: for a file of SQLite write sqlite: in front of it.';
  return 'must be postgres://user:password@host/database, or sqlite: and the path of a file.';
}

export function nameProblem(text: string): string | undefined {
  if (!new RegExp(NAME).test(text)) return 'must be letters, digits and _, with no digit in front.';
  return text.length > LONGEST_NAME ? `must have ${LONGEST_NAME} characters at most.` : undefined;
}

/** A table, or `schema.table`. */
export function tableProblem(text: string): string | undefined {
  const names = text.split('.');
  if (names.length > 2) return 'must be a table, or schema.table.';
  return names.map(nameProblem).find((problem) => problem !== undefined);
}
