import type { EventCatalog, EventEntry } from '../../model/event-catalog.ts';
import { type Actions, minor, told } from '../../telling/fates.ts';

function entry(...actions: readonly Actions[]): EventEntry {
  return { actions: Object.assign({}, ...actions) as Actions, facets: ['conclusion', 'currency'] };
}

const DETAILS = 'details change many times';
const CATALOGUE = 'what is on sale and in stock changes all day';
const UNDER_WAY = 'the payment is news';
const WORK = 'people begin and end work every day';
const POINTS = 'points come with nearly every payment';
const FIELDS = 'fields of one’s own change with whatever fills them';

/** Whatever has fields of its own tells of them in the same eight events. */
function fieldsOf(type: string): EventCatalog {
  const definition = entry(minor('created deleted updated', FIELDS));
  const value = entry(minor('deleted updated', FIELDS));
  const kinds = ['', '.owned', '.visible'] as const;
  return Object.fromEntries(
    kinds.flatMap((kind) => [
      [`${type}.custom_attribute_definition${kind}`, definition],
      [`${type}.custom_attribute${kind}`, value],
    ]),
  );
}

/** What Square sends, https://developer.squareup.com/reference/square/webhooks, each name taken apart at its last dot. */
export const EVENTS: EventCatalog = {
  bank_account: entry(told('created disabled verified')),
  booking: entry(told('created'), { updated: { minorWhen: 'only its details changed' } }),
  ...fieldsOf('booking'),
  card: entry(
    minor('automatically_updated created disabled forgotten updated', 'customers save and change cards all day'),
  ),
  'catalog.version': entry(minor('updated', CATALOGUE)),
  customer: entry(
    { created: { minorWhen: 'Square made it from a payment' } },
    told('deleted'),
    minor('updated', DETAILS),
  ),
  ...fieldsOf('customer'),
  device: entry(told('created')),
  'device.code': entry(told('paired')),
  dispute: entry(told('created')),
  'dispute.evidence': entry(minor('added created deleted removed', 'whoever answers the dispute knows it')),
  'dispute.state': entry(told('changed updated')),
  gift_card: entry(minor('created customer_linked customer_unlinked updated', UNDER_WAY)),
  'gift_card.activity': entry(minor('created updated', UNDER_WAY)),
  'inventory.count': entry(minor('updated', CATALOGUE)),
  invoice: entry(
    told('canceled payment_made published refunded scheduled_charge_failed'),
    minor('created deleted', 'an invoice is news when it is sent or paid'),
    minor('updated', DETAILS),
  ),
  job: entry(minor('created updated', DETAILS)),
  'labor.scheduled_shift': entry(minor('created deleted published updated', WORK)),
  'labor.shift': entry(minor('created deleted updated', WORK)),
  'labor.timecard': entry(minor('created deleted updated', WORK)),
  location: entry(told('created'), minor('updated', DETAILS)),
  ...fieldsOf('location'),
  'loyalty.account': entry(minor('created deleted updated', POINTS)),
  'loyalty.event': entry(minor('created', POINTS)),
  'loyalty.program': entry(told('created'), minor('updated', DETAILS)),
  'loyalty.promotion': entry(told('created'), minor('updated', DETAILS)),
  ...fieldsOf('merchant'),
  'merchant.settings': entry(told('updated')),
  'oauth.authorization': entry(told('revoked')),
  'online_checkout.location_settings': entry(minor('updated', DETAILS)),
  'online_checkout.merchant_settings': entry(minor('updated', DETAILS)),
  order: entry(minor('created updated', UNDER_WAY)),
  'order.fulfillment': entry(told('updated')),
  ...fieldsOf('order'),
  payment: entry({
    created: { minorWhen: 'it is only authorized, or pending' },
    updated: { minorWhen: 'it is only authorized, pending, or was paid before and is refunded' },
  }),
  payout: entry(told('failed paid'), minor('sent', 'it is news when it arrives')),
  refund: entry({ created: { minorWhen: 'it is still pending' }, updated: { minorWhen: 'it is still pending' } }),
  subscription: entry(told('created'), { updated: { minorWhen: 'it goes on as before' } }),
  team_member: entry(told('created'), minor('updated', DETAILS)),
  'team_member.wage_setting': entry(minor('updated', 'wages are nobody else’s business')),
  'terminal.action': entry(minor('created updated', UNDER_WAY)),
  'terminal.checkout': entry(minor('created updated', UNDER_WAY)),
  'terminal.refund': entry(minor('created updated', 'the refund is news')),
  transfer_order: entry(minor('created deleted updated', CATALOGUE)),
  vendor: entry(minor('created updated', CATALOGUE)),
  webhooks: entry(told('test_notification')),
};
