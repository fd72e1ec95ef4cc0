import type { StoredEvent } from '../../model/event.ts';
import type { Normalised } from '../../model/source.ts';
import type { Payload } from '../../shared/payload.ts';
import { looksSecret } from '../../shared/secrets/secret-shapes.ts';
import { normalised } from '../../telling/activity-of.ts';
import { generic } from '../../telling/generic.ts';
import { momentAt } from '../../telling/parts.ts';
import type { Told } from '../../telling/told.ts';
import { nameIn, payloadIn, splitApart, UNNAMED } from './envelope.ts';
import { EVENTS } from './events.ts';
import type { Place } from './place.ts';

const TIMES = ['timestamp', 'occurred_at', 'occurredAt', 'created_at', 'createdAt', 'sent_at', 'time', 'date'];
/** What has such characters is no text for people. */
const BINARY = /[^\P{Cc}\s]|\ufffd/u;
const TEXT_LIMIT = 3_000;

/** What any sender says of an event, found by the names that such fields have everywhere. Never throws. */
export function normalise(typePlace: Place | null, event: StoredEvent): Normalised {
  const { source, guid, headers, body } = event;
  const payload = payloadIn(body);
  const name = nameIn(typePlace, headers, payload) ?? event.type;
  const { type, action } = splitApart(name, payload);
  const envelope = {
    provider: 'generic',
    source,
    id: `${source} ${guid}`,
    type,
    action,
    fate: EVENTS['*']?.actions['*'],
    actor: null,
    place: null,
    // What it is called here says whence it comes; where it has no name of its own, nothing does.
    account: source === 'generic' ? null : source,
    page: null,
    occurredAt: TIMES.map((path) => momentAt(payload, path)).find((time) => time !== null) ?? null,
  };
  const whole = name === type && action !== null ? `${type}.${action}` : name;
  return normalised(envelope, () => told(whole, action, payload, body));
}

function told(name: string, action: string | null, payload: Payload | null, body: Buffer): Told {
  const words = generic({ name, action, payload });
  const named = name === UNNAMED ? { ...words, headline: 'Webhook received', noun: 'webhook' } : words;
  return payload === null ? { ...named, excerpt: textIn(body) } : named;
}

/** What somebody wrote by hand into `curl --data`. */
function textIn(body: Buffer): string | null {
  const text = body.toString('utf8').slice(0, TEXT_LIMIT).trim();
  const isForPeople = text !== '' && !BINARY.test(text) && !/^[<{[]/.test(text);
  return isForPeople && !looksSecret(text) ? text : null;
}
