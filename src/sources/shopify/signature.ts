import type { Headers } from '../../model/headers.ts';
import type { Refused, SourceRequest } from '../../model/source.ts';
import { DIGEST_BYTES, hmac, type Keys, matching } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { signatureBytes } from '../../shared/signature-text.ts';
import { headerOf } from './headers.ts';

/** The value of `X-Shopify-Hmac-Sha256` that Shopify would send for `body`. */
export function signatureOf(secret: Secret, body: Buffer): string {
  return hmac('sha256', secret, body).toString('base64');
}

/**
 * Checks the HMAC in base64 over the raw bytes; the key is the app's client secret as text. Where both families of headers are
 * there, `shopify-hmac-sha256` has to be right. https://shopify.dev/docs/apps/build/webhooks/verify-deliveries
 * @returns which secret it was, from 1
 */
export function verify(keys: Keys, { headers, body }: SourceRequest): number | Refused {
  const signature = signatureIn(headers);
  if ('kind' in signature) return signature;
  return matching(keys, [signature], body) ?? { kind: 'refused', cause: 'mismatch' };
}

/** Null: there is a signature, and only the body can tell whether it is right. */
export function glance(headers: Headers): Refused | null {
  const signature = signatureIn(headers);
  return 'kind' in signature ? signature : null;
}

export function signatureIn(headers: Headers): Buffer | Refused {
  const header = headerOf(headers, 'hmac-sha256');
  if (header === undefined || header === '') return { kind: 'refused', cause: 'unsigned' };
  return signatureBytes(header, 'base64', DIGEST_BYTES.sha256) ?? { kind: 'refused', cause: 'malformed_signature' };
}
