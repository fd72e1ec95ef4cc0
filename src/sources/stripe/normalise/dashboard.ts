import { textOrNull } from '../../../shared/payload.ts';
import type { StripeEvent } from './event.ts';

/** Where the dashboard shows what, by the name that an object calls itself. https://docs.stripe.com/dashboard/basics */
const PAGES: ReadonlyMap<string, string> = new Map([
  ['account', 'connect/accounts'],
  ['charge', 'payments'],
  ['coupon', 'coupons'],
  ['credit_note', 'credit_notes'],
  ['customer', 'customers'],
  ['invoice', 'invoices'],
  ['payment_intent', 'payments'],
  ['payment_link', 'payment-links'],
  ['payout', 'payouts'],
  ['price', 'prices'],
  ['product', 'products'],
  ['promotion_code', 'promotion_codes'],
  ['quote', 'quotes'],
  ['subscription', 'subscriptions'],
  ['subscription_schedule', 'subscription_schedules'],
  ['topup', 'topups'],
  ['transfer', 'connect/transfers'],
]);

/** What has no page of its own is seen on that of something it names: a dispute on its payment's. */
const ELSEWHERE: readonly (readonly [field: string, page: string])[] = [
  ['payment_intent', 'payments'],
  ['charge', 'payments'],
  ['subscription', 'subscriptions'],
  ['invoice', 'invoices'],
  ['product', 'products'],
  ['customer', 'customers'],
];

/** `https://dashboard.stripe.com`, of the connected account and of test mode where it happened there. */
export function dashboard({ account, isLive }: StripeEvent): string {
  const parts = [account === null ? null : encodeURIComponent(account.toWellFormed()), isLive ? null : 'test'];
  return ['https://dashboard.stripe.com', ...parts.filter((part) => part !== null)].join('/');
}

/** The page of what the event is about; of the event itself where there is none. */
export function pageOf(event: StripeEvent): string {
  const { object, noun, id } = event;
  const own = PAGES.get(noun);
  const ownId = textOrNull(object, 'id');
  // A connected account is shown to its platform.
  const seen = noun === 'account' ? { ...event, account: null } : event;
  if (own !== undefined && ownId !== null) return page(seen, own, ownId);
  for (const [field, path] of ELSEWHERE) {
    const other = idOf(object, field);
    if (other !== null) return page(event, path, other);
  }
  return page(event, 'events', id);
}

/** The id of what a field names, expanded or not. */
export function idOf(object: unknown, field: string): string | null {
  return textOrNull(object, field) ?? textOrNull(object, `${field}.id`);
}

function page(event: StripeEvent, path: string, id: string): string {
  return `${dashboard(event)}/${path}/${encodeURIComponent(id.toWellFormed())}`;
}
