import type { Headers } from '../../model/headers.ts';
import type { Refused, SourceRequest } from '../../model/source.ts';
import { hmac, type Keys, matching } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';

const SIGNATURE = /^sha256=([0-9a-f]{64})$/;

/** The value of `X-Hub-Signature-256` that GitHub would send for `body`. */
export function signatureOf(secret: Secret, body: Buffer): string {
  return `sha256=${hmac('sha256', secret, body).toString('hex')}`;
}

/**
 * Checks `X-Hub-Signature-256` over the raw bytes. The old SHA-1 header never stands in for it: GitHub always sends
 * both, so a request with SHA-1 alone was downgraded on the way.
 * https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
 * @returns which secret it was, from 1
 */
export function verify(keys: Keys, { headers, body }: Pick<SourceRequest, 'headers' | 'body'>): number | Refused {
  const signature = signatureIn(headers);
  if (!Buffer.isBuffer(signature)) return signature;
  return matching(keys, [signature], body) ?? { kind: 'refused', cause: 'mismatch' };
}

/** Null: there is a signature, and only the body can tell whether it is right. */
export function glance(headers: Headers): Refused | null {
  const signature = signatureIn(headers);
  return Buffer.isBuffer(signature) ? null : signature;
}

function signatureIn(headers: Headers): Buffer | Refused {
  const header = headers['x-hub-signature-256'];
  if (header === undefined || header === '') return { kind: 'refused', cause: 'unsigned' };
  return parseSignature(header) ?? { kind: 'refused', cause: 'malformed_signature' };
}

export function parseSignature(header: string): Buffer | null {
  const hex = SIGNATURE.exec(header)?.[1];
  return hex === undefined ? null : Buffer.from(hex, 'hex');
}
