import { bareSignature, bodySignature, signedBody } from '../../shared/body-signature.ts';
import type { Secret } from '../../shared/secret.ts';

/** Bare hex, over the raw bytes. The time that is signed stands in the body (envelope.ts). https://linear.app/developers/webhooks#securing-webhooks */
export const HEADER = 'linear-signature';

export const { verify, glance, match } = bodySignature((headers) => bareSignature(headers[HEADER], 'hex'));

/** The value of `Linear-Signature` that Linear would send for `body`. */
export function signatureOf(secret: Secret, body: Buffer): string {
  return signedBody(secret, body, 'hex');
}
