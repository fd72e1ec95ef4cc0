import type { StoredEvent } from '../../../model/event.ts';
import { fateIn } from '../../../model/event-catalog.ts';
import type { Normalised } from '../../../model/source.ts';
import { textOrNull } from '../../../shared/payload.ts';
import { normalised } from '../../../telling/activity-of.ts';
import { COMMERCE_SUMS } from '../../../telling/commerce.ts';
import { EVENTS } from '../events.ts';
import { eventOf, type PaypalEvent } from './event.ts';
import { FAMILIES } from './families.ts';
import { told } from './generic.ts';

/** What happened, in Tidings' words. @throws PayloadError when the body is no event of PayPal's */
export function normalise(stored: StoredEvent): Normalised {
  const event = eventOf(stored);
  const { id, name, type, action, occurredAt, isTest } = event;
  const envelope = {
    provider: 'paypal',
    source: stored.source,
    // PayPal's examples share ids: one id with two names is two happenings.
    id: `${id} ${name}`,
    type,
    action,
    fate: fateIn(EVENTS, type, action),
    actor: null,
    // What is only a test must be seen to be one.
    place: { name: isTest ? 'PayPal sandbox' : 'PayPal', url: `${site(event)}/activity` },
    page: pageOf(event),
    occurredAt,
    facets: { isTest },
    sums: COMMERCE_SUMS,
  };
  return normalised(envelope, () => (FAMILIES.get(type) ?? told)(event));
}

function site({ isTest }: PaypalEvent): string {
  return `https://www.${isTest ? 'sandbox.' : ''}paypal.com`;
}

const ID = /^[A-Za-z0-9-]{3,60}$/;
/** Whose own page is known, by the type of event. */
const PAGES: ReadonlyMap<string, string> = new Map([
  ['BILLING.SUBSCRIPTION', 'billing/subscriptions'],
  ['BILLING.SUBSCRIPTION.PAYMENT', 'billing/subscriptions'],
  ['PAYMENT.CAPTURE', 'activity/payment'],
  ['PAYMENT.SALE', 'activity/payment'],
]);

/** PayPal's own links lead to its API. */
function pageOf(event: PaypalEvent): string {
  const { type, resource } = event;
  if (type === 'CUSTOMER.DISPUTE') return `${site(event)}/resolutioncenter`;
  const path = PAGES.get(type);
  const id = textOrNull(resource, 'id') ?? '';
  return path !== undefined && ID.test(id) ? `${site(event)}/${path}/${id}` : `${site(event)}/activity`;
}
