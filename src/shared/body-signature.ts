import { DIGEST_BYTES, hmac, type Keys, keysOf, matching } from './hmac.ts';
import type { Secret } from './secret.ts';
import { signatureBytes } from './signature-text.ts';

/** There is nothing that could be right, whatever the body. */
export interface NoSignature {
  readonly kind: 'refused';
  readonly cause: 'unsigned' | 'malformed_signature';
}

export interface Mismatch {
  readonly kind: 'refused';
  readonly cause: 'mismatch';
}

type Headers = Readonly<Record<string, string | undefined>>;

export interface Signed {
  readonly headers: Headers;
  readonly body: Buffer;
}

/** The scheme that most have: one HMAC-SHA256 over the raw bytes of the body, in a header. */
export interface BodySignature {
  /** @returns which secret made it, from 1 */
  verify(keys: Keys, request: Signed): number | NoSignature | Mismatch;
  /** Null: there is a signature, and only the body can tell whether it is right. */
  glance(headers: Headers): NoSignature | null;
  /** Which of these secrets made it over this body; null as well where there is no signature. */
  match(secrets: readonly Secret[], headers: Headers, body: Buffer | string): number | null;
}

export function bodySignature(signatureIn: (headers: Headers) => Buffer | NoSignature): BodySignature {
  function verify(keys: Keys, { headers, body }: { readonly headers: Headers; readonly body: Buffer | string }) {
    const signature = signatureIn(headers);
    if ('kind' in signature) return signature;
    return matching(keys, [signature], body) ?? ({ kind: 'refused', cause: 'mismatch' } as const);
  }
  return {
    verify,
    glance(headers) {
      const signature = signatureIn(headers);
      return 'kind' in signature ? signature : null;
    },
    match(secrets, headers, body) {
      const found = verify(keysOf(secrets), { headers, body });
      return typeof found === 'number' ? found : null;
    },
  };
}

/** What stands in a header that holds nothing else. */
export function bareSignature(header: string | undefined, encoding: 'hex' | 'base64'): Buffer | NoSignature {
  if (header === undefined || header === '') return { kind: 'refused', cause: 'unsigned' };
  return signatureBytes(header, encoding, DIGEST_BYTES.sha256) ?? { kind: 'refused', cause: 'malformed_signature' };
}

/** What the provider would put there. */
export function signedBody(secret: Secret, body: Buffer, encoding: 'hex' | 'base64'): string {
  return hmac('sha256', secret, body).toString(encoding);
}
