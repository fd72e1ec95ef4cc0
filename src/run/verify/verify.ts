import { sourceName } from '../../accept/webhook-path.ts';
import { CATALOG } from '../../catalog.ts';
import type { Config, SourceConfig } from '../../config/config.ts';
import { variablesOf } from '../../config/read/variables.ts';
import type { Source } from '../../model/source.ts';
import type { Clock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import type { FiledRequest } from './filed-request.ts';
import { type RequestVerdict, verifyRequest } from './verify-request.ts';

/** Whose requests can be verified. */
export const providers: readonly string[] = Object.keys(CATALOG.providers);

/** Whose secrets count for a request that brings none. */
export type Configured = Pick<Config, 'sources' | 'publicUrl'>;

const NOTHING: Configured = { sources: [], publicUrl: null };

export interface Verified extends RequestVerdict {
  /** The configured source whose secrets it was checked by. Null: by its own. */
  readonly source: string | null;
}

/**
 * What accept makes of the request, at its own time. One that brings secrets is checked by them, and nothing configured is asked. A
 * provider that is none of `providers` is an address that leads nowhere.
 */
export async function verify(request: FiledRequest, clock: Clock, configured = NOTHING): Promise<Verified> {
  const now = request.now ?? clock.now();
  const candidates = request.secrets === null ? candidatesFor(request, configured) : [];
  let first: Verified | undefined;
  for (const source of candidates) {
    const found = await verifyRequest(await builtOf(source, request), request, now, configured.publicUrl);
    const verified = { ...found, source: source.name };
    if (verified.verdict !== 'reject') return verified;
    first ??= verified;
  }
  return first ?? { ...(await byItself(request, now)), source: null };
}

/** The one that it names, or whose path it called; else all of its provider, of which any may be the one. */
function candidatesFor({ provider, source, url }: FiledRequest, { sources }: Configured): readonly SourceConfig[] {
  const all = sources.filter((each) => each.provider === provider);
  const called = sourceName(URL.parse(url ?? '', 'http://localhost')?.pathname ?? '');
  const one = all.find(({ name }) => name === source) ?? all.find(({ name }) => name === called);
  return one ? [one] : all;
}

async function byItself(request: FiledRequest, now: number): Promise<RequestVerdict> {
  const { provider, secrets } = request;
  const source = { name: provider, provider, settings: {}, secrets: (secrets ?? []).map((each) => new Secret(each)) };
  return verifyRequest(await builtOf(source, request), request, now);
}

type Built = Pick<SourceConfig, 'name' | 'provider' | 'settings' | 'secrets'>;

/** What the request says of its source counts more than what is configured. */
async function builtOf({ name, provider, settings, secrets }: Built, request: FiledRequest): Promise<Source | null> {
  const row = Object.hasOwn(CATALOG.providers, provider) ? await CATALOG.providers[provider]?.() : undefined;
  if (row === undefined) return null;
  const fromEnv = row.provider.fromEnv?.(variablesOf({}, []));
  const said = Object.entries(row.provider.filed?.(request.context) ?? {}).filter(([, value]) => value !== undefined);
  return row.provider.source({ name, secrets, settings: { ...fromEnv, ...settings, ...Object.fromEntries(said) } });
}
