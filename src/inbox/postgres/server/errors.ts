import { InboxUnavailableError } from '../../../model/inbox.ts';

/** The server's codes (https://www.postgresql.org/docs/current/errcodes-appendix.html), the system's, `pg`'s words. */
const MEANINGS: readonly (readonly [codes: RegExp, meaning: string])[] = [
  [/^28/, 'the server refuses this user or password. Set DATABASE_URL to the right ones'],
  [/^3D000$/, 'the server has no such database. Create it (CREATE DATABASE …), or correct the name in DATABASE_URL'],
  [
    /^42501$/,
    "this user may not do what Tidings needs. Let it create Tidings' schema (GRANT CREATE ON DATABASE … TO …) and own what is in it",
  ],
  [/^53100$/, "the server's disk is full. Free some space there"],
  [/^53300$/, 'the server has no connection left. Raise its max_connections, or let fewer programs connect'],
  [/^53/, 'the server has run out of memory or another resource'],
  [/^25006$/, 'the server is read-only: a standby, or one that its host has closed. Point DATABASE_URL to the primary'],
  [
    /^(?:42P01|3F000|42883)$/,
    "Tidings' tables, or some of them, are not there. Restore a backup; or start Tidings again, which makes new ones",
  ],
  [/^57P03$/, 'the server is starting up or shutting down'],
  [/^57P04$/, 'the database was dropped while in use'],
  [/^57P0[125]$/, 'the server was shut down, or closed the connection'],
  [/^(?:25P03|25P04)$/, 'the server ended a transaction that took too long'],
  [/^(?:57014|55P03|QUERY_TIMEOUT)$/, 'the server took too long to answer'],
  [/^(?:40001|40P01)$/, 'another transaction was in the way'],
  [/^58/, "the server's disk or system fails. Its log says more"],
  [
    /^(?:ENOTFOUND|EAI_AGAIN)$/,
    "its host's name cannot be found. Check the host in DATABASE_URL, and the name service",
  ],
  [/^ECONNREFUSED$/, 'nobody listens there. Start the server, or correct host and port in DATABASE_URL'],
  [/^(?:ENOENT|EACCES)$/, 'there is no socket there that this user may use. Correct the path in DATABASE_URL'],
  [/^(?:EHOSTUNREACH|ENETUNREACH)$/, 'its host cannot be reached. Check the network'],
  [/^(?:ETIMEDOUT|CONNECT_TIMEOUT)$/, 'it does not answer. Check host and port in DATABASE_URL, and firewalls between'],
  [/^POOL_TIMEOUT$/, 'every connection to it is busy'],
  [
    /^NO_TLS$/,
    'the server speaks no TLS, and sslmode in DATABASE_URL asks for it. Inside a private network, sslmode=disable goes without',
  ],
  [
    /^(?:CERT_|ERR_TLS_CERT|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/,
    "the server's TLS certificate cannot be verified. Name its authority in DATABASE_URL (sslmode=verify-full&sslrootcert=/path/ca.pem), or, inside a private network, sslmode=no-verify",
  ],
  [/^(?:08|ECONN|EPIPE|GONE)/, 'the connection was lost'],
];

/** What `pg` says only in words, as a code. */
const WORDS: readonly (readonly [words: RegExp, code: string])[] = [
  [/^Query read timeout$/, 'QUERY_TIMEOUT'],
  [/^timeout exceeded when trying to connect$/, 'POOL_TIMEOUT'],
  [/due to connection timeout$|^timeout expired$/, 'CONNECT_TIMEOUT'],
  [/does not support SSL/, 'NO_TLS'],
  [/no password was provided|must be a (?:non-empty )?string/, '28000'],
  [
    /^Connection terminated|not queryable|^Client was closed|after calling end on the pool|stream was destroyed/i,
    'GONE',
  ],
  [/before secure TLS connection was established/, 'GONE'],
];

/** The database cannot be used now, as one sentence for people: no password in it. Undefined: some other error, a bug. */
export function unavailable(error: unknown, place: string): InboxUnavailableError | undefined {
  if (error instanceof InboxUnavailableError) return error;
  if (!(error instanceof Error)) return undefined;
  const code = WORDS.find(([words]) => words.test(error.message))?.[1] ?? codeOf(error);
  const meaning = MEANINGS.find(([codes]) => codes.test(code))?.[1];
  if (meaning === undefined) return undefined;
  return new InboxUnavailableError(`The database ${place} cannot be used: ${meaning} (${code}).`, { cause: error });
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** `host:port/database` of a URL, without name and password. */
export function placeOf(url: string): string {
  try {
    const { host, pathname, searchParams } = new URL(url);
    const socket = searchParams.get('host');
    return `${socket ?? (host === '' ? 'localhost' : host)}/${decodeURIComponent(pathname.slice(1))}`;
  } catch {
    return 'of DATABASE_URL';
  }
}
