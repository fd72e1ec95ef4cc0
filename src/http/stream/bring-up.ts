import type { EventId } from '../../model/event.ts';
import { MOST_ROWS } from './looks.ts';
import type { Subscriber } from './subscriber.ts';
import { rowOf } from './watched.ts';
import type { FeedDeps, Watcher } from './watcher.ts';

/** A page may have been made so long before it listens: what it shows may have changed since. */
const LATELY_MS = 120_000;

/** Says what came after `after`, and what has changed lately of what came before; from then on the watcher says all. */
export async function bringUp(
  subscriber: Subscriber,
  after: EventId | null,
  watcher: Watcher,
  { archive, clock }: Pick<FeedDeps, 'archive' | 'clock'>,
): Promise<void> {
  const { outlet, filter } = subscriber;
  const newest = await watcher.begun;
  if (after === null) return subscriber.goOn(newest);
  const rows = await archive.list({ ...filter, after, limit: MOST_ROWS + 1 });
  let upTo = Math.min(newest, after);
  if (rows.length > MOST_ROWS) {
    const [last] = await archive.list({ limit: 1 });
    upTo = Math.max(last?.id ?? 0, newest);
    const isPlain = Object.values(filter).every((value) => value === undefined);
    const data = { count: isPlain ? upTo - after : rows.length, is_more: !isPlain };
    outlet.send(`id: ${upTo}\nevent: many\ndata: ${JSON.stringify(data)}\n\n`);
  } else {
    for (const { summary, json } of rows.map(rowOf)) {
      outlet.send(`id: ${summary.id}\nevent: new\ndata: ${json}\n\n`);
      upTo = Math.max(upTo, summary.id);
    }
  }
  const since = clock.now() - LATELY_MS;
  for (const row of watcher.rows()) {
    const { id, receivedAt } = row.summary;
    if (id <= after && receivedAt >= since) subscriber.sayChanged(row, row);
  }
  subscriber.goOn(upTo);
}
