import type { EventId } from '../../model/event.ts';
import type { Archive } from '../../model/inbox/archive.ts';
import type { Inbox } from '../../model/inbox.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Logger } from '../../shared/log.ts';
import type { StreamFilter } from './matcher.ts';
import { createOutlet } from './outlet.ts';
import { createSubscriber, type Subscriber, sayMissed } from './subscriber.ts';
import { createWatcher, MOST_ROWS, type Watcher } from './watcher.ts';

export interface FeedDeps {
  readonly archive: Pick<Archive, 'list'> & Pick<Inbox, 'onWake'>;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Wish {
  readonly filter: StreamFilter;
  /** What came after this event is said first. Null: only what comes from now on. */
  readonly after: EventId | null;
  /** Ends it, after what was sent. */
  readonly signal: AbortSignal;
  /** Closes the connection of somebody who does not read. */
  readonly hangUp: () => void;
}

export interface Feed {
  /** As lines of `text/event-stream`. Null: too many listen already. */
  subscribe(wish: Wish): ReadableStream<Uint8Array> | null;
}

const MOST_SUBSCRIBERS = 100;
/** Proxies close what is silent for a minute. */
const BEAT_MS = 15_000;
/** A page may have been made so long before it listens: what it shows may have changed since. */
const LATELY_MS = 120_000;
/** After the end, for whoever reads. */
const LEAVE_MS = 200;
/** How soon a browser comes back. */
const OPENING = 'retry: 2000\n\n';

/** Whoever listens, and the one watcher for all of them: it begins with the first, and ends with the last. */
export function createFeed(deps: FeedDeps): Feed {
  const { archive, clock, log } = deps;
  const subscribers = new Set<Subscriber>();
  let running: { readonly watcher: Watcher; readonly stop: () => void } | null = null;

  function start(): { readonly watcher: Watcher; readonly stop: () => void } {
    const watcher = createWatcher(deps, subscribers);
    let endBeat = (): void => undefined;
    const beat = (): void => {
      endBeat = clock.after(BEAT_MS, beat);
      for (const { outlet } of subscribers) outlet.send(':\n\n');
    };
    endBeat = clock.after(BEAT_MS, beat);
    const stop = () => {
      endBeat();
      watcher.stop();
    };
    return { watcher, stop };
  }

  function leave(subscriber: Subscriber): void {
    subscribers.delete(subscriber);
    if (subscribers.size > 0) return;
    running?.stop();
    running = null;
  }

  /** Says what came after `after`, and what has changed lately of what came before. */
  async function bringUp(subscriber: Subscriber, after: EventId | null, watcher: Watcher): Promise<void> {
    // From then on the watcher says all.
    const newest = await watcher.begun;
    if (after === null) return subscriber.goOn(newest);
    const rows = await archive.list({ ...subscriber.filter, after, limit: MOST_ROWS + 1 });
    let upTo = newest;
    if (rows.length > MOST_ROWS) {
      const [last] = await archive.list({ limit: 1 });
      upTo = Math.max(last?.id ?? 0, newest);
      const isPlain = Object.values(subscriber.filter).every((value) => value === undefined);
      subscriber.outlet.send(manyText(isPlain ? upTo - after : rows.length, !isPlain, upTo));
    } else {
      upTo = Math.max(sayMissed(subscriber, rows), Math.min(newest, after));
    }
    const since = clock.now() - LATELY_MS;
    for (const row of watcher.rows()) {
      const { id, receivedAt } = row.summary;
      if (id <= after && receivedAt >= since) subscriber.sayChanged(row, row);
    }
    subscriber.goOn(upTo);
  }

  return {
    subscribe({ filter, after, signal, hangUp }) {
      if (subscribers.size >= MOST_SUBSCRIBERS) return null;
      const outlet = createOutlet(hangUp, () => {
        signal.removeEventListener('abort', end);
        leave(subscriber);
      });
      const subscriber = createSubscriber(filter, outlet);
      const end = (): void => {
        outlet.end();
        // Who does not read would keep a server that stops waiting.
        clock.after(LEAVE_MS, hangUp);
      };
      subscribers.add(subscriber);
      running ??= start();
      outlet.send(OPENING);
      if (signal.aborted) end();
      else signal.addEventListener('abort', end);
      bringUp(subscriber, after, running.watcher).catch((error: unknown) => {
        log.warn({ err: error }, 'a stream of events could not begin: the database could not be read');
        // A browser comes back by itself.
        outlet.end();
      });
      return outlet.body;
    },
  };
}

function manyText(count: number, isMore: boolean, upTo: EventId): string {
  return `id: ${upTo}\nevent: many\ndata: ${JSON.stringify({ count, is_more: isMore })}\n\n`;
}
