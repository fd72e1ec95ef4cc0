import { identified, type Received, type Source, type SourceRequest } from '../../model/source.ts';
import { keyIdsOf } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { diagnose } from './diagnose.ts';
import { identify } from './envelope.ts';
import { know } from './know.ts';
import { normalise } from './normalise.ts';
import { glance, ID, isSigningToken, type Proofs, proofsOf, SIGNATURE, TIME, TOKEN, verify } from './signature.ts';

export interface GitlabSourceOptions {
  readonly name: string;
  /** Signing tokens and secret tokens: all are tried, while a webhook goes from one to the other. */
  readonly secrets: readonly Secret[];
}

/** Webhooks of projects and groups, and system hooks. */
export function gitlabSource({ name, secrets }: GitlabSourceOptions): Source {
  const proofs = proofsOf(secrets);
  return {
    name,
    provider: 'gitlab',
    contentTypes: ['application/json'],
    onceHeaders: [TOKEN, ID, TIME, SIGNATURE, 'idempotency-key', 'x-gitlab-event'],
    // `webhook-id` and `Idempotency-Key` are the delivery's id.
    storedHeaders: [
      'content-type',
      'user-agent',
      'x-gitlab-event',
      'x-gitlab-event-uuid',
      'x-gitlab-instance',
      'x-gitlab-webhook-uuid',
    ],
    // A signed id is enough to know a request again. Whoever has seen a secret token may send a body again under any id.
    bodies: secrets.length > 0 && secrets.every(isSigningToken) ? 'repeat' : 'unique',
    glance,
    receive: (request) => receive(proofs, request),
    diagnose: (request, refused) => diagnose(secrets, request, refused),
    normalise,
    know,
    keyIds: keyIdsOf(secrets),
  };
}

function receive(proofs: Proofs, request: SourceRequest): Received {
  const secretNo = verify(proofs, request);
  if (typeof secretNo !== 'number') return secretNo;
  return identified(secretNo, identify(request.headers, request.body));
}
