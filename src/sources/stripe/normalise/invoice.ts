import { list, numberOrNull, read, textOrNull } from '../../../shared/payload.ts';
import { INVOICE } from '../../../telling/commerce.ts';
import { dayFact, firstText, joined, moneyFacets } from '../../../telling/parts.ts';
import { type Told, wordsOf } from '../../../telling/told.ts';
import { moneyText } from '../../../text/money.ts';
import { idOf } from './dashboard.ts';
import type { StripeEvent } from './event.ts';
import { generic } from './generic.ts';
import { moneyAt, payerOf } from './parts.ts';

const PAID = new Set(['paid', 'payment_succeeded']);
/** Of these the field says what it is about; of all others, what is to be paid. */
const AMOUNTS: ReadonlyMap<string, string> = new Map([
  ['overpaid', 'amount_overpaid'],
  ['paid', 'amount_paid'],
  ['payment_failed', 'amount_remaining'],
  ['payment_succeeded', 'amount_paid'],
]);

export function invoice(event: StripeEvent): Told {
  const { object, action } = event;
  const words = wordsOf(INVOICE, action === 'payment_succeeded' ? 'paid' : action);
  if (words === null) return generic(event);
  const amount =
    moneyAt(object, AMOUNTS.get(action ?? '') ?? 'amount_due') ??
    moneyAt(object, 'amount_due') ??
    moneyAt(object, 'total');
  const isPaid = PAID.has(action ?? '');
  return {
    ...words,
    noun: 'invoice',
    handle: textOrNull(object, 'number'),
    title: joined(moneyText(amount), isPaid ? 'from' : 'for', payerOf(object)),
    facts: [
      firstText(object, ['last_finalization_error.message']),
      firstText(object, ['description']) ?? linesOf(object),
      ...(action === 'payment_failed' ? attemptFacts(object) : []),
      isPaid ? null : dayFact('due', object, 'due_date'),
    ],
    facets: { conclusion: textOrNull(object, 'status'), ...moneyFacets(amount) },
    thread: paymentOf(object) ?? idOf(object, 'id') ?? subscriptionOf(object),
    happening: happeningOf(object, action),
    isMinor: isPaid && numberOrNull(object, 'amount_paid') === 0,
  };
}

/** Newer versions name its subscription inside `parent`. */
export function subscriptionOf(object: unknown): string | null {
  return idOf(object, 'subscription') ?? idOf(object, 'parent.subscription_details.subscription');
}

/** Newer versions name it in a list, where they name it. */
function paymentOf(object: unknown): string | null {
  return idOf(object, 'payment_intent') ?? idOf(read(list(object, 'payments.data')[0], 'payment'), 'payment_intent');
}

/** Older versions name the payment and its charge, by which the payment's own events tell the same. */
function happeningOf(object: unknown, action: string | null): string | null {
  if (PAID.has(action ?? '')) return prefixed('paid', paymentOf(object) ?? idOf(object, 'id'));
  return action === 'payment_failed' ? prefixed('failed', idOf(object, 'charge')) : null;
}

function prefixed(words: string, id: string | null): string | null {
  return id === null ? null : `${words} ${id}`;
}

function attemptFacts(object: unknown): readonly (string | null)[] {
  const attempt = numberOrNull(object, 'attempt_count');
  const next = dayFact('next try', object, 'next_payment_attempt');
  // Older and sparse ones do not say.
  const isLast = read(object, 'next_payment_attempt') === null;
  return [attempt === null || attempt < 2 ? null : `attempt ${attempt}`, next ?? (isLast ? 'no further try' : null)];
}

/** `1 × Example (at $249.00 / year)` */
function linesOf(object: unknown): string | null {
  const lines = list(object, 'lines.data');
  const [first] = lines.map((line) => textOrNull(line, 'description')).filter((line) => line !== null);
  if (first === undefined) return null;
  return lines.length === 1 ? first : `${first} and ${lines.length - 1} more`;
}
