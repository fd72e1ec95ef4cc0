import type { EventId } from '../../model/event.ts';
import type { EventSummary } from '../../model/inbox/records.ts';
import type { FeedDeps } from './feed.ts';
import { createPace, type Looked } from './pace.ts';
import type { Subscriber } from './subscriber.ts';
import { createWatched, type Row, rowOf } from './watched.ts';

/** Of one look: that many new ones are said one by one, and that many are looked at again. */
export const MOST_ROWS = 50;

export interface Watcher {
  /** What is newer than this event is said. */
  readonly begun: Promise<EventId>;
  /** What is watched. */
  rows(): Iterable<Row>;
  stop(): void;
}

/** Looks for what is new and for what has changed, and tells everybody who listens. */
export function createWatcher({ archive, clock, log }: FeedDeps, subscribers: ReadonlySet<Subscriber>): Watcher {
  const watched = createWatched();
  let newest: EventId = 0;
  let isStopped = false;
  let hasFailed = false;

  const begun = Promise.withResolvers<EventId>();
  begun.promise.catch(() => undefined);
  let isSeeded = false;

  /** The newest page is watched too: somebody has it before them. */
  async function seed(): Promise<void> {
    const rows = await archive.list({ limit: MOST_ROWS });
    newest = rows[0]?.id ?? 0;
    for (const row of rows.map(rowOf)) watched.add(row);
    isSeeded = true;
    begun.resolve(newest);
  }

  async function lookForNew(): Promise<boolean> {
    const after = newest;
    const rows = await archive.list({ after, limit: MOST_ROWS + 1 });
    if (isStopped || rows.length === 0) return false;
    if (rows.length > MOST_ROWS) {
      await sayMany(after);
      return true;
    }
    newest = rows.at(-1)?.id ?? after;
    for (const row of rows.map(rowOf)) {
      watched.add(row);
      for (const each of subscribers) each.sayNew(row);
    }
    return true;
  }

  /** Of what fits a filter there may be few enough all the same. */
  async function sayMany(after: EventId): Promise<void> {
    const [last] = await archive.list({ limit: 1 });
    const upTo = Math.max(last?.id ?? 0, after);
    newest = upTo;
    const found = new Map<string, readonly EventSummary[]>();
    for (const each of [...subscribers]) {
      const key = JSON.stringify(each.filter);
      if (key === '{}') {
        each.sayMany(upTo - after, false, upTo);
        continue;
      }
      const rows = found.get(key) ?? (await archive.list({ ...each.filter, after, limit: MOST_ROWS + 1 }));
      found.set(key, rows);
      if (isStopped) return;
      if (rows.length > MOST_ROWS) each.sayMany(rows.length, true, upTo);
      else for (const row of rows) if (row.id <= upTo) each.sayNew(rowOf(row));
    }
  }

  async function lookForChanged(all: boolean): Promise<boolean> {
    const ids = watched.next(MOST_ROWS, all);
    if (ids.length === 0) return false;
    const found = new Map((await archive.list({ ids, limit: ids.length })).map((summary) => [summary.id, summary]));
    if (isStopped) return false;
    let isChanged = false;
    for (const id of ids) {
      const [before, summary] = [watched.get(id), found.get(id)];
      if (summary === undefined) watched.remove(id);
      if (summary === undefined || before === undefined) continue;
      const row = rowOf(summary);
      if (row.json === before.json) continue;
      isChanged = true;
      watched.add(row);
      for (const each of subscribers) each.sayChanged(before, row);
    }
    return isChanged;
  }

  /** A database that does not answer is asked again, ever later; whoever listens stays. */
  async function look(isWoken: boolean): Promise<Looked> {
    try {
      if (!isSeeded) await seed();
      const isNew = !isStopped && (await lookForNew());
      const isChanged = !isStopped && (await lookForChanged(isWoken));
      hasFailed = false;
      if (isNew || isChanged) return 'moved';
      return watched.hasUnsettled ? 'unsettled' : 'settled';
    } catch (error) {
      if (!hasFailed) log.warn({ err: error }, 'the stream of events cannot read the database, and tries again');
      hasFailed = true;
      return 'unsettled';
    }
  }

  const pace = createPace(clock, look);
  const unwake = archive.onWake(pace.wake);
  pace.wake();

  return {
    begun: begun.promise,
    rows: () => watched.rows(),
    stop() {
      isStopped = true;
      unwake();
      pace.stop();
      begun.reject(new Error('nobody listens any more'));
    },
  };
}
