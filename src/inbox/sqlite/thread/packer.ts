import type { Database } from '../database.ts';
import { segmentReader } from '../segments.ts';
import type { PackedPending, PendingRow } from './packed.ts';

const BYTES_AT_ONCE = 4 * 1024 * 1024;

/** Adds headers and bodies to rows; what is more than 4 MiB in all is left for the next question. */
export function packer(db: Database): (rows: readonly PendingRow[]) => PackedPending {
  const read = segmentReader(db);

  function concatenate(rows: readonly PendingRow[], size: number): Uint8Array {
    const bytes = Buffer.allocUnsafeSlow(size);
    let at = 0;
    for (const { segmentId, segmentOffset, headersSize, bodySize } of rows) {
      at += read(segmentId, segmentOffset, headersSize + bodySize).copy(bytes, at);
    }
    return bytes;
  }

  return (found) => {
    const rows: PendingRow[] = [];
    let bytes = 0;
    for (const row of found) {
      if (rows.length > 0 && bytes + row.bodySize > BYTES_AT_ONCE) break;
      bytes += row.headersSize + row.bodySize;
      rows.push(row);
    }
    return { rows, bytes: concatenate(rows, bytes) };
  };
}
