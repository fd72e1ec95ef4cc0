import type { Unsigned } from '../../model/plugin/provider.ts';
import type { Secret } from '../../shared/secret.ts';
import { signaturesOf } from './signature.ts';

/** The headers Gitea would send with this delivery. */
export function signedHeaders({ type, guid, body }: Unsigned, secret: Secret): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-gitea-event': type,
    'x-gitea-event-type': type,
    'x-gitea-delivery': guid,
    ...signaturesOf(secret, body),
  };
}
