import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StoredEvent } from '../../model/event.ts';
import { sentence } from '../../text/sentence.ts';
import { normalise } from './normalise.ts';

const HEADERS = { 'x-shopify-topic': 'orders/create', 'x-shopify-shop-domain': 'acme.myshopify.com' };

function stored(body: string, headers: StoredEvent['headers'] = HEADERS): StoredEvent {
  const about = { id: 1, origin: 'webhook', source: 'shop', deliveryId: 'd', guid: 'g', type: 'orders' } as const;
  const times = { receivedAt: 1, storedAt: 1, replays: 0, settled: null };
  return { ...about, ...times, headers, body: Buffer.from(body) };
}

function told(body: string, headers?: StoredEvent['headers']) {
  const read = normalise(stored(body, headers));
  assert.ok(read.kind === 'activity', JSON.stringify(read));
  return read.activity;
}

test('an id beyond 2^53 keeps its digits, and one within a text stays a text', () => {
  const { subject, keys } = told(
    '{"id":820982911946154508,"name":"a \\"1234567890123456789\\" :9","x":[9007199254740993]}',
  );
  assert.equal(subject?.url, 'https://acme.myshopify.com/admin/orders/820982911946154508');
  assert.equal(keys.thread, 'shopify order 820982911946154508');
  assert.equal(subject.handle, 'a "1234567890123456789" :9');
});

test('of numbers, only whole ones of many digits are read as text', () => {
  const body = '{"name":"#1","currency":"EUR","total_price":12.5000000000000000001,"line_items":[{"quantity":2}]}';
  assert.equal(sentence(told(body)), 'Order placed in acme: #1 €12.50');
});

test('a link of a payload that holds a key is shown nowhere', () => {
  const links = { order_status_url: 'https://a.example/authenticate?key=K', invoice_url: 'https://a.example/K' };
  const body = {
    id: 1,
    name: '#1',
    url: 'https://a.example/K',
    abandoned_checkout_url: 'https://a.example/K',
    ...links,
  };
  for (const topic of ['orders/create', 'orders/updated', 'pears/ripen', 'checkouts/create'])
    assert.doesNotMatch(
      JSON.stringify(told(JSON.stringify(body), { ...HEADERS, 'x-shopify-topic': topic })),
      /a\.example/,
    );
});

test('links lead to a shop of Shopify alone: who it is stands in a header that is not signed', () => {
  for (const domain of [
    'evil.example',
    'acme.myshopify.com.evil.example',
    'a@b.myshopify.com',
    'x/.myshopify.com',
    '',
  ]) {
    const { subject, place } = told('{"id":1,"name":"#1"}', { ...HEADERS, 'x-shopify-shop-domain': domain });
    assert.deepEqual([subject?.url, place?.name], ['https://admin.shopify.com', 'Shopify'], domain);
  }
});

test('one happening is news for each of its topics, and once for each', () => {
  const create = told('{"id":1,"name":"#1"}').keys.dedup;
  assert.equal(told('{"id":1,"name":"#1","note":"x"}').keys.dedup, create);
  assert.notEqual(told('{"id":1,"name":"#1"}', { ...HEADERS, 'x-shopify-topic': 'orders/paid' }).keys.dedup, create);
});

test('what is only a test says so, in the order or in a header', () => {
  const ofHeader = told('{"id":1,"name":"#1"}', { ...HEADERS, 'x-shopify-test': 'true' });
  for (const activity of [told('{"id":1,"name":"#1","test":true}'), ofHeader]) {
    assert.equal(activity.facets.isTest, true);
    assert.match(sentence(activity), /in acme \(test\): #1$/);
  }
});

test('a dispute says what is to be done, and what is asked of a warehouse says it once', () => {
  const of = (topic: string, body: object) =>
    sentence(told(JSON.stringify(body), { ...HEADERS, 'x-shopify-topic': topic }));
  const disputed = { amount: '11.50', currency: 'CAD' };
  assert.match(of('disputes/update', { ...disputed, status: 'needs_response' }), /^Dispute waits for an answer/);
  assert.match(of('disputes/update', { ...disputed, status: 'under_review' }), /^Dispute under review/);
  const asked = { fulfillment_order: { status: 'open' } };
  assert.equal(of('fulfillment_orders/fulfillment_request_accepted', asked), 'Fulfillment order accepted in acme');
  assert.equal(of('domains/destroy', { host: 'a.example' }), 'Domain deleted in acme: a.example');
});

test('what goes back is told without its sign, whatever the shop writes', () => {
  const transactions = [{ kind: 'refund', status: 'success', amount: '-5000', currency: 'KRW' }];
  const refund = told(JSON.stringify({ transactions }), { ...HEADERS, 'x-shopify-topic': 'refunds/create' });
  assert.equal(sentence(refund), 'Refund paid in acme: ₩5,000');
  assert.equal(refund.facets.amount, 5000);
});

test('a delivery that the carrier reports and the shop notes is one', () => {
  const of = (topic: string, body: object) => told(JSON.stringify(body), { ...HEADERS, 'x-shopify-topic': topic }).keys;
  const noted = of('fulfillments/update', { id: 7, order_id: 1, status: 'success', shipment_status: 'delivered' });
  const reported = of('fulfillment_events/create', { id: 8, fulfillment_id: 7, order_id: 1, status: 'delivered' });
  assert.deepEqual([noted.dedup, noted.thread], [reported.dedup, reported.thread]);
});
