import type { EventId } from '../../../model/event.ts';
import type { Forgetting, Forgotten } from '../../../model/inbox/forgetting.ts';
import type { SegmentId } from '../../../model/inbox/upkeep.ts';
import type { Clock } from '../../../shared/clock.ts';
import { forgetFound } from '../../forget-found.ts';
import { forgetKnownOn } from '../known/known-on.ts';
import type { ReceiptKey, ResultKey } from '../upkeep/aged.ts';
import { eraseOn, type UpkeepThreads } from '../upkeep/upkeep-on.ts';

/** What is about somebody is found on the reading thread; the writing one takes it away. */
export function forgettingOn(threads: UpkeepThreads, clock: Clock): Forgetting {
  const { writer, reader, wrote } = threads;
  const erase = eraseOn(threads);

  async function forgetResults(what: Forgotten): Promise<number> {
    return forgetFound<ResultKey>(
      ['', 0],
      (after) => reader.use((thread) => thread.call('resultsAbout', what, after)),
      async (keys) => Number(await writer.call('deleteResults', null, keys)),
    );
  }

  async function forgetReceipts(what: Forgotten): Promise<number> {
    return forgetFound<ReceiptKey>(
      ['', ''],
      (after) => reader.use((thread) => thread.call('receiptsAbout', what, after)),
      async (keys) => Number(await writer.call('deleteReceipts', null, keys, Number.MAX_SAFE_INTEGER)),
    );
  }

  return {
    eventsAbout: (what, afterId, limit) => reader.use((thread) => thread.call('eventsAbout', what, afterId, limit)),

    async forgetEvents(what, ids: readonly EventId[]) {
      await writer.call('overwriteFreed');
      await writer.call('forgetTexts', what, ids);
      wrote(4 * ids.length);
      for (const segment of await reader.use((thread) => thread.call('segmentsOf', ids)))
        await erase(null, segment, ids);
    },

    async forgetKeys(what) {
      await writer.call('overwriteFreed');
      return (await forgetResults(what)) + (await forgetReceipts(what)) + (await forgetKnownOn(threads, clock, what));
    },
    async forgetStrays() {
      await writer.call('overwriteFreed');
      return forgetFound<SegmentId>(
        0,
        (after) => reader.use((thread) => thread.call('segmentsWithStrays', after)),
        async (segments) => {
          let cleaned = 0;
          for (const segment of segments) if ((await erase(null, segment, [])) !== null) cleaned++;
          return cleaned;
        },
      );
    },

    noteAudit: (what, detail) => writer.call('noteAudit', what, detail, clock.now()),
    async amendAudit(id, detail) {
      await writer.call('amendAudit', id, detail);
      await writer.call('foldLog');
    },
    audit: (limit) => reader.use((thread) => thread.call('audit', limit)),
  };
}
