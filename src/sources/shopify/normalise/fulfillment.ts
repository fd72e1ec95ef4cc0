import type { Counted } from '../../../model/activity.ts';
import { list, read, textOrNull } from '../../../shared/payload.ts';
import { after, firstText, joined, wordsAt } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { counted } from '../../../text/words.ts';
import type { ShopifyEvent } from './event.ts';
import { idOf, ownId } from './ids.ts';
import { orderThread } from './order.ts';
import { itemsOf, nameIn } from './parts.ts';
import { thing } from './thing.ts';

/** What became of a shipment, by the names of both its status and its carrier's. */
const SHIPMENT: WordTable = {
  attempted_delivery: ['Shipment could not be delivered', 'bad'],
  cancelled: ['Fulfillment cancelled', 'bad'],
  carrier_picked_up: ['Shipment handed to the carrier'],
  confirmed: ['Shipment confirmed'],
  delayed: ['Shipment delayed', 'waiting'],
  delivered: ['Shipment delivered', 'good'],
  error: ['Fulfillment failed', 'bad'],
  failure: ['Shipment failed', 'bad'],
  in_transit: ['Shipment on its way'],
  label_printed: ['Shipping label printed'],
  label_purchased: ['Shipping label bought'],
  out_for_delivery: ['Shipment out for delivery'],
  picked_up: ['Shipment picked up', 'good'],
  ready_for_pickup: ['Shipment ready for pickup', 'waiting'],
};

const FULFILLMENT: WordTable = {
  create: ['Fulfillment created', 'opened'],
  update: ['Fulfillment updated'],
};

export function fulfillment(event: ShopifyEvent): Told {
  const { object, action } = event;
  const own = wordsOf(FULFILLMENT, action);
  if (own === null) return thing(event);
  const became =
    wordsOf(SHIPMENT, textOrNull(object, 'shipment_status')) ?? wordsOf(SHIPMENT, textOrNull(object, 'status'));
  const words = became ?? own;
  return {
    ...words,
    noun: 'fulfillment',
    handle: textOrNull(object, 'name'),
    title: joined(
      itemsOf(object),
      'for',
      firstText(object, ['destination.name']) ?? nameIn(read(object, 'destination')),
    ),
    facts: [tracking(object), became === null && action === 'update' ? wordsAt(object, 'status') : null],
    facets: { conclusion: textOrNull(object, 'shipment_status') ?? textOrNull(object, 'status') },
    thread: orderThread(object),
    isMinor: words.tone === 'neutral',
    sum: became === null ? null : { noun: 'shipment', part: lower(words.headline), alone: null },
    happening: became === null ? null : happeningOf(ownId(object), textOrNull(object, 'shipment_status')),
  };
}

/** What can become of a shipment once. */
const LAST: ReadonlySet<string> = new Set(['delivered', 'failure', 'picked_up']);

/** A carrier's report changes the fulfillment too. */
function happeningOf(fulfillment: string | null, status: string | null): string | null {
  return fulfillment !== null && LAST.has(status ?? '') ? `fulfillment ${fulfillment} ${status}` : null;
}

/** `UPS 1Z827`. The carrier's page is the customer's. */
function tracking(object: unknown): string | null {
  const number = textOrNull(object, 'tracking_number');
  const company = textOrNull(object, 'tracking_company');
  return [company, number].filter((part) => part !== null).join(' ') || null;
}

function lower(headline: string): Counted {
  const part = headline.replace(/^(?:Shipment|Fulfillment|Shipping) /, '');
  return part === 'on its way' ? [part, 'on their way'] : part;
}

/** What a carrier reports, one step at a time. */
export function fulfillmentEvent(event: ShopifyEvent): Told {
  const { object, action } = event;
  const words = action === 'create' ? wordsOf(SHIPMENT, textOrNull(object, 'status')) : null;
  if (words === null) return { ...thing(event), noun: 'shipment', thread: orderThread(object), isMinor: true };
  return {
    ...words,
    noun: 'shipment',
    title: firstText(object, ['message']) ?? '',
    facts: [firstText(object, ['city', 'province', 'country'])],
    facets: { conclusion: textOrNull(object, 'status') },
    thread: orderThread(object),
    isMinor: words.tone === 'neutral',
    happening: happeningOf(idOf(object, 'fulfillment'), textOrNull(object, 'status')),
    sum: { noun: 'shipment', part: lower(words.headline), alone: null },
  };
}

const REQUEST: WordTable = {
  cancellation_request_accepted: ['Fulfillment cancellation accepted'],
  cancellation_request_rejected: ['Fulfillment order cannot be cancelled any more', 'bad'],
  cancellation_request_submitted: ['Fulfillment cancellation requested', 'waiting'],
  cancelled: ['Fulfillment order cancelled'],
  fulfillment_request_accepted: ['Fulfillment order accepted'],
  fulfillment_request_rejected: ['Fulfillment order rejected', 'bad'],
  fulfillment_request_submitted: ['Fulfillment requested', 'waiting'],
  fulfillment_service_failed_to_complete: ['Fulfillment order failed', 'bad'],
  hold_released: ['Fulfillment order released', 'good'],
  line_items_prepared_for_local_delivery: ['Items ready for local delivery', 'waiting'],
  line_items_prepared_for_pickup: ['Items ready for pickup', 'waiting'],
  manually_reported_progress_stopped: ['Fulfillment progress stopped'],
  order_routing_complete: ['Fulfillment order routed'],
  placed_on_hold: ['Fulfillment order on hold', 'waiting'],
  progress_reported: ['Fulfillment progress reported'],
  scheduled_fulfillment_order_ready: ['Fulfillment order ready', 'waiting'],
};

const ON_HOLD = { noun: 'fulfillment order', part: 'on hold', alone: null };

/** What is asked of a warehouse. */
export function fulfillmentOrder(event: ShopifyEvent): Told {
  const { payload, object, action } = event;
  const words = wordsOf(REQUEST, action);
  const held = list(payload, 'held_fulfillment_order_line_items');
  const [hold] = list(payload, 'fulfillment_order.fulfillment_holds');
  const reason = wordsAt(hold, 'reason');
  const message = firstText(payload, ['message']) ?? firstText(hold, ['reason_notes']);
  const about = {
    noun: 'fulfillment order',
    title: message ?? (reason === 'other' ? null : reason) ?? '',
    facts: [
      message === null || reason === 'other' ? null : after('reason:', reason),
      held.length === 0 ? null : counted(held.length, 'item'),
    ],
    facets: { conclusion: textOrNull(payload, 'fulfillment_order.status') },
    thread: orderThread(object) ?? orderThread(read(payload, 'fulfillment_order')),
    sum: action === 'placed_on_hold' ? ON_HOLD : null,
  };
  return words === null ? { ...thing(event), ...about } : { ...words, ...about };
}

const RETURN: WordTable = {
  approve: ['Return approved', 'good'],
  cancel: ['Return cancelled'],
  close: ['Return closed', 'done'],
  decline: ['Return declined', 'bad'],
  process: ['Return processed'],
  reopen: ['Return reopened', 'waiting'],
  request: ['Return requested', 'waiting'],
  update: ['Return updated'],
};

/** A customer sends something back, or asks to. */
export function returned(event: ShopifyEvent): Told {
  const { object, action } = event;
  const words = wordsOf(RETURN, action);
  if (words === null) return thing(event);
  const lines = list(object, 'return_line_items');
  const reasons = [...new Set(lines.map((line) => wordsAt(line, 'return_reason')).filter((reason) => reason !== null))];
  const declined = wordsAt(object, 'decline.reason');
  return {
    ...words,
    noun: 'return',
    handle: textOrNull(object, 'name'),
    title: itemsOf(object, 'return_line_items') ?? declined ?? '',
    facts: [
      ...reasons.filter((reason) => reason !== 'unknown' && reason !== 'other').slice(0, 3),
      lines.length === 0 ? null : declined,
      textOrNull(object, 'decline.note'),
    ],
    facets: { conclusion: textOrNull(object, 'status') },
    thread: orderThread(object),
  };
}
