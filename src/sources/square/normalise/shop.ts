import { list, numberOrNull, read, textOrNull } from '../../../shared/payload.ts';
import { day, firstText, momentAt, wordsAt } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import type { SquareEvent } from './event.ts';
import { told } from './generic.ts';
import { conclusionOf } from './payment.ts';

const BOOKING: WordTable = {
  accepted: ['Booking made', 'opened'],
  cancelled_by_customer: ['Booking canceled by the customer', 'bad'],
  cancelled_by_seller: ['Booking canceled'],
  declined: ['Booking declined', 'bad'],
  no_show: ['Booking missed by the customer', 'bad'],
  pending: ['Booking requested', 'waiting'],
  updated: ['Booking changed'],
};

export function booking(event: SquareEvent): Told {
  const { object, action, objectId } = event;
  const status = textOrNull(object, 'status')?.toLowerCase() ?? null;
  const isOpen = status === 'accepted' || status === null;
  const words = wordsOf(BOOKING, action === 'updated' && isOpen ? 'updated' : status);
  if (words === null) return told(event);
  return {
    ...words,
    noun: 'booking',
    title: day(object, 'start_at') ?? '',
    facts: [clockOf(object), minutesOf(object), firstText(object, ['customer_note', 'seller_note'])],
    facets: { conclusion: conclusionOf(status) },
    thread: objectId,
    isMinor: action === 'updated' && isOpen,
  };
}

/** `17:30 UTC`: where the seller is, nobody says. */
function clockOf(object: unknown): string | null {
  const time = momentAt(object, 'start_at');
  return time === null ? null : `${new Date(time).toISOString().slice(11, 16)} UTC`;
}

/** A week; what is longer is no appointment. */
const MOST_MINUTES = 10_080;

function minutesOf(object: unknown): string | null {
  const all = list(object, 'appointment_segments').map((each) => numberOrNull(each, 'duration_minutes') ?? 0);
  const sum = all.reduce((one, other) => one + other, 0);
  return sum > 0 && sum < MOST_MINUTES ? `${sum} min` : null;
}

/** What is being made ready for a buyer: `Order fulfillment prepared`. */
export function fulfillment(event: SquareEvent): Told {
  const { object, objectId } = event;
  const [change] = list(object, 'fulfillment_update');
  const state = wordsAt(change, 'new_state')?.toLowerCase() ?? null;
  if (state === null) return told(event);
  const was = wordsAt(change, 'old_state')?.toLowerCase() ?? null;
  const isBad = state === 'failed' || state === 'canceled';
  return {
    headline: `Order fulfillment ${state}`,
    tone: isBad ? 'bad' : state === 'completed' ? 'good' : 'neutral',
    noun: 'order',
    title: '',
    facts: [was === null ? null : `was ${was}`],
    facets: { conclusion: conclusionOf(state) },
    thread: textOrNull(object, 'order_id') ?? objectId,
  };
}

const AUTHORIZATION: WordTable = { revoked: ['Application access revoked', 'bad'] };

export function authorization(event: SquareEvent): Told {
  const { object, action } = event;
  const words = wordsOf(AUTHORIZATION, action);
  if (words === null) return told(event);
  const by = textOrNull(object, 'revoker_type')?.toLowerCase() ?? null;
  return { ...words, noun: 'access', title: '', facts: [by === null ? null : `by the ${by}`] };
}

/** What Square sends when somebody tries a subscription out. */
export function testEvent(event: SquareEvent): Told {
  if (read(event.payload, 'type') !== 'webhooks.test_notification') return told(event);
  return { headline: 'Test event received', tone: 'good', noun: 'test', title: '' };
}
