import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../shared/secret.ts';

/** How long a code is good for. */
export const CODE_MS = 60_000;

const NONCE_BYTES = 16;
const TIME_BYTES = 6;
const SIGNED_BYTES = NONCE_BYTES + TIME_BYTES;
const MAC_BYTES = 16;
const SHAPE = /^[\w-]{51}$/;

/** `late`: it was good. `forged`: it is none, or another token made it. */
export type CodeRead =
  | { readonly kind: 'good'; readonly sessionId: string }
  | { readonly kind: 'late' }
  | { readonly kind: 'forged' };

/**
 * Opens one session, within a minute: whoever has the admin token makes it, without asking the receiver, and a receiver that has
 * the same token knows it. A nonce, the end of its time, and a MAC over both.
 */
export function newCode(adminToken: Secret, now: number, nonce: Buffer = randomBytes(NONCE_BYTES)): string {
  const signed = Buffer.alloc(SIGNED_BYTES);
  nonce.copy(signed, 0, 0, NONCE_BYTES);
  signed.writeUIntBE(now + CODE_MS, NONCE_BYTES, TIME_BYTES);
  return Buffer.concat([signed, mac(adminToken, 'code', signed).subarray(0, MAC_BYTES)]).toString('base64url');
}

/** The session that it opens has an id that follows from the code, so that it can be opened once only, wherever it is tried. */
export function readCode(code: string, adminToken: Secret, now: number): CodeRead {
  const bytes = SHAPE.test(code) ? Buffer.from(code, 'base64url') : Buffer.alloc(0);
  if (bytes.length !== SIGNED_BYTES + MAC_BYTES || bytes.toString('base64url') !== code) return { kind: 'forged' };
  const signed = bytes.subarray(0, SIGNED_BYTES);
  const expected = mac(adminToken, 'code', signed).subarray(0, MAC_BYTES);
  if (!timingSafeEqual(expected, bytes.subarray(SIGNED_BYTES))) return { kind: 'forged' };
  const left = signed.readUIntBE(NONCE_BYTES, TIME_BYTES) - now;
  // Clocks may differ by a minute. Of one that was set back no old code is good again.
  if (left < 0 || left > 2 * CODE_MS) return { kind: 'late' };
  return { kind: 'good', sessionId: mac(adminToken, 'session', signed).toString('base64url') };
}

/** A key for each use: what is shown of one says nothing of the other, nor of the token. */
function mac(token: Secret, use: 'code' | 'session', signed: Buffer): Buffer {
  const key = hkdfSync('sha256', token.reveal(), '', `tidings dashboard ${use}`, 32);
  return createHmac('sha256', Buffer.from(key)).update(signed).digest();
}
