import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stripe } from 'stripe';
import { KEYS } from './keys.ts';
import { type Peer, peerSuite } from './peer.ts';
import { json, type Sent, type Signing, seconds } from './sent.ts';
import { post } from './server.ts';

const stripe = new Stripe('sk_test_of_nobody');

function signed(payload: string, { secret, at }: Signing, scheme = 'v1'): Sent {
  const header = stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: seconds(at), scheme });
  return json(payload, { 'Stripe-Signature': header });
}

// Pretty-printed, as Stripe does it.
const FAILED = JSON.stringify(
  {
    id: 'evt_1PeerFailed',
    object: 'event',
    type: 'payment_intent.payment_failed',
    livemode: false,
    data: { object: { id: 'pi_1', object: 'payment_intent', amount: 1999, currency: 'eur', description: 'Größe 42' } },
  },
  null,
  2,
);
const THIN = JSON.stringify({
  id: 'evt_2PeerThin',
  object: 'v2.core.event',
  type: 'v1.billing.meter.error_report_triggered',
  livemode: false,
  created: '2026-01-01T00:00:00.000Z',
});

const peer: Peer = {
  source: 'stripe',
  signatureHeader: 'stripe-signature',
  isTimeSigned: true,
  accepts: ({ headers, body }, secret) => {
    const signature = headers['stripe-signature'] ?? '';
    return body.includes('v2.core.event')
      ? stripe.parseEventNotification(body, signature, secret)
      : stripe.webhooks.constructEvent(body, signature, secret);
  },
  cases: [
    {
      name: 'an event',
      sign: (signing) => signed(FAILED, signing),
      type: 'payment_intent',
      deliveryId: 'evt_1PeerFailed',
    },
    {
      name: 'a thin event',
      sign: (signing) => signed(THIN, signing),
      type: 'v1.billing.meter',
      deliveryId: 'evt_2PeerThin',
    },
  ],
  acceptedThere: { 'six minutes early': 'it looks for what is old alone' },
};

peerSuite(peer);

const [secret] = KEYS.stripe.secrets;

test('stripe: while its secret is rolled, one of two signatures will do', async () => {
  const at = new Date();
  const right = signed(FAILED, { secret, at });
  const theirs = signed(FAILED, { secret: KEYS.stripe.other, at }).headers['stripe-signature'] ?? '';
  const both = `${theirs},${right.headers['stripe-signature']?.split(',')[1]}`;
  const sent = json(FAILED, { 'Stripe-Signature': both });
  assert.ok(peer.accepts(sent, secret));
  assert.equal((await post('stripe', sent)).status, 200);
});

test('stripe: what is signed by the scheme of tests alone is refused here as there', async () => {
  const sent = signed(FAILED, { secret, at: new Date() }, 'v0');
  assert.throws(() => peer.accepts(sent, secret));
  assert.equal((await post('stripe', sent)).status, 401);
});
