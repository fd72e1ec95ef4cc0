import type { Unsigned } from '../../model/plugin/provider.ts';
import type { Secret } from '../../shared/secret.ts';
import { HEADERS, SAMPLE_ALGORITHM, sampleSignature } from './signature.ts';

/**
 * The headers of a sample: PayPal's, but for the signature, whose key is PayPal's alone.
 * @throws Error that says what to set, where there is nothing to sign with
 */
export function signedHeaders(
  { body, guid, now, received }: Unsigned,
  webhookId: Secret,
  key: Secret | null,
): Record<string, string> {
  if (received !== undefined) throw new Error('nobody but PayPal can sign as PayPal does');
  if (key === null) {
    throw new Error(
      'Nobody but PayPal can sign as PayPal does. For samples, set PAYPAL_SAMPLE_SECRET to a long text of yours, here and where the receiver runs.',
    );
  }
  const transmission = { id: idOf(guid), time: new Date(now).toISOString() };
  return {
    'content-type': 'application/json',
    'user-agent': 'PayPal/AUHD-214.0 (tidings-sample)',
    [HEADERS.algorithm]: SAMPLE_ALGORITHM,
    [HEADERS.id]: transmission.id,
    [HEADERS.time]: transmission.time,
    [HEADERS.signature]: sampleSignature(key, transmission, webhookId, body).toString('base64'),
  };
}

function idOf(guid: string): string {
  return guid.replace(/[^A-Za-z0-9-]/g, '').padStart(8, '0');
}
