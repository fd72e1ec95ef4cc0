import { read, textOrNull } from '../../../shared/payload.ts';
import { PAYMENT, REFUND } from '../../../telling/commerce.ts';
import { after, firstText, joined, moneyFacets } from '../../../telling/parts.ts';
import { type Told, wordsOf } from '../../../telling/told.ts';
import { moneyText } from '../../../text/money.ts';
import { spaced } from '../../../text/words.ts';
import type { SquareEvent } from './event.ts';
import { told } from './generic.ts';
import { cardOf, errorOf, moneyAt } from './parts.ts';

/** https://developer.squareup.com/reference/square/objects/Payment#definition__property-status */
const BECAME: ReadonlyMap<string, string> = new Map([
  ['APPROVED', 'authorized'],
  ['CANCELED', 'canceled'],
  ['COMPLETED', 'succeeded'],
  ['FAILED', 'failed'],
  ['PENDING', 'pending'],
]);

const UNDER_WAY: ReadonlySet<string> = new Set(['APPROVED', 'PENDING']);

/** Square tells a payment whenever anything of it changes: news is what its status became, once each. */
export function payment(event: SquareEvent): Told {
  const { object, objectId, action } = event;
  const status = textOrNull(object, 'status');
  const words =
    wordsOf(PAYMENT, BECAME.get(status ?? '') ?? null) ?? (status === null ? wordsOf(PAYMENT, action) : null);
  if (words === null) return told(event);
  const amount = moneyAt(object, 'total_money') ?? moneyAt(object, 'amount_money');
  const hasFailed = status === 'FAILED' || status === 'CANCELED';
  return {
    ...words,
    noun: 'payment',
    title: joined(moneyText(amount), 'from', payerOf(object)),
    facts: [
      hasFailed ? errorOf(object) : null,
      riskOf(object),
      firstText(object, ['note']),
      tipOf(object),
      cardOf(read(object, 'card_details.card')) ?? sourceOf(object),
    ],
    facets: { conclusion: conclusionOf(status), ...moneyFacets(amount) },
    thread: objectId,
    happening: objectId === null || status === null ? null : `payment ${objectId} ${status}`,
    isMinor: UNDER_WAY.has(status ?? '') || (moneyAt(object, 'refunded_money')?.amount ?? 0) > 0,
  };
}

function payerOf(object: unknown): string | null {
  for (const field of ['billing_address', 'shipping_address']) {
    const parts = [textOrNull(object, `${field}.first_name`), textOrNull(object, `${field}.last_name`)];
    const name = parts.filter((part) => part !== null).join(' ');
    if (name !== '') return name;
  }
  return firstText(object, ['card_details.card.cardholder_name', 'buyer_email_address']);
}

function riskOf(object: unknown): string | null {
  const level = textOrNull(object, 'risk_evaluation.risk_level');
  return level === 'MODERATE' || level === 'HIGH' ? `${level.toLowerCase()} risk` : null;
}

function tipOf(object: unknown): string | null {
  const tip = moneyAt(object, 'tip_money');
  return tip === null || tip.amount <= 0 ? null : after('with a tip of', moneyText(tip));
}

/** Where no card paid: `cash`, `bank account`, `Klarna`. */
function sourceOf(object: unknown): string | null {
  const type = textOrNull(object, 'source_type');
  if (type === null || type === 'CARD' || type === 'EXTERNAL') return null;
  const brand = firstText(object, ['buy_now_pay_later_details.brand', 'wallet_details.brand']);
  return spaced(brand ?? type).toLowerCase();
}

const REFUNDED: ReadonlyMap<string, string> = new Map([
  ['COMPLETED', 'succeeded'],
  ['FAILED', 'failed'],
  ['PENDING', 'created'],
  ['REJECTED', 'failed'],
]);

export function refund(event: SquareEvent): Told {
  const { object, objectId, action } = event;
  const status = textOrNull(object, 'status');
  const words = wordsOf(REFUND, REFUNDED.get(status ?? '') ?? (status === null ? action : null));
  if (words === null) return told(event);
  const amount = moneyAt(object, 'amount_money');
  return {
    ...words,
    noun: 'refund',
    title: moneyText(amount) ?? '',
    facts: [status === 'REJECTED' ? 'rejected' : null, errorOf(object), firstText(object, ['reason'])],
    facets: { conclusion: conclusionOf(status), ...moneyFacets(amount) },
    thread: textOrNull(object, 'payment_id') ?? objectId,
    happening: objectId === null || status === null ? null : `refund ${objectId} ${status}`,
    isMinor: status === 'PENDING',
  };
}

/** In the case that rules are written in. */
export function conclusionOf(status: string | null): string | null {
  return status === null ? null : status.toLowerCase();
}
