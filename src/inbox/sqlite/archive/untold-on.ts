import type { Archive, UntoldSelection } from '../../../model/inbox/archive.ts';
import type { Clock } from '../../../shared/clock.ts';
import { drainedBy, eventsOf, inSteps, type UntoldRow } from '../../untold/in-steps.ts';
import type { UpkeepThreads } from '../upkeep/upkeep-on.ts';

/** What is meant is found on the reading thread; the writing one takes it a little at a time. */
export function untoldOn(
  { writer, reader, wrote }: UpkeepThreads,
  clock: Clock,
): Pick<Archive, 'causes' | 'dismiss' | 'drain'> & { requeue(selection: UntoldSelection): Promise<readonly number[]> } {
  const find = (selection: UntoldSelection) => reader.use((thread) => thread.call('untoldIn', selection));
  /** Where the file is gone the reading thread finds nothing, and the writing one knows why: it is asked first. */
  const mustBeThere = () => writer.call('dismiss', [], clock.now());
  const idsOf = (rows: readonly UntoldRow[]) => rows.map(({ id }) => id);

  async function each(ids: readonly number[], work: (some: readonly number[]) => Promise<number>): Promise<number> {
    return inSteps(ids, async (some) => {
      wrote(some.length);
      return work(some);
    });
  }

  return {
    causes: () => reader.use((thread) => thread.call('causes')),

    async requeue(selection) {
      await mustBeThere();
      const rows = await find(selection);
      await each(idsOf(rows), (some) => writer.call('requeue', some));
      return eventsOf(rows);
    },

    async dismiss(selection, { dryRun }) {
      if (!dryRun) await mustBeThere();
      const rows = await find(selection);
      const ids = eventsOf(rows);
      if (dryRun) return { count: rows.length, ids };
      return { count: await each(idsOf(rows), (some) => writer.call('dismiss', some, clock.now())), ids };
    },

    async drain(lane, { by }, { dryRun }) {
      if (!dryRun) await mustBeThere();
      const ids = await reader.use((thread) => thread.call('idleIn', lane));
      if (dryRun) return ids.length;
      return each(ids, (some) => writer.call('drain', some, drainedBy(by), clock.now()));
    },
  };
}
