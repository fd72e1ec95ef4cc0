import type { Tone } from '../../../model/activity.ts';
import { list, read, textOrNull } from '../../../shared/payload.ts';
import { PAYMENT } from '../../../telling/commerce.ts';
import { after, dayFact, firstText, joined, moneyFacets, worded, wordsAt } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { moneyText } from '../../../text/money.ts';
import { counted } from '../../../text/words.ts';
import type { ShopifyEvent } from './event.ts';
import { idOf, ownId } from './ids.ts';
import { customerOf, itemsOf, moneyAt, tagsOf } from './parts.ts';
import { thing } from './thing.ts';

const ORDER: WordTable = {
  cancelled: ['Order cancelled', 'bad'],
  create: ['Order placed', 'opened'],
  delete: ['Order deleted'],
  edited: ['Order edited'],
  fulfilled: ['Order fulfilled', 'done'],
  paid: ['Order paid', 'good'],
  partially_fulfilled: ['Order partly fulfilled'],
  updated: ['Order updated'],
};

export function order(event: ShopifyEvent): Told {
  const { object, action } = event;
  const words = wordsOf(ORDER, action);
  if (action === 'edited') return edited(event);
  if (action === 'risk_assessment_changed') return risk(event);
  if (action === 'shopify_protect_eligibility_changed') return protection(event);
  if (words === null) return { ...thing(event), noun: 'order', thread: threadOf(object) };
  const total = moneyAt(object, 'total_price');
  const isNew = action === 'create' || action === 'updated';
  return {
    ...words,
    noun: 'order',
    handle: orderName(object),
    title: joined(moneyText(total), 'from', customerOf(object)),
    facts: [
      itemsOf(object),
      isNew ? wordsAt(object, 'financial_status') : null,
      action === 'updated' ? wordsAt(object, 'fulfillment_status') : null,
      action === 'cancelled' ? reasonOf(object) : null,
    ],
    facets: { labels: tagsOf(object), conclusion: textOrNull(object, 'financial_status'), ...moneyFacets(total) },
    thread: threadOf(object),
  };
}

/** `#1001`, as the shop writes it. */
function orderName(object: unknown): string | null {
  const name = firstText(object, ['name', 'order_name']);
  if (name !== null) return name;
  const number = read(object, 'order_number');
  return typeof number === 'number' && Number.isSafeInteger(number) ? `#${number}` : null;
}

/** Of the order itself, and of all that belongs to one. */
function threadOf(object: unknown): string | null {
  return after('order', ownId(object));
}

export function orderThread(object: unknown): string | null {
  return after('order', idOf(object, 'order') ?? idOf(object, 'origin_order'));
}

function reasonOf(object: unknown): string | null {
  const reason = wordsAt(object, 'cancel_reason');
  return reason === null || reason === 'other' ? null : reason === 'customer' ? 'by the customer' : `reason: ${reason}`;
}

/** It says which order, and how many lines came and went. */
function edited({ object }: ShopifyEvent): Told {
  const changed = (part: string) => list(object, `line_items.${part}`).length;
  const [added, removed] = [changed('additions'), changed('removals')];
  return {
    headline: 'Order edited',
    noun: 'order',
    title: [
      added === 0 ? null : `${counted(added, 'item')} added`,
      removed === 0 ? null : `${counted(removed, 'item')} removed`,
    ]
      .filter((part) => part !== null)
      .join(', '),
    facts: [textOrNull(object, 'staff_note')],
    thread: orderThread(object),
  };
}

const RISK_TONES: ReadonlyMap<string, Tone> = new Map([
  ['high', 'bad'],
  ['medium', 'waiting'],
]);

function risk({ object }: ShopifyEvent): Told {
  const level = textOrNull(object, 'risk_level')?.toLowerCase() ?? null;
  return {
    headline: 'Order risk assessed',
    tone: RISK_TONES.get(level ?? '') ?? 'neutral',
    noun: 'order',
    title: level === null ? '' : `${level} risk`,
    facts: [after('by', textOrNull(object, 'provider_title'))],
    facets: { severity: level === 'high' || level === 'medium' || level === 'low' ? level : null },
    thread: orderThread(object),
    isMinor: level !== 'high',
    sum: { noun: 'order risk', part: 'assessed', alone: null },
  };
}

/** Shopify pays for what is disputed as fraud, of orders that it protects. */
function protection({ object }: ShopifyEvent): Told {
  return {
    headline: 'Shopify Protect eligibility changed',
    noun: 'order',
    title: wordsAt(object, 'eligibility.status') ?? '',
    facts: [after('protection', wordsAt(object, 'status'))],
    thread: orderThread(object),
  };
}

const DRAFT: WordTable = {
  create: ['Draft order created', 'opened'],
  delete: ['Draft order deleted'],
  update: ['Draft order updated'],
};

export function draftOrder(event: ShopifyEvent): Told {
  const { object, action } = event;
  const words = wordsOf(DRAFT, action);
  if (words === null) return thing(event);
  const total = moneyAt(object, 'total_price');
  const id = ownId(object);
  return {
    ...words,
    noun: 'draft order',
    handle: textOrNull(object, 'name'),
    title: joined(moneyText(total), 'for', customerOf(object)),
    facts: [itemsOf(object), wordsAt(object, 'status')],
    facets: { labels: tagsOf(object), conclusion: textOrNull(object, 'status'), ...moneyFacets(total) },
    thread: orderThread(object) ?? after('draft', id),
  };
}

/** A cart, or a checkout that may be left: most never become orders. */
export function checkout(event: ShopifyEvent): Told {
  const { object, type } = event;
  const total = moneyAt(object, 'total_price');
  const items = itemsOf(object);
  const isCart = type === 'carts';
  return {
    ...thing(event),
    noun: isCart ? 'cart' : 'checkout',
    title: joined(moneyText(total), 'by', customerOf(object)) || (items ?? ''),
    facts: [total === null ? null : items],
    facets: moneyFacets(total),
    thread: isCart ? null : after('checkout', ownId(object)),
  };
}

/** Money that moves for an order, one step at a time. */
export function transaction(event: ShopifyEvent): Told {
  const { object, action } = event;
  if (action !== 'create') return thing(event);
  const given = moneyAt(object, 'amount');
  const amount = given && { ...given, amount: Math.abs(given.amount) };
  const status = textOrNull(object, 'status');
  // A tender that is paid back is below nothing.
  const kind = given !== null && given.amount < 0 ? 'refund' : textOrNull(object, 'kind');
  const by = firstText(object, ['gateway', 'payment_method']);
  const words = wordsOf(PAYMENT, becameOf(kind, status)) ?? { headline: 'Payment updated', tone: 'neutral' as const };
  const isBad = words.tone === 'bad';
  return {
    ...words,
    noun: 'payment',
    title: moneyText(amount) ?? '',
    facts: [
      after('by', by === null || by === 'unknown' ? null : worded(by)),
      isBad ? (wordsAt(object, 'error_code') ?? textOrNull(object, 'message')) : null,
    ],
    facets: { conclusion: status, ...moneyFacets(amount) },
    thread: orderThread(object),
    isMinor: !isBad,
  };
}

function becameOf(kind: string | null, status: string | null): string {
  if (status === 'failure' || status === 'error') return 'failed';
  if (status === 'pending') return 'pending';
  return KINDS.get(kind ?? '') ?? 'succeeded';
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ['authorization', 'authorized'],
  ['capture', 'captured'],
  ['refund', 'refunded'],
  ['void', 'canceled'],
]);

/** A payment that a customer has until a day. */
export function paymentSchedule(event: ShopifyEvent): Told {
  const { object, action } = event;
  const amount = moneyAt(object, 'amount');
  if (action !== 'due') return thing(event);
  return {
    headline: 'Payment due',
    tone: 'waiting',
    noun: 'payment',
    title: moneyText(amount) ?? '',
    facts: [dayFact('since', object, 'due_at')],
    facets: moneyFacets(amount),
    sum: { noun: 'payment', part: 'due', alone: null },
  };
}
