import type { StoredEvent } from '../../model/event.ts';
import { fateIn } from '../../model/event-catalog.ts';
import { kindOf } from '../../model/kind.ts';
import type { Normalised } from '../../model/source.ts';
import { normalised } from '../../telling/activity-of.ts';
import { COMMERCE_SUMS } from '../../telling/commerce.ts';
import { contradiction } from './contradiction.ts';
import { EVENTS } from './events.ts';
import { eventOf, type ShopifyEvent } from './normalise/event.ts';
import { FAMILIES } from './normalise/families.ts';
import { adminOf, pageOf } from './normalise/pages.ts';
import { thing } from './normalise/thing.ts';

/** What happened, in Tidings' words. @throws PayloadError when the body is no JSON object */
export function normalise(stored: StoredEvent): Normalised {
  const event = eventOf(stored);
  const { type, action, payload, isTest, occurredAt } = event;
  const suspect = contradiction(event, payload);
  if (suspect !== null) return { kind: 'suspect', reason: suspect };
  const envelope = {
    provider: 'shopify',
    source: stored.source,
    // One happening may be news for several topics.
    id: `${stored.guid} ${kindOf(type, action)}`,
    type,
    action,
    fate: fateIn(EVENTS, type, action),
    actor: null,
    place: placeOf(event),
    page: pageOf(event),
    occurredAt,
    facets: { isTest },
    sums: COMMERCE_SUMS,
  };
  return normalised(envelope, () => (FAMILIES.get(type) ?? thing)(event));
}

/** The shop, as its address names it; what is only a test must be seen to be one. */
function placeOf(event: ShopifyEvent) {
  const shop = event.shop?.split('.', 1)[0] ?? 'Shopify';
  return { name: event.isTest ? `${shop} (test)` : shop, url: adminOf(event) ?? 'https://admin.shopify.com' };
}
