import type { Unsigned } from '../../model/plugin/provider.ts';
import type { Secret } from '../../shared/secret.ts';
import { standardSigned } from '../../shared/standard-webhooks.ts';
import type { StandardSettings } from './settings.ts';

/** The headers that a sender would send with it. @throws Error for a public key, with which nobody can sign */
export function signedHeaders(
  { guid, body, now }: Unsigned,
  secret: Secret,
  { headers = 'webhook' }: StandardSettings,
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'tidings-sample',
    ...standardSigned(secret, { id: `msg_${guid}`, now, body }, headers),
  };
}
