import type { StoredEvent } from '../../../model/event.ts';
import { fateIn } from '../../../model/event-catalog.ts';
import type { Normalised } from '../../../model/source.ts';
import { normalised } from '../../../telling/activity-of.ts';
import { COMMERCE_SUMS } from '../../../telling/commerce.ts';
import { EVENTS } from '../events.ts';
import { eventOf, type SquareEvent } from './event.ts';
import { FAMILIES } from './families.ts';
import { told } from './generic.ts';

/** Where the dashboard shows what; what is not here is seen on its first page. */
const PAGES: ReadonlyMap<string, string> = new Map([
  ['customer', 'customers'],
  ['invoice', 'invoices'],
  ['payment', 'sales/transactions'],
  ['refund', 'sales/transactions'],
]);

/** What happened, in Tidings' words. @throws PayloadError when the body is no event of Square's */
export function normalise(stored: StoredEvent): Normalised {
  const event = eventOf(stored);
  const { id, type, action, occurredAt, isTest } = event;
  const home = dashboard(event);
  const page = PAGES.get(type);
  const envelope = {
    provider: 'square',
    source: stored.source,
    id,
    type,
    action,
    fate: fateIn(EVENTS, type, action),
    actor: null,
    // What is only a test must be seen to be one.
    place: { name: isTest ? 'Square sandbox' : 'Square', url: home },
    page: page === undefined ? home : `${home}/${page}`,
    occurredAt,
    facets: { isTest },
    sums: COMMERCE_SUMS,
  };
  return normalised(envelope, () => (FAMILIES.get(type) ?? told)(event));
}

function dashboard({ isTest }: SquareEvent): string {
  return `https://app.${isTest ? 'squareupsandbox' : 'squareup'}.com/dashboard`;
}
