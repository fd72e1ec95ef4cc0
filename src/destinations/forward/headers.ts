import type { StoredEvent } from '../../model/event.ts';
import type { Notification } from '../../model/notification.ts';

type Sent = Readonly<Record<string, string>>;

/** Of one connection, or said by whoever is on the way: https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const DROPPED =
  /^(?:host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|accept-encoding|content-length|content-encoding|cookie|forwarded|x-real-ip|(?:proxy|x-forwarded|cf|tidings)-.*)$/;
const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
/** What Node sends, a character a byte: https://www.rfc-editor.org/rfc/rfc9110#section-5.5 */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * The provider's own headers as they are stored, beside what proves them, and what Tidings knows of the event. An id that the
 * provider signs stays: then ours is `tidings-event` alone.
 */
export function headersOf(event: StoredEvent, notification: Notification, proof: Sent, own: Sent = {}): Sent {
  const kept = Object.entries({ ...proof, ...event.headers }).filter((each): each is [string, string] => isKept(each));
  return {
    'content-type': 'application/octet-stream',
    'webhook-id': webhookId(event, notification),
    ...Object.fromEntries(kept),
    ...own,
    'tidings-event': String(event.id),
    'tidings-source': encodeURIComponent(event.source),
    'tidings-attempt': String(notification.tries + 1),
    'tidings-replay': String(notification.isReplay),
    'tidings-received-at': new Date(event.receivedAt).toISOString(),
    'tidings-verified': String(event.origin === 'webhook'),
  };
}

function isKept([name, value]: readonly [string, string | undefined]): boolean {
  return value !== undefined && NAME.test(name) && !DROPPED.test(name) && VALUE.test(value);
}

/** The same at every try; of what is replayed on purpose another one, or its receiver would take it for a repeat. */
export function webhookId({ id, replays }: StoredEvent, { isReplay }: Notification): string {
  return isReplay ? `evt_${id}_${replays}` : `evt_${id}`;
}
