import { bodyOrNull, textOrNull } from '../../shared/payload.ts';
import type { Secret } from '../../shared/secret.ts';
import { DELIVERY } from './envelope.ts';
import { HEADER, signatureOf } from './signature.ts';

/** The headers Linear would send with this body. */
export function signedHeaders(guid: string, body: Buffer, secret: Secret): Record<string, string> {
  const payload = bodyOrNull(body);
  return {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Linear-Webhook (tidings-sample)',
    'linear-event': textOrNull(payload, 'type') ?? '',
    [DELIVERY]: guid,
    [HEADER]: signatureOf(secret, body),
  };
}
