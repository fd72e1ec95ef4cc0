import { timingSafeEqual } from 'node:crypto';
import type { Headers } from '../../model/headers.ts';
import { bodySignature, type NoSignature, signedBody } from '../../shared/body-signature.ts';
import { DIGEST_BYTES } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { signatureBytes } from '../../shared/signature-text.ts';

/**
 * One HMAC-SHA256 under several names, so that what was made for GitHub or Gogs understands it: bare hex, but for GitHub's. With
 * Forgejo's own name first. https://docs.gitea.com/usage/webhooks
 */
const PREFIXES: Readonly<Record<string, string>> = {
  'x-forgejo-signature': '',
  'x-gitea-signature': '',
  'x-hub-signature-256': 'sha256=',
};
export const SIGNATURE_HEADERS: readonly string[] = Object.keys(PREFIXES);

/** Each header as Gitea would send it for `body`. */
export function signaturesOf(secret: Secret, body: Buffer): Readonly<Record<string, string>> {
  const hex = signedBody(secret, body, 'hex');
  return { 'x-gitea-signature': hex, 'x-hub-signature-256': `sha256=${hex}` };
}

/** Over the raw bytes. Whichever headers are there must say the same: a proxy may drop some, and nobody writes another. */
export const { verify, glance, match } = bodySignature(signatureIn);

/** A webhook without a secret sends the headers with nothing in them. */
function signatureIn(headers: Headers): Buffer | NoSignature {
  const given = Object.entries(PREFIXES).flatMap(([name, prefix]) => {
    const value = headers[name] ?? '';
    return value === '' || value === prefix ? [] : [{ value, prefix }];
  });
  const signatures = given.map(({ value, prefix }) =>
    value.startsWith(prefix) ? signatureBytes(value.slice(prefix.length), 'hex', DIGEST_BYTES.sha256) : null,
  );
  const [first, ...others] = signatures;
  if (first === undefined) return { kind: 'refused', cause: 'unsigned' };
  const isOne = first !== null && others.every((other) => other !== null && timingSafeEqual(other, first));
  return isOne ? first : { kind: 'refused', cause: 'malformed_signature' };
}
