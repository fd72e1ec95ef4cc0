import type { Scene } from '../../../model/plugin/samples.ts';
import { billing } from './payments.ts';
import { at, customer as customerOf, DAY, id, type Json, LIVE, price as priceOf } from './scene.ts';

export function customer(scene: Scene): Json {
  const { name, email } = customerOf(scene);
  return {
    id: id(scene, 'cus'),
    object: 'customer',
    address: null,
    balance: 0,
    created: at(scene, -5),
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    email,
    invoice_prefix: id(scene, 'x').slice(2, 10).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: LIVE,
    metadata: {},
    name,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: ['en'],
    shipping: null,
    tax_exempt: 'none',
  };
}

export function subscription(scene: Scene, status: string, changes: Json = {}): Json {
  return {
    id: id(scene, 'sub'),
    object: 'subscription',
    application: null,
    automatic_tax: { enabled: false },
    billing_cycle_anchor: at(scene),
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, reason: null },
    collection_method: 'charge_automatically',
    created: at(scene, -60 * DAY),
    currency: 'usd',
    customer: id(scene, 'cus'),
    days_until_due: null,
    default_payment_method: id(scene, 'pm'),
    description: null,
    discounts: [],
    ended_at: null,
    items: { object: 'list', data: [item(scene)], has_more: false, total_count: 1 },
    latest_invoice: id(scene, 'in'),
    livemode: LIVE,
    metadata: {},
    pause_collection: null,
    quantity: 1,
    schedule: null,
    start_date: at(scene, -60 * DAY),
    status,
    trial_end: null,
    trial_start: null,
    ...changes,
  };
}

export function invoice(scene: Scene, status: 'paid' | 'open'): Json {
  const { amount, name: plan } = priceOf(scene);
  const { name, email } = customerOf(scene);
  const isPaid = status === 'paid';
  return {
    id: id(scene, 'in'),
    object: 'invoice',
    account_country: 'US',
    account_name: 'Acme',
    amount_due: amount,
    amount_overpaid: 0,
    amount_paid: isPaid ? amount : 0,
    amount_remaining: isPaid ? 0 : amount,
    attempt_count: isPaid ? 1 : 2,
    attempted: true,
    auto_advance: !isPaid,
    billing_reason: 'subscription_cycle',
    collection_method: 'charge_automatically',
    created: at(scene, -3_600),
    currency: 'usd',
    customer: id(scene, 'cus'),
    customer_address: null,
    customer_email: email,
    customer_name: name,
    description: null,
    due_date: null,
    hosted_invoice_url: `https://invoice.stripe.com/i/${id(scene, 'live')}`,
    last_finalization_error: null,
    lines: { object: 'list', data: [line(scene, plan, amount)], has_more: false, total_count: 1 },
    livemode: LIVE,
    metadata: {},
    next_payment_attempt: isPaid ? null : at(scene, 3 * DAY),
    number: `${id(scene, 'x').slice(2, 10).toUpperCase()}-${String(scene.n + 1).padStart(4, '0')}`,
    parent: {
      quote_details: null,
      subscription_details: { metadata: {}, subscription: id(scene, 'sub') },
      type: 'subscription_details',
    },
    period_end: at(scene),
    period_start: at(scene, -30 * DAY),
    status,
    subtotal: amount,
    total: amount,
  };
}

export function checkoutSession(scene: Scene): Json {
  const { amount } = priceOf(scene);
  const { name, email, address } = { ...billing(scene) };
  return {
    id: id(scene, 'cs_test'),
    object: 'checkout.session',
    after_expiration: null,
    amount_subtotal: amount,
    amount_total: amount,
    cancel_url: 'https://example.com/pricing',
    client_reference_id: null,
    created: at(scene, -120),
    currency: 'usd',
    customer: id(scene, 'cus'),
    customer_details: { address, email, name, phone: null, tax_exempt: 'none', tax_ids: [] },
    customer_email: null,
    expires_at: at(scene, DAY),
    invoice: null,
    livemode: LIVE,
    locale: null,
    metadata: {},
    mode: 'payment',
    payment_intent: id(scene, 'pi'),
    payment_method_types: ['card'],
    payment_status: 'paid',
    status: 'complete',
    subscription: null,
    success_url: 'https://example.com/thanks',
    url: null,
  };
}

function item(scene: Scene): Json {
  return {
    id: id(scene, 'si'),
    object: 'subscription_item',
    created: at(scene, -60 * DAY),
    current_period_end: at(scene, 30 * DAY),
    current_period_start: at(scene),
    discounts: [],
    metadata: {},
    price: price(scene),
    quantity: 1,
    subscription: id(scene, 'sub'),
  };
}

function price(scene: Scene): Json {
  const { amount, name } = priceOf(scene);
  return {
    id: id(scene, 'price'),
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: at(scene, -90 * DAY),
    currency: 'usd',
    livemode: LIVE,
    lookup_key: null,
    metadata: {},
    nickname: name,
    product: id(scene, 'prod'),
    recurring: { interval: 'month', interval_count: 1, trial_period_days: null, usage_type: 'licensed' },
    type: 'recurring',
    unit_amount: amount,
    unit_amount_decimal: String(amount),
  };
}

function line(scene: Scene, plan: string, amount: number): Json {
  return {
    id: id(scene, 'il'),
    object: 'line_item',
    amount,
    currency: 'usd',
    description: `1 × ${plan} (at $${(amount / 100).toFixed(2)} / month)`,
    discountable: true,
    invoice: id(scene, 'in'),
    livemode: LIVE,
    metadata: {},
    period: { end: at(scene), start: at(scene, -30 * DAY) },
    quantity: 1,
  };
}
