import type { EventCatalog, EventEntry } from '../../model/event-catalog.ts';
import { type Actions, all, minor, told } from '../../telling/fates.ts';

function entry(...actions: readonly Actions[]): EventEntry {
  return { actions: Object.assign({}, ...actions) as Actions, facets: ['conclusion', 'currency'] };
}

const DETAILS = 'details change many times';
const UNDER_WAY = 'it is news when it ends';
const CATALOGUE = 'prices and products are arranged many at a time';
const REPEATED = 'the bank account is looked at again and again';

/**
 * What Stripe sends, https://docs.stripe.com/api/events/types, each name taken apart at its last dot. One sale makes a dozen of
 * them: what is told is how things end, good or bad, and what waits for somebody.
 */
export const EVENTS: EventCatalog = {
  account: entry(minor('updated', 'Stripe looks at accounts many times')),
  'account.application': entry(told('authorized deauthorized')),
  'account.external_account': entry(told('created deleted'), minor('updated', DETAILS)),
  application_fee: entry(minor('created', 'the payment is news'), told('refunded')),
  'application_fee.refund': entry(minor('updated', DETAILS)),
  'apps.install': entry(told('created deleted'), minor('updated', DETAILS)),
  balance: entry(minor('available', 'it comes with nearly every payment')),
  balance_settings: entry(told('updated')),
  'billing.alert': entry(told('triggered')),
  'billing.credit_balance_transaction': entry(minor('created', 'credits are used up many at a time')),
  'billing.credit_grant': entry(told('created'), minor('updated', DETAILS)),
  'billing.meter': entry(told('created deactivated reactivated'), minor('updated', DETAILS)),
  'billing_portal.configuration': entry(minor('created updated', DETAILS)),
  'billing_portal.session': entry(minor('created', 'a customer opened a page')),
  capability: entry(minor('updated', 'Stripe looks at accounts many times')),
  cash_balance: entry(told('funds_available')),
  charge: entry(
    told('succeeded failed refunded captured expired'),
    minor('pending', UNDER_WAY),
    minor('updated', DETAILS),
  ),
  'charge.dispute': entry(
    told('created closed funds_reinstated'),
    minor('funds_withdrawn', 'the dispute itself is posted'),
    minor('updated', DETAILS),
  ),
  'charge.refund': entry({ updated: { minorWhen: 'the refund has not failed' } }),
  'checkout.session': entry(
    told('completed async_payment_failed async_payment_succeeded'),
    minor('expired', 'many customers look and leave'),
  ),
  'climate.order': entry(told('canceled created delayed delivered product_substituted')),
  'climate.product': entry(minor('created pricing_updated', CATALOGUE)),
  coupon: entry(told('created deleted'), minor('updated', DETAILS)),
  credit_note: entry(told('created voided'), minor('updated', DETAILS)),
  customer: entry(told('created deleted'), minor('updated', DETAILS)),
  // Before 2015, what `customer.source` is now.
  'customer.bank_account': entry(minor('created deleted updated', DETAILS)),
  'customer.card': entry(minor('created deleted updated', DETAILS)),
  'customer.discount': entry(told('created deleted'), minor('updated', DETAILS)),
  'customer.source': entry(told('expiring'), minor('created deleted updated', DETAILS)),
  'customer.subscription': entry(
    { created: { minorWhen: 'its first payment is awaited' } },
    told('deleted paused resumed trial_will_end pending_update_expired'),
    minor('pending_update_applied', 'updated tells the change'),
    { updated: { minorWhen: 'neither plan, status, payments nor end changed' } },
  ),
  'customer.tax_id': entry(minor('created deleted updated', DETAILS)),
  customer_cash_balance_transaction: entry(minor('created', 'the payment is news')),
  'entitlements.active_entitlement_summary': entry(minor('updated', 'the subscription is news')),
  file: entry(minor('created', 'reports and evidence are files, many a day')),
  'financial_connections.account': entry(
    told('deactivated disconnected upcoming_deactivation upcoming_account_number_expiry'),
    minor('created reactivated account_numbers_updated expected_deactivation_date_updated', REPEATED),
    minor(
      'refreshed_balance refreshed_ownership refreshed_transactions supported_payment_method_types_updated',
      REPEATED,
    ),
  ),
  'financial_connections.authorization': entry(
    told('upcoming_deactivation'),
    minor('expected_deactivation_date_updated', REPEATED),
  ),
  'identity.verification_session': entry(
    told('verified requires_input'),
    minor('canceled created processing redacted', UNDER_WAY),
  ),
  invoice: entry(
    { paid: { minorWhen: 'nothing was to be paid' }, payment_succeeded: { minorWhen: 'nothing was to be paid' } },
    told('payment_failed payment_action_required finalization_failed overdue overpaid marked_uncollectible voided'),
    minor('created finalized sent upcoming will_be_due payment_attempt_required', 'an invoice is news when it is paid'),
    minor('deleted updated', DETAILS),
  ),
  invoice_payment: entry(minor('paid', 'the invoice is posted')),
  invoiceitem: entry(minor('created deleted updated', 'the invoice is news')),
  issuing_authorization: entry(minor('created request updated', 'cards are used many times a day')),
  issuing_card: entry(told('created'), minor('updated', DETAILS)),
  issuing_cardholder: entry(told('created'), minor('updated', DETAILS)),
  issuing_dispute: entry(told('created closed funds_reinstated funds_rescinded submitted'), minor('updated', DETAILS)),
  issuing_personalization_design: entry(told('activated deactivated rejected'), minor('updated', DETAILS)),
  issuing_token: entry(minor('created updated', DETAILS)),
  issuing_transaction: entry(
    minor('created purchase_details_receipt_updated updated', 'cards are used many times a day'),
  ),
  mandate: entry(minor('updated', DETAILS)),
  order: entry(told('created payment_failed payment_succeeded'), minor('updated', DETAILS)),
  payment_intent: entry(
    told('succeeded payment_failed canceled amount_capturable_updated'),
    minor('created processing requires_action partially_funded', UNDER_WAY),
  ),
  payment_link: entry(told('created'), minor('updated', DETAILS)),
  payment_method: entry(minor('attached automatically_updated detached updated', 'the payment is news')),
  payout: entry(
    told('paid failed canceled'),
    minor('created', UNDER_WAY),
    minor('reconciliation_completed updated', DETAILS),
  ),
  person: entry(minor('created deleted updated', DETAILS)),
  plan: entry(minor('created deleted updated', CATALOGUE)),
  price: entry(minor('created deleted updated', CATALOGUE)),
  product: entry(minor('created deleted updated', CATALOGUE)),
  promotion_code: entry(told('created'), minor('updated', DETAILS)),
  quote: entry(told('accepted canceled'), minor('created finalized', UNDER_WAY)),
  'radar.early_fraud_warning': entry(told('created'), minor('updated', DETAILS)),
  refund: entry(told('failed'), minor('created', 'charge.refunded tells the same'), {
    updated: { minorWhen: 'it has not failed' },
  }),
  'reporting.report_run': entry(told('failed'), minor('succeeded', 'whoever asked for the report waits for it')),
  'reporting.report_type': entry(minor('updated', 'Stripe has new figures every day')),
  'reserve.hold': entry(told('created'), minor('updated', DETAILS)),
  'reserve.plan': entry(told('created disabled expired'), minor('updated', DETAILS)),
  'reserve.release': entry(told('created')),
  review: entry(told('opened closed')),
  setup_intent: entry(told('setup_failed'), minor('canceled created requires_action succeeded', UNDER_WAY)),
  sku: entry(minor('created deleted updated', CATALOGUE)),
  'sigma.scheduled_query_run': entry(told('created')),
  source: entry(
    told('failed'),
    minor('canceled chargeable mandate_notification refund_attributes_required', 'the payment is news'),
  ),
  'source.transaction': entry(minor('created updated', 'the payment is news')),
  subscription_schedule: entry(
    told('aborted canceled completed expiring'),
    minor('created released updated', 'the subscription is news'),
  ),
  'tax.settings': entry(told('updated')),
  tax_rate: entry(minor('created updated', CATALOGUE)),
  'terminal.reader': entry(told('action_failed'), minor('action_succeeded action_updated', 'the payment is news')),
  'test_helpers.test_clock': entry(
    minor('advancing created deleted ready', 'a test is under way'),
    told('internal_failure'),
  ),
  'three_d_secure.authentication': entry(
    minor('canceled challenge_started errored failed requires_challenge requires_submission succeeded', UNDER_WAY),
  ),
  topup: entry(told('succeeded failed canceled reversed'), minor('created', UNDER_WAY)),
  transfer: entry(told('created reversed failed paid'), minor('updated', DETAILS)),
  'treasury.credit_reversal': entry(told('posted'), minor('created', UNDER_WAY)),
  'treasury.debit_reversal': entry(told('completed'), minor('created initial_credit_granted', UNDER_WAY)),
  'treasury.financial_account': entry(told('closed created'), minor('features_status_updated', DETAILS)),
  'treasury.inbound_transfer': entry(told('failed succeeded canceled'), minor('created', UNDER_WAY)),
  'treasury.outbound_payment': entry(
    told('failed posted returned canceled'),
    minor('created expected_arrival_date_updated tracking_details_updated', UNDER_WAY),
  ),
  'treasury.outbound_transfer': entry(
    told('failed posted returned canceled'),
    minor('created expected_arrival_date_updated tracking_details_updated', UNDER_WAY),
  ),
  'treasury.received_credit': entry(told('failed succeeded'), minor('created', UNDER_WAY)),
  'treasury.received_debit': entry(told('created')),
  'v2.core.event_destination': entry(all('ping', { never: 'it is answered: Stripe asks whether anybody is there' })),
};
