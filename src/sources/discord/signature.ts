import type { Headers } from '../../model/headers.ts';
import type { Refused, SourceRequest } from '../../model/source.ts';
import { ED25519_SIGNATURE_BYTES, isSignedBy } from '../../shared/ed25519.ts';
import type { Secret } from '../../shared/secret.ts';
import { signatureBytes } from '../../shared/signature-text.ts';
import { type PublicKeys, signedWith } from './keys.ts';

export const SIGNATURE = 'x-signature-ed25519';
export const TIMESTAMP = 'x-signature-timestamp';

const SECONDS = /^\d{1,12}$/;

export interface DiscordSignature {
  /** As it was sent: it is part of what is signed. */
  readonly timestamp: string;
  readonly signature: Buffer;
}

/** The value of `X-Signature-Ed25519` for `body`. @throws Error without a private key */
export function signatureOf(secret: Secret, timestamp: number, body: Buffer): string {
  return signedWith(secret, String(timestamp), body).toString('hex');
}

/**
 * Checks `X-Signature-Ed25519` over the time and the raw bytes. Whatever is wrong with it, Discord wants to hear 401, and tries.
 * https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint-validating-security-request-headers
 * @returns which key it was, from 1
 */
export function verify(keys: PublicKeys, { headers, body }: SourceRequest): number | Refused {
  const found = signatureIn(headers);
  if ('kind' in found) return found;
  return match(keys, found, body) ?? { kind: 'refused', cause: 'mismatch' };
}

/** Null: there is a signature, and only the body can tell whether it is right. */
export function glance(headers: Headers): Refused | null {
  const found = signatureIn(headers);
  return 'kind' in found ? found : null;
}

export function signatureIn(headers: Headers): DiscordSignature | Refused {
  const header = headers[SIGNATURE];
  if (header === undefined || header === '') return { kind: 'refused', cause: 'unsigned' };
  const signature = signatureBytes(header, 'hex', ED25519_SIGNATURE_BYTES);
  const timestamp = headers[TIMESTAMP];
  if (signature === null || timestamp === undefined || !SECONDS.test(timestamp))
    return { kind: 'refused', cause: 'malformed_signature' };
  return { timestamp, signature };
}

export function match(keys: PublicKeys, { timestamp, signature }: DiscordSignature, body: Buffer): number | null {
  const index = keys.findIndex((key) => key !== null && isSignedBy(key, signature, timestamp, body));
  return index < 0 ? null : index + 1;
}
