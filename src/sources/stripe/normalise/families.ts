import type { Family } from '../../../telling/told.ts';
import { account, application } from './account.ts';
import { checkoutSession } from './checkout.ts';
import { coupon } from './coupon.ts';
import { customer, externalAccount, paymentMethod, setupIntent, source } from './customer.ts';
import { dispute } from './dispute.ts';
import type { StripeEvent } from './event.ts';
import { invoice } from './invoice.ts';
import { charge, paymentIntent } from './payment.ts';
import { earlyFraudWarning, review } from './radar.ts';
import { refund } from './refund.ts';
import { subscription } from './subscription.ts';
import { balance, payout, topup, transfer } from './transfer.ts';

/** Event type → who tells it. What is not here is told by `generic`. */
export const FAMILIES: ReadonlyMap<string, Family<StripeEvent>> = new Map<string, Family<StripeEvent>>([
  ['account', account],
  ['account.application', application],
  ['account.external_account', externalAccount],
  ['balance', balance],
  ['charge', charge],
  ['charge.dispute', dispute],
  ['charge.refund', refund],
  ['checkout.session', checkoutSession],
  ['coupon', coupon],
  ['customer', customer],
  ['customer.bank_account', source],
  ['customer.card', source],
  ['customer.discount', coupon],
  ['customer.source', source],
  ['customer.subscription', subscription],
  ['invoice', invoice],
  ['payment_intent', paymentIntent],
  ['payment_method', paymentMethod],
  ['payout', payout],
  ['promotion_code', coupon],
  ['radar.early_fraud_warning', earlyFraudWarning],
  ['refund', refund],
  ['review', review],
  ['setup_intent', setupIntent],
  ['topup', topup],
  ['transfer', transfer],
]);
