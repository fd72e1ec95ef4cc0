import { createHash, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { Headers } from '../../model/headers.ts';
import type { Refusal, Verification } from '../../model/source.ts';
import type { Secret } from '../../shared/secret.ts';

/** The secrets in configured order; null stands for an empty one, which never matches. */
export type Keys = readonly (KeyObject | null)[];

const SIGNATURE = /^sha256=([0-9a-f]{64})$/;

export function keysOf(secrets: readonly Secret[]): Keys {
  return secrets.map((secret) => keyOf(secret.reveal()));
}

export function keyOf(secret: string): KeyObject | null {
  return secret === '' ? null : createSecretKey(secret, 'utf8');
}

/** Equal for equal secrets. They stay in memory: a short secret could be guessed from one. */
export function keyIdsOf(secrets: readonly Secret[]): readonly string[] {
  const set = secrets.map((secret) => secret.reveal()).filter((secret) => secret !== '');
  return set.map((secret) => createHash('sha256').update(secret).digest('base64'));
}

/** The value of `X-Hub-Signature-256` that GitHub would send for `body`. */
export function signatureOf(secret: Secret, body: Buffer): string {
  return `sha256=${createHmac('sha256', secret.reveal()).update(body).digest('hex')}`;
}

/**
 * Checks `X-Hub-Signature-256` over the raw bytes. The old SHA-1 header never stands in for it: GitHub always sends
 * both, so a request with SHA-1 alone was downgraded on the way.
 * https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
 */
export function verify(keys: Keys, headers: Headers, body: Buffer): Verification {
  const signature = signatureIn(headers);
  if (!Buffer.isBuffer(signature)) return signature;
  const secretNo = matching(keys, signature, body);
  return secretNo === null ? { ok: false, cause: 'mismatch' } : { ok: true, secretNo };
}

/** Null: there is a signature, and only the body can tell whether it is right. */
export function glance(headers: Headers): Refusal | null {
  const signature = signatureIn(headers);
  return Buffer.isBuffer(signature) ? null : signature;
}

function signatureIn(headers: Headers): Buffer | Refusal {
  const header = headers['x-hub-signature-256'];
  if (header === undefined || header === '') return { ok: false, cause: 'unsigned' };
  return parseSignature(header) ?? { ok: false, cause: 'malformed_signature' };
}

export function parseSignature(header: string): Buffer | null {
  const hex = SIGNATURE.exec(header)?.[1];
  return hex === undefined ? null : Buffer.from(hex, 'hex');
}

/** The first key that signed `body`, counted from 1. All keys are tried, so that time does not tell which one it was. */
export function matching(keys: Keys, signature: Buffer, body: Buffer | string): number | null {
  let found: number | null = null;
  for (const [index, key] of keys.entries()) {
    if (key === null) continue;
    const digest = createHmac('sha256', key).update(body).digest();
    const isEqual = digest.length === signature.length && timingSafeEqual(digest, signature);
    if (isEqual && found === null) found = index + 1;
  }
  return found;
}
