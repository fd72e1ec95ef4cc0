import { createHash, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { Secret } from './secret.ts';

/** The secrets in configured order; null stands for an empty one, which never matches. */
export type Keys = readonly (KeyObject | null)[];

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

/**
 * The first key, counted from 1, whose HMAC-SHA256 over the parts, one after the other, is the signature. All keys are tried, so
 * that time does not tell which one it was.
 */
export function matching(keys: Keys, signature: Buffer, ...parts: readonly (Buffer | string)[]): number | null {
  let found: number | null = null;
  for (const [index, key] of keys.entries()) {
    if (key === null) continue;
    const hmac = createHmac('sha256', key);
    for (const part of parts) hmac.update(part);
    const digest = hmac.digest();
    const isEqual = digest.length === signature.length && timingSafeEqual(digest, signature);
    if (isEqual && found === null) found = index + 1;
  }
  return found;
}

/** As they would be without the white space and quotes that copied secrets carry along. Null where there is nothing to take off. */
export function trimmedKeys(secrets: readonly Secret[]): Keys {
  return secrets.map((secret) => {
    const value = secret.reveal();
    const bare = value.trim().replace(/^(["'])(.*)\1$/s, '$2');
    return bare === value ? null : keyOf(bare);
  });
}
