import { type SamplePayload, type Scene, samplesBy } from '../../../model/plugin/samples.ts';
import { createFieldSetter } from '../../../shared/field-setter.ts';
import { at, base, gid, type Json, lineItem, moneySet, nameOf, number, PRODUCTS, price, priceOf } from './scene.ts';

const MAKERS: ReadonlyMap<string, (scene: Scene) => Json> = new Map<string, (scene: Scene) => Json>([
  ['orders/create', (scene) => order(scene)],
  ['orders/paid', (scene) => order(scene)],
  ['orders/cancelled', (scene) => order(scene, { cancelled_at: at(scene), cancel_reason: 'inventory' })],
  ['orders/fulfilled', (scene) => order(scene, { fulfillment_status: 'fulfilled' })],
  ['refunds/create', refund],
  ['disputes/create', (scene) => dispute(scene, 'needs_response')],
  ['disputes/update', (scene) => dispute(scene, 'won')],
  ['fulfillments/create', (scene) => fulfillment(scene, null)],
  ['fulfillments/update', (scene) => fulfillment(scene, 'delivered')],
  ['returns/request', returned],
  ['draft_orders/create', draft],
  ['customers/create', customer],
  ['products/create', product],
  ['variants/out_of_stock', variant],
  [
    'inventory_levels/update',
    (scene) => ({
      inventory_item_id: number(scene, 'item'),
      location_id: 24_826_418,
      available: 3,
      updated_at: at(scene),
    }),
  ],
  ['subscription_contracts/create', contract],
  ['subscription_billing_attempts/failure', attempt],
  ['app_subscriptions/update', appSubscription],
  ['app/uninstalled', shop],
]);

export const SAMPLES = samplesBy(
  MAKERS.keys(),
  sample,
  createFieldSetter(() => [], 'customer.first_name'),
);

/** As Shopify would send it, of a shop that sells three things. Undefined when there is no such sample. */
function sample(name: string, { n, now }: Scene): SamplePayload | undefined {
  const payload = MAKERS.get(name)?.({ n, now });
  return payload === undefined ? undefined : { type: name, payload };
}

/** Nobody pays for a sample: it is told as a test. */
function order(scene: Scene, more: Json = {}): Json {
  const [first_name, last_name] = nameOf(scene);
  const email = `${first_name.toLowerCase()}@example.com`;
  const total = price(priceOf(scene) * 2);
  return {
    ...base(scene, 'Order'),
    cancel_reason: null,
    cancelled_at: null,
    confirmed: true,
    contact_email: email,
    currency: 'USD',
    current_total_price: total,
    email,
    financial_status: 'paid',
    fulfillment_status: null,
    name: `#${1001 + scene.n}`,
    number: 1 + scene.n,
    order_number: 1001 + scene.n,
    presentment_currency: 'USD',
    source_name: 'web',
    tags: '',
    test: true,
    total_price: total,
    total_price_set: moneySet(total),
    customer: { ...base(scene, 'Customer'), email, first_name, last_name },
    line_items: [lineItem(scene, 2)],
    ...more,
  };
}

function refund(scene: Scene): Json {
  const amount = price(priceOf(scene));
  return {
    ...base(scene, 'Refund'),
    order_id: number(scene, 'Order'),
    note: 'It arrived broken.',
    processed_at: at(scene),
    restock: false,
    test: true,
    refund_line_items: [{ id: number(scene, 'refunded'), quantity: 1, line_item: lineItem(scene, 1) }],
    transactions: [
      {
        id: number(scene, 'transaction'),
        order_id: number(scene, 'Order'),
        kind: 'refund',
        gateway: 'shopify_payments',
        status: 'success',
        amount,
        currency: 'USD',
        test: true,
      },
    ],
  };
}

function dispute(scene: Scene, status: string): Json {
  return {
    id: number(scene, 'dispute'),
    order_id: number(scene, 'Order'),
    type: 'chargeback',
    amount: price(priceOf(scene)),
    currency: 'USD',
    reason: 'product_not_received',
    network_reason_code: '13.1',
    status,
    evidence_due_by: at(scene, 9 * 86_400),
    evidence_sent_on: null,
    finalized_on: null,
    initiated_at: at(scene),
    test: true,
  };
}

function fulfillment(scene: Scene, shipment_status: string | null): Json {
  const [first_name, last_name] = nameOf(scene);
  return {
    ...base(scene, 'Fulfillment'),
    order_id: number(scene, 'Order'),
    status: 'success',
    service: 'manual',
    tracking_company: 'UPS',
    shipment_status,
    destination: {
      first_name,
      last_name,
      name: `${first_name} ${last_name}`,
      city: 'Portland',
      country: 'United States',
    },
    line_items: [lineItem(scene, 2)],
    tracking_number: `1Z827WK7463${scene.n}`,
    tracking_numbers: [`1Z827WK7463${scene.n}`],
    name: `#${1001 + scene.n}.1`,
  };
}

function returned(scene: Scene): Json {
  return {
    ...base(scene, 'Return'),
    status: 'requested',
    order: { id: number(scene, 'Order') },
    name: `#${1001 + scene.n}-R1`,
    total_return_line_items: 1,
    return_line_items: [{ id: number(scene, 'line'), quantity: 1, return_reason: 'size_too_small' }],
  };
}

function draft(scene: Scene): Json {
  const [first_name, last_name] = nameOf(scene);
  return {
    ...base(scene, 'DraftOrder'),
    currency: 'USD',
    invoice_sent_at: null,
    name: `#D${12 + scene.n}`,
    status: 'open',
    line_items: [lineItem(scene, 3)],
    total_price: price(priceOf(scene) * 3),
    customer: { ...base(scene, 'Customer'), first_name, last_name },
  };
}

function customer(scene: Scene): Json {
  const [first_name, last_name] = nameOf(scene);
  const email = `${first_name.toLowerCase()}@example.com`;
  return {
    ...base(scene, 'Customer'),
    email,
    first_name,
    last_name,
    state: 'disabled',
    tags: '',
    verified_email: true,
  };
}

function product(scene: Scene): Json {
  const [title, amount] = PRODUCTS[scene.n % PRODUCTS.length] ?? PRODUCTS[0];
  const variants = ['Small', 'Large'].map((size) => ({ id: number(scene, size), title: size, price: price(amount) }));
  return { ...base(scene, 'Product'), title, vendor: 'Acme', status: 'active', tags: '', variants };
}

function variant(scene: Scene): Json {
  return {
    ...base(scene, 'ProductVariant'),
    product_id: number(scene, 'Product'),
    title: 'Small',
    price: price(priceOf(scene)),
    sku: `MUG-${scene.n + 1}`,
    inventory_quantity: 0,
  };
}

function contract(scene: Scene): Json {
  return {
    ...base(scene, 'SubscriptionContract'),
    billing_policy: { interval: 'month', interval_count: 1 },
    currency_code: 'USD',
    customer_id: number(scene, 'Customer'),
    origin_order_id: number(scene, 'Order'),
    status: 'active',
  };
}

function attempt(scene: Scene): Json {
  return {
    ...base(scene, 'SubscriptionBillingAttempt'),
    order_id: null,
    subscription_contract_id: number(scene, 'SubscriptionContract'),
    ready: true,
    error_message: 'The card was declined.',
    error_code: 'payment_method_declined',
  };
}

function appSubscription(scene: Scene): Json {
  const app_subscription = {
    admin_graphql_api_id: gid(scene, 'AppSubscription'),
    name: 'Business plan',
    status: 'ACTIVE',
    price: '49.00',
    currency: 'USD',
    created_at: at(scene, -60),
    updated_at: at(scene),
  };
  return { app_subscription };
}

function shop(scene: Scene): Json {
  return {
    ...base(scene, 'Shop'),
    name: 'Acme Goods',
    domain: 'acme.example.com',
    myshopify_domain: 'acme.myshopify.com',
    plan_display_name: 'Basic',
    currency: 'USD',
  };
}
