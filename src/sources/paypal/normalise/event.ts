import type { StoredEvent } from '../../../model/event.ts';
import { splitName } from '../../../model/kind.ts';
import {
  filledText,
  isObject,
  list,
  type Payload,
  parseBody,
  read,
  textOrNull,
  timeOrNull,
} from '../../../shared/payload.ts';
import { HEADERS } from '../signature.ts';

/** One event of PayPal's, as its envelope says. */
export interface PaypalEvent {
  /** `WH-…`; of an event without one, its transmission's. */
  readonly id: string;
  /** `PAYMENT.CAPTURE.COMPLETED` */
  readonly name: string;
  readonly type: string;
  readonly action: string | null;
  readonly payload: Payload;
  /** What it is about, as it is now. */
  readonly resource: Payload;
  readonly isTest: boolean;
  readonly occurredAt: number | null;
}

const NOTHING: Payload = {};

/** @throws PayloadError when it lacks what every event has */
export function eventOf({ body, headers, deliveryId }: StoredEvent): PaypalEvent {
  const payload = parseBody(body);
  const name = filledText(payload, 'event_type').trim();
  const found = read(payload, 'resource');
  const resource = isObject(found) ? found : NOTHING;
  return {
    id: textOrNull(payload, 'id') ?? deliveryId,
    name,
    ...splitName(name),
    payload,
    resource,
    isTest: isSandbox(headers[HEADERS.certUrl]) || linksOf(payload, resource).some(isSandbox),
    occurredAt: timeOrNull(payload, 'create_time') ?? timeOrNull(headers, HEADERS.time),
  };
}

/** Nothing in an event says it but the addresses of what it is about. */
function isSandbox(address: string | undefined): boolean {
  return address !== undefined && /^https:\/\/[a-z0-9.-]*\bsandbox\.paypal\.com(?:[:/]|$)/.test(address);
}

function linksOf(payload: Payload, resource: Payload): readonly string[] {
  return [...list(payload, 'links'), ...list(resource, 'links')].flatMap((link) => textOrNull(link, 'href') ?? []);
}
