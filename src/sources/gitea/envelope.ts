import type { Headers } from '../../model/headers.ts';
import type { Identity } from '../../model/source.ts';
import { boundedId, idOfBytes } from '../../shared/bounded-id.ts';

const EVENTS = ['x-forgejo-event', 'x-gitea-event'];
/** Says more of the same, and of some events it alone says something. */
const EVENT_TYPES = ['x-forgejo-event-type', 'x-gitea-event-type'];
const DELIVERIES = ['x-forgejo-delivery', 'x-gitea-delivery'];

/** What the verdict rests on beside the signature, which covers none of them. */
export const ID_HEADERS: readonly string[] = [...EVENTS, ...EVENT_TYPES, ...DELIVERIES];

/** Where somebody passes requests on without its id, a delivery is known by its bytes. */
export function identify(headers: Headers, body: Buffer): Identity {
  const type = firstOf(headers, EVENTS) ?? firstOf(headers, EVENT_TYPES);
  if (type === null) return { missing: 'header X-Gitea-Event' };
  const given = DELIVERIES.filter((name) => headers[name] !== undefined);
  const id = given.length === 0 ? idOfBytes(body) : firstOf(headers, given);
  return id === null ? { missing: 'header X-Gitea-Delivery' } : { id, type };
}

function firstOf(headers: Headers, names: readonly string[]): string | null {
  for (const name of names) {
    const value = boundedId(headers[name]);
    if (value !== null) return value;
  }
  return null;
}
