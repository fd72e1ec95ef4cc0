import type { EventCatalog, EventEntry } from '../../model/event-catalog.ts';
import { type Actions, minor, told } from '../../telling/fates.ts';

function entry(...actions: readonly Actions[]): EventEntry {
  return { actions: Object.assign({}, ...actions) as Actions, facets: ['conclusion', 'currency'] };
}

const DETAILS = 'details change many times';
const UNDER_WAY = 'it is news when it ends';
const PAID_LATER = 'the payment is news';
const CATALOGUE = 'plans and products are arranged many at a time';
const SELLER = 'a seller who joins is looked at many times';

/** What PayPal sends, https://developer.paypal.com/api/rest/webhooks/event-names/, each name taken apart at its last dot. */
export const EVENTS: EventCatalog = {
  'BILLING.PLAN': entry(minor('CREATED UPDATED ACTIVATED DEACTIVATED', CATALOGUE)),
  'BILLING.PLAN.PRICING-CHANGE': entry(minor('ACTIVATED INPROGRESS', CATALOGUE)),
  'BILLING.SUBSCRIPTION': entry(
    told('ACTIVATED CANCELLED EXPIRED RE-ACTIVATED RENEWED SUSPENDED'),
    { CREATED: { minorWhen: 'the customer has not approved it yet' } },
    minor('UPDATED', DETAILS),
  ),
  'BILLING.SUBSCRIPTION.PAYMENT': entry(told('FAILED')),
  'CATALOG.PRODUCT': entry(minor('CREATED UPDATED', CATALOGUE)),
  'CHECKOUT.CHECKOUT': entry(minor('BUYER-APPROVED COMPLETED', PAID_LATER)),
  'CHECKOUT.ORDER': entry(told('COMPLETED DECLINED'), minor('APPROVED SAVED PROCESSED VOIDED', PAID_LATER)),
  'CHECKOUT.PAYMENT-APPROVAL': entry(told('REVERSED')),
  'CUSTOMER.ACCOUNT-ENTITY': entry(told('CREATED')),
  'CUSTOMER.ACCOUNT-LIMITATION': entry(told('ADDED ESCALATED LIFTED'), minor('UPDATED', DETAILS)),
  'CUSTOMER.DISPUTE': entry(told('CREATED RESOLVED'), { UPDATED: { minorWhen: 'it waits for nobody here' } }),
  'CUSTOMER.MANAGED-ACCOUNT': entry(
    told('ACCOUNT-CREATED CREATION-FAILED NEGATIVE-BALANCE-NOTIFIED'),
    minor('ACCOUNT-UPDATED RISK-ASSESSED UPDATED', DETAILS),
  ),
  'CUSTOMER.MERCHANT-INTEGRATION': entry(
    told('SELLER-CONSENT-GRANTED'),
    minor('CAPABILITY-UPDATED PRODUCT-SUBSCRIPTION-UPDATED', SELLER),
    minor('SELLER-ALREADY-INTEGRATED SELLER-EMAIL-CONFIRMED SELLER-ONBOARDING-INITIATED', SELLER),
  ),
  'CUSTOMER.PAYOUT': entry(told('COMPLETED FAILED')),
  'CUSTOMER-SUPPORT.CHARGEBACK': entry(
    told('CREATED'),
    minor('DECISION-RESPONDED UPDATED', 'whoever answers it knows it'),
  ),
  'IDENTITY.AUTHORIZATION-CONSENT': entry(told('REVOKED')),
  'INVOICING.INVOICE': entry(
    told('CANCELLED PAID REFUNDED'),
    minor('CREATED SCHEDULED UPDATED', 'an invoice is news when it is paid'),
  ),
  'MERCHANT.ONBOARDING': entry(told('COMPLETED')),
  'MERCHANT.PARTNER-CONSENT': entry(told('REVOKED')),
  'PAYMENT.AUTHORIZATION': entry(told('CREATED EXPIRED VOIDED')),
  'PAYMENT.CAPTURE': entry(told('COMPLETED DECLINED DENIED REFUNDED REVERSED'), minor('PENDING', UNDER_WAY)),
  'PAYMENT.ORDER': entry(told('CANCELLED'), minor('CREATED', PAID_LATER)),
  'PAYMENT.PAYOUTS-ITEM': entry(
    told('BLOCKED CANCELED DENIED FAILED REFUNDED RETURNED UNCLAIMED'),
    minor('HELD SUCCEEDED', 'the batch is news'),
  ),
  'PAYMENT.PAYOUTSBATCH': entry(told('DENIED SUCCESS'), minor('PROCESSING', UNDER_WAY)),
  'PAYMENT.REFERENCED-PAYOUT-ITEM': entry(told('FAILED'), minor('COMPLETED', 'they come with every payment')),
  'PAYMENT.REFUND': entry(told('COMPLETED FAILED'), minor('PENDING', UNDER_WAY)),
  'PAYMENT.SALE': entry(told('COMPLETED DENIED REFUNDED REVERSED'), minor('PENDING', UNDER_WAY)),
  'PAYMENTS.PAYMENT': entry(minor('CREATED', PAID_LATER)),
  'RISK.DISPUTE': entry(minor('CREATED', 'CUSTOMER.DISPUTE.CREATED tells the same')),
  'TAXES.REPORTS': entry(told('DELIVERED')),
  'VAULT.CREDIT-CARD': entry(minor('CREATED DELETED UPDATED', PAID_LATER)),
  'VAULT.PAYMENT-TOKEN': entry(minor('CREATED DELETED DELETION-INITIATED', PAID_LATER)),
};
