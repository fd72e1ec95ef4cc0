import { identified, type Received, type Source, type SourceRequest } from '../../model/source.ts';
import { type Keys, keyIdsOf, keysOf } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { diagnose } from './diagnose.ts';
import { identify, RESOURCE } from './envelope.ts';
import { know } from './know.ts';
import { normalise } from './normalise.ts';
import { glance, HEADER, verify } from './signature.ts';

export interface SentrySourceOptions {
  readonly name: string;
  /** All are tried: each integration has its own. */
  readonly secrets: readonly Secret[];
}

/** Webhooks of Sentry's integration platform: internal integrations and apps. */
export function sentrySource({ name, secrets }: SentrySourceOptions): Source {
  const keys = keysOf(secrets);
  return {
    name,
    provider: 'sentry',
    contentTypes: ['application/json'],
    onceHeaders: [HEADER, RESOURCE],
    storedHeaders: ['content-type', 'user-agent', 'request-id', RESOURCE, 'sentry-hook-timestamp'],
    maxBodyBytes: 5 * 1024 * 1024,
    bodies: 'unique',
    glance,
    receive: (request) => receive(keys, request),
    diagnose: (request, refused) => diagnose(secrets, request, refused),
    normalise,
    know,
    keyIds: keyIdsOf(secrets),
  };
}

function receive(keys: Keys, request: SourceRequest): Received {
  const secretNo = verify(keys, request);
  if (typeof secretNo !== 'number') return secretNo;
  return identified(secretNo, identify(request.body, request.headers));
}
