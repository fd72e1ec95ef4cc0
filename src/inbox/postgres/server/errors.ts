import { InboxUnavailableError } from '../../../model/inbox.ts';
import { oneForEachHost } from '../../../shared/urls/several-hosts.ts';

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
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    "the server's TLS certificate is for other host names. Write the host in DATABASE_URL as the certificate has it",
  ],
  [/^CERT_HAS_EXPIRED$/, "the server's TLS certificate has expired. Renew it there"],
  [
    /^TLS_FILE$/,
    'a certificate or key that DATABASE_URL names (sslrootcert, sslcert, sslkey) cannot be read. Correct its path',
  ],
  [/^ERR_(?:OSSL|SSL)/, "TLS fails. Check the files that DATABASE_URL names, and the server's log"],
  [
    /^ISOLATION$/,
    "the server's default_transaction_isolation is not \"read committed\", which Tidings needs. Set it for its user: ALTER ROLE … SET default_transaction_isolation = 'read committed'",
  ],
  [
    /^(?:CERT_|ERR_TLS_CERT|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/,
    "the server's TLS certificate cannot be verified. Name its authority in DATABASE_URL (sslmode=verify-full&sslrootcert=/path/ca.pem), or, inside a private network, sslmode=no-verify",
  ],
  [/^(?:08|ECONN|EPIPE|GONE)/, 'the connection was lost'],
];

/** What `pg` says only in words, as a code. */
const WORDS: readonly (readonly [words: RegExp, code: string])[] = [
  [/^E[A-Z]+: .*, (?:open|read)\b/, 'TLS_FILE'],
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
  const reason = reasonOf(error);
  if (reason === undefined) return undefined;
  return new InboxUnavailableError(`The database ${place} cannot be used: ${reason}.`, { cause: error });
}

/** What the server would say, if it were asked to do it. */
export function refusal(code: '25006' | '42501' | 'ISOLATION'): Error {
  return Object.assign(new Error('asked without writing'), { code });
}

/** What it means and its code, without a full stop. Undefined: some other error, a bug. */
export function reasonOf(error: unknown): string | undefined {
  const code = codeOf(error);
  const meaning = MEANINGS.find(([codes]) => codes.test(code))?.[1];
  return meaning === undefined ? undefined : `${meaning} (${code})`;
}

/** Other connections to this server are as useless: it is away, does not answer, or takes no writes any more. */
const LOST =
  /^(?:08|25006|57P|ECONN|EPIPE|ENOENT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|CONNECT_TIMEOUT|QUERY_TIMEOUT|GONE)/;

export function hasLostServer(error: unknown): boolean {
  return error instanceof InboxUnavailableError && LOST.test(codeOf(error.cause));
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const known = WORDS.find(([words]) => words.test(error.message))?.[1];
  return known ?? ('code' in error && typeof error.code === 'string' ? error.code : '');
}

/** `host:port/database` of a URL, without name and password; `host:port,host:port/database` of several hosts. */
export function placeOf(url: string): string {
  const addresses = oneForEachHost(url);
  try {
    const { pathname } = new URL(addresses[0] ?? url);
    return `${addresses.map(hostOf).join()}/${decodeURIComponent(pathname.slice(1))}`;
  } catch {
    return 'of DATABASE_URL';
  }
}

/** `host:port` of a URL with one host, or the folder of its socket. */
export function hostOf(url: string): string {
  const { host = '', searchParams = null } = URL.parse(url) ?? {};
  return searchParams?.get('host') ?? (host === '' ? 'localhost' : host);
}
