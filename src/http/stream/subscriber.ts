import type { EventId } from '../../model/event.ts';
import type { EventSummary } from '../../model/inbox/records.ts';
import { matcherOf, type StreamFilter } from './matcher.ts';
import type { Outlet } from './outlet.ts';
import { type Row, rowOf } from './watched.ts';

/** Somebody who listens. */
export interface Subscriber {
  readonly filter: StreamFilter;
  readonly outlet: Outlet;
  /** It fits their filter: new to them. Unless it was said when they began. */
  sayNew(row: Row): void;
  /** It fits, or did: what they see of it is no longer so. */
  sayChanged(before: Row | null, row: Row): void;
  /** More came than is said one by one. `upTo`: and no later event. */
  sayMany(count: number, isMore: boolean, upTo: EventId): void;
  /** They are up to date, up to this event: what was said meanwhile follows. */
  goOn(upTo: EventId): void;
}

export function createSubscriber(filter: StreamFilter, outlet: Outlet): Subscriber {
  const matches = matcherOf(filter);
  let highest: EventId = 0;
  /** While it is read what they missed. Null: they are up to date. */
  let held: (() => void)[] | null = [];

  function say(event: 'new' | 'changed' | 'many', data: string, id: EventId | null): void {
    // Where whoever comes back goes on: never further back.
    const isFurther = id !== null && id > highest;
    if (isFurther) highest = id;
    outlet.send(`${isFurther ? `id: ${id}\n` : ''}event: ${event}\ndata: ${data}\n\n`);
  }

  function later(saying: () => void): void {
    if (held === null) saying();
    else held.push(saying);
  }

  return {
    filter,
    outlet,
    sayNew(row) {
      if (!matches(row.summary)) return;
      later(() => {
        if (row.summary.id > highest) say('new', row.json, row.summary.id);
      });
    },
    sayChanged(before, row) {
      const wasThere = before !== null && matches(before.summary);
      if (wasThere) later(() => say('changed', row.json, null));
      // What was not theirs until now, whatever its place is.
      else if (matches(row.summary)) later(() => say('new', row.json, null));
    },
    sayMany(count, isMore, upTo) {
      later(() => {
        if (upTo > highest) say('many', JSON.stringify({ count, is_more: isMore }), upTo);
      });
    },
    goOn(upTo) {
      highest = Math.max(highest, upTo);
      const sayings = held ?? [];
      held = null;
      for (const saying of sayings) saying();
    },
  };
}

/** What came after an event, for one who listens from now on. The rows fit their filter. */
export function sayMissed({ outlet }: Subscriber, rows: readonly EventSummary[]): EventId {
  let upTo = 0;
  for (const { summary, json } of rows.map(rowOf)) {
    outlet.send(`id: ${summary.id}\nevent: new\ndata: ${json}\n\n`);
    upTo = summary.id;
  }
  return upTo;
}
