import { withinBytes } from '../../within-bytes.ts';
import type { Database } from '../database.ts';
import { segmentReader } from '../segments.ts';
import type { PackedPending, PendingRow } from './packed.ts';

/** Adds headers and bodies to rows; what is more than 4 MiB in all is left for the next question. */
export function packer(db: Database): (rows: readonly PendingRow[]) => PackedPending {
  const read = segmentReader(db);

  return (found) => {
    const rows = withinBytes(found);
    const size = rows.reduce((sum, { headersSize, bodySize }) => sum + headersSize + bodySize, 0);
    const bytes = Buffer.allocUnsafeSlow(size);
    let at = 0;
    for (const { segmentId, segmentOffset, headersSize, bodySize } of rows) {
      at += read(segmentId, segmentOffset, headersSize + bodySize).copy(bytes, at);
    }
    return { rows, bytes };
  };
}
