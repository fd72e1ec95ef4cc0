import type { Secret } from '../../shared/secret.ts';
import { HEADER, signatureOf } from './signature.ts';

/** The headers PagerDuty would send with this body. */
export function signedHeaders(body: Buffer, id: string, secret: Secret): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'PagerDuty-Webhook/V3.0 (tidings-sample)',
    'x-webhook-id': id,
    [HEADER]: signatureOf(secret, body),
  };
}
