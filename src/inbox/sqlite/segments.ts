import { type CutOut, cutOut, damaged, type Place } from '../cut-out.ts';
import { OpenSegments, type Segment, type Unpacked } from '../segment-codec.ts';
import { readingAround } from './damage/corrupt.ts';
import { type Database, one } from './database.ts';

/** Reads events' headers and bodies. What it gives holds until the next question. */
export function segmentReader(db: Database): (place: Place) => CutOut {
  const select = db.prepare('SELECT codec, raw_size AS rawSize, data FROM segments WHERE id = ?');
  const selectDigest = db.prepare('SELECT body_digest AS digest FROM events WHERE id = ?');
  // Readers copy at once: into the piece of memory, or the message, that changes threads.
  const open = new OpenSegments({ isCopied: true });

  function load(id: number): Unpacked | string {
    const segment = readingAround(
      () => one<Segment>(select, id),
      (problem) => `segment ${id} cannot be read (${problem})`,
    );
    if (typeof segment === 'string') return segment;
    return segment === undefined ? `segment ${id} is missing` : open.add(id, segment);
  }

  return (place) => {
    const unpacked = open.get(place.segmentId) ?? load(place.segmentId);
    if (typeof unpacked === 'string') return damaged(unpacked);
    return cutOut(unpacked, place, () => one<{ digest: Uint8Array | null }>(selectDigest, place.id)?.digest ?? null);
  };
}
