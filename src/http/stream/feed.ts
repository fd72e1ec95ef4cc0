import type { EventId } from '../../model/event.ts';
import { bringUp } from './bring-up.ts';
import type { StreamFilter } from './matcher.ts';
import { createOutlet } from './outlet.ts';
import { createSubscriber, type Subscriber } from './subscriber.ts';
import { createWatcher, type FeedDeps, type Watcher } from './watcher.ts';

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
/** After the end, for whoever reads. */
const LEAVE_MS = 200;
/** How soon a browser comes back. */
const OPENING = 'retry: 2000\n\n';

/** Whoever listens, and the one watcher for all of them: it begins with the first, and ends with the last. */
export function createFeed(deps: FeedDeps): Feed {
  const { clock, log } = deps;
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
      const { watcher } = (running ??= start());
      outlet.send(OPENING);
      if (signal.aborted) {
        end();
        return outlet.body;
      }
      signal.addEventListener('abort', end);
      bringUp(subscriber, after, watcher, deps).catch((error: unknown) => {
        log.warn({ err: error }, 'a stream of events could not begin: the database could not be read');
        // A browser comes back by itself.
        outlet.end();
      });
      return outlet.body;
    },
  };
}
