import type { Unsigned } from '../../model/plugin/provider.ts';
import type { Secret } from '../../shared/secret.ts';
import { RESOURCE } from './envelope.ts';
import { HEADER, signatureOf } from './signature.ts';

/** The headers Sentry would send with this body. */
export function signedHeaders({ type, guid, body, now }: Unsigned, secret: Secret): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'Sentry (tidings-sample)',
    'request-id': guid,
    [RESOURCE]: type,
    'sentry-hook-timestamp': String(Math.floor(now / 1000)),
    [HEADER]: signatureOf(secret, body),
  };
}
