import { isObject, numberOrNull, type Payload, read, textOrNull } from '../../shared/payload.ts';
import type { Endpoint } from './settings.ts';

/** What a request is. The `type` of one address means something else at the other. */
export type Kind = 'ping' | 'interaction' | 'event';

const INTERACTIONS: Readonly<Record<number, string>> = {
  2: 'APPLICATION_COMMAND',
  3: 'MESSAGE_COMPONENT',
  4: 'APPLICATION_COMMAND_AUTOCOMPLETE',
  5: 'MODAL_SUBMIT',
};

/**
 * An interaction's PING is of type 1, as a webhook event is; the PING of webhook events is of type 0. Both are signed by one key, so
 * that what they hold tells them apart. Null: it says neither.
 */
export function kindOf(payload: Payload, endpoint: Endpoint | null): Kind | null {
  const type = numberOrNull(payload, 'type');
  const isEvent = isObject(read(payload, 'event'));
  if (type === null || !Number.isSafeInteger(type) || type < 0) return null;
  switch (endpoint) {
    case 'interactions':
      return type === 0 ? null : type === 1 ? 'ping' : 'interaction';
    case 'webhook-events':
      return type === 0 ? 'ping' : isEvent ? 'event' : null;
    case null:
      return type === 0 ? 'ping' : type > 1 ? 'interaction' : isEvent ? 'event' : 'ping';
  }
}

/** By Discord's own names, `ENTITLEMENT_CREATE`. Null: it does not say. */
export function typeOf(payload: Payload): string | null {
  const event = textOrNull(payload, 'event.type');
  if (event !== null) return /^\w{1,100}$/.test(event) ? event : null;
  const type = numberOrNull(payload, 'type');
  if (type === null || !Number.isSafeInteger(type) || type < 2) return null;
  return INTERACTIONS[type] ?? `INTERACTION_${type}`;
}

/** Discord's id of an interaction. Events have none. */
export function interactionId(payload: Payload): string | null {
  const id = textOrNull(payload, 'id');
  return id !== null && /^\d{1,20}$/.test(id) ? id : null;
}
