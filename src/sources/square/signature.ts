import type { Headers } from '../../model/headers.ts';
import type { Refused, SourceRequest } from '../../model/source.ts';
import { bareSignature, type NoSignature } from '../../shared/body-signature.ts';
import { hmac, type Keys, matching } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';

export const HEADER = 'x-square-hmacsha256-signature';

/** The value of `x-square-hmacsha256-signature` that Square would send to that URL with `body`. */
export function signatureOf(secret: Secret, url: string, body: Buffer): string {
  return hmac('sha256', secret, url, body).toString('base64');
}

/**
 * Checks the signature over the URL of the subscription, as it stands at Square, and the raw bytes behind it. No time is signed, and the
 * older `x-square-signature` (HMAC-SHA1) proves nothing here. https://developer.squareup.com/docs/webhooks/step3validate
 * @returns which secret it was, from 1
 */
export function verify(keys: Keys, { headers, body, url }: Signed): number | Refused {
  const signature = signatureIn(headers);
  if ('kind' in signature) return signature;
  return matching(keys, [signature], url, body) ?? { kind: 'refused', cause: 'mismatch' };
}

export type Signed = Pick<SourceRequest, 'headers' | 'body' | 'url'>;

/** Null: there is a signature, and only the body can tell whether it is right. */
export function glance(headers: Headers): Refused | null {
  const signature = signatureIn(headers);
  return 'kind' in signature ? signature : null;
}

export function signatureIn(headers: Headers): Buffer | NoSignature {
  return bareSignature(headers[HEADER], 'base64');
}
