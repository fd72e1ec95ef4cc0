import { identified, type Received, type Source, type SourceRequest } from '../../model/source.ts';
import { type Keys, keyIdsOf, keysOf } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { diagnose } from './diagnose.ts';
import { identify } from './envelope.ts';
import { normalise } from './normalise/normalise.ts';
import { glance, HEADER, verify } from './signature.ts';

export interface SquareSourceOptions {
  readonly name: string;
  /** All are tried: several subscriptions on one URL have a key each. */
  readonly secrets: readonly Secret[];
  /** Null: what is called is what PUBLIC_URL says. */
  readonly notificationUrl?: string | null;
}

/** Square's webhooks, of the sandbox too. */
export function squareSource({ name, secrets, notificationUrl = null }: SquareSourceOptions): Source {
  const keys = keysOf(secrets);
  const called = (request: SourceRequest) =>
    notificationUrl === null ? request : { ...request, url: notificationUrl };
  return {
    name,
    provider: 'square',
    contentTypes: ['application/json'],
    onceHeaders: [HEADER, 'square-environment'],
    storedHeaders: ['content-type', 'user-agent', 'square-environment', 'square-retry-number'],
    maxBodyBytes: 5 * 1024 * 1024,
    bodies: 'unique',
    glance,
    receive: (request) => receive(keys, called(request)),
    diagnose: (request, refused) => diagnose(secrets, called(request), refused),
    normalise,
    keyIds: keyIdsOf(secrets),
  };
}

function receive(keys: Keys, request: SourceRequest): Received {
  const secretNo = verify(keys, request);
  if (typeof secretNo !== 'number') return secretNo;
  return identified(secretNo, identify(request.body));
}
