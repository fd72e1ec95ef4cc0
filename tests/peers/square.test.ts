import { createHmac } from 'node:crypto';
import { WebhooksHelper } from 'square';
import { peerSuite } from './peer.ts';
import { json, type Sent, type Signing } from './sent.ts';
import { addressOf } from './server.ts';

const HEADER = 'x-square-hmacsha256-signature';

/** Square's library signs nothing: after `WebhooksHelper.verifySignature`. */
function signed(body: string, { secret }: Signing): Sent {
  const signature = createHmac('sha256', secret)
    .update(addressOf('square') + body)
    .digest('base64');
  return json(body, { [HEADER]: signature, 'square-environment': 'Sandbox' });
}

const PAYMENT = JSON.stringify({
  merchant_id: 'M1',
  type: 'payment.updated',
  event_id: 'e0000000-0000-4000-8000-000000000001',
  created_at: '2026-01-01T00:00:00Z',
  data: {
    type: 'payment',
    id: 'p1',
    object: {
      payment: { id: 'p1', status: 'COMPLETED', amount_money: { amount: 1250, currency: 'EUR' }, note: 'Café ☕' },
    },
  },
});

peerSuite({
  source: 'square',
  signatureHeader: HEADER,
  isTimeSigned: false,
  accepts: ({ headers, body }, signatureKey) =>
    WebhooksHelper.verifySignature({
      requestBody: body,
      signatureHeader: headers[HEADER] ?? '',
      signatureKey,
      notificationUrl: addressOf('square'),
    }),
  cases: [
    {
      name: 'a payment',
      sign: (by) => signed(PAYMENT, by),
      type: 'payment',
      deliveryId: 'e0000000-0000-4000-8000-000000000001',
    },
  ],
});
