import type { HeardEvent } from '../../../model/listen-context.ts';
import { boundedId } from '../../../shared/bounded-id.ts';
import { isObject, type Payload } from '../../../shared/payload.ts';
import { idOf, opened, typeOf } from '../envelope.ts';

const FORM = 'application/x-www-form-urlencoded';

interface Written {
  readonly contentType: string;
  readonly body: string;
}

/** How Slack writes over HTTP what an envelope of that type holds. */
const WRITTEN: Readonly<Record<string, (payload: Payload) => Written>> = {
  events_api: (payload) => ({ contentType: 'application/json', body: JSON.stringify(payload) }),
  interactive: (payload) => ({ contentType: FORM, body: form([['payload', JSON.stringify(payload)]]) }),
  slash_commands: (payload) => ({
    contentType: FORM,
    body: form(Object.entries(payload).map(([name, value]) => [name, textOf(value)])),
  }),
};

/**
 * An envelope of Socket Mode as the event that would have come by HTTP: one that comes both ways is one. Null: it says nothing that
 * can be kept. https://docs.slack.dev/apis/events-api/using-socket-mode#events
 */
export function heardIn(envelope: Payload): HeardEvent | null {
  const { type, payload, retry_attempt: retry, retry_reason: reason } = envelope;
  const write = typeof type === 'string' && Object.hasOwn(WRITTEN, type) ? WRITTEN[type] : undefined;
  if (write === undefined || !isObject(payload)) return null;
  const { contentType, body } = write(payload);
  const bytes = Buffer.from(body);
  const content = opened(bytes);
  if (content === null || content.kind === 'ssl_check') return null;
  const said = typeOf(content);
  const id = idOf(content) ?? envelopeIdOf(envelope);
  if (said === null || id === null) return null;
  const retried = typeof retry === 'number' && retry > 0 ? { 'x-slack-retry-num': String(retry) } : {};
  const why = typeof reason === 'string' && reason !== '' ? { 'x-slack-retry-reason': reason.slice(0, 80) } : {};
  return {
    deliveryId: id,
    guid: id,
    type: said,
    headers: { 'content-type': contentType, ...retried, ...why },
    body: bytes,
  };
}

/** What is acked. */
export function envelopeIdOf(envelope: Payload): string | null {
  const id = envelope['envelope_id'];
  return typeof id === 'string' ? boundedId(id) : null;
}

function form(fields: readonly (readonly [string, string])[]): string {
  const made = new URLSearchParams();
  for (const [name, value] of fields) made.append(name, value);
  return made.toString();
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
