import { splitName } from '../../model/kind.ts';
import type { Identity } from '../../model/source.ts';
import { boundedId, idOfBytes } from '../../shared/bounded-id.ts';
import { bodyOrNull, isObject, list, type Payload, PayloadError, read, textOrNull } from '../../shared/payload.ts';

/** What both generations of PagerDuty's webhooks say of an event. */
export interface PagerdutyEvent {
  /** Null: it is known by its bytes. */
  readonly id: string | null;
  /** `incident.triggered`, also where the second generation says `incident.trigger`. */
  readonly name: string;
  readonly type: string;
  readonly action: string | null;
  readonly agent: unknown;
  /** What the event is about, as it is now. */
  readonly data: Payload;
  /** The event itself: where and when. */
  readonly around: Payload;
  /** Of the second generation: how many more came in one request. */
  readonly others: number;
}

/** How the second generation calls what the third says in the past tense. */
const V2_NAMES: ReadonlyMap<string, string> = new Map([
  ['incident.trigger', 'incident.triggered'],
  ['incident.acknowledge', 'incident.acknowledged'],
  ['incident.unacknowledge', 'incident.unacknowledged'],
  ['incident.assign', 'incident.reassigned'],
  ['incident.delegate', 'incident.delegated'],
  ['incident.escalate', 'incident.escalated'],
  ['incident.annotate', 'incident.annotated'],
  ['incident.resolve', 'incident.resolved'],
]);

/** A request that PagerDuty is told to be wrong is dropped, and three of them stop the webhook: what names itself is taken. */
export function identify(body: Buffer): Identity {
  const payload = bodyOrNull(body);
  if (payload === null) return { missing: 'body, a JSON object,' };
  const event = eventOrNull(payload);
  if (event === null || boundedId(event.type) === null) return { missing: 'field event.event_type' };
  return { id: event.id ?? idOfBytes(body), type: event.type };
}

/** @throws PayloadError when it is no event of PagerDuty's */
export function eventOf(payload: Payload): PagerdutyEvent {
  const event = eventOrNull(payload);
  if (event === null) throw new PayloadError('event.event_type', 'text', read(payload, 'event.event_type'));
  return event;
}

/** The same; null where it is none. */
export function eventOrNull(payload: Payload): PagerdutyEvent | null {
  const event = read(payload, 'event');
  return isObject(event) ? third(event) : second(payload);
}

/** https://developer.pagerduty.com/docs/webhooks-overview */
function third(event: Payload): PagerdutyEvent | null {
  const name = named(event, 'event_type');
  if (name === null) return null;
  const data = objectAt(event, 'data');
  const id = boundedId(textOrNull(event, 'id'));
  return { id, name, ...splitName(name), agent: read(event, 'agent'), data, around: event, others: 0 };
}

/** `{ messages: [{ event, incident, log_entries }] }`: several may come at once, and the first is told. */
function second(payload: Payload): PagerdutyEvent | null {
  const messages = list(payload, 'messages').filter(isObject);
  const [message] = messages;
  const given = named(message, 'event') ?? named(message, 'type');
  if (message === undefined || given === null) return null;
  const name = V2_NAMES.get(given) ?? given;
  const entry = list(message, 'log_entries')[0];
  const note = { content: textOrNull(entry, 'channel.summary') ?? textOrNull(entry, 'channel.content') };
  const isFirst = isObject(read(message, 'data.incident'));
  const incident = isFirst ? incidentOfFirst(objectAt(message, 'data.incident')) : objectAt(message, 'incident');
  return {
    id: messages.length === 1 ? boundedId(textOrNull(message, 'id')) : null,
    name,
    ...splitName(name),
    agent: isFirst ? agentOfFirst(message) : read(entry, 'agent'),
    data: name === 'incident.annotated' ? { ...note, incident } : incident,
    around: { ...message, occurred_at: read(message, 'created_on') ?? read(entry, 'created_at') },
    others: messages.length - 1,
  };
}

/** The first generation, `{ type, data: { incident } }`, has other names for what the later ones say. */
function incidentOfFirst(incident: Payload): Payload {
  return {
    ...incident,
    title:
      textOrNull(incident, 'trigger_summary_data.subject') ?? textOrNull(incident, 'trigger_summary_data.description'),
    created_at: read(incident, 'created_on'),
    assignees: list(incident, 'assigned_to').map((assigned) => read(assigned, 'object')),
  };
}

function agentOfFirst(message: Payload): unknown {
  const who = read(message, 'data.incident.last_status_change_by') ?? read(message, 'data.incident.resolved_by_user');
  return isObject(who) ? { type: 'user', ...who } : null;
}

function named(object: unknown, path: string): string | null {
  return boundedId(textOrNull(object, path));
}

function objectAt(object: unknown, path: string): Payload {
  const value = read(object, path);
  return isObject(value) ? value : {};
}
