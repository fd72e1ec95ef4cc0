import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storedEvent } from '../../../tests/golden/tell.ts';
import type { Activity } from '../../model/activity.ts';
import { PayloadError } from '../../shared/payload.ts';
import { sentence } from '../../text/sentence.ts';
import { EVENTS } from './events.ts';
import { FAMILIES } from './normalise/families.ts';
import { normalise } from './normalise.ts';

type Json = Readonly<Record<string, unknown>>;

function told(type: string, object: Json, more: Json = {}): Activity {
  const event = { id: 'evt_1', object: 'event', type, created: 1_767_225_600, livemode: true, data: { object } };
  const normalised = normalise(storedEvent(type, { ...event, ...more }));
  assert.equal(normalised.kind, 'activity');
  return (normalised as { readonly activity: Activity }).activity;
}

const keyOf = (...args: Parameters<typeof told>) => told(...args).keys.dedup;

test('a payment that Stripe tells by several events is one happening', () => {
  const payment = keyOf('payment_intent.succeeded', { id: 'pi_1', object: 'payment_intent' });
  assert.equal(keyOf('charge.succeeded', { id: 'ch_1', payment_intent: 'pi_1', captured: true }), payment);
  assert.equal(keyOf('charge.captured', { id: 'ch_1', payment_intent: { id: 'pi_1' } }), payment);
  assert.equal(keyOf('checkout.session.completed', { payment_intent: 'pi_1', payment_status: 'paid' }), payment);
  assert.equal(keyOf('invoice.paid', { id: 'in_1', payment_intent: 'pi_1' }), payment);
  assert.notEqual(keyOf('checkout.session.completed', { payment_intent: 'pi_1', payment_status: 'unpaid' }), payment);
  assert.notEqual(keyOf('charge.succeeded', { id: 'ch_1', payment_intent: 'pi_1', captured: false }), payment);
  assert.equal(keyOf('invoice.paid', { id: 'in_1' }), keyOf('invoice.payment_succeeded', { id: 'in_1' }));
});

test('rules can ask how much it is, in which currency, and whether it is real', () => {
  const asked = (...args: Parameters<typeof told>) => {
    const { amount, currency, isTest } = told(...args).facets;
    return [amount, currency, isTest];
  };
  assert.deepEqual(asked('charge.succeeded', { amount: 2000, currency: 'usd' }), [20, 'USD', false]);
  assert.deepEqual(asked('charge.succeeded', { amount: 500, currency: 'jpy' }, { livemode: false }), [
    500,
    'JPY',
    true,
  ]);
  assert.deepEqual(asked('invoice.paid', { amount_paid: 5124, currency: 'kwd' }), [5.124, 'KWD', false]);
  const items = { data: [{ quantity: 3, price: { unit_amount: 1010, currency: 'eur' } }] };
  assert.deepEqual(asked('customer.subscription.created', { items }), [30.3, 'EUR', false]);
  assert.deepEqual(asked('topup.created', { amount: '12', currency: 'usd' }), [null, null, false]);
  assert.deepEqual(asked('issuing_card.created', {}), [null, null, false]);
});

test('each attempt that fails is a happening of its own', () => {
  const failed = (charge: string) =>
    keyOf('payment_intent.payment_failed', { id: 'pi_1', last_payment_error: { charge } });
  assert.equal(failed('ch_1'), keyOf('charge.failed', { id: 'ch_1', payment_intent: 'pi_1' }));
  assert.notEqual(failed('ch_1'), failed('ch_2'));
});

test('what is only a test, or of a connected account, is seen to be', () => {
  const object = { id: 'pi_1', object: 'payment_intent', amount: 2000, currency: 'usd' };
  const live = told('payment_intent.succeeded', object);
  const test = told('payment_intent.succeeded', object, { livemode: false, account: 'acct_1' });
  assert.equal(sentence(live), 'Payment succeeded in Stripe: $20.00');
  assert.equal(sentence(test), 'Payment succeeded in Stripe test mode: $20.00');
  assert.equal(live.subject?.url, 'https://dashboard.stripe.com/payments/pi_1');
  assert.equal(test.subject?.url, 'https://dashboard.stripe.com/acct_1/test/payments/pi_1');
  assert.deepEqual(test.said.facts, ['account acct_1']);
});

test('a customer is named, expanded or not, and an id stands only where there is no name', () => {
  const from = (object: Json) => told('charge.succeeded', { amount: 100, currency: 'usd', ...object }).subject?.title;
  assert.equal(from({ billing_details: { name: 'Mona', email: 'mona@example.com' } }), '$1.00 from Mona');
  assert.equal(from({ billing_details: { name: null, email: 'mona@example.com' } }), '$1.00 from mona@example.com');
  assert.equal(from({ customer: { id: 'cus_1', name: 'Mona' } }), '$1.00 from Mona');
  assert.equal(from({ customer: { id: 'cus_1', deleted: true } }), '$1.00');
  assert.equal(from({ customer: 'cus_1' }), '$1.00');
  assert.deepEqual(told('customer.created', { id: 'cus_1', name: 'Mona' }).subject?.handle, null);
  assert.deepEqual(told('customer.deleted', { id: 'cus_1' }).subject?.handle, 'cus_1');
});

test('a subscription that waits for its first payment starts when it has come, once', () => {
  const waits = told('customer.subscription.created', { id: 'sub_1', status: 'incomplete' });
  assert.equal(waits.isMinor, true);
  const data = { object: { id: 'sub_1', status: 'active' }, previous_attributes: { status: 'incomplete' } };
  const starts = told('customer.subscription.updated', {}, { data });
  assert.equal(sentence(starts), 'Subscription started in Stripe');
  assert.equal(starts.keys.dedup, keyOf('customer.subscription.created', { id: 'sub_1', status: 'active' }));
});

test('a refund that fails is told once, whatever the version', () => {
  const failed = { id: 're_1', status: 'failed', payment_intent: 'pi_1' };
  const names = ['refund.failed', 'refund.updated', 'charge.refund.updated'];
  assert.deepEqual(new Set(names.map((name) => keyOf(name, failed))), new Set(['stripe:refund failed re_1']));
  assert.notEqual(keyOf('refund.updated', { id: 're_1', status: 'succeeded' }), 'stripe:refund failed re_1');
});

test('a subscription whose payments pause is news', () => {
  const paused = { pause_collection: { behavior: 'void', resumes_at: 1_767_225_600 } };
  const about = { previous_attributes: { pause_collection: null } };
  const activity = told('customer.subscription.updated', {}, { data: { object: paused, ...about } });
  assert.equal(activity.isMinor, false);
  assert.match(sentence(activity), /^Subscription payments paused/);
  assert.deepEqual(activity.said.facts, ['until Jan 1, 2026']);
});

test('a refund says how much of the payment went back this time', () => {
  const titleOf = (object: Json, previous?: Json) => {
    const data = { object: { amount: 2000, currency: 'usd', ...object }, previous_attributes: previous };
    return told('charge.refunded', {}, { data }).subject?.title;
  };
  assert.equal(titleOf({ amount_refunded: 1500 }, { amount_refunded: 1000 }), '$5.00');
  assert.equal(titleOf({ amount_refunded: 2000, refunded: true }), '$20.00');
  assert.equal(titleOf({ amount_refunded: 0, refunded: true }), '$20.00');
  assert.equal(titleOf({ amount_refunded: 0, refunded: false }), '$0.00');
});

test('that nobody tries again is said only where Stripe says so', () => {
  const factsOf = (object: Json) => told('invoice.payment_failed', object).said.facts;
  assert.deepEqual(factsOf({ next_payment_attempt: null }), ['no further try']);
  assert.deepEqual(factsOf({}), []);
});

test('an invoice of newer versions is the payment that it lists', () => {
  const payments = { data: [{ payment: { type: 'payment_intent', payment_intent: 'pi_1' } }] };
  assert.equal(keyOf('invoice.paid', { id: 'in_1', payments }), keyOf('payment_intent.succeeded', { id: 'pi_1' }));
});

test('an event that nobody knows yet is told by its name', () => {
  const activity = told('quantum.ledger.settlement_failed', { id: 'ql_1', name: 'May', amount: 100, currency: 'usd' });
  assert.equal(sentence(activity), 'Quantum ledger settlement failed in Stripe: May · $1.00');
  assert.deepEqual([activity.said.tone, activity.isMinor], ['bad', false]);
  const thin = { object: 'v2.core.event', data: undefined, related_object: { id: 'acct_9', type: 'v2.core.account' } };
  const words = told('v2.core.account[configuration.merchant].updated', {}, thin);
  assert.equal(sentence(words), 'Account configuration merchant updated in Stripe: acct_9');
});

test('a subscription that is only renewed is minor, and one that changes is not', () => {
  const updated = (previous: Json) => {
    const object = { id: 'sub_1', object: 'subscription', status: 'active', cancel_at_period_end: false };
    return told('customer.subscription.updated', object, { data: { object, previous_attributes: previous } });
  };
  assert.equal(updated({ latest_invoice: 'in_1' }).isMinor, true);
  assert.deepEqual(
    [updated({ status: 'trialing' }).isMinor, updated({ status: 'trialing' }).said.headline],
    [false, 'Subscription active'],
  );
  assert.equal(updated({ cancel_at_period_end: true }).said.headline, 'Subscription goes on after all');
});

test('every family is of an event that Stripe sends, and knows each of its actions', () => {
  for (const [type, family] of FAMILIES) {
    assert.ok(EVENTS[type] !== undefined || type === 'transfer', type);
    for (const action of Object.keys(EVENTS[type]?.actions ?? {})) {
      const { headline } = told(`${type}.${action}`, { status: 'open', currency: 'usd', amount: 100 }).said;
      assert.ok(headline.length <= 60, headline);
    }
    assert.equal(typeof family, 'function');
  }
});

test('a body without what every event has is refused by the name of the field', () => {
  const of = (payload: unknown) => () => normalise(storedEvent('x', payload));
  assert.throws(of({ id: 'evt_1' }), new PayloadError('type', 'text', undefined));
  assert.throws(of({ type: 'charge.succeeded' }), new PayloadError('id', 'text', undefined));
  assert.throws(of([]), /body should be a JSON object/);
});
