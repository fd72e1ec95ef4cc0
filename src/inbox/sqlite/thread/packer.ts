import type { EventId } from '../../../model/event.ts';
import { withinBytes } from '../../within-bytes.ts';
import type { Database } from '../database.ts';
import { segmentReader } from '../segments.ts';
import type { PackedPending, PackedRow, PendingRow } from './packed.ts';

/** Adds headers and bodies to rows; what is more than 4 MiB in all is left for the next question. */
export function packer(db: Database): (rows: readonly PendingRow[], hurt?: readonly EventId[]) => PackedPending {
  const read = segmentReader(db);

  return (found, hurt = []) => {
    const some = withinBytes(found);
    const bytes = Buffer.allocUnsafeSlow(some.reduce((sum, row) => sum + sizeOf(row), 0));
    let at = 0;
    const rows = some.map((row): PackedRow => {
      const { bytes: stored, damage } = sizeOf(row) === 0 ? NOTHING : read(row);
      if (stored !== null) at += stored.copy(bytes, at);
      return { ...row, damage };
    });
    return { rows, bytes, hurt };
  };
}

/** No event is as large: a size that was hit itself asks for no memory. */
const MOST_BYTES = 64 * 1024 * 1024;
const NOTHING = { bytes: null, damage: 'its size cannot be right' } as const;

function sizeOf({ headersSize, bodySize }: Pick<PendingRow, 'headersSize' | 'bodySize'>): number {
  const size = headersSize + bodySize;
  return headersSize > 0 && bodySize >= 0 && size <= MOST_BYTES ? size : 0;
}
