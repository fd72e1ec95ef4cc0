import type { StoredEvent } from '../../model/event.ts';
import { fateIn } from '../../model/event-catalog.ts';
import type { Normalised } from '../../model/source.ts';
import { parseBody } from '../../shared/payload.ts';
import { normalised } from '../../telling/activity-of.ts';
import { isSkip, type Skip, type Told } from '../../telling/told.ts';
import { EVENTS } from './events.ts';
import { dashboard, pageOf } from './normalise/dashboard.ts';
import { eventOf, type StripeEvent } from './normalise/event.ts';
import { FAMILIES } from './normalise/families.ts';
import { generic } from './normalise/generic.ts';
import { SUMS } from './normalise/sums.ts';

/** What happened, in Tidings' words. @throws PayloadError when the body is no event of Stripe's */
export function normalise({ source, body, deliveryId }: StoredEvent): Normalised {
  const event = eventOf(parseBody(body));
  const { type, action, occurredAt } = event;
  const envelope = {
    provider: 'stripe',
    source,
    // Its id, or for a trial what makes it one of its own.
    id: deliveryId,
    type,
    action,
    fate: fateIn(EVENTS, type, action),
    actor: null,
    // Where it happened; what is only a test must be seen to be one.
    place: { name: event.isLive ? 'Stripe' : 'Stripe test mode', url: dashboard(event) },
    page: pageOf(event),
    occurredAt,
    facets: { isTest: !event.isLive },
    sums: SUMS,
  };
  return normalised(envelope, () => withoutMadeUp(withAccount(event, (FAMILIES.get(type) ?? generic)(event))));
}

/** In a trial ids are made up, and the same in every other: `ch_00000000000000`. They join nothing. */
function withoutMadeUp(told: Told | Skip): Told | Skip {
  if (isSkip(told)) return told;
  const [thread, happening] = [told.thread, told.happening].map((key) => (/_0{8,}$/.test(key ?? '') ? null : key));
  return { ...told, thread: thread ?? null, happening: happening ?? null };
}

/** A platform hears of many accounts. */
function withAccount({ account }: StripeEvent, told: Told | Skip): Told | Skip {
  if (account === null || isSkip(told)) return told;
  return { ...told, facts: [...(told.facts ?? []), `account ${account}`] };
}
