import type { Socket } from 'node:net';
import pg from 'pg';
import { InboxUnavailableError } from '../../../model/inbox.ts';
import type { Secret } from '../../../shared/secret.ts';
import { oneForEachHost } from '../../../shared/urls/several-hosts.ts';
import { hostOf, reasonOf } from './errors.ts';

const CONNECT_TIMEOUT_MS = 2_000;
/** Less than the 10 s after which GitHub gives up. */
const QUERY_TIMEOUT_MS = 8_000;

export interface HostConfig extends pg.ClientConfig {
  /** `host:port`, as the address has it. */
  readonly name: string;
  /** Whether it is in question that it takes writes: there are others, or the address asks for it. */
  readonly mustAsk: boolean;
}

type TypeId = Parameters<typeof pg.types.getTypeParser>[0];

/** A bigint of ours is an id, a count or a time: below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: TypeId, format?: 'text') =>
    oid === pg.types.builtins.INT8 && format !== ('binary' as string)
      ? Number
      : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};

/** How each host of the address is connected to, in their order. */
export function configsOf(url: Secret, stream: () => Socket): readonly HostConfig[] {
  const addresses = oneForEachHost(withKnownTls(url.reveal()));
  return addresses.map((connectionString) => ({
    name: hostOf(connectionString),
    mustAsk: addresses.length > 1 || /[?&]target_session_attrs=(?:read-write|primary)\b/.test(connectionString),
    connectionString,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    fallback_application_name: 'tidings',
    types,
    stream,
  }));
}

/**
 * As libpq with `target_session_attrs=read-write`: one after the other, the first that takes writes. One host alone is not
 * asked: what it refuses, it says itself.
 * @throws InboxUnavailableError with what each of them said
 */
export async function firstThatWrites(hosts: readonly HostConfig[], place: string): Promise<pg.ClientConfig> {
  const reasons: string[] = [];
  for (const host of hosts) {
    const reason = host.mustAsk ? await whyNot(host) : null;
    if (reason === null) return host;
    reasons.push(`${host.name}: ${reason}`);
  }
  throw new InboxUnavailableError(
    `The database ${place} cannot be used: none of its servers takes writes. ${reasons.join('; ')}.`,
  );
}

const ASK = `
  SELECT pg_is_in_recovery() AS "isStandby", current_setting('transaction_read_only') = 'on' AS "isReadOnly"`;

/** Null: it takes writes. */
async function whyNot(config: HostConfig): Promise<string | null> {
  try {
    const client = new pg.Client(config);
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ isStandby: boolean; isReadOnly: boolean }>(ASK);
      if (rows[0]?.isStandby) return 'it is a standby';
      return rows[0]?.isReadOnly ? 'it is set to be read-only' : null;
    } finally {
      client.end().catch(() => undefined);
    }
  } catch (error) {
    return reasonOf(error) ?? String(error);
  }
}

/**
 * `pg` checks the certificate in all these modes, and warns that this will change: so it is said as it is. To libpq,
 * `sslrootcert=system` are the authorities that everybody trusts: to Node they are those that nobody names.
 */
function withKnownTls(url: string): string {
  if (/[?&]uselibpqcompat=true\b/.test(url)) return url;
  return url
    .replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/, '$1verify-full')
    .replace(/([?&])sslrootcert=system(?=&|$)/, /[?&]sslmode=/.test(url) ? '$1' : '$1sslmode=verify-full');
}
