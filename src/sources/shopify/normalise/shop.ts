import { list, numberOrNull, read, textOrNull } from '../../../shared/payload.ts';
import { after, firstText, joined, moneyFacets, numberAt, worded, wordsAt } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { majorMoney, moneyText } from '../../../text/money.ts';
import { counted, enumerated, grouped } from '../../../text/words.ts';
import type { ShopifyEvent } from './event.ts';
import { gidNumber, idOf, ownId } from './ids.ts';
import { nameIn, tagsOf } from './parts.ts';
import { thing } from './thing.ts';

/** Of the app whose webhook this is. */
export function app(event: ShopifyEvent): Told {
  const { object, action, shop } = event;
  if (action === 'scopes_update') return scopes(event);
  if (action !== 'uninstalled') return thing(event);
  return {
    headline: 'App uninstalled',
    tone: 'bad',
    noun: 'app',
    title: textOrNull(object, 'name') ?? shop ?? '',
    facts: [wordsAt(object, 'plan_display_name'), shop],
    thread: after('shop', shop),
  };
}

function scopes({ object, shop }: ShopifyEvent): Told {
  const now = textsIn(object, 'current');
  const before = textsIn(object, 'previous');
  const added = now.filter((one) => !before.includes(one));
  const removed = before.filter((one) => !now.includes(one));
  return {
    headline: 'App permissions changed',
    tone: 'waiting',
    noun: 'app',
    title: now.length === 0 ? '' : counted(now.length, 'permission'),
    facts: [after('added', enumerated(added.map(worded))), after('removed', enumerated(removed.map(worded)))],
    thread: after('shop', shop),
    sum: { noun: 'app permission', part: 'changed', alone: null },
  };
}

function textsIn(object: unknown, path: string): readonly string[] {
  return list(object, path).filter((one) => typeof one === 'string');
}

const CUSTOMER: WordTable = {
  create: ['Customer created', 'opened'],
  delete: ['Customer deleted'],
  disable: ['Customer disabled'],
  enable: ['Customer enabled'],
  update: ['Customer updated'],
};

/** What the law lets a customer ask for; whose data it is stays out of the message. */
const LAW: WordTable = {
  data_request: ['Customer data requested', 'waiting'],
  redact: ['Customer data to be erased', 'waiting'],
};

export function customer(event: ShopifyEvent): Told {
  const { object, action } = event;
  const law = wordsOf(LAW, action);
  if (law !== null) return { ...law, noun: 'customer data', title: ordersNamed(object), sum: LAW_SUM };
  if (action === 'merge') return merged(event);
  if (action === 'purchasing_summary') return purchases(event);
  const words = wordsOf(CUSTOMER, action);
  if (words === null) return thing(event);
  const name = nameIn(object) ?? firstText(object, ['email', 'phone']);
  const email = textOrNull(object, 'email');
  return {
    ...words,
    noun: 'customer',
    title: name ?? '',
    facts: [email === name ? null : email],
    facets: { labels: tagsOf(object) },
    thread: after('customer', ownId(object)),
  };
}

function merged({ object }: ShopifyEvent): Told {
  const isBad = textOrNull(object, 'status') === 'failed';
  return {
    headline: isBad ? 'Customers could not be merged' : 'Customers merged',
    tone: isBad ? 'bad' : 'neutral',
    noun: 'customer',
    title: isBad ? (firstText(object, ['errors.0.message']) ?? '') : '',
    facets: { conclusion: textOrNull(object, 'status') },
    sum: { noun: 'customer merge', part: isBad ? 'failed' : null, alone: null },
  };
}

/** What somebody has bought until now. */
function purchases({ object }: ShopifyEvent): Told {
  const spent = majorMoney(read(object, 'amount_spent.amount'), read(object, 'amount_spent.currency_code'));
  const orders = numberAt(object, 'number_of_orders');
  return {
    headline: 'Customer purchases updated',
    noun: 'customer',
    title: joined(moneyText(spent), 'in', Number.isSafeInteger(orders) ? counted(orders ?? 0, 'order') : null),
    facets: moneyFacets(spent),
    thread: after('customer', idOf(object, 'customer')),
    sum: { noun: 'customer', part: 'with new purchases', alone: null },
  };
}

/** The newer topics of one customer: `customer.tags_added`, `customer.joined_segment`. */
export function customerTopic(event: ShopifyEvent): Told {
  const { object } = event;
  return {
    ...thing(event),
    noun: 'customer',
    title: enumerated(textsIn(object, 'tags')) ?? '',
    thread: after('customer', gidNumber(object, 'customerId')),
  };
}

/** What programs asked of the shop's API. */
export function audit({ object }: ShopifyEvent): Told {
  const count = list(object, 'events').length;
  return {
    headline: 'Admin API used',
    noun: 'audit event',
    title: firstText(object, ['events.0.event.actor.actor_metadata.app_name']) ?? '',
    facts: [count === 0 ? null : counted(count, 'request')],
    sum: { noun: 'audit event', part: null, alone: null },
  };
}

const LAW_SUM = { noun: 'data request', part: null, alone: null };

function ordersNamed(object: unknown): string {
  const count = list(object, 'orders_requested').length + list(object, 'orders_to_redact').length;
  return count === 0 ? '' : counted(count, 'order');
}

export function shop(event: ShopifyEvent): Told {
  const { object, action } = event;
  if (action === 'redact')
    return { headline: 'Shop data to be erased', tone: 'waiting', noun: 'shop data', title: '', sum: LAW_SUM };
  return { ...thing(event), noun: 'shop', title: textOrNull(object, 'name') ?? event.shop ?? '' };
}

/** What is sold. */
export function product(event: ShopifyEvent): Told {
  const { object } = event;
  const variants = list(object, 'variants').length;
  return {
    ...thing(event),
    noun: 'product',
    title: firstText(object, ['title', 'product_listing.title', 'handle']) ?? '',
    facts: [textOrNull(object, 'vendor'), variants > 1 ? counted(variants, 'variant') : null, statusOf(object)],
    facets: { labels: tagsOf(object) },
    thread: after('product', ownId(object)),
  };
}

function statusOf(object: unknown): string | null {
  const status = wordsAt(object, 'status');
  return status === 'active' ? null : status;
}

const STOCK: WordTable = {
  in_stock: ['Variant back in stock', 'good'],
  out_of_stock: ['Variant out of stock', 'waiting'],
};

export function variant(event: ShopifyEvent): Told {
  const { object, action } = event;
  const words = wordsOf(STOCK, action);
  const sku = textOrNull(object, 'sku');
  const title = [textOrNull(object, 'title'), sku].filter((part) => part !== null).join(' · ');
  const left = numberOrNull(object, 'inventory_quantity');
  const facts = [
    action === 'in_stock' && left !== null && Number.isSafeInteger(left) ? `${grouped(left)} in stock` : null,
  ];
  const sum = words === null ? null : { noun: 'variant', part: words.headline.slice(8), alone: null };
  return { ...thing(event), ...words, noun: 'variant', title, facts, sum };
}

/** How many there are of something, somewhere: only its id is said. */
export function inventoryLevel(event: ShopifyEvent): Told {
  const { object } = event;
  const left = numberAt(object, 'available');
  const isCount = left !== null && Number.isSafeInteger(left);
  return { ...thing(event), noun: 'inventory', title: isCount ? `${left} available` : '' };
}

export function inventoryItem(event: ShopifyEvent): Told {
  const { object } = event;
  const isTracked = read(object, 'tracked') !== false;
  return {
    ...thing(event),
    noun: 'inventory item',
    title: textOrNull(object, 'sku') ?? '',
    facts: [isTracked ? null : 'not tracked'],
  };
}

/** A long question to Shopify's API has its answer. */
export function bulkOperation(event: ShopifyEvent): Told {
  const { object } = event;
  const status = textOrNull(object, 'status')?.toLowerCase() ?? null;
  const isBad = status === 'failed' || textOrNull(object, 'error_code') !== null;
  return {
    headline: isBad ? 'Bulk operation failed' : 'Bulk operation finished',
    tone: isBad ? 'bad' : 'good',
    noun: 'bulk operation',
    title: textOrNull(object, 'type') ?? '',
    facts: [wordsAt(object, 'error_code')],
    facets: { conclusion: status },
    isMinor: !isBad,
  };
}

export function consent(event: ShopifyEvent): Told {
  const { object } = event;
  const state = firstText(object, ['email_marketing_consent.state', 'sms_marketing_consent.state']);
  return {
    headline: 'Marketing consent changed',
    noun: 'marketing consent',
    title: firstText(object, ['email_address', 'phone']) ?? '',
    facts: [state === null ? null : worded(state)],
  };
}
