import { CATALOG } from '../../catalog.ts';
import { variablesOf } from '../../config/read/variables.ts';
import type { Clock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import type { FiledRequest } from './filed-request.ts';
import { type RequestVerdict, verifyRequest } from './verify-request.ts';

/** Whose requests can be verified. */
export const providers: readonly string[] = Object.keys(CATALOG.providers);

/**
 * What accept makes of the request, at its own time. Each brings its own secrets: nothing configured is asked.
 * @throws where its provider is none of `providers`
 */
export async function verify(request: FiledRequest, clock: Clock): Promise<RequestVerdict> {
  const name = request.provider;
  const row = Object.hasOwn(CATALOG.providers, name) ? await CATALOG.providers[name]?.() : undefined;
  if (row === undefined) throw new Error(`no provider is named ${name}`);
  const secrets = request.secrets.map((secret) => new Secret(secret));
  const settings = { ...row.provider.fromEnv?.(variablesOf({}, [])) };
  const source = await row.provider.source({ name, secrets, settings });
  return verifyRequest(source, request, request.now ?? clock.now());
}
