import type { EventId } from '../model/event.ts';
import type { SegmentId } from '../model/inbox/upkeep.ts';
import { compress, compressDamaged, type Segment, unpack } from './segment-codec.ts';

/** An event whose headers and body are in a segment. */
export interface BodyPlace {
  readonly id: EventId;
  readonly segmentOffset: number;
  readonly headersSize: number;
  readonly bodySize: number;
  readonly isNeeded: boolean | number;
}

/** How bodies are taken out of one segment. `replacement` null: none is left in it, and it goes whole. */
export interface Erasure {
  readonly segment: SegmentId;
  readonly ids: readonly EventId[];
  /** Whose bodies were in it: fewer since, and `replacement` would bring some back that somebody else took away. */
  readonly from: readonly EventId[];
  readonly replacement: Segment | null;
}

/**
 * What is to be done so that the bodies of `ids` go, needed ones excepted. Offsets stay; whatever is no body of an event that stays
 * (a stray, such as that of a duplicate) is overwritten too, also without `ids`. Null: nothing goes. `mayGoWhole`: false for the
 * newest segment, by whose id SQLite and a copy go on counting.
 */
export function planErasure(
  segment: SegmentId,
  stored: Segment,
  places: readonly BodyPlace[],
  wanted: { readonly ids: ReadonlySet<EventId>; readonly mayGoWhole: boolean },
): Erasure | null {
  const going = places.filter(({ id, isNeeded }) => wanted.ids.has(id) && !isNeeded).map(({ id }) => id);
  const staying = places.filter(({ id }) => !going.includes(id));
  const from = places.map(({ id }) => id);
  if (staying.length === 0 && wanted.mayGoWhole) return { segment, ids: going, from, replacement: null };
  const { raw, damage } = unpack(stored);
  const kept = onlyOf(raw, staying);
  if (going.length === 0 && kept.equals(raw)) return null;
  const pack = damage === null ? compress : compressDamaged;
  return { segment, ids: going, from, replacement: pack(kept) };
}

function onlyOf(raw: Buffer, places: readonly BodyPlace[]): Buffer {
  const kept = Buffer.alloc(raw.length);
  for (const { segmentOffset, headersSize, bodySize } of places) {
    raw.copy(kept, segmentOffset, segmentOffset, segmentOffset + headersSize + bodySize);
  }
  return kept;
}
