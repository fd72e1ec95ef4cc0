import type { EventId } from '../../model/event.ts';
import type { Archive } from '../../model/inbox/archive.ts';
import type { EventSummary } from '../../model/inbox/records.ts';
import type { Subscriber } from './subscriber.ts';
import { rowOf, type Watched } from './watched.ts';

/** Of one look: that many new ones are said one by one, and that many are looked at again. */
export const MOST_ROWS = 50;

export interface Looking {
  readonly archive: Pick<Archive, 'list'>;
  readonly subscribers: ReadonlySet<Subscriber>;
  readonly watched: Watched;
  isStopped(): boolean;
}

/** Says what is newer than that event. Returns the newest from then on. */
export async function lookForNew(looking: Looking, after: EventId): Promise<EventId> {
  const { archive, subscribers, watched } = looking;
  const rows = await archive.list({ after, limit: MOST_ROWS + 1 });
  if (looking.isStopped()) return after;
  if (rows.length > MOST_ROWS) return sayMany(looking, after);
  for (const row of rows.map(rowOf)) {
    watched.add(row);
    for (const each of subscribers) each.sayNew(row);
  }
  return rows.at(-1)?.id ?? after;
}

/** Of what fits a filter there may be few enough all the same. */
async function sayMany(looking: Looking, after: EventId): Promise<EventId> {
  const { archive, subscribers } = looking;
  const [last] = await archive.list({ limit: 1 });
  const upTo = Math.max(last?.id ?? 0, after);
  const found = new Map<string, readonly EventSummary[]>();
  for (const each of subscribers) {
    const key = JSON.stringify(each.filter);
    if (key === '{}') {
      each.sayMany(upTo - after, false, upTo);
      continue;
    }
    const rows = found.get(key) ?? (await archive.list({ ...each.filter, after, limit: MOST_ROWS + 1 }));
    found.set(key, rows);
    if (looking.isStopped()) return upTo;
    if (rows.length > MOST_ROWS) each.sayMany(rows.length, true, upTo);
    else for (const row of rows) if (row.id <= upTo) each.sayNew(rowOf(row));
  }
  return upTo;
}

/** Says what changed of what is watched: of what may change by itself, with `all` of the rest too. False: nothing did. */
export async function lookForChanged(looking: Looking, all: boolean): Promise<boolean> {
  const { archive, subscribers, watched } = looking;
  const ids = watched.next(MOST_ROWS, all);
  if (ids.length === 0) return false;
  const found = new Map((await archive.list({ ids, limit: ids.length })).map((summary) => [summary.id, summary]));
  if (looking.isStopped()) return false;
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
