import type { Headers } from '../../model/headers.ts';
import type { Refused, SourceRequest } from '../../model/source.ts';
import { DIGEST_BYTES, hmac, type Keys, matching } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { signatureBytes } from '../../shared/signature-text.ts';

export const HEADER = 'sentry-hook-signature';

/** The value of `Sentry-Hook-Signature` that Sentry would send for `body`. */
export function signatureOf(secret: Secret, body: Buffer): string {
  return hmac('sha256', secret, body).toString('hex');
}

/**
 * Checks `Sentry-Hook-Signature`, bare hex, over the raw bytes, also where there are none. Everything in other headers is unsigned, the
 * time too. https://docs.sentry.io/organization/integrations/integration-platform/webhooks/#sentry-hook-signature
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
