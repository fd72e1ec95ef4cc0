import type { StoredEvent } from '../model/event.ts';
import type { Backlog } from '../model/inbox/backlog.ts';
import type { Source } from '../model/source.ts';
import type { BacktestChange, BacktestSummary } from '../model/trial/backtest.ts';
import { BothSides } from './backtest/both-sides.ts';
import { compareRulings } from './backtest/difference.ts';
import type { ReadableEvent } from './backtest/readable-event.ts';
import { Results } from './backtest/results.ts';
import type { Rules } from './backtest/side.ts';
import { payloadOf, type Reading, readEvent } from './expand/read-event.ts';
import { type Taker, takersOf, unread } from './expand/take-all.ts';

export interface Backtest {
  /** The rules in force, and those to compare with them. */
  readonly before: Rules;
  readonly after: Rules;
  /** All that either knows, by name. */
  readonly sources: ReadonlyMap<string, Source>;
  readonly stored: Pick<Backlog, 'resultsBefore'>;
}

/**
 * Who would have been told of stored events by other rules. `pages` come in the order of ids; each event is
 *
 * 1. read (normalised once for both),
 * 2. compared with results before it,
 * 3. ruled on by both sides; what settles waits for the labels that events within that time bring,
 * 4. compared, in the order of ids, once both have ruled.
 *
 * Nothing is stored or sent. Memory: a page, what settles, and the keys of what was told lately. Measured with 50,000 events
 * of 15 kB and few rules, SQLite, 2 cores: 7 s, of which reading takes 2.
 */
export async function backtest(
  { before, after, sources, stored }: Backtest,
  pages: AsyncIterable<readonly StoredEvent[]>,
  onChange: (change: BacktestChange) => Promise<void>,
): Promise<Omit<BacktestSummary, 'gone'>> {
  const results = new Results(stored);
  const sides = new BothSides(before, after);
  const payloads = (before.hasTemplates ?? false) || (after.hasTemplates ?? false) ? sources : null;
  const takers = [...(before.takers ?? []), ...(after.takers ?? [])];
  const counts = { events: 0, fewer: 0, more: 0, same: 0, unjudged: 0, unread: 0 };

  async function compareRuled(): Promise<void> {
    for (const { event, before, after } of sides.takeRuled()) {
      const { fewer, more, same, isUnjudged } = compareRulings(event, before, after);
      counts.fewer += fewer.length;
      counts.more += more.length;
      counts.same += same;
      if (isUnjudged) counts.unjudged++;
      if (fewer.length + more.length > 0) await onChange({ ...changeOf(event), fewer, more });
    }
  }

  for await (const page of pages) {
    const readings = await Promise.all(page.map((event) => readEvent(event, sources)));
    counts.events += page.length;
    counts.unread += readings.filter(isUnread).length;
    for (const event of await results.compare(readings.flatMap((reading) => readableIn(reading, payloads, takers))))
      sides.ask(event);
    await compareRuled();
  }
  sides.end();
  await compareRuled();
  return counts;
}

function isUnread(reading: Reading): boolean {
  return reading.activity === null && reading.expansion.state === 'failed';
}

/** `payloads`: whose they are. Null: nobody asks for them. What says nothing matters to those alone who take all. */
function readableIn(
  { event, activity, ...unsaid }: Reading,
  payloads: Backtest['sources'] | null,
  takers: readonly Taker[],
): readonly ReadableEvent[] {
  const { id, source, origin, receivedAt } = event;
  if (activity === null) {
    const isForged = 'expansion' in unsaid && unsaid.expansion.state === 'quarantined';
    if (isForged || takersOf(event, takers).length === 0) return [];
    return [{ id, source, origin, receivedAt, activity: unread(event), transition: null, isUnsaid: true }];
  }
  const payload = payloads && (() => payloadOf(event, payloads));
  return [{ id, source, origin, receivedAt, activity, transition: null, ...(payload && { payload }) }];
}

function changeOf({ id, receivedAt, activity }: ReadableEvent): Omit<BacktestChange, 'fewer' | 'more'> {
  const { kind, place, account, subject } = activity;
  return {
    eventId: id,
    receivedAt,
    kind,
    place: place?.name ?? account,
    handle: subject?.handle ?? null,
    title: subject?.title ?? null,
  };
}
