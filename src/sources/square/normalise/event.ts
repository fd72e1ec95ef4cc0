import type { StoredEvent } from '../../../model/event.ts';
import { splitName } from '../../../model/kind.ts';
import {
  isObject,
  type Payload,
  PayloadError,
  parseBody,
  read,
  textOrNull,
  timeOrNull,
} from '../../../shared/payload.ts';
import { nameOf } from '../envelope.ts';

/** One event of Square's, as its envelope says. */
export interface SquareEvent {
  readonly id: string;
  /** `dispute.state.updated` */
  readonly name: string;
  readonly type: string;
  readonly action: string | null;
  readonly payload: Payload;
  /** What it is about, as it is now. Empty where Square names it only. */
  readonly object: Payload;
  /** The id of what it is about. */
  readonly objectId: string | null;
  readonly isTest: boolean;
  readonly occurredAt: number | null;
}

/** @throws PayloadError when it lacks what every event has */
export function eventOf({ body, headers, deliveryId }: StoredEvent): SquareEvent {
  const payload = parseBody(body);
  const name = nameOf(payload)?.trim() ?? '';
  if (name === '') throw new PayloadError('type', 'text', read(payload, 'type'));
  const object = objectIn(payload);
  return {
    id: textOrNull(payload, 'event_id') ?? deliveryId,
    name,
    ...splitName(name),
    payload,
    object,
    objectId: textOrNull(object, 'id') ?? textOrNull(payload, 'data.id'),
    isTest: headers['square-environment']?.toLowerCase() === 'sandbox',
    occurredAt: timeOrNull(payload, 'created_at'),
  };
}

const NOTHING: Payload = {};

/** Under the name that `data.type` says, or another (`order_created`), beside words such as `operation`. */
function objectIn(payload: Payload): Payload {
  const holder = read(payload, 'data.object');
  if (!isObject(holder)) return NOTHING;
  const named = read(holder, textOrNull(payload, 'data.type') ?? '');
  if (isObject(named)) return named;
  return Object.values(holder).find(isObject) ?? NOTHING;
}
