import { type SamplePayload, type Scene, samplesBy } from '../../../model/plugin/samples.ts';
import { createFieldSetter } from '../../../shared/field-setter.ts';
import { day, id, iso, type Json, payer, usd } from './scene.ts';

/** What it is about, and PayPal's own sentence. */
type Maker = (scene: Scene) => readonly [type: string, summary: string, resource: Json];

const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['PAYMENT.CAPTURE.COMPLETED', (scene) => ['capture', 'Payment completed', capture(scene, 'COMPLETED')]],
  ['PAYMENT.CAPTURE.DENIED', (scene) => ['capture', 'Payment denied', capture(scene, 'DECLINED')]],
  ['PAYMENT.CAPTURE.REFUNDED', (scene) => ['refund', 'A capture payment was refunded', refund(scene)]],
  ['PAYMENT.SALE.COMPLETED', (scene) => ['sale', 'Payment completed', sale(scene)]],
  ['CHECKOUT.ORDER.APPROVED', (scene) => ['checkout-order', 'An order has been approved by buyer', order(scene)]],
  ['CUSTOMER.DISPUTE.CREATED', (scene) => ['dispute', 'A new dispute opened', dispute(scene, {})]],
  ['CUSTOMER.DISPUTE.RESOLVED', (scene) => ['dispute', 'A dispute was resolved', dispute(scene, RESOLVED)]],
  [
    'BILLING.SUBSCRIPTION.ACTIVATED',
    (scene) => ['subscription', 'Subscription activated', subscription(scene, 'ACTIVE')],
  ],
  [
    'BILLING.SUBSCRIPTION.CANCELLED',
    (scene) => ['subscription', 'Subscription cancelled', subscription(scene, 'CANCELLED')],
  ],
  ['BILLING.SUBSCRIPTION.PAYMENT.FAILED', (scene) => ['subscription', 'Subscription payment failed', failed(scene)]],
  ['PAYMENT.PAYOUTSBATCH.SUCCESS', (scene) => ['payouts', 'Payouts batch completed successfully.', batch(scene)]],
  ['INVOICING.INVOICE.PAID', (scene) => ['invoices', 'An invoice was paid', invoice(scene)]],
]);

export const SAMPLES = samplesBy(
  MAKERS.keys(),
  sample,
  createFieldSetter(() => null, 'resource.note_to_payer'),
);

/** As PayPal's sandbox would send it, of a shop for postcards: nobody pays for a sample. Undefined when there is no such sample. */
function sample(name: string, scene: Scene): SamplePayload | undefined {
  const made = MAKERS.get(name)?.(scene);
  if (made === undefined) return undefined;
  const [resource_type, summary, resource] = made;
  const event = `WH-${id(scene, name)}-${id(scene, `event ${name}`)}`;
  const payload = {
    id: event,
    event_version: '1.0',
    create_time: iso(scene),
    resource_type,
    resource_version: '2.0',
    event_type: name,
    summary,
    resource,
    links: [
      { href: `https://api.sandbox.paypal.com/v1/notifications/webhooks-events/${event}`, rel: 'self', method: 'GET' },
    ],
  };
  return { type: name, payload };
}

function capture(scene: Scene, status: string): Json {
  const hasFailed = status === 'DECLINED';
  return {
    id: id(scene, 'capture'),
    amount: usd(1_250 + scene.n),
    status,
    ...(hasFailed ? { status_details: { reason: 'DECLINED_BY_RISK_FRAUD_FILTERS' } } : {}),
    final_capture: true,
    invoice_id: `P-${100 + scene.n}`,
    supplementary_data: { related_ids: { order_id: id(scene, 'order') } },
    create_time: iso(scene, -5),
    update_time: iso(scene),
  };
}

function refund(scene: Scene): Json {
  return {
    id: id(scene, 'refund'),
    amount: usd(750),
    note_to_payer: 'One postcard was bent',
    status: 'COMPLETED',
    create_time: iso(scene),
    links: [
      { href: `https://api.sandbox.paypal.com/v2/payments/captures/${id(scene, 'capture')}`, rel: 'up', method: 'GET' },
    ],
  };
}

function sale(scene: Scene): Json {
  return {
    id: id(scene, 'sale'),
    amount: { total: usd(1_250 + scene.n)['value'], currency: 'EUR' },
    payment_mode: 'INSTANT_TRANSFER',
    state: 'completed',
    invoice_number: `P-${100 + scene.n}`,
    create_time: iso(scene),
  };
}

function order(scene: Scene): Json {
  return {
    id: id(scene, 'order'),
    intent: 'CAPTURE',
    payer: payer(scene),
    purchase_units: [{ reference_id: 'default', amount: usd(1_250 + scene.n), description: 'Postcards' }],
    status: 'APPROVED',
    create_time: iso(scene, -60),
  };
}

const RESOLVED: Json = { status: 'RESOLVED', dispute_outcome: { outcome_code: 'RESOLVED_SELLER_FAVOUR' } };

function dispute(scene: Scene, more: Json): Json {
  const { name } = payer(scene);
  const buyer = `${name.given_name} ${name.surname}`;
  return {
    dispute_id: `PP-D-${27_803 + scene.n}`,
    disputed_transactions: [{ seller_transaction_id: id(scene, 'capture'), buyer: { name: buyer } }],
    reason: 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED',
    status: 'WAITING_FOR_SELLER_RESPONSE',
    dispute_amount: usd(9_600 + scene.n),
    dispute_life_cycle_stage: 'INQUIRY',
    dispute_channel: 'INTERNAL',
    seller_response_due_date: iso(scene, 10 * day),
    messages: [{ posted_by: 'BUYER', time_posted: iso(scene, -60), content: 'Nothing has come for three weeks.' }],
    create_time: iso(scene, -60),
    ...more,
  };
}

function subscription(scene: Scene, status: string, more: Json = {}): Json {
  return {
    id: `I-${id(scene, 'subscription').slice(0, 12)}`,
    status,
    plan_id: `P-${id(scene, 'plan')}`,
    ...(status === 'CANCELLED' ? { status_change_note: 'I have enough postcards' } : {}),
    subscriber: payer(scene),
    billing_info: { next_billing_time: iso(scene, 30 * day), failed_payments_count: 0, ...more },
    start_time: iso(scene),
    create_time: iso(scene),
  };
}

function failed(scene: Scene): Json {
  const last = {
    amount: usd(2_900),
    time: iso(scene),
    reason_code: 'PAYMENT_DENIED',
    next_payment_retry_date: iso(scene, 5 * day),
  };
  return subscription(scene, 'ACTIVE', { failed_payments_count: 2, last_failed_payment: last });
}

function batch(scene: Scene): Json {
  const header = { payout_batch_id: id(scene, 'batch'), batch_status: 'SUCCESS', payments: 3 };
  const amount = { currency: 'USD', value: usd(128_450 + scene.n)['value'] };
  return { batch_header: { ...header, amount, fees: { currency: 'USD', value: '0.75' } } };
}

function invoice(scene: Scene): Json {
  const { name, email_address } = payer(scene);
  return {
    invoice: {
      id: `INV2-${id(scene, 'invoice').slice(0, 16)}`,
      status: 'PAID',
      detail: {
        invoice_number: `P-${100 + scene.n}`,
        currency_code: 'USD',
        payment_term: { due_date: iso(scene, 14 * day).slice(0, 10) },
      },
      primary_recipients: [{ billing_info: { name, email_address } }],
      amount: usd(42_000 + scene.n),
    },
  };
}
