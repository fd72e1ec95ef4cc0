import type { Headers } from '../../model/headers.ts';
import { type EventName, splitName } from '../../model/kind.ts';
import type { Identity } from '../../model/source.ts';
import { boundedId, idOfBytes } from '../../shared/bounded-id.ts';

const EVENT_KEY = 'x-event-key';
const REQUEST = 'x-request-uuid';

/** What the verdict rests on beside the signature, which covers neither. */
export const ID_HEADERS: readonly string[] = [EVENT_KEY, REQUEST];

/**
 * The name stands in a header alone; the id is the same for each attempt. Where somebody passes requests on without it, a delivery
 * is known by its bytes. https://support.atlassian.com/bitbucket-cloud/docs/event-payloads/
 */
export function identify(headers: Headers, body: Buffer): Identity {
  const key = boundedId(headers[EVENT_KEY]);
  if (key === null) return { missing: 'header X-Event-Key' };
  if (headers[REQUEST] === undefined) return { id: idOfBytes(body), type: eventName(key).type };
  const id = boundedId(headers[REQUEST]);
  return id === null ? { missing: 'header X-Request-UUID' } : { id, type: eventName(key).type };
}

/** `pullrequest:fulfilled` → `pullrequest`, `fulfilled`. */
export function eventName(key: string): EventName {
  return splitName(key, ':');
}

/** The name of a stored event: the type alone was looked up by. A sample's type is the whole name. */
export function eventKey({ headers, type }: { readonly headers: Headers; readonly type: string }): string {
  const key = boundedId(headers[EVENT_KEY]);
  return key !== null && eventName(key).type === type ? key : type;
}
