import { splitName } from '../../../model/kind.ts';
import { filledText, isObject, type Payload, read, textOrNull, timeOrNull } from '../../../shared/payload.ts';

/** One event of Stripe's, as its envelope says. */
export interface StripeEvent {
  readonly id: string;
  /** `customer.subscription.updated` */
  readonly name: string;
  readonly type: string;
  readonly action: string | null;
  /** What it is about, as it is now. Of a thin event, only what the event itself says. */
  readonly object: Payload;
  /** What the object calls itself: `payment_intent`. */
  readonly noun: string;
  /** The changed fields of the object, with what they held before. */
  readonly previous: Payload;
  readonly isLive: boolean;
  /** Of a connected account, seen by the platform: `acct_…`. */
  readonly account: string | null;
  readonly occurredAt: number | null;
}

const NOTHING: Payload = {};

/** @throws PayloadError when it lacks what every event has */
export function eventOf(payload: Payload): StripeEvent {
  const name = filledText(payload, 'type');
  const isThin = textOrNull(payload, 'object') === 'v2.core.event';
  const object = isThin ? thinObject(payload) : objectAt(payload, 'data.object');
  return {
    id: filledText(payload, 'id'),
    name,
    ...splitName(name),
    object,
    noun: textOrNull(object, isThin ? 'type' : 'object') ?? '',
    previous: objectAt(payload, 'data.previous_attributes'),
    // Thin events of older versions do not say; what is not said to be a test is real.
    isLive: read(payload, 'livemode') !== false,
    account: textOrNull(payload, 'account') ?? textOrNull(payload, 'context'),
    occurredAt: timeOrNull(payload, 'created'),
  };
}

/** What it is about is named, and to be asked for; what happened is said. */
function thinObject(payload: Payload): Payload {
  return { ...objectAt(payload, 'data'), ...objectAt(payload, 'related_object') };
}

function objectAt(payload: Payload, path: string): Payload {
  const value = read(payload, path);
  return isObject(value) ? value : NOTHING;
}

/** Whether this very event says that the field changed. */
export function hasChanged({ previous }: StripeEvent, key: string): boolean {
  return Object.hasOwn(previous, key);
}
