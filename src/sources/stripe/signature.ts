import type { Headers } from '../../model/headers.ts';
import type { Refused, SourceRequest } from '../../model/source.ts';
import { hmac, type Keys, matching } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { isStale } from '../../shared/signed-time.ts';

/** Stripe's default. Every attempt is signed anew, so that a retry of the third day is fresh too. */
export const TOLERANCE_SECONDS = 300;

/** More than the two that a rolled secret gives costs nothing but our time. */
const MOST_SIGNATURES = 16;

const HEX = /^[0-9a-f]{64}$/;
const SECONDS = /^\d{1,12}$/;

export interface StripeSignature {
  /** As it was sent: it is part of what is signed. */
  readonly timestamp: string;
  readonly signatures: readonly Buffer[];
}

/** The value of `Stripe-Signature` that Stripe would send for `body`. */
export function signatureOf(secret: Secret, timestamp: number, body: Buffer): string {
  return `t=${timestamp},v1=${hmac('sha256', secret, `${timestamp}.`, body).toString('hex')}`;
}

/**
 * Checks `Stripe-Signature` over the raw bytes, and only then its time: `stale` is said of what Stripe did sign. The secret is
 * the whole `whsec_…` as text, which is not base64 here. https://docs.stripe.com/webhooks#verify-manually
 * @returns which secret it was, from 1
 */
export function verify(keys: Keys, { headers, body, now }: SourceRequest): number | Refused {
  const found = signatureIn(headers);
  if ('kind' in found) return found;
  const secretNo = match(keys, found, body);
  if (secretNo === null) return { kind: 'refused', cause: 'mismatch' };
  // Stripe's libraries take any time to come; a clock that is so far off is one to put right.
  return isStale(Number(found.timestamp), now, TOLERANCE_SECONDS) ? { kind: 'refused', cause: 'stale' } : secretNo;
}

/** Null: there is a signature, and only the body can tell whether it is right. */
export function glance(headers: Headers): Refused | null {
  const found = signatureIn(headers);
  return 'kind' in found ? found : null;
}

/** `t=…,v1=…[,v1=…][,v0=…]`. `v0` is a test scheme and proves nothing; later schemes are passed over. */
export function signatureIn(headers: Headers): StripeSignature | Refused {
  const header = headers['stripe-signature'];
  if (header === undefined || header === '') return { kind: 'refused', cause: 'unsigned' };
  const parts = header.split(',').map((part) => part.split('='));
  const valuesOf = (scheme: string) =>
    parts.flatMap(([name, value, ...rest]) => (name === scheme ? [rest.length === 0 ? (value ?? '') : ''] : []));
  const [timestamp, second] = valuesOf('t');
  const all = valuesOf('v1');
  const signatures = all.filter((hex) => HEX.test(hex)).map((hex) => Buffer.from(hex, 'hex'));
  if (timestamp === undefined || second !== undefined || !SECONDS.test(timestamp)) return MALFORMED;
  if (all.length === 0)
    return { kind: 'refused', cause: parts.some(([name]) => name === 'v0') ? 'unsigned' : MALFORMED.cause };
  return signatures.length === 0 || all.length > MOST_SIGNATURES ? MALFORMED : { timestamp, signatures };
}

const MALFORMED = { kind: 'refused', cause: 'malformed_signature' } as const satisfies Refused;

/** One signature for each secret that is active at Stripe: while one is rolled there are two. */
export function match(keys: Keys, { timestamp, signatures }: StripeSignature, body: Buffer | string): number | null {
  return matching(keys, signatures, `${timestamp}.`, body);
}
