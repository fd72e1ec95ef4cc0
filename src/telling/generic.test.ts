import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generic } from './generic.ts';
import { page, pageIn } from './page.ts';

const told = (name: string, payload: unknown, more: object = {}) => generic({ name, action: null, payload, ...more });

test('an event is told by the thing that is named like it, with its page, its handle and how it stands', () => {
  const payload = {
    actor: { name: 'Mona' },
    repository: { name: 'api', url: 'https://x.test/api' },
    data: {
      invoice: {
        number: 12,
        title: 'October',
        status: 'PAST_DUE',
        amount: '57.0',
        currency: 'usd',
        url: 'https://api.x.test/v1/invoices/12',
        links: { html: { href: 'https://x.test/invoices/12' } },
      },
    },
  };
  assert.deepEqual(told('invoice.payment_failed', payload, { action: 'payment_failed' }), {
    headline: 'Invoice payment failed',
    tone: 'bad',
    noun: 'invoice',
    handle: '#12',
    title: 'October · $57.00',
    url: 'https://x.test/invoices/12',
    facts: ['past due'],
  });
});

test('an event of which nothing is known but its name is told by that', () => {
  for (const payload of [null, undefined, 7, 'text', [], {}, { data: null }, { title: {}, name: 7, url: [] }]) {
    assert.deepEqual(told('repo:push', payload), {
      headline: 'Repo push',
      tone: 'neutral',
      noun: 'repo push',
      handle: null,
      title: '',
      url: null,
      facts: [],
    });
  }
  assert.equal(told('', {}).headline, 'Event');
  assert.equal(told('PAYMENT.CAPTURE_DENIED', {}).headline, 'Payment capture denied');
});

test('an id stands in where there is no name, and is left out where there is one', () => {
  assert.equal(told('batch.failed', { data: { id: 'batch_1' } }).handle, 'batch_1');
  assert.equal(told('batch.failed', { data: { id: 'batch_1', name: 'Nightly' } }).handle, null);
});

test('whole numbers of money are told only where it is known what they count', () => {
  const payload = { order: { total: 2000, currency: 'JPY' } };
  assert.equal(told('order.created', payload).title, '');
  assert.equal(told('order.created', payload, { amounts: 'minor' }).title, '¥2,000');
  const money = { order: { amount_money: { amount: 2000, currency: 'USD' } } };
  assert.equal(told('order.created', money, { amounts: 'minor' }).title, '$20.00');
  assert.equal(told('order.created', money, { amounts: 'major' }).title, '$2,000.00');
});

test('a page is shown only where a person may open it', () => {
  assert.equal(page('https://x.test/issues/12?tab=all'), 'https://x.test/issues/12?tab=all');
  for (const address of [
    'javascript:alert(1)',
    'ftp://x.test/a',
    'https://mona:pass@x.test/a',
    'https://api.x.test/issues/12',
    'https://x.test/api/0/issues/12/',
    'https://x.test/v2/issues/12',
    'https://x.test/rest/12',
    'https://x.test/orders/12.json',
    'https://shop.test/1/orders/abc/authenticate?key=0123456789abcdef',
    'https://x.test/a?access_token=abcdefgh',
    'https://hooks.slack.com/services/T00000000/B00000000/abcdefghijklmnop',
    `https://x.test/${'a'.repeat(600)}`,
    '/relative',
    '',
  ]) {
    assert.equal(page(address), null, address);
  }
  assert.equal(pageIn({ url: 'https://api.x.test/1', permalink: 'https://x.test/1' }), 'https://x.test/1');
});

test('a text that looks like a secret is left out', () => {
  const token = `ghp_${'a1B2'.repeat(9)}`;
  assert.doesNotMatch(JSON.stringify(told('token.created', { token: { name: token, key: token } })), /ghp_/);
});

test('what is huge, deep or hostile is told in bounds', () => {
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, no) => [`k${no}`, { title: null }]));
  const long = { title: 'x'.repeat(100_000), status: 'y'.repeat(100_000) };
  const { title, facts } = told('a'.repeat(10_000), { ...many, ...long, __proto__: null, constructor: { name: 'x' } });
  assert.ok(title.length <= 200);
  assert.ok((facts ?? []).every((fact) => (fact ?? '').length <= 200));
});

test('what is named by its verb alone has happened', () => {
  const headline = (name: string) => generic({ name, action: null, payload: {} }).headline;
  assert.deepEqual(
    ['Issue.create', 'orders/create', 'settings.update', 'user.add', 'update', 'queue.open_rate'].map(headline),
    ['Issue created', 'Order created', 'Settings updated', 'User added', 'Update', 'Queue open rate'],
  );
});
