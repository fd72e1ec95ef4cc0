import { bareSignature, bodySignature, signedBody } from '../../shared/body-signature.ts';
import type { Secret } from '../../shared/secret.ts';
import { headerOf } from './headers.ts';

/**
 * Base64, over the raw bytes; the key is the app's client secret as text. Where both families of headers are there,
 * `shopify-hmac-sha256` has to be right. https://shopify.dev/docs/apps/build/webhooks/verify-deliveries
 */
export const { verify, glance, match } = bodySignature((headers) =>
  bareSignature(headerOf(headers, 'hmac-sha256'), 'base64'),
);

/** The value of `X-Shopify-Hmac-Sha256` that Shopify would send for `body`. */
export function signatureOf(secret: Secret, body: Buffer): string {
  return signedBody(secret, body, 'base64');
}
