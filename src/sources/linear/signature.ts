import type { Headers } from '../../model/headers.ts';
import type { Refused, SourceRequest } from '../../model/source.ts';
import { DIGEST_BYTES, hmac, type Keys, matching } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { signatureBytes } from '../../shared/signature-text.ts';

/** https://linear.app/developers/webhooks#securing-webhooks */
export const HEADER = 'linear-signature';

/** The value of `Linear-Signature` that Linear would send for `body`. */
export function signatureOf(secret: Secret, body: Buffer): string {
  return hmac('sha256', secret, body).toString('hex');
}

/**
 * Checks `Linear-Signature`, an HMAC in bare hex, over the raw bytes. The time that was signed stands in the body (envelope.ts).
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
  const header = headers[HEADER];
  if (header === undefined || header === '') return { kind: 'refused', cause: 'unsigned' };
  return signatureBytes(header, 'hex', DIGEST_BYTES.sha256) ?? { kind: 'refused', cause: 'malformed_signature' };
}
