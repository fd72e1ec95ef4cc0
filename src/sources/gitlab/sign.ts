import type { Unsigned } from '../../model/plugin/provider.ts';
import type { Secret } from '../../shared/secret.ts';
import { standardSigned } from '../../shared/standard-webhooks.ts';
import { hookName } from './envelope.ts';
import { isSigningToken, TOKEN } from './signature.ts';

/** The headers that GitLab would send with this body: a signature with a signing token, else the token itself. */
export function signedHeaders({ type, guid, body, now }: Unsigned, secret: Secret): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'GitLab/tidings-sample',
    'x-gitlab-event': hookName(type),
    'idempotency-key': guid,
    ...(isSigningToken(secret)
      ? standardSigned(secret, { id: guid, now, body }, 'webhook')
      : { [TOKEN]: secret.reveal() }),
  };
}
