import { identified, type Received, type Source, type SourceRequest } from '../../model/source.ts';
import { type Keys, keyIdsOf, keysOf } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { diagnose } from './diagnose.ts';
import { identify } from './envelope.ts';
import { normalise } from './normalise.ts';
import { glance, verify } from './signature.ts';

export interface StripeSourceOptions {
  readonly name: string;
  /** All are tried: of the live endpoint and the test endpoint, or of an account and its Connect endpoint, on one URL. */
  readonly secrets: readonly Secret[];
}

/** Stripe's webhooks: snapshot events and thin ones, of an account or of connected accounts. */
export function stripeSource({ name, secrets }: StripeSourceOptions): Source {
  const keys = keysOf(secrets);
  return {
    name,
    provider: 'stripe',
    contentTypes: ['application/json'],
    onceHeaders: ['stripe-signature'],
    storedHeaders: ['content-type', 'user-agent'],
    maxBodyBytes: 5 * 1024 * 1024,
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
  return identified(secretNo, identify(request.body));
}
