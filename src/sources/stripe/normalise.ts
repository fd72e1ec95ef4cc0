import type { Activity } from '../../model/activity.ts';
import type { StoredEvent } from '../../model/event.ts';
import { type ActionFate, fateIn, whyMinor, whyNever } from '../../model/event-catalog.ts';
import { kindOf } from '../../model/kind.ts';
import { activity } from '../../model/new-activity.ts';
import type { Normalised } from '../../model/source.ts';
import { parseBody } from './envelope.ts';
import { EVENTS } from './events.ts';
import { dashboard, pageOf } from './normalise/dashboard.ts';
import { eventOf, type StripeEvent } from './normalise/event.ts';
import { FAMILIES } from './normalise/families.ts';
import { generic } from './normalise/generic.ts';
import { SUMS } from './normalise/sums.ts';
import type { Told } from './normalise/telling.ts';

/** What happened, in Tidings' words. @throws PayloadError when the body is no event of Stripe's */
export function normalise({ source, body }: StoredEvent): Normalised {
  const event = eventOf(parseBody(body));
  const fate = fateIn(EVENTS, event.type, event.action);
  const never = whyNever(fate);
  if (never !== null) return { kind: 'skip', reason: `${event.name}: ${never}` };
  const family = FAMILIES.get(event.type) ?? generic;
  return { kind: 'activity', activity: activityOf(event, { source, fate }, family(event)) };
}

interface Context {
  readonly source: string;
  readonly fate: ActionFate | undefined;
}

/** What is told the same way for every family. */
function activityOf(event: StripeEvent, { source, fate }: Context, told: Told): Activity {
  const { type, action } = event;
  return activity({
    kind: kindOf(type, action),
    type,
    action,
    source,
    headline: told.headline,
    tone: told.tone,
    isMinor: isMinor(fate, told),
    actor: null,
    // Where it happened; what is only a test must be seen to be one.
    place: { name: event.isLive ? 'Stripe' : 'Stripe test mode', url: dashboard(event) },
    subject: { noun: told.noun, handle: told.handle ?? null, title: told.title, url: pageOf(event) },
    facts: [...(told.facts ?? []), event.account && `account ${event.account}`].filter((fact) => fact !== null),
    sum: SUMS.get(told.headline) ?? null,
    conclusion: told.conclusion ?? null,
    thread: told.thread ? `stripe ${told.thread}` : null,
    occurredAt: event.occurredAt,
    dedupKey: `stripe:${told.happening ?? event.id}`,
  });
}

function isMinor(fate: ActionFate | undefined, told: Told): boolean {
  const mayBe = typeof fate === 'object' && 'minorWhen' in fate;
  return whyMinor(fate) !== null || (mayBe && told.isMinor === true);
}
