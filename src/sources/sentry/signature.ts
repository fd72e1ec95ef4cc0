import { bareSignature, bodySignature, signedBody } from '../../shared/body-signature.ts';
import type { Secret } from '../../shared/secret.ts';

/**
 * Bare hex, over the raw bytes, also where there are none. Everything in other headers is unsigned, the time too.
 * https://docs.sentry.io/organization/integrations/integration-platform/webhooks/#sentry-hook-signature
 */
export const HEADER = 'sentry-hook-signature';

export const { verify, glance, match } = bodySignature((headers) => bareSignature(headers[HEADER], 'hex'));

/** The value of `Sentry-Hook-Signature` that Sentry would send for `body`. */
export function signatureOf(secret: Secret, body: Buffer): string {
  return signedBody(secret, body, 'hex');
}
