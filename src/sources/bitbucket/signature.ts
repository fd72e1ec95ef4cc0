import { bareSignature, bodySignature, type NoSignature, signedBody } from '../../shared/body-signature.ts';
import type { Secret } from '../../shared/secret.ts';

/** Where GitHub has its SHA-1, Bitbucket has SHA-256: https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/ */
export const HEADER = 'x-hub-signature';
const METHOD = 'sha256=';
/** The header may name any method; all but one of them are weaker, or unknown. */
const OTHER_METHOD = /^[a-z][a-z\d-]{0,20}=/;

export const { verify, glance, match } = bodySignature((headers) => signatureIn(headers[HEADER] ?? ''));

/** The value of `X-Hub-Signature` that Bitbucket would send for `body`. */
export function signatureOf(secret: Secret, body: Buffer): string {
  return METHOD + signedBody(secret, body, 'hex');
}

function signatureIn(header: string): Buffer | NoSignature {
  if (header !== '' && !header.startsWith(METHOD))
    return { kind: 'refused', cause: OTHER_METHOD.test(header) ? 'unsigned' : 'malformed_signature' };
  if (header === METHOD) return { kind: 'refused', cause: 'malformed_signature' };
  return bareSignature(header.slice(METHOD.length), 'hex');
}
