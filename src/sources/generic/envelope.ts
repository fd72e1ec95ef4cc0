import { createHash } from 'node:crypto';
import type { Headers } from '../../model/headers.ts';
import type { EventName } from '../../model/kind.ts';
import { boundedId } from '../../shared/bounded-id.ts';
import {
  isObject,
  type Payload,
  PayloadError,
  parseBody,
  parseObject,
  read,
  textOrNull,
} from '../../shared/payload.ts';
import { type Place, textAt } from './place.ts';

/** What an event is called that does not say. */
export const UNNAMED = 'webhook';

/** Where senders say what an event is, those first that say it of nothing else. */
const NAMES = [
  'event_type',
  'eventType',
  'event_name',
  'eventName',
  'webhookEvent',
  'event',
  'type',
  'event.type',
  'event.event_type',
  'event.name',
  'topic',
  'object_kind',
  'kind',
];
const NAME = /^[A-Za-z][\w .:/-]{0,79}$/;
/** Line ends, and what turns text around: no name has them. */
const UNSEEN = /\p{C}/u;
const ACTION = /^[A-Za-z][\w-]{0,39}$/;

/** What a body says: JSON, or a form. Null: something else. */
export function payloadIn(body: Buffer): Payload | null {
  try {
    return parseBody(body);
  } catch (error) {
    if (!(error instanceof PayloadError)) throw error;
  }
  return firstOfList(body) ?? formIn(body);
}

/** Several at once are told as the first of them. */
function firstOfList(body: Buffer): Payload | null {
  const text = body
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim();
  if (!text.startsWith('[')) return null;
  try {
    const { list } = parseObject(`{"list":${text}}`);
    const first: unknown = Array.isArray(list) ? list[0] : null;
    return isObject(first) ? first : null;
  } catch (error) {
    if (error instanceof PayloadError) return null;
    throw error;
  }
}

/** `payload` of a form is the JSON that others send as the body. */
function formIn(body: Buffer): Payload | null {
  const text = body.toString('latin1');
  if (!/^[\w.[\]%*+-]{1,100}=[^\s<>{}"]*$/.test(text)) return null;
  const form = new URLSearchParams(text);
  const payload = form.get('payload');
  try {
    if (payload !== null) return parseObject(payload);
  } catch (error) {
    if (!(error instanceof PayloadError)) throw error;
  }
  return Object.fromEntries(form);
}

/** The whole name of an event as its sender has it: `order.created`, `repo:push`. Null: it does not say. */
export function nameIn(place: Place | null, headers: Headers, payload: Payload | null): string | null {
  const said = place === null ? null : boundedId(textAt(place, headers, payload));
  if (said !== null && !UNSEEN.test(said)) return said;
  return NAMES.map((path) => textOrNull(payload, path)).find((name) => name !== null && NAME.test(name)) ?? null;
}

/** Taken apart at the last `.`, `:` or `/`; a name without one has the action that the body says beside it. */
export function splitApart(name: string, payload: Payload | null): EventName {
  const at = Math.max(...['.', ':', '/'].map((separator) => name.lastIndexOf(separator)));
  if (at > 0 && at < name.length - 1) return { type: name.slice(0, at), action: name.slice(at + 1) };
  const action = read(payload, 'action');
  return { type: name, action: typeof action === 'string' && ACTION.test(action) ? action : null };
}

/** Of the place, else of the bytes. `moment`: what tells equal bodies apart, where they are rightly sent. */
export function idIn(
  place: Place | null,
  headers: Headers,
  body: Buffer,
  payload: Payload | null,
  moment: string,
): string {
  const said = place === null ? null : boundedId(textAt(place, headers, payload));
  return said ?? createHash('sha256').update(moment).update(body).digest('hex').slice(0, 40);
}
