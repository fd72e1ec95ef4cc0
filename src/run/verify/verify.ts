import { CATALOG } from '../../catalog.ts';
import { variablesOf } from '../../config/read/variables.ts';
import type { Source } from '../../model/source.ts';
import type { Clock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import type { FiledRequest } from './filed-request.ts';
import { type RequestVerdict, verifyRequest } from './verify-request.ts';

/** Whose requests can be verified. */
export const providers: readonly string[] = Object.keys(CATALOG.providers);

/**
 * What accept makes of the request, at its own time. Each brings its own secrets: nothing configured is asked. A provider that is
 * none of `providers` is an address that leads nowhere.
 */
export async function verify(request: FiledRequest, clock: Clock): Promise<RequestVerdict> {
  return verifyRequest(await sourceOf(request), request, request.now ?? clock.now());
}

async function sourceOf({ provider: name, secrets, context }: FiledRequest): Promise<Source | null> {
  const row = Object.hasOwn(CATALOG.providers, name) ? await CATALOG.providers[name]?.() : undefined;
  if (row === undefined) return null;
  const settings = { ...row.provider.fromEnv?.(variablesOf({}, [])), ...row.provider.filed?.(context) };
  return row.provider.source({ name, secrets: secrets.map((secret) => new Secret(secret)), settings });
}
