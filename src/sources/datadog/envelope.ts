import type { Identity } from '../../model/source.ts';
import { boundedId, idOfBytes } from '../../shared/bounded-id.ts';
import { bodyOrNull, isObject, list, type Payload, PayloadError } from '../../shared/payload.ts';
import { type Fields, field, fieldsOf } from './fields.ts';
import { readTitle, TITLE, transitionOf } from './title.ts';

export type DatadogType = 'monitor' | 'incident' | 'event';

/**
 * What says neither which event it is nor when is known by its bytes, for so long: a retry comes within minutes, and a monitor that
 * triggers again later has the very same bytes.
 */
const WINDOW_MS = 5 * 60_000;

export function identify(body: Buffer, now: number): Identity {
  const payload = payloadOrNull(body);
  if (payload === null) return { missing: 'body, a JSON object or a form,' };
  const fields = fieldsOf(payload);
  return { id: idOf(fields, body, now), type: typeOf(fields) };
}

/** A body that begins like JSON is JSON whatever the header says. @throws PayloadError when it is neither that nor a form */
export function payloadOf(body: Buffer): Payload {
  const payload = payloadOrNull(body);
  if (payload === null) throw new PayloadError('body', 'a JSON object or a form', undefined, 'it is neither');
  return payload;
}

function payloadOrNull(body: Buffer): Payload | null {
  return formOf(body) ?? bodyOrNull(body) ?? looseJson(body.toString('utf8'));
}

/** Written by hand: in a list, with a comma too many, or with the line breaks of a message in a text. */
function looseJson(text: string): Payload | null {
  if (!/^\s*[[{]/.test(text)) return null;
  const mended = text.replace(/\p{Cc}+/gu, ' ').replace(/,(?=\s*[}\]])/g, '');
  const [first] = list(
    bodyOrNull(Buffer.from(`{"all":${mended.trim().startsWith('[') ? mended : `[${mended}]`}}`)),
    'all',
  );
  return isObject(first) ? first : null;
}

const FORM = /^[\w.[\]%+~-]{1,200}=/;
const MOST_FORM_BYTES = 256 * 1024;

/** "Encode as form": the template's keys. */
function formOf(body: Buffer): Payload | null {
  if (body.length > MOST_FORM_BYTES) return null;
  const text = body.toString('utf8');
  if (!FORM.test(text)) return null;
  const form = Object.fromEntries(new URLSearchParams(text));
  // As Slack's webhooks once took it.
  return (form['payload'] === undefined ? null : looseJson(form['payload'])) ?? form;
}

export function typeOf(fields: Fields): DatadogType {
  const isMonitor =
    transitionOf(fields) !== null || field(fields, ['alertid', 'monitorid', 'alerttransition']) !== null;
  if (isMonitor) return 'monitor';
  return field(fields, ['incidenttitle', 'incidentpublicid', 'incidenturl']) === null ? 'event' : 'incident';
}

/** `$ID`, whatever it is called in the template: 19 digits, where the id of a monitor has some 9. */
const EVENT_ID = /^\d{15,20}$/;
const EVENT_ID_IN_LINK = /\/event\/event\?(?:[^#\s]{0,200}&)?id=(\d{15,20})\b/;

export function eventIdOf(fields: Fields): string | null {
  const named = ['id', 'eventid', 'alertinstanceid'].map((name) => fields.get(name));
  const said = named.find((text) => text !== undefined && EVENT_ID.test(text));
  const links = ['link', 'eventurl', 'eventlink', 'alerturl', 'url', 'linkshref'].map((name) => fields.get(name) ?? '');
  return said ?? links.map((link) => EVENT_ID_IN_LINK.exec(link)?.[1]).find((id) => id !== undefined) ?? null;
}

function idOf(fields: Fields, body: Buffer, now: number): string {
  const event = eventIdOf(fields);
  // A template may give what an outage has in common instead: its end must not be taken for its beginning.
  const transition = transitionOf(fields) ?? readTitle(field(fields, TITLE) ?? '').transition;
  const id = boundedId(event === null ? null : [event, transition].filter(Boolean).join(':'));
  if (id !== null) return id;
  const digest = idOfBytes(body);
  const saysWhen = field(fields, ['lastupdated', 'date', 'timestamp', 'time', 'eventdate', 'alertdate']) !== null;
  return saysWhen ? digest : `${digest}:${Math.floor(now / WINDOW_MS)}`;
}
