import type { Backlog, Expanded, Expansion } from '../../../model/inbox/backlog.ts';
import { believed, sortBatch, standing } from '../../batch-of-expansions.ts';
import { countsOf } from '../../counts/tally.ts';
import { checkRepeats } from '../../repeats.ts';
import { type SettledRow, settledOf } from '../../settled.ts';
import { type StoredExpansion, storedExpansion } from '../../stored-expansion.ts';
import { fence } from '../fence.ts';
import { hear } from '../known/subjects.ts';
import { QueueStart } from '../queue-start.ts';
import type { Database, Query } from '../server/database.ts';
import { eventsReader, STORED_COLUMNS, type StoredRow } from '../stored-events.ts';
import { readEarlier, readPending } from './earlier.ts';
import { keepResults } from './results.ts';
import { forget, learn, putAside } from './settling.ts';
import { takeOut, writeDecisions } from './write-decisions.ts';

/** LIMIT keeps the planner from joining all of `settling`, dead rows and all, because it takes the queue for longer than it is. */
const PENDING = `
  SELECT ${STORED_COLUMNS},
         s.has_settled IS NOT NULL AS "hasSettled", s.labels, s.is_draft AS "isDraft"
  FROM tidings.pending_from($1, $2) AS p (event_id)
  JOIN tidings.events e ON e.id = p.event_id LEFT JOIN tidings.decisions d ON d.event_id = p.event_id
  LEFT JOIN LATERAL (
    SELECT true AS has_settled, labels, is_draft FROM tidings.settling WHERE event_id = p.event_id LIMIT 1
  ) s ON true ORDER BY e.id`;

type PendingRow = StoredRow & SettledRow;

/**
 * The expander's side: what is pending, and what was decided about it. `forget`: something was put back.
 *
 * Decisions do not wait for the disk. A server that was lost may come back, or be followed by one, without the last of them: these
 * events are pending again, and come before all that are newer. So what was read before is not decided, and read again from
 * the start.
 */
export function backlogOps(db: Database, now: () => number): Pick<Backlog, 'pending' | 'expand'> & { forget(): void } {
  let losses = 0;
  /** Of the last read: how often the server had been lost. */
  let readIn = 0;
  const readOf = new WeakMap<readonly Expansion[], number>();
  db.onLost(() => losses++);
  const read = eventsReader(db);
  const start = new QueueStart(now);
  let highest = 0;
  async function rowsFrom(afterId: number, limit: number): Promise<readonly PendingRow[]> {
    // A reader that goes on from where it was has not come to look at the whole.
    const begun = afterId > 0 ? undefined : start.begin();
    // Known before the look: ids come in the order of commit, so the look sees whatever waits up to here.
    const newest = begun === 0 ? await newestEvent() : highest;
    const rows = await db.rows<PendingRow>(PENDING, [begun ?? afterId + 1, limit]);
    highest = Math.max(highest, newest, rows.at(-1)?.id ?? 0);
    if (begun !== undefined) start.found(begun, rows[0]?.id ?? newest);
    return rows;
  }

  async function newestEvent(): Promise<number> {
    const [row] = await db.rows<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM tidings.events');
    return row?.id ?? 0;
  }

  return {
    forget: () => start.forget(),

    async pending(limit, afterId = 0) {
      const reading = losses;
      const rows = await rowsFrom(reading === readIn ? afterId : 0, limit);
      readIn = reading;
      return read(rows, settledOf);
    },

    // It can be decided again from what is stored, so its commit does not wait for the disk (docs/adr/0002).
    expand: (lease, expansions) => {
      const reading = readOf.get(expansions) ?? readIn;
      readOf.set(expansions, reading);
      const stored = expansions.map(storedExpansion);
      return db.transaction(
        async (tx) => {
          if (!(await fence(tx, lease))) return 'fenced';
          // Asked once the server has answered: it is the one in use.
          return reading === losses ? await expand(tx, { expansions: stored, now: now() }) : 'done';
        },
        { recomputable: true },
      );
    },
  };
}

interface Expanding {
  readonly expansions: readonly StoredExpansion[];
  readonly now: number;
}

/** As many statements for a batch as for one event. */
async function expand(tx: Query, { expansions, now }: Expanding): Promise<Expanded> {
  const batch = sortBatch(expansions, await readPending(tx, expansions));
  const repeats = checkRepeats(batch.proposals, await readEarlier(tx, batch.proposals));
  const { settling, checked, result } = standing(batch.settling, repeats);
  await putAside(tx, settling);
  await forget(
    tx,
    checked.flatMap(({ event }) => (event.isSettling ? event.id : [])),
  );
  await writeDecisions(tx, checked, now);
  // After what is kept for settling: whoever brings an event back has that locked, and puts it here.
  const ids = [...settling.map(({ eventId }) => eventId), ...checked.map(({ event }) => event.id)];
  await takeOut(tx, ids, countsOf(checked, now));
  const heard = believed(settling, checked);
  await learn(tx, heard);
  await keepResults(tx, heard);
  await hear(tx, heard, now);
  return result;
}
