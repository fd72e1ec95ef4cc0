import { type SamplePayload, type Scene, samplesBy } from '../../../model/plugin/samples.ts';
import { createFieldSetter } from '../../../shared/field-setter.ts';
import { customer, day, id, iso, type Json, MERCHANT, money, uuid } from './scene.ts';

/** The key of what it is about, and the object under it. */
type Maker = (scene: Scene) => readonly [key: string, object: Json];

const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['payment.created', (scene) => ['payment', payment(scene, 'APPROVED')]],
  ['payment.updated', (scene) => ['payment', payment(scene, 'COMPLETED')]],
  ['refund.created', (scene) => ['refund', refund(scene, 'PENDING')]],
  ['refund.updated', (scene) => ['refund', refund(scene, 'COMPLETED')]],
  ['dispute.created', (scene) => ['dispute', dispute(scene, 'EVIDENCE_REQUIRED')]],
  ['dispute.state.updated', (scene) => ['dispute', dispute(scene, 'WON')]],
  ['invoice.published', (scene) => ['invoice', invoice(scene, 'UNPAID', 0)]],
  ['invoice.payment_made', (scene) => ['invoice', invoice(scene, 'PAID', 1)]],
  ['invoice.scheduled_charge_failed', (scene) => ['invoice', invoice(scene, 'UNPAID', 0)]],
  ['subscription.created', (scene) => ['subscription', subscription(scene, {})]],
  ['subscription.updated', (scene) => ['subscription', subscription(scene, { canceled_date: day(scene, 30) })]],
  ['payout.paid', (scene) => ['payout', payout(scene, 'PAID')]],
  ['payout.failed', (scene) => ['payout', payout(scene, 'FAILED')]],
  ['customer.created', customerCreated],
]);

export const SAMPLES = samplesBy(
  MAKERS.keys(),
  sample,
  createFieldSetter(() => null, 'data.object.payment.note'),
);

/** As Square would send it, of a café that also writes invoices. Undefined when there is no such sample. */
function sample(name: string, scene: Scene): SamplePayload | undefined {
  const made = MAKERS.get(name)?.(scene);
  if (made === undefined) return undefined;
  const [key, object] = made;
  const payload = {
    merchant_id: MERCHANT,
    type: name,
    event_id: uuid(scene, name),
    created_at: iso(scene),
    data: { type: key, id: object['id'], object: { [key]: object } },
  };
  return { type: name, payload };
}

function payment(scene: Scene, status: string): Json {
  const { given, family, brand, last4 } = customer(scene);
  return {
    id: id(scene, 'payment'),
    amount_money: money(1_250 + scene.n),
    tip_money: money(200),
    total_money: money(1_450 + scene.n),
    billing_address: { first_name: given, last_name: family },
    card_details: {
      card: { card_brand: brand, last_4: last4, exp_month: 11, exp_year: 2031 },
      entry_method: 'CONTACTLESS',
      status: status === 'COMPLETED' ? 'CAPTURED' : 'AUTHORIZED',
    },
    created_at: iso(scene, -5),
    location_id: id(scene, 'location'),
    note: 'Two cappuccinos',
    order_id: id(scene, 'order'),
    receipt_number: id(scene, 'payment').slice(0, 4),
    risk_evaluation: { created_at: iso(scene), risk_level: 'NORMAL' },
    source_type: 'CARD',
    status,
    updated_at: iso(scene),
  };
}

function refund(scene: Scene, status: string): Json {
  return {
    id: `${id(scene, 'payment')}_${id(scene, 'refund')}`,
    amount_money: money(1_250 + scene.n),
    created_at: iso(scene, -60),
    location_id: id(scene, 'location'),
    order_id: id(scene, 'order'),
    payment_id: id(scene, 'payment'),
    reason: 'The milk had turned',
    status,
    updated_at: iso(scene),
  };
}

function dispute(scene: Scene, state: string): Json {
  return {
    id: id(scene, 'dispute'),
    amount_money: money(8_801 + scene.n),
    card_brand: customer(scene).brand,
    created_at: iso(scene, -60),
    disputed_payment: { payment_id: id(scene, 'payment') },
    due_at: `${day(scene, 14)}T00:00:00.000Z`,
    location_id: id(scene, 'location'),
    reason: 'NOT_RECEIVED',
    state,
    updated_at: iso(scene),
  };
}

function invoice(scene: Scene, status: string, paid: 0 | 1): Json {
  const { given, family, email } = customer(scene);
  const amount = 42_000 + scene.n;
  return {
    id: `inv:0-${id(scene, 'invoice')}`,
    invoice_number: String(100 + scene.n).padStart(6, '0'),
    location_id: id(scene, 'location'),
    order_id: id(scene, 'order'),
    payment_requests: [
      {
        uid: uuid(scene, 'request'),
        request_type: 'BALANCE',
        due_date: day(scene, 14),
        automatic_payment_source: 'CARD_ON_FILE',
        computed_amount_money: money(amount),
        total_completed_amount_money: money(amount * paid),
      },
    ],
    ...(paid === 0 ? { next_payment_amount_money: money(amount) } : {}),
    primary_recipient: {
      customer_id: id(scene, 'customer'),
      given_name: given,
      family_name: family,
      email_address: email,
    },
    status,
    title: 'Coffee for the office',
    timezone: 'Europe/Berlin',
    created_at: iso(scene, -600),
    updated_at: iso(scene),
  };
}

function subscription(scene: Scene, more: Json): Json {
  return {
    id: uuid(scene, 'subscription'),
    created_at: iso(scene),
    customer_id: id(scene, 'customer'),
    location_id: id(scene, 'location'),
    plan_variation_id: id(scene, 'plan'),
    price_override_money: money(2_900),
    start_date: day(scene, 0),
    status: 'ACTIVE',
    timezone: 'Europe/Berlin',
    ...more,
  };
}

function payout(scene: Scene, status: string): Json {
  return {
    id: `po_${uuid(scene, 'payout')}`,
    amount_money: money(128_450 + scene.n),
    arrival_date: day(scene, 1),
    created_at: iso(scene, -600),
    destination: { id: `bact:${id(scene, 'bank').slice(0, 12)}`, type: 'BANK_ACCOUNT' },
    location_id: id(scene, 'location'),
    status,
    type: 'BATCH',
    updated_at: iso(scene),
  };
}

function customerCreated(scene: Scene): readonly [string, Json] {
  const { given, family, email } = customer(scene);
  const names = { given_name: given, family_name: family, email_address: email };
  return ['customer', { id: id(scene, 'customer'), created_at: iso(scene), creation_source: 'DIRECTORY', ...names }];
}
