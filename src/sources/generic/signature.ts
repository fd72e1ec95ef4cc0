import type { Headers } from '../../model/headers.ts';
import type { Refused, SourceRequest } from '../../model/source.ts';
import { isSignedId } from '../../shared/bounded-id.ts';
import { DIGEST_BYTES, type Keys, keyOfBytes, keysOf, matchingBy } from '../../shared/hmac.ts';
import { bodyOrNull } from '../../shared/payload.ts';
import type { Secret } from '../../shared/secret.ts';
import { signatureBytes } from '../../shared/signature-text.ts';
import { isStale } from '../../shared/signed-time.ts';
import type { HmacProof, SignedTime } from './declaration.ts';
import { textAt } from './place.ts';

/** More than a rolled secret gives costs nothing but our time. */
const MOST_SIGNATURES = 16;
/** Taking apart what is longer would cost more. */
const LONGEST = 8_192;

const DIGITS = { s: /^\d{1,12}$/, ms: /^\d{1,15}$/ } as const;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/;

const UNSIGNED = { kind: 'refused', cause: 'unsigned' } as const satisfies Refused;
const MALFORMED = { kind: 'refused', cause: 'malformed_signature' } as const satisfies Refused;

/** The keys that the secrets write. Null: one that is empty, or does not write any. */
export function hmacKeysOf(secrets: readonly Secret[], encoding: HmacProof['secretEncoding']): Keys {
  if (encoding === 'text') return keysOf(secrets);
  return secrets.map((secret) => keyOfBytes(bytesIn(secret.reveal(), encoding)));
}

/** What is no such text writes no bytes: a part of a key would be a weaker one. */
export function bytesIn(text: string, encoding: 'base64' | 'hex'): Buffer {
  const isWritten = encoding === 'hex' ? /^(?:[\da-f]{2})+$/i.test(text) : /^[A-Za-z0-9+/_-]+={0,2}$/.test(text);
  return isWritten ? Buffer.from(text, encoding) : Buffer.alloc(0);
}

/**
 * Checks the signatures over what the template says, the raw bytes of the body in it, and only then the time: `stale` is said of what
 * was signed. A time within the body is read once the body is believed.
 * @returns which secret it was, from 1
 */
export function verifyHmac(proof: HmacProof, keys: Keys, request: SourceRequest): number | Refused {
  const signatures = signaturesIn(proof, request.headers);
  if ('kind' in signatures) return signatures;
  const secretNo = matchingHmac(proof, keys, signatures, request);
  if (secretNo === null) return { kind: 'refused', cause: 'mismatch' };
  if (proof.time === null) return secretNo;
  const seconds = secondsOf(proof.time, request);
  if (seconds === null) return MALFORMED;
  return isStale(seconds, request.now, proof.time.toleranceSeconds) ? { kind: 'refused', cause: 'stale' } : secretNo;
}

export function matchingHmac(
  proof: HmacProof,
  keys: Keys,
  signatures: readonly Buffer[],
  request: Pick<SourceRequest, 'headers' | 'url' | 'method'> & { readonly body: Buffer | string },
): number | null {
  return matchingBy(proof.hash, keys, signatures, ...signedParts(proof, request));
}

/** What is signed, one part after the other; nothing is there for a header that did not come. */
export function signedParts(
  { template, signedHeaders }: Pick<HmacProof, 'template' | 'signedHeaders'>,
  {
    headers,
    url,
    method,
    body,
  }: Pick<SourceRequest, 'headers' | 'url' | 'method'> & { readonly body: Buffer | string },
): readonly (Buffer | string)[] {
  return template.map((part) => {
    if ('text' in part) return part.text;
    switch (part.placeholder) {
      case 'body':
        return body;
      case 'url':
        return url;
      case 'method':
        return method;
      case 'id':
      case 'timestamp':
        return headers[signedHeaders[part.placeholder] ?? ''] ?? '';
    }
  });
}

/** What the headers alone give away. */
export function signaturesIn(proof: HmacProof, headers: Headers): readonly Buffer[] | Refused {
  const { header, prefix, separator, encoding, hash, time } = proof;
  const value = headers[header] ?? '';
  if (value === '') return UNSIGNED;
  if (value.length > LONGEST) return MALFORMED;
  const parts = separator === null ? [value] : value.split(separator).map((part) => part.trim());
  const own = parts.filter((part) => part.startsWith(prefix)).map((part) => part.slice(prefix.length));
  const signatures = own.flatMap((text) => signatureBytes(text, encoding, DIGEST_BYTES[hash]) ?? []);
  const { id, timestamp } = proof.signedHeaders;
  const lacksId = id !== undefined && !isSignedId(headers[id] ?? '');
  const lacksTime = timestamp !== undefined && momentOf(headers[timestamp] ?? '', time?.unit ?? 's') === null;
  if (signatures.length === 0 || own.length > MOST_SIGNATURES || lacksId || lacksTime) return MALFORMED;
  return signatures;
}

/** Whole seconds since 1970. Null: it is not said, or not in this unit. */
export function secondsOf(
  { place, unit }: SignedTime,
  { headers, body }: Pick<SourceRequest, 'headers' | 'body'>,
): number | null {
  const said = textAt(place, headers, place.kind === 'path' ? bodyOrNull(body) : null);
  const moment = said === null ? null : momentOf(said, unit);
  return moment === null ? null : Math.floor(moment / 1000);
}

/** Milliseconds since 1970. */
function momentOf(text: string, unit: SignedTime['unit']): number | null {
  if (unit === 'iso') {
    const time = ISO.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(time) ? null : time;
  }
  return DIGITS[unit].test(text) ? Number(text) * (unit === 's' ? 1000 : 1) : null;
}
