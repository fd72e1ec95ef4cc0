import type { EventId } from '../../../model/event.ts';
import type { Fenced, Lease } from '../../../model/inbox/lanes.ts';
import type { SegmentId, Upkeep } from '../../../model/inbox/upkeep.ts';
import type { Erasure } from '../../erasure.ts';
import { type Found, removeFound } from '../../look-through.ts';
import type { startReader, startWriter } from '../thread/thread-client.ts';

export interface UpkeepThreads {
  readonly writer: Awaited<ReturnType<typeof startWriter>>;
  readonly reader: { use<R>(work: (thread: Awaited<ReturnType<typeof startReader>>) => Promise<R>): Promise<R> };
  wrote(rows: number): void;
}

/** Erases bodies of one segment that nothing needs, and strays: returns what went. Packed anew on the reading thread. */
export function eraseOn({ writer, reader, wrote }: UpkeepThreads) {
  return async (lease: Lease | null, segment: SegmentId, ids: readonly EventId[]): Promise<Erasure | null | Fenced> => {
    for (;;) {
      const erasure = await reader.use((thread) => thread.call('planErasure', segment, ids));
      if (erasure === null) return null;
      const erased = await writer.callTransferring('eraseBodies', [lease, erasure], partsOf(erasure));
      wrote(1 + erasure.ids.length);
      if (erased === 'fenced') return 'fenced';
      if (erased === 'done') return erasure;
    }
  };
}

/** What goes is found, and bodies are packed anew, on the reading thread; the writing one only takes it away. */
export function upkeepOn(threads: UpkeepThreads): Upkeep {
  const { writer, reader, wrote } = threads;
  const erase = eraseOn(threads);

  return {
    ...sweepOn({ writer, reader, wrote }),
    bringOver: (lease) => writer.call('bringOver', lease),
    keptSegments: (after, limit) => reader.use((thread) => thread.call('keptSegments', after, limit)),
    countAttempts: (before) => reader.use((thread) => thread.call('countAttempts', before)),
    keptEvents: (after, limit) => reader.use((thread) => thread.call('keptEvents', after, limit)),
    async eraseBodies(lease, segment, ids) {
      const erased = await erase(lease, segment, ids);
      return erased === 'fenced' ? 'fenced' : (erased?.ids.length ?? 0);
    },

    async deleteEvents(lease, ids) {
      for (const segment of await reader.use((thread) => thread.call('segmentsOf', ids))) {
        if ((await erase(lease, segment, ids)) === 'fenced') return 'fenced';
      }
      const deleted = await writer.call('deleteEvents', lease, ids);
      // Most of what is about an event lies in pages of its own.
      wrote(deleted === 'fenced' ? 0 : 10 * deleted);
      return deleted;
    },

    async shrink(lease, bytes) {
      const freed = await writer.call('shrink', lease, bytes);
      if (freed !== 'fenced') wrote(Math.ceil(freed / 4_096));
      return freed;
    },

    storedSize: () => reader.use((thread) => thread.call('storedSize')),
  };
}

function sweepOn({ writer, reader, wrote }: UpkeepThreads): Pick<Upkeep, 'deleteAttempts' | 'deleteLeftovers'> {
  async function deleteFound<T>(
    find: () => Promise<Found<T>>,
    remove: (rows: readonly T[]) => Promise<number | Fenced>,
  ): Promise<number | Fenced> {
    const removed = await removeFound(find, remove);
    if (removed !== 'fenced') wrote(removed);
    return removed;
  }

  return {
    deleteAttempts: (lease, before, limit) =>
      deleteFound(
        () => reader.use((thread) => thread.call('agedAttempts', before, limit)),
        (ids) => writer.call('deleteAttempts', lease, ids),
      ),

    async deleteLeftovers(lease, before, limit) {
      const results = await deleteFound(
        () => reader.use((thread) => thread.call('agedResults', before, limit)),
        (keys) => writer.call('deleteResults', lease, keys),
      );
      if (results !== 0) return results;
      const receipts = await deleteFound(
        () => reader.use((thread) => thread.call('agedReceipts', before, limit)),
        (keys) => writer.call('deleteReceipts', lease, keys, before),
      );
      if (receipts !== 0) return receipts;
      const subjects = await deleteFound(
        () => reader.use((thread) => thread.call('agedSubjects', before, limit)),
        (threads) => writer.call('deleteSubjects', lease, threads, before),
      );
      return subjects === 0 ? writer.call('deleteWishes', lease, before, limit) : subjects;
    },
  };
}

/** The bytes change threads instead of being copied. */
function partsOf({ replacement }: Erasure): ArrayBuffer[] {
  const data = replacement?.data;
  return data?.buffer instanceof ArrayBuffer && data.byteLength === data.buffer.byteLength ? [data.buffer] : [];
}
