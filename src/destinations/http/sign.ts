import { createHmac } from 'node:crypto';
import type { Secret } from '../../shared/secret.ts';

/** @throws Error in words when the secret is none of Standard Webhooks' (`whsec_` and base64 of 24 to 64 bytes). */
export function signingKey(destination: string, secret: Secret): Buffer {
  const encoded = secret.reveal().replace(/^whsec_/, '');
  const key = Buffer.from(encoded, 'base64');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded) || key.length < 16) {
    throw new Error(
      `The secret of destination "${destination}" is not a Standard Webhooks secret. ` +
        'It is whsec_ followed by base64: make one with  echo "whsec_$(openssl rand -base64 32)"',
    );
  }
  return key;
}

/**
 * The headers of Standard Webhooks
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
 * `timestamp` in seconds since 1970.
 */
export function signatureHeaders(
  key: Buffer | null,
  id: string,
  timestamp: number,
  body: string,
): Record<string, string> {
  const headers = { 'webhook-id': id, 'webhook-timestamp': String(timestamp) };
  if (key === null) return headers;
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { ...headers, 'webhook-signature': `v1,${signature}` };
}
