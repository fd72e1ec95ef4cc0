import { type SamplePayload, type Scene, samplesBy } from '../../../model/plugin/samples.ts';
import { createFieldSetter } from '../../../shared/field-setter.ts';
import { checkoutSession, customer, invoice, subscription } from './billing.ts';
import { charge, dispute, paymentIntent, payout } from './payments.ts';
import { at, DAY, id, type Json, LIVE } from './scene.ts';

/** An event's object as it is now, and what the fields that changed held before. */
type Maker = (scene: Scene) => { readonly object: Json; readonly previous_attributes?: Json };

const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['payment_intent.succeeded', (scene) => ({ object: paymentIntent(scene, 'succeeded') })],
  ['payment_intent.payment_failed', (scene) => ({ object: paymentIntent(scene, 'requires_payment_method') })],
  ['charge.succeeded', (scene) => ({ object: charge(scene, 'succeeded') })],
  ['charge.failed', (scene) => ({ object: charge(scene, 'failed') })],
  [
    'charge.refunded',
    (scene) => ({
      object: charge(scene, 'refunded'),
      previous_attributes: { amount_refunded: 0, refunded: false },
    }),
  ],
  ['charge.dispute.created', (scene) => ({ object: dispute(scene, 'needs_response') })],
  [
    'charge.dispute.closed',
    (scene) => ({ object: dispute(scene, 'won'), previous_attributes: { status: 'under_review' } }),
  ],
  ['checkout.session.completed', (scene) => ({ object: checkoutSession(scene) })],
  ['customer.created', (scene) => ({ object: customer(scene) })],
  ['customer.subscription.created', (scene) => ({ object: subscription(scene, 'active') })],
  [
    'customer.subscription.updated',
    (scene) => ({
      object: subscription(scene, 'active', { cancel_at_period_end: true, cancel_at: at(scene, 30 * DAY) }),
      previous_attributes: { cancel_at_period_end: false, cancel_at: null },
    }),
  ],
  [
    'customer.subscription.trial_will_end',
    (scene) => ({ object: subscription(scene, 'trialing', { trial_end: at(scene, 3 * DAY) }) }),
  ],
  [
    'customer.subscription.deleted',
    (scene) => ({
      object: subscription(scene, 'canceled', { ended_at: at(scene), canceled_at: at(scene) }),
    }),
  ],
  ['invoice.paid', (scene) => ({ object: invoice(scene, 'paid') })],
  ['invoice.payment_failed', (scene) => ({ object: invoice(scene, 'open') })],
  ['payout.paid', (scene) => ({ object: payout(scene, 'paid') })],
  ['payout.failed', (scene) => ({ object: payout(scene, 'failed') })],
  ['radar.early_fraud_warning.created', (scene) => ({ object: fraudWarning(scene) })],
]);

const THIN = 'v1.billing.meter.error_report_triggered';

const FREE = new Set(['metadata', 'previous_attributes']);
export const SAMPLES = samplesBy(
  [...MAKERS.keys(), THIN],
  sample,
  createFieldSetter((holder) => (FREE.has(holder) ? null : []), 'data.object.description'),
);

/** As Stripe would send it, of a shop that sells three plans. Undefined when there is no such sample. */
function sample(name: string, scene: Scene): SamplePayload | undefined {
  if (name === THIN) return { type: THIN, payload: thin(scene) };
  const data = MAKERS.get(name)?.(scene);
  if (data === undefined) return undefined;
  const payload = {
    id: id(scene, 'evt', name),
    object: 'event',
    api_version: '2026-04-22.dahlia',
    created: at(scene),
    data,
    livemode: LIVE,
    pending_webhooks: 1,
    request: { id: id(scene, 'req'), idempotency_key: null },
    type: name,
  };
  return { type: name, payload };
}

function thin(scene: Scene): Json {
  const meter = id(scene, 'mtr');
  return {
    id: id(scene, 'evt', THIN),
    object: 'v2.core.event',
    context: null,
    created: new Date(scene.now).toISOString(),
    livemode: LIVE,
    reason: null,
    related_object: { id: meter, type: 'billing.meter', url: `/v1/billing/meters/${meter}` },
    type: THIN,
  };
}

function fraudWarning(scene: Scene): Json {
  return {
    id: id(scene, 'issfr'),
    object: 'radar.early_fraud_warning',
    actionable: true,
    charge: id(scene, 'ch'),
    created: at(scene),
    fraud_type: 'made_with_stolen_card',
    livemode: LIVE,
    payment_intent: id(scene, 'pi'),
  };
}
