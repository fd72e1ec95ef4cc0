import type { Received, Source, SourceRequest } from '../../model/source.ts';
import { type Keys, keyIdsOf, keysOf } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { diagnose } from './diagnose.ts';
import { DELIVERY, identify } from './envelope.ts';
import { normalise } from './normalise.ts';
import { glance, HEADER, verify } from './signature.ts';

export interface LinearSourceOptions {
  readonly name: string;
  /** All are tried: each webhook at Linear has its own. */
  readonly secrets: readonly Secret[];
  /** How far the signed time may be from now, in seconds, either way. */
  readonly tolerance: number;
}

/** Linear's webhooks, of a team or of a whole workspace. */
export function linearSource({ name, secrets, tolerance }: LinearSourceOptions): Source {
  const keys = keysOf(secrets);
  return {
    name,
    provider: 'linear',
    contentTypes: ['application/json'],
    onceHeaders: [HEADER, DELIVERY],
    storedHeaders: ['content-type', 'user-agent', DELIVERY, 'linear-timestamp'],
    maxBodyBytes: 5 * 1024 * 1024,
    bodies: 'unique',
    glance,
    receive: (request) => receive(keys, tolerance, request),
    diagnose: (request, refused) => diagnose({ secrets, tolerance }, request, refused),
    normalise,
    keyIds: keyIdsOf(secrets),
  };
}

function receive(keys: Keys, tolerance: number, request: SourceRequest): Received {
  const secretNo = verify(keys, request);
  if (typeof secretNo !== 'number') return secretNo;
  const identity = identify(request.headers, request.body);
  if ('missing' in identity) return { kind: 'unidentified', secretNo, missing: identity.missing };
  const { id, type, signedAt } = identity;
  if (Math.abs(request.now - signedAt) > tolerance * 1000) return { kind: 'refused', cause: 'stale' };
  return { kind: 'event', deliveryId: id, guid: id, type, secretNo };
}
