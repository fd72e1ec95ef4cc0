import type { Unsigned } from '../../model/plugin/provider.ts';
import type { Secret } from '../../shared/secret.ts';
import { HEADER, signatureOf } from './signature.ts';

/** The headers Bitbucket would send with this delivery. */
export function signedHeaders({ type, guid, body }: Unsigned, secret: Secret): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'Bitbucket-Webhooks/2.0',
    'x-event-key': type,
    'x-hook-uuid': '71db0000-0000-4000-8000-000000000001',
    'x-request-uuid': guid,
    'x-attempt-number': '1',
    [HEADER]: signatureOf(secret, body),
  };
}
