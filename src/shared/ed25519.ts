import { createPublicKey, type KeyObject, verify } from 'node:crypto';

const KEY_BYTES = 32;
export const ED25519_SIGNATURE_BYTES = 64;

/** A public key of 32 bytes. Null: it is none. */
export function ed25519Key(bytes: Buffer): KeyObject | null {
  if (bytes.length !== KEY_BYTES) return null;
  try {
    return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') } });
  } catch {
    return null;
  }
}

/** Whether the key signed these parts, one after the other. */
export function isSignedBy(key: KeyObject, signature: Buffer, ...parts: readonly (Buffer | string)[]): boolean {
  const content = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  return signature.length === ED25519_SIGNATURE_BYTES && verify(null, content, key, signature);
}
