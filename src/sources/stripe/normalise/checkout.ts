import { textOrNull } from '../../../shared/payload.ts';
import { dayFact, joined, moneyFacets } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { moneyText } from '../../../text/money.ts';
import { idOf } from './dashboard.ts';
import type { StripeEvent } from './event.ts';
import { generic } from './generic.ts';
import { moneyAt, payerOf } from './parts.ts';

const CHECKOUT: WordTable = {
  async_payment_failed: ['Checkout payment failed', 'bad'],
  async_payment_succeeded: ['Checkout payment succeeded', 'good'],
  completed: ['Checkout completed', 'good'],
  expired: ['Checkout expired'],
};

const MODES: ReadonlyMap<string, string> = new Map([
  ['setup', 'to save a payment method'],
  ['subscription', 'subscription'],
]);

/** A customer's way through Stripe's own payment page. */
export function checkoutSession(event: StripeEvent): Told {
  const { object, action } = event;
  const words = wordsOf(CHECKOUT, action);
  if (words === null) return generic(event);
  const isPaid = textOrNull(object, 'payment_status') === 'paid' && action !== 'expired';
  const amount = moneyAt(object, 'amount_total');
  const paid = idOf(object, 'payment_intent') ?? idOf(object, 'invoice');
  return {
    ...words,
    noun: 'checkout',
    title: joined(moneyText(amount), 'from', payerOf(object)),
    facts: [
      MODES.get(textOrNull(object, 'mode') ?? '') ?? null,
      action === 'completed' && textOrNull(object, 'payment_status') === 'unpaid' ? 'not paid yet' : null,
      action === 'expired' ? dayFact('on', object, 'expires_at') : null,
    ],
    facets: { conclusion: textOrNull(object, 'payment_status'), ...moneyFacets(amount) },
    thread: idOf(object, 'payment_intent') ?? idOf(object, 'subscription') ?? idOf(object, 'id'),
    happening: isPaid && paid !== null ? `paid ${paid}` : null,
  };
}
