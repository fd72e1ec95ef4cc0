import type { Family } from '../../../telling/told.ts';
import { chargeback, dispute } from './dispute.ts';
import type { PaypalEvent } from './event.ts';
import { invoice } from './invoice.ts';
import { order, payment } from './payment.ts';
import { batch, item, payout } from './payout.ts';
import { subscription, subscriptionPayment } from './subscription.ts';
import { vaulted } from './vault.ts';

/** Event type → who tells it. What is not here is told by its name. */
export const FAMILIES: ReadonlyMap<string, Family<PaypalEvent>> = new Map<string, Family<PaypalEvent>>([
  ['BILLING.SUBSCRIPTION', subscription],
  ['BILLING.SUBSCRIPTION.PAYMENT', subscriptionPayment],
  ['CHECKOUT.CHECKOUT', order],
  ['CHECKOUT.ORDER', order],
  ['CHECKOUT.PAYMENT-APPROVAL', payment],
  ['CUSTOMER.DISPUTE', dispute],
  ['CUSTOMER.PAYOUT', payout],
  ['CUSTOMER-SUPPORT.CHARGEBACK', chargeback],
  ['INVOICING.INVOICE', invoice],
  ['PAYMENT.AUTHORIZATION', payment],
  ['PAYMENT.CAPTURE', payment],
  ['PAYMENT.ORDER', payment],
  ['PAYMENT.PAYOUTS-ITEM', item],
  ['PAYMENT.PAYOUTSBATCH', batch],
  ['PAYMENT.REFERENCED-PAYOUT-ITEM', payout],
  ['PAYMENT.REFUND', payment],
  ['PAYMENT.SALE', payment],
  ['PAYMENTS.PAYMENT', payment],
  ['RISK.DISPUTE', dispute],
  ['VAULT.CREDIT-CARD', vaulted],
  ['VAULT.PAYMENT-TOKEN', vaulted],
]);
