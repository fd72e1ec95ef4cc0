import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { ed25519Key } from '../../shared/ed25519.ts';
import type { Secret } from '../../shared/secret.ts';
import { keyProblem, OWN } from './key-problem.ts';

/** Public keys in configured order; null stands for what is none, which never matches. */
export type PublicKeys = readonly (KeyObject | null)[];

export function publicKeysOf(secrets: readonly Secret[]): PublicKeys {
  return secrets.map((secret) => publicKey(secret.reveal()));
}

function publicKey(text: string): KeyObject | null {
  if (keyProblem(text) !== undefined) return null;
  const own = privateKey(text);
  return own === null ? ed25519Key(Buffer.from(text, 'hex')) : createPublicKey(own);
}

/** The signature over the parts. @throws Error where it is the public key alone */
export function signedWith(secret: Secret, ...parts: readonly (Buffer | string)[]): Buffer {
  const key = privateKey(secret.reveal());
  if (key === null)
    throw new Error(
      `Only Discord has the private key to what is configured here. To try with samples, make a pair of your own: openssl rand -hex 32, and put it first: DISCORD_PUBLIC_KEY=${OWN}<those 64 digits>,<Discord's public key>.`,
    );
  return sign(null, Buffer.concat(parts.map((part) => Buffer.from(part as string))), key);
}

/** RFC 8410: what stands before the 32 bytes of an Ed25519 key. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Null: it is a public key. */
function privateKey(text: string): KeyObject | null {
  if (!text.startsWith(OWN) || keyProblem(text) !== undefined) return null;
  const bytes = Buffer.from(text.slice(OWN.length), 'hex');
  return createPrivateKey({ key: Buffer.concat([PKCS8, bytes]), format: 'der', type: 'pkcs8' });
}
