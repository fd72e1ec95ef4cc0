import { identified, type Received, type Source, type SourceRequest } from '../../model/source.ts';
import { type Keys, keyIdsOf, keysOf } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { diagnose } from './diagnose.ts';
import { ID_HEADERS, identify } from './envelope.ts';
import { normalise } from './normalise.ts';
import { glance, HEADER, verify } from './signature.ts';

export interface BitbucketSourceOptions {
  readonly name: string;
  /** All are tried, while one is changed. */
  readonly secrets: readonly Secret[];
}

/** Bitbucket Cloud's webhooks, of a repository or a workspace. */
export function bitbucketSource({ name, secrets }: BitbucketSourceOptions): Source {
  const keys = keysOf(secrets);
  return {
    name,
    provider: 'bitbucket',
    contentTypes: ['application/json'],
    onceHeaders: [HEADER, ...ID_HEADERS],
    storedHeaders: ['content-type', 'user-agent', ...ID_HEADERS, 'x-hook-uuid', 'x-attempt-number'],
    // Bitbucket sends nothing above 256 kB.
    maxBodyBytes: 1024 * 1024,
    bodies: 'unique',
    glance,
    receive: (request) => receive(keys, request),
    diagnose: (request, refused) => diagnose(secrets, request, refused),
    normalise,
    keyIds: keyIdsOf(secrets),
  };
}

function receive(keys: Keys, request: SourceRequest): Received {
  const secretNo = verify(keys, request);
  if (typeof secretNo !== 'number') return secretNo;
  return identified(secretNo, identify(request.headers, request.body));
}
