import { createHash, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { Secret } from './secret.ts';

/** `sha1` only for a provider that has nothing else: as a MAC it is still sound. */
export type Hash = 'sha1' | 'sha256' | 'sha512';

export const DIGEST_BYTES: Readonly<Record<Hash, number>> = { sha1: 20, sha256: 32, sha512: 64 };

/** The secrets in configured order; null stands for an empty one, which never matches. */
export type Keys = readonly (KeyObject | null)[];

export function keysOf(secrets: readonly Secret[]): Keys {
  return secrets.map((secret) => keyOf(secret.reveal()));
}

function keyOf(secret: string): KeyObject | null {
  return secret === '' ? null : createSecretKey(secret, 'utf8');
}

/** The key that a secret writes in base64. Null: it writes none. */
export function keyOfBytes(bytes: Buffer): KeyObject | null {
  return bytes.length === 0 ? null : createSecretKey(bytes);
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
  return matchingBy('sha256', keys, signatures, ...parts);
}

/** The same by another hash. */
export function matchingBy(
  hash: Hash,
  keys: Keys,
  signatures: readonly Buffer[],
  ...parts: readonly (Buffer | string)[]
): number | null {
  return equalTo(
    keys.map((key) => key && hmac(hash, key, ...parts)),
    signatures,
  );
}

function equalTo(digests: readonly (Buffer | null)[], signatures: readonly Buffer[]): number | null {
  let found: number | null = null;
  for (const signature of signatures) {
    for (const [index, digest] of digests.entries()) {
      const isEqual = digest !== null && digest.length === signature.length && timingSafeEqual(digest, signature);
      if (isEqual && found === null) found = index + 1;
    }
  }
  return found;
}

/** The HMAC over the parts, one after the other: what verifies, and what signs a sample. */
export function hmac(hash: Hash, key: KeyObject | Secret, ...parts: readonly (Buffer | string)[]): Buffer {
  const made = createHmac(hash, key instanceof Secret ? key.reveal() : key);
  for (const part of parts) made.update(part);
  return made.digest();
}

/** Tokens that are sent as they are, by their digests, so that comparing them takes the same time whatever was sent. */
export type Tokens = readonly (Buffer | null)[];

export function tokensOf(secrets: readonly Secret[]): Tokens {
  return secrets.map((secret) => (secret.reveal() === '' ? null : digestOf(secret.reveal())));
}

/** Which token it is, counted from 1. An empty one never is. */
export function tokenIs(tokens: Tokens, given: string): number | null {
  return equalTo(tokens, [digestOf(given)]);
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
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
 * of these secrets made the signature; an empty one never did.
 */
export function secretFault(
  secrets: readonly Secret[],
  { title, variable, where }: Signer,
  match: (secrets: readonly Secret[]) => number | null,
): string | null {
  if (secrets.every((secret) => secret.reveal() === '')) {
    return `No secret is configured here, so nothing can be verified: set ${variable} to the one ${where}.`;
  }
  const secretNo = match(trimmed(secrets));
  if (secretNo === null) return null;
  return `Secret no. ${secretNo} has white space or quotes around it that ${title}'s does not have: remove them from the configuration.`;
}

/** As they would be without the white space and quotes that copied secrets carry along. Empty where there is nothing to take off. */
function trimmed(secrets: readonly Secret[]): readonly Secret[] {
  return secrets.map((secret) => {
    const value = secret.reveal();
    const bare = value.trim().replace(/^(["'])(.*)\1$/s, '$2');
    return new Secret(bare === value ? '' : bare);
  });
}
