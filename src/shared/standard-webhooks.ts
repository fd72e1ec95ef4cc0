import type { KeyObject } from 'node:crypto';
import { boundedId, isSignedId } from './bounded-id.ts';
import { ED25519_SIGNATURE_BYTES, ed25519Key, isSignedBy } from './ed25519.ts';
import { DIGEST_BYTES, hmac, keyOfBytes, matching } from './hmac.ts';
import type { Secret } from './secret.ts';
import { signatureBytes } from './signature-text.ts';
import { isStale } from './signed-time.ts';

// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md

/** Of every library of the scheme, in both directions. Each attempt is signed anew. */
export const STANDARD_TOLERANCE_SECONDS = 300;

/** Whose names the three headers have: the scheme's own, or Svix's, which sends for many others. */
export type StandardPrefix = 'webhook' | 'svix';

/** A secret is `whsec_…`, a key that both sides have, or `whpk_…`, the sender's public key. Null: neither, and it never matches. */
type StandardKey = { readonly v1: KeyObject } | { readonly v1a: KeyObject } | null;
export type StandardKeys = readonly StandardKey[];

export interface StandardSignature {
  /** Signed, and the same for every attempt. */
  readonly id: string;
  /** As it was sent: it is part of what is signed. */
  readonly timestamp: string;
  readonly v1: readonly Buffer[];
  readonly v1a: readonly Buffer[];
}

interface StandardRefused {
  readonly kind: 'refused';
  readonly cause: 'unsigned' | 'malformed_signature' | 'mismatch' | 'stale';
}

interface StandardRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const SHARED = 'whsec_';
const PUBLIC = 'whpk_';
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const SECONDS = /^\d{1,12}$/;
/** A rolled secret gives two; more cost nothing but our time. */
const MOST_SIGNATURES = 16;
/** Taking apart what is longer would cost more. */
const LONGEST = 8_192;

export function standardKeysOf(secrets: readonly Secret[]): StandardKeys {
  return secrets.map((secret) => keyIn(secret.reveal()));
}

/** What is wrong with a secret, as a predicate. Undefined: nothing. */
export function standardSecretProblem(text: string): string | undefined {
  if (keyIn(text) !== null) return undefined;
  return `is no secret of Standard Webhooks: it is ${SHARED} or ${PUBLIC} and a key in base64.`;
}

/** The lower-case names of the id, the time and the signatures: for `onceHeaders`. */
export function standardHeaders(prefix: StandardPrefix): readonly [id: string, timestamp: string, signature: string] {
  return [`${prefix}-id`, `${prefix}-timestamp`, `${prefix}-signature`];
}

/**
 * Checks the signatures over `id.timestamp.body`, the raw bytes, and only then the time: `stale` is said of what was signed.
 * @returns which secret it was, from 1
 */
export function verifyStandard(
  keys: StandardKeys,
  { headers, body, now }: StandardRequest,
  prefix: StandardPrefix,
  toleranceSeconds = STANDARD_TOLERANCE_SECONDS,
): number | StandardRefused {
  const found = standardSignatureIn(headers, prefix);
  if ('kind' in found) return found;
  const secretNo = matchingStandard(keys, found, body);
  if (secretNo === null) return { kind: 'refused', cause: 'mismatch' };
  return isStale(Number(found.timestamp), now, toleranceSeconds) ? { kind: 'refused', cause: 'stale' } : secretNo;
}

/** What the headers alone give away. Schemes that nobody knows are passed over. */
export function standardSignatureIn(
  headers: StandardRequest['headers'],
  prefix: StandardPrefix,
): StandardSignature | StandardRefused {
  const [id = '', timestamp = '', signature = ''] = standardHeaders(prefix).map((name) => headers[name] ?? '');
  if (signature.length > LONGEST) return { kind: 'refused', cause: 'malformed_signature' };
  const parts = signature.split(' ').map((part) => part.split(','));
  const known = parts.filter(([scheme]) => scheme === 'v1' || scheme === 'v1a');
  if (known.length === 0) return { kind: 'refused', cause: 'unsigned' };
  const of = (scheme: string, length: number) =>
    known.flatMap(([name, text = '', ...rest]) => {
      const bytes = name === scheme && rest.length === 0 ? signatureBytes(text, 'base64', length) : null;
      return bytes === null ? [] : [bytes];
    });
  const [v1, v1a] = [of('v1', DIGEST_BYTES.sha256), of('v1a', ED25519_SIGNATURE_BYTES)];
  const isWhole = boundedId(id) === id && isSignedId(id) && SECONDS.test(timestamp);
  if (!isWhole || v1.length + v1a.length === 0 || known.length > MOST_SIGNATURES) {
    return { kind: 'refused', cause: 'malformed_signature' };
  }
  return { id, timestamp, v1, v1a };
}

/** Which secret, counted from 1, made one of the signatures; each is compared by its own scheme alone. */
export function matchingStandard(
  keys: StandardKeys,
  { id, timestamp, v1, v1a }: StandardSignature,
  body: Buffer | string,
): number | null {
  const parts = [`${id}.${timestamp}.`, body];
  const shared = keys.map((key) => (key !== null && 'v1' in key ? key.v1 : null));
  const secretNo = matching(shared, v1, ...parts);
  if (secretNo !== null) return secretNo;
  const index = keys.findIndex(
    (key) => key !== null && 'v1a' in key && v1a.some((one) => isSignedBy(key.v1a, one, ...parts)),
  );
  return index < 0 ? null : index + 1;
}

/** The three headers that a sender with that secret, `whsec_…`, would send with the body. @throws Error for any other secret */
export function standardSigned(
  secret: Secret,
  { id, now, body }: { readonly id: string; readonly now: number; readonly body: Buffer },
  prefix: StandardPrefix,
): Readonly<Record<string, string>> {
  const key = keyIn(secret.reveal());
  if (key === null || !('v1' in key)) throw new Error(`Only who has the secret, ${SHARED}…, can sign.`);
  const timestamp = String(Math.floor(now / 1000));
  const [idName, timeName, signatureName] = standardHeaders(prefix);
  const signature = hmac('sha256', key.v1, `${id}.${timestamp}.`, body).toString('base64');
  return { [idName]: id, [timeName]: timestamp, [signatureName]: `v1,${signature}` };
}

/** Without a prefix, libraries do not agree whether it is base64 or text. */
function keyIn(secret: string): StandardKey {
  if (secret.startsWith(SHARED)) {
    const key = keyOfBytes(bytesIn(secret.slice(SHARED.length)));
    return key && { v1: key };
  }
  if (!secret.startsWith(PUBLIC)) return null;
  const key = ed25519Key(bytesIn(secret.slice(PUBLIC.length)));
  return key && { v1a: key };
}

/** Senders leave padding out, or not. */
function bytesIn(base64: string): Buffer {
  return BASE64.test(base64) ? Buffer.from(base64, 'base64') : Buffer.alloc(0);
}
