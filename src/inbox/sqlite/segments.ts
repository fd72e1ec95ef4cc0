import { OpenSegments, type Segment } from '../segment-codec.ts';
import { type Database, one } from './database.ts';

/** Reads slices of segments. */
export function segmentReader(db: Database): (segmentId: number, offset: number, size: number) => Buffer {
  const select = db.prepare('SELECT codec, raw_size AS rawSize, data FROM segments WHERE id = ?');
  // Readers copy at once: into the piece of memory, or the message, that changes threads.
  const open = new OpenSegments({ isCopied: true });

  function load(id: number): Buffer {
    const segment = one<Segment>(select, id);
    if (segment === undefined) throw new Error(`segment ${id} is missing: the database is damaged`);
    return open.add(id, segment);
  }

  return (segmentId, offset, size) => (open.get(segmentId) ?? load(segmentId)).subarray(offset, offset + size);
}
