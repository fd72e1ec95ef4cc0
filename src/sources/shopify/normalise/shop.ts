import { list, numberOrNull, read, textOrNull } from '../../../shared/payload.ts';
import { after, firstText, numberAt, worded, wordsAt } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { counted, grouped } from '../../../text/words.ts';
import type { ShopifyEvent } from './event.ts';
import { ownId } from './ids.ts';
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
  const count = list(object, 'current').length;
  return {
    headline: 'App permissions changed',
    tone: 'waiting',
    noun: 'app',
    title: count === 0 ? '' : counted(count, 'permission'),
    thread: after('shop', shop),
    sum: { noun: 'app permission', part: 'changed', alone: null },
  };
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
