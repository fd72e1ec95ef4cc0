import { identified, type Received, type Source, type SourceRequest } from '../../model/source.ts';
import { type Keys, keyIdsOf, keysOf } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { diagnose } from './diagnose.ts';
import { ID_HEADERS, identify } from './envelope.ts';
import { normalise } from './normalise.ts';
import { glance, SIGNATURE_HEADERS, verify } from './signature.ts';

export interface GiteaSourceOptions {
  readonly name: string;
  /** All are tried, while one is changed. */
  readonly secrets: readonly Secret[];
}

/** Webhooks of Gitea and Forgejo, of repositories, organisations and whole servers. */
export function giteaSource({ name, secrets }: GiteaSourceOptions): Source {
  const keys = keysOf(secrets);
  return {
    name,
    provider: 'gitea',
    // Of a form, Gitea signs the JSON inside, not the bytes that come.
    contentTypes: ['application/json'],
    onceHeaders: [...SIGNATURE_HEADERS, ...ID_HEADERS],
    storedHeaders: ['content-type', 'user-agent', ...ID_HEADERS],
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
