import type { Source } from '../../model/source.ts';
import type { Clock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import { githubSource } from '../../sources/github/github-source.ts';
import type { FiledRequest } from './filed-request.ts';
import { type RequestVerdict, verifyRequest } from './verify-request.ts';

/** By provider. Each request brings its own secrets: nothing configured is asked. */
const SOURCES: Readonly<Record<string, (secrets: readonly Secret[]) => Source>> = {
  github: (secrets) => githubSource({ name: 'github', secrets }),
};

/** Whose requests can be verified. */
export const providers: readonly string[] = Object.keys(SOURCES);

/** What accept makes of the request, at its own time. @throws where its provider is none of `providers` */
export async function verify(request: FiledRequest, clock: Clock): Promise<RequestVerdict> {
  const sourceOf = SOURCES[request.provider];
  if (sourceOf === undefined) throw new Error(`no provider is named ${request.provider}`);
  const source = sourceOf(request.secrets.map((secret) => new Secret(secret)));
  return verifyRequest(source, request, request.now ?? clock.now());
}
