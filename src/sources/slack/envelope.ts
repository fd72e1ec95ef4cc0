import { boundedId } from '../../shared/bounded-id.ts';
import { isObject, list, type Payload, PayloadError, parseObject, textOrNull } from '../../shared/payload.ts';

/** What one request of Slack's holds. */
export type Envelope =
  /** The Events API: `event` inside `event_callback`, or news of the app itself. */
  | { readonly kind: 'event'; readonly payload: Payload }
  /** Somebody pressed, chose or sent something that the app has posted. */
  | { readonly kind: 'interaction'; readonly payload: Payload }
  /** Somebody typed `/command`. All values are text. */
  | { readonly kind: 'command'; readonly payload: Payload }
  /** Slack asks whether the certificate is good, and waits for any 200. */
  | { readonly kind: 'ssl_check' };

/**
 * What begins like JSON is JSON whatever the content type, which is not signed: a captured JSON body has no second meaning as a
 * form. @throws PayloadError with path `body` when it is nothing that Slack sends
 */
export function open(body: Buffer): Envelope {
  const text = body.toString('utf8').replace(/^\ufeff/, '');
  if (/^\s*[{[]/.test(text)) return { kind: 'event', payload: parseObject(text) };
  const form = new URLSearchParams(text);
  const payload = form.get('payload');
  if (payload !== null) return { kind: 'interaction', payload: parseObject(payload) };
  if (form.has('command')) return { kind: 'command', payload: Object.fromEntries(form) };
  if (form.get('ssl_check') === '1') return { kind: 'ssl_check' };
  throw new PayloadError('body', 'a JSON object', undefined, 'it is neither that nor a form of Slack’s');
}

/** Null: it is nothing that Slack sends. */
export function opened(body: Buffer): Envelope | null {
  try {
    return open(body);
  } catch (error) {
    if (error instanceof PayloadError) return null;
    throw error;
  }
}

/** Null: there is none, and it is known by its bytes. Interactions and commands have no event id. */
export function idOf(envelope: Exclude<Envelope, { kind: 'ssl_check' }>): string | null {
  const { kind, payload } = envelope;
  if (kind === 'event') return named(payload, 'event_id');
  const trigger = named(payload, 'trigger_id');
  const time = textOrNull(list(payload, 'actions')[0], 'action_ts');
  return trigger !== null && time !== null ? `${trigger}:${time.slice(0, 40)}` : trigger;
}

/** `app_mention`, `slash_command`, `block_actions`. Null: it does not say. */
export function typeOf(envelope: Exclude<Envelope, { kind: 'ssl_check' }>): string | null {
  const { kind, payload } = envelope;
  if (kind === 'command') return 'slash_command';
  return isObject(payload['event']) ? named(payload, 'event.type') : named(payload, 'type');
}

function named(payload: Payload, path: string): string | null {
  return boundedId(textOrNull(payload, path));
}
