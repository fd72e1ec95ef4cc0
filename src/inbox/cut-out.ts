import { hash } from 'node:crypto';
import type { EventId, StoredEvent } from '../model/event.ts';
import type { EventRecord } from '../model/inbox/records.ts';
import type { Unpacked } from './segment-codec.ts';

/** Where an event's headers and body lie, end to end. */
export interface Place {
  readonly id: EventId;
  readonly segmentId: number;
  readonly segmentOffset: number;
  readonly headersSize: number;
  readonly bodySize: number;
}

/** An event's headers and body, or why they cannot be read. */
export type CutOut =
  | { readonly bytes: Buffer; readonly damage: null }
  | { readonly bytes: null; readonly damage: string };

/** Headers are JSON. */
const BRACE = 0x7b;

/**
 * What lies at a place. Of a damaged segment as well, where the body is the one that was decided: `digest` is asked for its SHA-256,
 * and answers null while it is pending.
 */
export function cutOut({ raw, damage }: Unpacked, place: Place, digest: () => Uint8Array | null): CutOut {
  const { segmentId, segmentOffset: from, headersSize, bodySize } = place;
  const to = from + headersSize + bodySize;
  const isWithin = isSize(from) && isSize(headersSize) && isSize(bodySize) && to <= raw.length;
  if (damage !== null) {
    const bytes = isWithin ? raw.subarray(from, to) : null;
    if (bytes !== null && bytes[0] === BRACE && isDigestOf(digest(), bytes.subarray(headersSize)))
      return { bytes, damage: null };
    return damaged(`segment ${segmentId} is damaged (${damage})`);
  }
  if (!isWithin) return damaged(`it lies outside of segment ${segmentId}`);
  return raw[from] === BRACE
    ? { bytes: raw.subarray(from, to), damage: null }
    : damaged(`nothing is at its place in segment ${segmentId}`);
}

export function damaged(damage: string): CutOut {
  return { bytes: null, damage };
}

const NOTHING = Buffer.alloc(0);

/** The bytes taken apart, or why there are none; headers that are no JSON hurt their event only. */
export function storedBody(
  stored: Buffer | string,
  headersSize: number,
): Pick<StoredEvent, 'headers' | 'body' | 'damage'> {
  if (typeof stored === 'string') return { headers: {}, body: NOTHING, damage: stored };
  try {
    return { headers: JSON.parse(stored.toString('utf8', 0, headersSize)), body: stored.subarray(headersSize) };
  } catch {
    return { headers: {}, body: NOTHING, damage: 'its headers cannot be read' };
  }
}

/** The same as a record has it: copied, null where it is gone or damaged. */
export function recordedBody(
  stored: CutOut | null,
  headersSize: number,
): Pick<EventRecord, 'headers' | 'body' | 'damage'> {
  if (stored === null) return { headers: null, body: null };
  const { headers, body, damage } = storedBody(stored.bytes ?? stored.damage, headersSize);
  return damage === undefined ? { headers, body: Buffer.from(body) } : { headers: null, body: null, damage };
}

function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

export function isDigestOf(digest: Uint8Array | null, body: Uint8Array): boolean {
  return digest !== null && hash('sha256', body, 'buffer').equals(digest);
}
