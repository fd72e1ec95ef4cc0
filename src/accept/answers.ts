import type { EventId } from '../model/event.ts';
import type { Reply } from '../model/source.ts';
import type { ReceivedResult } from '../model/telemetry.ts';

/** What the sender is told, and what it counts as. */
export interface Answer {
  readonly status: number;
  readonly result: ReceivedResult;
  /** Flat name/value pairs: what `writeHead` serialises fastest. */
  readonly headers: readonly string[];
  readonly body: string;
}

const JSON_TYPE = ['Content-Type', 'application/json'] as const;
/** Seconds. Short: GitHub never retries by itself, other senders should come back soon. */
const RETRY_AFTER = ['Retry-After', '5'] as const;

/** Without a reply of the provider's own: our JSON. */
export function stored(status: 'accepted' | 'duplicate', id: EventId, reply?: Reply): Answer {
  if (reply !== undefined) return replied(status, reply);
  // Both values are ours and need no escaping: JSON.stringify would cost more than the rest of the answer.
  return { status: 200, result: status, ...json(`{"status":"${status}","id":${id}}`) };
}

/** What a provider wants to hear, word for word. */
export function replied(result: ReceivedResult, { status, headers = {}, body }: Reply): Answer {
  // RFC 9110 §8.6: a 204 has no length.
  const length = status === 204 ? [] : ['Content-Length', String(Buffer.byteLength(body))];
  return { status, result, headers: [...Object.entries(headers).flat(), ...length], body };
}

export function methodNotAllowed(methods: readonly string[]): Answer {
  const message = `Webhooks are sent here with ${methods.join(' or ')}. Set this address as the payload URL at the provider.`;
  return refusal(405, 'bad_request', 'method_not_allowed', message, ['Allow', methods.join(', ')]);
}
export const UNKNOWN_SOURCE = refusal(404, 'unknown_source', 'unknown_source', 'No source has this address.');
export const OVERLOADED = refusal(
  503,
  'overloaded',
  'overloaded',
  'Too many bytes are in flight. Try again soon.',
  RETRY_AFTER,
);
export const UNAVAILABLE = refusal(
  503,
  'unavailable',
  'unavailable',
  'The event could not be stored. Try again soon.',
  RETRY_AFTER,
);
export const NOT_NOW = refusal(
  503,
  'not_now',
  'cannot_verify_now',
  'The signature cannot be checked now. Try again soon.',
  RETRY_AFTER,
);
/** One text for every cause: which part was wrong is the operator's business (it is in the log). */
export const NOT_VERIFIED = refusal(
  401,
  'refused',
  'signature_refused',
  'The signature is missing or does not match the body.',
);

/** The same, with what RFC 9110 §11.6.1 asks of a 401 where the sender proves itself by HTTP authentication. */
export function notVerified(challenge?: string): Answer {
  if (challenge === undefined) return NOT_VERIFIED;
  return { ...NOT_VERIFIED, headers: [...NOT_VERIFIED.headers, 'WWW-Authenticate', challenge] };
}

export const BROKEN = refusal(
  500,
  'unavailable',
  'internal',
  'Something went wrong here. The event was not confirmed.',
);

export const TOO_SLOW = refusal(408, 'aborted', 'body_too_slow', 'The body came too slowly. Try again.');

export const TINY_PIECES = refusal(
  400,
  'bad_request',
  'body_in_tiny_pieces',
  'The body comes in too many, too small pieces.',
);

/** For edges that must answer although the sender is gone. */
export const CUT_OFF = refusal(400, 'aborted', 'body_cut_off', 'The body ended before it was complete.');

export const ENCODED = refusal(
  415,
  'unsupported',
  'unsupported_encoding',
  'Send the body as it is, without a Content-Encoding.',
);

export function unsupportedType(accepted: readonly string[]): Answer {
  return refusal(415, 'unsupported', 'unsupported_media_type', `Send the body as ${accepted.join(' or ')}.`);
}

export function tooLarge(maxBytes: number): Answer {
  return refusal(413, 'too_large', 'body_too_large', `The body may have at most ${maxBytes} bytes.`);
}

/** `missing`: `header X-GitHub-Event`, `field id`. */
export function unidentified(missing: string): Answer {
  return refusal(400, 'bad_request', 'unidentified', `The ${missing} is missing.`);
}

function refusal(
  status: number,
  result: ReceivedResult,
  code: string,
  message: string,
  extra: readonly string[] = [],
): Answer {
  const { headers, body } = json(JSON.stringify({ error: { code, message } }));
  return { status, result, headers: [...headers, ...extra], body };
}

function json(body: string): Pick<Answer, 'headers' | 'body'> {
  return { headers: [...JSON_TYPE, 'Content-Length', String(Buffer.byteLength(body))], body };
}
