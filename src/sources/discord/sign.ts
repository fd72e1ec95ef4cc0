import type { Secret } from '../../shared/secret.ts';
import { SIGNATURE, signatureOf, TIMESTAMP } from './signature.ts';

/** The headers Discord would send with this body at that time, milliseconds since 1970. @throws Error without a private key */
export function signedHeaders(body: Buffer, secret: Secret, now: number): Record<string, string> {
  const seconds = Math.floor(now / 1000);
  return {
    'content-type': 'application/json',
    'user-agent': 'Discord-Interactions/1.0 (+https://discord.com; tidings-sample)',
    [SIGNATURE]: signatureOf(secret, seconds, body),
    [TIMESTAMP]: String(seconds),
  };
}
