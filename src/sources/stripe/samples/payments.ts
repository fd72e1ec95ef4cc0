import type { Scene } from '../../../model/plugin/samples.ts';
import { at, customer, DAY, id, type Json, LIVE, price } from './scene.ts';

const ADDRESS = { city: null, country: 'US', line1: null, line2: null, postal_code: '94107', state: null };

export function paymentIntent(scene: Scene, status: string): Json {
  const { amount } = price(scene);
  const hasFailed = status === 'requires_payment_method';
  return {
    id: id(scene, 'pi'),
    object: 'payment_intent',
    amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: status === 'succeeded' ? amount : 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: { allow_redirects: 'always', enabled: true },
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic',
    confirmation_method: 'automatic',
    created: at(scene, -40),
    currency: 'usd',
    customer: id(scene, 'cus'),
    description: `${price(scene).name} plan`,
    last_payment_error: hasFailed ? paymentError(scene) : null,
    latest_charge: id(scene, 'ch'),
    livemode: LIVE,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: hasFailed ? null : id(scene, 'pm'),
    payment_method_types: ['card', 'link'],
    processing: null,
    receipt_email: customer(scene).email,
    review: null,
    setup_future_usage: null,
    shipping: null,
    statement_descriptor: null,
    status,
    transfer_data: null,
    transfer_group: null,
  };
}

export function charge(scene: Scene, state: 'succeeded' | 'failed' | 'refunded'): Json {
  const { amount } = price(scene);
  const hasFailed = state === 'failed';
  return {
    id: id(scene, 'ch'),
    object: 'charge',
    amount,
    amount_captured: hasFailed ? 0 : amount,
    amount_refunded: state === 'refunded' ? amount : 0,
    application: null,
    balance_transaction: hasFailed ? null : id(scene, 'txn'),
    billing_details: billing(scene),
    calculated_statement_descriptor: 'ACME.EXAMPLE',
    captured: !hasFailed,
    created: at(scene, -30),
    currency: 'usd',
    customer: id(scene, 'cus'),
    description: `${price(scene).name} plan`,
    disputed: false,
    failure_code: hasFailed ? 'card_declined' : null,
    failure_message: hasFailed ? 'Your card was declined.' : null,
    fraud_details: {},
    livemode: LIVE,
    metadata: {},
    outcome: {
      network_status: hasFailed ? 'declined_by_network' : 'approved_by_network',
      reason: hasFailed ? 'generic_decline' : null,
      risk_level: 'normal',
      risk_score: 12,
      seller_message: hasFailed
        ? 'The bank did not return any further details with this decline.'
        : 'Payment complete.',
      type: hasFailed ? 'issuer_declined' : 'authorized',
    },
    paid: !hasFailed,
    payment_intent: id(scene, 'pi'),
    payment_method: id(scene, 'pm'),
    payment_method_details: { card: card(scene), type: 'card' },
    receipt_email: customer(scene).email,
    receipt_url: `https://pay.stripe.com/receipts/payment/${id(scene, 'rcpt')}`,
    refunded: state === 'refunded',
    shipping: null,
    status: hasFailed ? 'failed' : 'succeeded',
  };
}

export function dispute(scene: Scene, status: string): Json {
  return {
    id: id(scene, 'du'),
    object: 'dispute',
    amount: price(scene).amount,
    balance_transactions: [],
    charge: id(scene, 'ch'),
    created: at(scene, -20),
    currency: 'usd',
    evidence: { customer_email_address: customer(scene).email, customer_name: customer(scene).name },
    evidence_details: { due_by: at(scene, 9 * DAY), has_evidence: false, past_due: false, submission_count: 0 },
    is_charge_refundable: false,
    livemode: LIVE,
    metadata: {},
    payment_intent: id(scene, 'pi'),
    payment_method_details: {
      card: { brand: 'visa', case_type: 'chargeback', network_reason_code: '13.1' },
      type: 'card',
    },
    reason: 'product_not_received',
    status,
  };
}

export function payout(scene: Scene, status: 'paid' | 'failed'): Json {
  const hasFailed = status === 'failed';
  return {
    id: id(scene, 'po'),
    object: 'payout',
    amount: 128_450 + scene.n,
    arrival_date: at(scene, 2 * DAY),
    automatic: true,
    balance_transaction: id(scene, 'txn'),
    created: at(scene, -DAY),
    currency: 'usd',
    description: 'STRIPE PAYOUT',
    destination: id(scene, 'ba'),
    failure_balance_transaction: hasFailed ? id(scene, 'txnf') : null,
    failure_code: hasFailed ? 'account_closed' : null,
    failure_message: hasFailed ? 'The bank account has been closed.' : null,
    livemode: LIVE,
    metadata: {},
    method: 'standard',
    reconciliation_status: 'completed',
    source_type: 'card',
    statement_descriptor: null,
    status,
    type: 'bank_account',
  };
}

export function card(scene: Scene): Json {
  const { brand, last4 } = customer(scene);
  return {
    brand,
    checks: { address_line1_check: null, address_postal_code_check: 'pass', cvc_check: 'pass' },
    country: 'US',
    exp_month: 8,
    exp_year: 2031,
    funding: 'credit',
    last4,
    network: brand,
  };
}

export function billing(scene: Scene): Json {
  const { name, email } = customer(scene);
  return { address: ADDRESS, email, name, phone: null, tax_id: null };
}

function paymentError(scene: Scene): Json {
  return {
    charge: id(scene, 'ch'),
    code: 'card_declined',
    decline_code: 'insufficient_funds',
    doc_url: 'https://stripe.com/docs/error-codes/card-declined',
    message: 'Your card has insufficient funds.',
    payment_method: {
      id: id(scene, 'pm'),
      object: 'payment_method',
      billing_details: billing(scene),
      card: card(scene),
      created: at(scene, -40),
      customer: null,
      livemode: LIVE,
      metadata: {},
      type: 'card',
    },
    type: 'card_error',
  };
}
