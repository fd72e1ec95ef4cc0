import { isTrue, list, numberOrNull, read, textOrNull } from '../../../shared/payload.ts';
import { PAYMENT } from '../../../telling/commerce.ts';
import { firstText, joined, moneyFacets, wordsAt } from '../../../telling/parts.ts';
import { type Told, wordsOf } from '../../../telling/told.ts';
import { type Money, moneyText } from '../../../text/money.ts';
import { moneyOf } from '../money.ts';
import { idOf } from './dashboard.ts';
import type { StripeEvent } from './event.ts';
import { generic } from './generic.ts';
import { amountAt, methodOf, moneyAt, payerOf } from './parts.ts';

/** What is a payment's own name for it → what became of it. */
const BECAME = new Map([
  ['amount_capturable_updated', 'authorized'],
  ['payment_failed', 'failed'],
]);

/** One attempt to take money. Most belong to a payment intent, whose events tell the same. */
export function charge(event: StripeEvent): Told {
  const { object, action } = event;
  if (action === 'refunded') return refunded(event);
  const isHeld = action === 'succeeded' && read(object, 'captured') === false;
  const words = wordsOf(PAYMENT, isHeld ? 'authorized' : action);
  if (words === null) return generic(event);
  const amount = moneyAt(object, action === 'captured' ? capturedField(object) : 'amount');
  const payment = idOf(object, 'payment_intent') ?? idOf(object, 'id');
  return {
    ...words,
    noun: 'payment',
    title: joined(moneyText(amount), 'from', payerOf(object)),
    facts: [
      firstText(object, ['failure_message']) ??
        (action === 'failed' ? firstText(object, ['outcome.seller_message']) : null),
      riskOf(object),
      firstText(object, ['description']),
      // Before 2018 `source`, before 2015 `card`.
      methodOf(read(object, 'payment_method_details')) ??
        methodOf(read(object, 'source')) ??
        methodOf(read(object, 'card')),
    ],
    facets: { conclusion: concluded(event), ...moneyFacets(amount) },
    thread: payment,
    happening: happeningOf(action, isHeld, payment, idOf(object, 'id')),
  };
}

export function paymentIntent(event: StripeEvent): Told {
  const { object, action } = event;
  const words = wordsOf(PAYMENT, BECAME.get(action ?? '') ?? action);
  if (words === null) return generic(event);
  const error = read(object, 'last_payment_error');
  const latest = list(object, 'charges.data')[0] ?? read(object, 'latest_charge');
  const method = read(error, 'payment_method') ?? read(latest, 'payment_method_details');
  const amount = amountOf(object, action);
  const id = idOf(object, 'id');
  return {
    ...words,
    noun: 'payment',
    title: joined(moneyText(amount), 'from', payerOf(object) ?? payerOf(read(error, 'payment_method'))),
    facts: [
      action === 'payment_failed' ? firstText(error, ['message']) : null,
      action === 'canceled' ? wordsAt(object, 'cancellation_reason') : null,
      firstText(object, ['description']),
      methodOf(method),
    ],
    facets: {
      ...moneyFacets(amount),
      conclusion: (action === 'payment_failed' ? textOrNull(error, 'code') : null) ?? textOrNull(object, 'status'),
    },
    thread: id,
    happening: happeningOf(
      action === 'payment_failed' ? 'failed' : action,
      action === 'amount_capturable_updated',
      id,
      textOrNull(error, 'charge') ?? idOf(object, 'latest_charge'),
    ),
  };
}

/** The status of one that expired says how it began. */
function concluded({ object, action }: StripeEvent): string | null {
  const isOver = action === 'failed' || action === 'expired';
  return textOrNull(object, 'failure_code') ?? (isOver ? action : textOrNull(object, 'status'));
}

/** What all of a payment's events agree on. A payment succeeds once, and fails once for each charge. */
function happeningOf(
  action: string | null,
  isHeld: boolean,
  payment: string | null,
  attempt: string | null,
): string | null {
  if (payment === null) return null;
  if (isHeld) return `authorized ${payment}`;
  if (action === 'succeeded' || action === 'captured') return `paid ${payment}`;
  return action === 'failed' && attempt !== null ? `failed ${attempt}` : null;
}

function amountOf(object: unknown, action: string | null): Money | null {
  const field = { succeeded: 'amount_received', amount_capturable_updated: 'amount_capturable' }[action ?? ''];
  return (field === undefined ? null : moneyAt(object, field)) ?? moneyAt(object, 'amount');
}

function capturedField(object: unknown): string {
  return numberOrNull(object, 'amount_captured') === null ? 'amount' : 'amount_captured';
}

/** Stripe's own rating, where it is worth a look. */
function riskOf(object: unknown): string | null {
  const level = textOrNull(object, 'outcome.risk_level');
  return level === 'elevated' || level === 'highest' ? `${level} risk` : null;
}

/** One refund of perhaps several: what was refunded before is in `previous_attributes`. */
function refunded({ object, previous }: StripeEvent): Told {
  const all = refundedIn(object);
  const before = numberOrNull(previous, 'amount_refunded') ?? 0;
  const amount = moneyOf(all === null ? null : all - before, read(object, 'currency'));
  const isPartial = all !== null && all < (numberOrNull(object, 'amount') ?? all);
  return {
    headline: isPartial ? 'Payment partly refunded' : 'Payment refunded',
    tone: 'neutral',
    noun: 'payment',
    title: joined(moneyText(amount), 'to', payerOf(object)),
    facts: [
      isPartial ? ofWhole(amountAt(object, 'amount')) : null,
      wordsAt(list(object, 'refunds.data')[0], 'reason'),
      firstText(object, ['description']),
    ],
    facets: moneyFacets(amount),
    thread: idOf(object, 'payment_intent') ?? idOf(object, 'id'),
  };
}

/** Old examples say that all was refunded, and not how much. */
function refundedIn(object: unknown): number | null {
  const all = numberOrNull(object, 'amount_refunded');
  return isTrue(object, 'refunded') && !all ? numberOrNull(object, 'amount') : all;
}

function ofWhole(amount: string | null): string | null {
  return amount === null ? null : `of ${amount}`;
}
