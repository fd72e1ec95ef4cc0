import type { Headers } from '../../model/headers.ts';
import type { Refused, SourceRequest } from '../../model/source.ts';
import { hmac, type Keys, matching } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { isStale } from '../../shared/signed-time.ts';

/** Slack's own limit, in both directions. Every retry is signed anew. */
export const TOLERANCE_SECONDS = 300;

const SIGNATURE = /^v0=([0-9a-f]{64})$/;
const SECONDS = /^\d{1,12}$/;

export interface SlackSignature {
  /** As it was sent: it is part of what is signed. */
  readonly timestamp: string;
  readonly signature: Buffer;
}

/** The value of `X-Slack-Signature` that Slack would send for `body`. */
export function signatureOf(secret: Secret, timestamp: number, body: Buffer): string {
  return `v0=${hmac('sha256', secret, `v0:${timestamp}:`, body).toString('hex')}`;
}

/**
 * Checks `X-Slack-Signature` over the raw bytes, and only then its time: `stale` is said of what Slack did sign.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 * @returns which secret it was, from 1
 */
export function verify(keys: Keys, { headers, body, now }: SourceRequest): number | Refused {
  const found = signatureIn(headers);
  if ('kind' in found) return found;
  const secretNo = match(keys, found, body);
  if (secretNo === null) return { kind: 'refused', cause: 'mismatch' };
  return isStale(Number(found.timestamp), now, TOLERANCE_SECONDS) ? { kind: 'refused', cause: 'stale' } : secretNo;
}

export function signatureIn(headers: Headers): SlackSignature | Refused {
  const header = headers['x-slack-signature'];
  if (header === undefined || header === '') return { kind: 'refused', cause: 'unsigned' };
  const hex = SIGNATURE.exec(header)?.[1];
  const timestamp = headers['x-slack-request-timestamp'];
  if (hex === undefined || timestamp === undefined || !SECONDS.test(timestamp)) {
    return { kind: 'refused', cause: 'malformed_signature' };
  }
  return { timestamp, signature: Buffer.from(hex, 'hex') };
}

export function match(keys: Keys, { timestamp, signature }: SlackSignature, body: Buffer | string): number | null {
  return matching(keys, [signature], `v0:${timestamp}:`, body);
}
