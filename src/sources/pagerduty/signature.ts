import type { Headers } from '../../model/headers.ts';
import type { Refused, SourceRequest } from '../../model/source.ts';
import { DIGEST_BYTES, hmac, type Keys, matching } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { signatureBytes } from '../../shared/signature-text.ts';

export const HEADER = 'x-pagerduty-signature';
const VERSION = 'v1=';

/** More than the secrets that one subscription ever has costs nothing but our time. */
const MOST_SIGNATURES = 16;

/** The value of `X-PagerDuty-Signature` that PagerDuty would send for `body`. */
export function signatureOf(secret: Secret, body: Buffer): string {
  return `${VERSION}${hmac('sha256', secret, body).toString('hex')}`;
}

/**
 * Checks `X-PagerDuty-Signature` over the raw bytes. The secret is text, though it looks like base64. No time is signed: PagerDuty
 * tries for 48 hours. https://developer.pagerduty.com/docs/webhooks-signatures
 * @returns which secret it was, from 1
 */
export function verify(keys: Keys, { headers, body }: SourceRequest): number | Refused {
  const signatures = signaturesIn(headers);
  if ('kind' in signatures) return signatures;
  return matching(keys, signatures, body) ?? { kind: 'refused', cause: 'mismatch' };
}

/** Null: there is a signature, and only the body can tell whether it is right. */
export function glance(headers: Headers): Refused | null {
  const signatures = signaturesIn(headers);
  return 'kind' in signatures ? signatures : null;
}

/** `v1=…[,v1=…]`: one for each secret that is active. Other versions are passed over. */
export function signaturesIn(headers: Headers): readonly Buffer[] | Refused {
  const all = (headers[HEADER] ?? '').split(',').filter((part) => part !== '');
  const known = all.filter((part) => part.startsWith(VERSION));
  if (known.length === 0)
    return { kind: 'refused', cause: all.some((part) => !/^v\d+=/.test(part)) ? 'malformed_signature' : 'unsigned' };
  const signatures = known
    .map((part) => signatureBytes(part.slice(VERSION.length), 'hex', DIGEST_BYTES.sha256))
    .filter((signature) => signature !== null);
  return signatures.length === 0 || known.length > MOST_SIGNATURES
    ? { kind: 'refused', cause: 'malformed_signature' }
    : signatures;
}
