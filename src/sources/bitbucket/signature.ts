import type { Headers } from '../../model/headers.ts';
import type { Refused, SourceRequest } from '../../model/source.ts';
import { DIGEST_BYTES, hmac, type Keys, matching } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { signatureBytes } from '../../shared/signature-text.ts';

/** Where GitHub has its SHA-1, Bitbucket has SHA-256: https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/ */
export const HEADER = 'x-hub-signature';
const METHOD = 'sha256=';
/** The header may name any method; all but one of them are weaker, or unknown. */
const OTHER_METHOD = /^[a-z][a-z\d-]{0,20}=/;

/** The value of `X-Hub-Signature` that Bitbucket would send for `body`. */
export function signatureOf(secret: Secret, body: Buffer): string {
  return `${METHOD}${hmac('sha256', secret, body).toString('hex')}`;
}

/**
 * Checks `X-Hub-Signature` over the raw bytes.
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
  if (!header.startsWith(METHOD))
    return { kind: 'refused', cause: OTHER_METHOD.test(header) ? 'unsigned' : 'malformed_signature' };
  const signature = signatureBytes(header.slice(METHOD.length), 'hex', DIGEST_BYTES.sha256);
  return signature ?? { kind: 'refused', cause: 'malformed_signature' };
}
