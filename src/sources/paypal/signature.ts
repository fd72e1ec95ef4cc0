import { type KeyObject, verify } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Headers } from '../../model/headers.ts';
import type { Refused } from '../../model/source.ts';
import { hmac } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { signatureBytes } from '../../shared/signature-text.ts';

/** The only algorithm that is taken, whatever a header asks for. */
export const ALGORITHM = 'SHA256withRSA';
/** Of samples: HMAC-SHA256 over the same text and the body itself. */
export const SAMPLE_ALGORITHM = 'tidings-sample';

export const HEADERS = {
  algorithm: 'paypal-auth-algo',
  certUrl: 'paypal-cert-url',
  id: 'paypal-transmission-id',
  signature: 'paypal-transmission-sig',
  time: 'paypal-transmission-time',
} as const;

/**
 * Retries go on for three days, and it is not said whether each is signed anew. https://developer.paypal.com/api/rest/webhooks/rest/
 */
export const TOLERANCE_SECONDS = 3.5 * 86_400;

/** What the headers say, each of a form that it can have. */
export interface Transmission {
  readonly id: string;
  /** As it was sent: it is part of what is signed. */
  readonly time: string;
  readonly signature: Buffer;
  /** Null: of a sample. */
  readonly certUrl: string | null;
}

// Neither holds the `|` between them: what is signed can be taken apart in one way only.
const ID = /^[A-Za-z0-9-]{8,100}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;
const CERT_PATH = '/v1/notifications/certs/';
const CERT_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;
/** RSA keys of 2048, 3072 and 4096 bits. */
const SIGNATURE_LENGTHS = [256, 384, 512];
const DIGEST_BYTES = 32;

const UNSIGNED = { kind: 'refused', cause: 'unsigned' } as const satisfies Refused;
const MALFORMED = { kind: 'refused', cause: 'malformed_signature' } as const satisfies Refused;

/** `certHosts`: where certificates may come from. The address is a stranger's word until its certificate has been checked. */
export function transmissionIn(headers: Headers, certHosts: readonly string[]): Transmission | Refused {
  const written = headers[HEADERS.signature];
  const algorithm = headers[HEADERS.algorithm];
  if (written === undefined || written === '') return UNSIGNED;
  const isSample = algorithm === SAMPLE_ALGORITHM;
  // Two in one header are none.
  if (!isSample && algorithm !== ALGORITHM) return /[,\s]/.test(algorithm ?? '') ? MALFORMED : UNSIGNED;
  const { [HEADERS.id]: id = '', [HEADERS.time]: time = '', [HEADERS.certUrl]: certUrl = '' } = headers;
  const signature = bytesOf(written, isSample ? [DIGEST_BYTES] : SIGNATURE_LENGTHS);
  if (signature === null || !ID.test(id) || !TIME.test(time) || Number.isNaN(Date.parse(time))) return MALFORMED;
  if (!isSample && !isCertUrl(certUrl, certHosts)) return MALFORMED;
  return { id, time, signature, certUrl: isSample ? null : certUrl };
}

function bytesOf(text: string, lengths: readonly number[]): Buffer | null {
  for (const length of lengths) {
    const bytes = signatureBytes(text, 'base64', length);
    if (bytes !== null) return bytes;
  }
  return null;
}

/** Written out, and nothing else: no user, port, query or other path. */
function isCertUrl(url: string, hosts: readonly string[]): boolean {
  const start = hosts.map((host) => `https://${host}${CERT_PATH}`).find((each) => url.startsWith(each));
  return start !== undefined && CERT_NAME.test(url.slice(start.length));
}

/** Seconds since 1970, when PayPal sent it. */
export function secondsOf({ time }: Transmission): number {
  return Math.floor(Date.parse(time) / 1000);
}

/** `id|time|webhook|crc`: of the body nothing but its CRC-32, in decimal. */
export function signedText({ id, time }: Pick<Transmission, 'id' | 'time'>, webhookId: string, body: Buffer): string {
  return `${id}|${time}|${webhookId}|${crc32(body)}`;
}

/**
 * Which webhook it was signed for, from 1. An empty ID never is.
 * https://developer.paypal.com/api/rest/webhooks/rest/#link-selfverification
 */
export function matchingId(
  key: KeyObject,
  ids: readonly string[],
  transmission: Transmission,
  body: Buffer,
): number | null {
  let found: number | null = null;
  for (const [index, id] of ids.entries()) {
    if (id === '') continue;
    const isRight = verify('RSA-SHA256', Buffer.from(signedText(transmission, id, body)), key, transmission.signature);
    if (isRight && found === null) found = index + 1;
  }
  return found;
}

/** Over all of the body, as CRC-32 is none. */
export function sampleSignature(
  key: Secret,
  transmission: Pick<Transmission, 'id' | 'time'>,
  webhookId: Secret,
  body: Buffer,
): Buffer {
  return hmac('sha256', key, `${signedText(transmission, webhookId.reveal(), body)}|`, body);
}
