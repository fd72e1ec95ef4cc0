import type { Secret } from '../../shared/secret.ts';
import { signatureOf } from './signature.ts';

/** The headers Stripe would send with this body at that time, milliseconds since 1970. */
export function signedHeaders(body: Buffer, secret: Secret, now: number): Record<string, string> {
  return {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks; tidings-sample)',
    'stripe-signature': signatureOf(secret, Math.floor(now / 1000), body),
  };
}
