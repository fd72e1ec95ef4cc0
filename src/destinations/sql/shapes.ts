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
  | ({ readonly dialect: 'mysql'; readonly place: string } & MysqlServer)
  | { readonly dialect: 'sqlite'; readonly path: string; readonly place: string };

interface MysqlServer {
  readonly host: string;
  readonly port: number;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly database: string | undefined;
  readonly tls: { readonly rejectUnauthorized: boolean; readonly verifyIdentity: boolean } | undefined;
}

/** As MySQL's own clients call it: https://dev.mysql.com/doc/refman/8.4/en/connecting-using-uri-or-key-value-pairs.html */
const SSL_MODES: Readonly<Record<string, MysqlServer['tls']>> = {
  disabled: undefined,
  required: { rejectUnauthorized: false, verifyIdentity: false },
  verify_ca: { rejectUnauthorized: true, verifyIdentity: false },
  verify_identity: { rejectUnauthorized: true, verifyIdentity: true },
};

/** Null: it is none. `place` is for people: no name, no password. */
export function addressOf(text: string): Address | null {
  const [, path] = /^sqlite:(?:\/\/(?=\/|\.))?([^\0?]+)$/.exec(text) ?? [];
  if (path !== undefined) return path.startsWith('//') ? null : { dialect: 'sqlite', path, place: `SQLite ${path}` };
  const url = /^(?:postgres(?:ql)?|mysql|mariadb):\/\//i.test(text) && !/\s/.test(text) ? URL.parse(text) : null;
  if (url === null) return null;
  if (!url.protocol.startsWith('postgres')) return mysqlAddress(url);
  const host = url.searchParams.get('host') ?? (url.host || 'localhost');
  return { dialect: 'postgres', url: text, place: `Postgres at ${host}${url.pathname === '/' ? '' : url.pathname}` };
}

function mysqlAddress(url: URL): Address | null {
  const { hostname, username, password, pathname, searchParams } = url;
  const mode = searchParams.get('ssl-mode')?.toLowerCase() ?? 'disabled';
  if (!Object.hasOwn(SSL_MODES, mode) || [...searchParams.keys()].some((key) => key !== 'ssl-mode')) return null;
  const [user, secret, database] = [username, password, pathname.slice(1)].map(decoded);
  if (user === null || secret === null || database === null || database?.includes('/')) return null;
  return {
    dialect: 'mysql',
    host: hostname === '' ? 'localhost' : hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port || 3306),
    user,
    password: secret,
    database,
    tls: SSL_MODES[mode],
    place: `MySQL at ${url.host || 'localhost'}${database === undefined ? '' : `/${database}`}`,
  };
}

/** Undefined: it is left out. Null: it is not written as in an address. */
function decoded(text: string): string | undefined | null {
  try {
    return text === '' ? undefined : decodeURIComponent(text);
  } catch {
    return null;
  }
}

export function addressProblem(text: string): string | undefined {
  if (addressOf(text) !== null) return undefined;
  if (/^(?:mysql|mariadb):/i.test(text)) {
    return 'must be mysql://user:password@host/database, with nothing behind it but ?ssl-mode= and required, verify_ca or verify_identity.';
  }
  if (isAbsolute(text)) return 'is a path: for a file of SQLite write sqlite: in front of it.';
  return 'must be postgres:// or mysql://user:password@host/database, or sqlite: and the path of a file.';
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
