import type { Unsigned } from '../../model/plugin/provider.ts';
import type { Secret } from '../../shared/secret.ts';
import { standardSigned } from '../../shared/standard-webhooks.ts';
import type { StandardSettings } from './settings.ts';

/** The headers that a sender would send with it. @throws Error for a public key, with which nobody can sign */
export function signedHeaders(
  { guid, body, now, received = {} }: Unsigned,
  secret: Secret,
  settings: StandardSettings,
): Record<string, string> {
  // Its id is signed: what was received keeps it.
  const prefix =
    settings.headers ??
    (received['svix-id'] !== undefined && received['webhook-id'] === undefined ? 'svix' : 'webhook');
  const id = received[`${prefix}-id`] ?? `msg_${guid}`;
  return {
    'content-type': 'application/json',
    'user-agent': 'tidings-sample',
    ...standardSigned(secret, { id, now, body }, prefix),
  };
}
