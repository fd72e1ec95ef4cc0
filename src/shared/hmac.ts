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
 * Which key, counted from 1, made the first of the signatures that any key made: HMAC-SHA256 over the parts, one after the other.
 * All are compared, so that time does not tell which one it was; each key costs one digest, however many signatures a stranger sends.
 */
export function matching(
  keys: Keys,
  signatures: readonly Buffer[],
  ...parts: readonly (Buffer | string)[]
): number | null {
  const digests = keys.map((key) => key && digestOf(key, parts));
  let found: number | null = null;
  for (const signature of signatures) {
    for (const [index, digest] of digests.entries()) {
      const isEqual = digest !== null && digest.length === signature.length && timingSafeEqual(digest, signature);
      if (isEqual && found === null) found = index + 1;
    }
  }
  return found;
}

function digestOf(key: KeyObject, parts: readonly (Buffer | string)[]): Buffer {
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

/** Who signs, for people. */
export interface Signer {
  readonly title: string;
  /** Where its secret is set here. */
  readonly variable: string;
  /** Where its secret is found there: `at GitHub under Settings → Webhooks → Edit → Secret`. */
  readonly where: string;
}

/**
 * What is certainly wrong with the secrets as they are configured, for the operator's log. Null: nothing that shows. `match`: which
 * of these keys made the signature.
 */
export function secretFault(
  secrets: readonly Secret[],
  { title, variable, where }: Signer,
  match: (keys: Keys) => number | null,
): string | null {
  if (secrets.every((secret) => secret.reveal() === '')) {
    return `No secret is configured here, so nothing can be verified: set ${variable} to the one ${where}.`;
  }
  const secretNo = match(trimmedKeys(secrets));
  if (secretNo === null) return null;
  return `Secret no. ${secretNo} has white space or quotes around it that ${title}'s does not have: remove them from the configuration.`;
}

/** As they would be without the white space and quotes that copied secrets carry along. Null where there is nothing to take off. */
function trimmedKeys(secrets: readonly Secret[]): Keys {
  return secrets.map((secret) => {
    const value = secret.reveal();
    const bare = value.trim().replace(/^(["'])(.*)\1$/s, '$2');
    return bare === value ? null : keyOf(bare);
  });
}
