import type { Headers } from '../../model/headers.ts';
import { boundedId, idOfBytes } from '../../shared/bounded-id.ts';
import { bodyOrNull, type Payload, read, textOrNull } from '../../shared/payload.ts';

export const DELIVERY = 'linear-delivery';

/** What Linear calls an event, and when it signed it. */
export type Identity =
  | {
      readonly id: string;
      /** `Issue` */
      readonly type: string;
      /** Milliseconds since 1970. */
      readonly signedAt: number;
    }
  | { readonly missing: string };

/**
 * Type and time from what is signed. `Linear-Delivery`, equal for each attempt, is not signed: a copy under another is known by its
 * body. Without the header, the body is the id.
 */
export function identify(headers: Headers, body: Buffer): Identity {
  const payload = bodyOrNull(body);
  if (payload === null) return { missing: 'body, a JSON object,' };
  const type = boundedId(textOrNull(payload, 'type'));
  if (type === null) return { missing: 'field type' };
  const signedAt = signedAtIn(payload);
  if (signedAt === null) return { missing: 'field webhookTimestamp' };
  return { id: boundedId(headers[DELIVERY]) ?? idOfBytes(body), type, signedAt };
}

/** Milliseconds, or ISO 8601. What is neither signs no time. */
export function signedAtIn(payload: Payload): number | null {
  const value = read(payload, 'webhookTimestamp');
  const time = typeof value === 'string' && ISO.test(value) ? Date.parse(value) : value;
  return typeof time === 'number' && Number.isFinite(time) && time > 0 ? time : null;
}

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;
