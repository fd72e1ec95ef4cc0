import { isObject, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { firstText, momentAt } from '../../../telling/parts.ts';
import { type Identity, identify } from '../envelope.ts';

/** One happening of Twilio's. */
export interface TwilioEvent extends Identity {
  /** By Twilio's names for parameters, `MessageSid`, also where Event Streams writes `messageSid`. */
  readonly at: Payload;
  /** How many events came behind this one in a list. */
  readonly more: number;
  readonly occurredAt: number | null;
}

export function eventOf(payload: Payload): TwilioEvent {
  const data = read(payload, 'data');
  const isStreamed = textOrNull(payload, 'specversion') !== null && isObject(data);
  const more = read(payload, 'more');
  const request = read(data, 'request.parameters');
  const at = isStreamed ? { ...parameters(data), ...(isObject(request) ? request : {}) } : payload;
  return {
    ...identify(payload),
    at,
    more: typeof more === 'number' && Number.isSafeInteger(more) && more > 0 ? more : 0,
    occurredAt: momentAt(payload, 'time') ?? momentAt(at, 'Timestamp') ?? momentAt(at, 'DateCreated'),
  };
}

/** `error_code`, `errorCode` → `ErrorCode`; numbers as text, as forms have them. */
function parameters(data: Payload): Payload {
  const named = Object.entries(data).map(([key, value]) => [
    key.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    typeof value === 'number' ? String(value) : value,
  ]);
  return Object.fromEntries(named);
}

/** What all that happens to one message or call has in common, also where an event of Event Streams has an id of its own. */
export function idsOf(
  event: TwilioEvent,
  noun: string,
  ...names: readonly string[]
): { readonly thread: string | null; readonly happening: string | null } {
  const sid = said(event, ...names)?.slice(0, 100) ?? null;
  if (sid === null) return { thread: null, happening: null };
  const again = event.action === null || event.action === 'in-progress';
  return { thread: `${noun} ${sid}`, happening: again ? null : `${sid}:${event.action}` };
}

/** The words of a parameter. Null: it is missing or empty. */
export function said({ at }: TwilioEvent, ...names: readonly string[]): string | null {
  return firstText(at, names)?.trim() ?? null;
}

/** A whole number that is not negative, such as seconds. */
export function count(event: TwilioEvent, ...names: readonly string[]): number | null {
  const text = said(event, ...names);
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
