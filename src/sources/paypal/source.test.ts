import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INTERMEDIATE, LEAF, ROOT } from '../../../tests/fixtures/paypal-certificates.ts';
import { BODY, CERT_URL, COLLIDED, headersOf, SECRET } from '../../../tests/fixtures/sources/paypal.ts';
import { storedEvent } from '../../../tests/golden/tell.ts';
import type { Activity } from '../../model/activity.ts';
import type { SourceRequest } from '../../model/source.ts';
import type { OutboundResult } from '../../shared/outbound.ts';
import { Secret } from '../../shared/secret.ts';
import { sentence } from '../../text/sentence.ts';
import { normalise } from './normalise/normalise.ts';
import { provider } from './provider.ts';
import { type PaypalSourceOptions, paypalSource } from './source.ts';

const NOW = 1_767_225_600_000;

function request(changes: Partial<SourceRequest> = {}): SourceRequest {
  const sent = Object.entries(headersOf()).map(([name, value]) => [name.toLowerCase(), value]);
  return { method: 'POST', url: '/', headers: Object.fromEntries(sent), body: BODY, now: NOW, ...changes };
}

function source(answer: OutboundResult | null, settings: PaypalSourceOptions['settings'] = { trustAnchors: ROOT }) {
  const asked: string[] = [];
  const made = paypalSource({
    name: 'shop',
    secrets: [new Secret(SECRET)],
    settings,
    request: async ({ url }) => {
      asked.push(url);
      assert.ok(answer, 'nothing should be fetched');
      return answer;
    },
  });
  return { ...made, asked };
}

const answered = (text: string): OutboundResult => ({ kind: 'answered', status: 200, headers: new Headers(), text });

test('the first request fetches the certificate, and the next is answered in the same turn', async () => {
  const shop = source(answered(LEAF + INTERMEDIATE));
  const [one, other] = await Promise.all([shop.receive(request()), shop.receive(request())]);
  assert.deepEqual([one.kind, other.kind], ['event', 'event']);
  assert.ok(!(shop.receive(request()) instanceof Promise));
  assert.deepEqual(shop.asked, [CERT_URL]);
});

test('while the certificate cannot be had, PayPal is told to try again', async () => {
  const received = await source({ kind: 'unreachable', reason: 'ENOTFOUND' }).receive(request());
  assert.deepEqual(received, {
    kind: 'not_now',
    reason: "PayPal's certificate cannot be had: api.paypal.com did not answer (ENOTFOUND).",
  });
});

test('what cannot be right whatever the certificate is refused before anything is fetched', async () => {
  const shop = source(null);
  const { headers } = request();
  for (const changes of [
    { 'paypal-cert-url': 'https://api.paypal.com.evil.example/v1/notifications/certs/CERT-1' },
    { 'paypal-auth-algo': 'SHA1withRSA' },
    { 'paypal-transmission-sig': 'AAAA' },
  ]) {
    assert.equal((await shop.receive(request({ headers: { ...headers, ...changes } }))).kind, 'refused');
  }
  const nobody = paypalSource({ name: 's', secrets: [new Secret('')], request: () => assert.fail('it was fetched') });
  assert.deepEqual(await nobody.receive(request()), { kind: 'refused', cause: 'mismatch' });
});

test('a forged body of the same CRC-32 is the delivery that it was made from, and no other', async () => {
  const shop = source(answered(LEAF + INTERMEDIATE));
  const genuine = await shop.receive(request());
  const forged = await shop.receive(request({ body: COLLIDED }));
  assert.notEqual(COLLIDED.toString(), BODY.toString());
  // By this a repeat is known, whatever the body calls itself.
  assert.ok(genuine.kind === 'event' && forged.kind === 'event');
  assert.deepEqual([forged.deliveryId, forged.guid], [genuine.deliveryId, genuine.deliveryId]);
});

test('a certificate that is not taken, the simulator and samples are told from a wrong ID', async () => {
  const why = async (of: SourceRequest, text = LEAF + INTERMEDIATE) => {
    const shop = source(answered(text));
    await shop.receive(of);
    return shop.diagnose(of, { kind: 'refused', cause: 'mismatch' });
  };
  const signedFor = (webhook: string) =>
    Object.fromEntries(Object.entries(headersOf({ webhook })).map(([name, value]) => [name.toLowerCase(), value]));
  assert.match(await why(request(), '<html>'), /certificate at PAYPAL-CERT-URL is not taken: it is none/);
  assert.match(await why(request({ headers: signedFor('WEBHOOK_ID') })), /simulator/);
  assert.match(await why(request({ headers: signedFor('OTHER') })), /webhook ID differs/);
  const sample = {
    ...request().headers,
    'paypal-auth-algo': 'tidings-sample',
    'paypal-transmission-sig': `${'A'.repeat(43)}=`,
  };
  assert.match(await why(request({ headers: sample })), /set PAYPAL_SAMPLE_SECRET/);
});

test('samples are signed with a secret for samples alone', async () => {
  const delivery = { type: 'x', guid: 'b9a1c1f0-cd5f', url: '/', body: BODY, now: NOW };
  const sign = (settings: object) => provider.sign?.(delivery, new Secret(SECRET), settings);
  await assert.rejects(async () => sign({}), /Nobody but PayPal can sign as PayPal does/);
  const headers = (await sign({ sample_secret: new Secret('x') })) ?? {};
  const kind = async (settings: object) => (await source(null, settings).receive(request({ headers }))).kind;
  assert.equal(await kind({ sample_secret: new Secret('x') }), 'event');
  for (const settings of [
    {},
    { sample_secret: null },
    { sample_secret: new Secret('') },
    { sample_secret: new Secret('y') },
  ])
    assert.equal(await kind(settings), 'refused');
});

test('a filed request says its certificates, and what is of another type says nothing', () => {
  const { filed } = provider;
  assert.deepEqual(
    filed?.({ certPem: 'a', intermediatePem: 'b', trustAnchorPem: 'c', certHosts: ['h'], certSubjectCN: 'n' }),
    {
      certificates: 'a\nb',
      trustAnchors: 'c',
      certHosts: ['h'],
      certSubjects: ['n'],
    },
  );
  assert.deepEqual(filed?.({ certPem: 7, trustAnchorPem: null, certHosts: [{}], certSubjectCN: '' }), {});
});

function told(name: string, resource: object, headers: Record<string, string> = {}): Activity {
  const payload = { id: 'WH-1', event_type: name, resource };
  const normalised = normalise({ ...storedEvent(name, payload), headers });
  assert.equal(normalised.kind, 'activity');
  return (normalised as { readonly activity: Activity }).activity;
}

test('an order and its capture are one payment, and what goes back is in its thread', () => {
  const capture = told('PAYMENT.CAPTURE.COMPLETED', { id: 'CAP-1', amount: { value: '57.0', currency_code: 'USD' } });
  const order = told('CHECKOUT.ORDER.COMPLETED', {
    id: 'O',
    purchase_units: [{ payments: { captures: [{ id: 'CAP-1' }] } }],
  });
  const links = [{ rel: 'up', href: 'https://api.paypal.com/v2/payments/captures/CAP-1' }];
  const refund = told('PAYMENT.CAPTURE.REFUNDED', { id: 'R', amount: { value: '7', currency_code: 'USD' }, links });
  const dispute = told('CUSTOMER.DISPUTE.CREATED', {
    dispute_id: 'D',
    disputed_transactions: [{ seller_transaction_id: 'CAP-1' }],
  });
  assert.equal(order.keys.dedup, capture.keys.dedup);
  assert.equal(told('PAYMENT.REFUND.COMPLETED', { id: 'R', links }).keys.dedup, refund.keys.dedup);
  assert.deepEqual(
    new Set([capture, order, refund, dispute].map(({ keys }) => keys.thread)),
    new Set(['paypal CAP-1']),
  );
  assert.deepEqual([capture.facets.amount, capture.facets.currency], [57, 'USD']);
});

test('what goes back is told without its sign, and the sandbox as such', () => {
  const refund = told('PAYMENT.SALE.REFUNDED', { id: 'R', amount: { total: '-1,250.50', currency: 'EUR' } });
  assert.equal(sentence(refund), 'Payment refunded in PayPal: €1,250.50');
  const live = { 'paypal-cert-url': 'https://api.paypal.com/v1/notifications/certs/C' };
  const test = { 'paypal-cert-url': 'https://api.sandbox.paypal.com/v1/notifications/certs/C' };
  assert.equal(told('PAYMENT.SALE.DENIED', {}, live).facets.isTest, false);
  assert.equal(sentence(told('PAYMENT.SALE.DENIED', {}, test)), 'Payment declined in PayPal sandbox');
});

test('a saved card is told by its last digits, never by its token', () => {
  const card = { last_digits: '1111', brand: 'VISA', name: 'Mona Lisa' };
  const saved = told('VAULT.PAYMENT-TOKEN.CREATED', { id: 'TOKEN', payment_source: { card } });
  assert.equal(sentence(saved), 'Payment method saved in PayPal: Visa ending in 1111 of Mona Lisa');
  const first = told('VAULT.CREDIT-CARD.DELETED', { id: 'CARD-1', type: 'visa', number: 'xxxxxxxxxxxx0331' });
  assert.equal(sentence(first), 'Payment method deleted in PayPal: Visa ending in 0331');
  assert.doesNotMatch(sentence(told('VAULT.PAYMENT-TOKEN.DELETED', { id: 'TOKEN' })), /TOKEN/);
});
