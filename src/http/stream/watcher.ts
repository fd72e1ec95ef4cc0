import type { EventId } from '../../model/event.ts';
import type { Archive } from '../../model/inbox/archive.ts';
import type { Inbox } from '../../model/inbox.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Logger } from '../../shared/log.ts';
import { type Looking, lookForChanged, lookForNew, MOST_ROWS } from './looks.ts';
import { createPace, type Looked } from './pace.ts';
import type { Subscriber } from './subscriber.ts';
import { createWatched, type Row, rowOf } from './watched.ts';

export interface FeedDeps {
  readonly archive: Pick<Archive, 'list'> & Pick<Inbox, 'onWake'>;
  readonly clock: Clock;
  readonly log: Logger;
}

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
  const begun = Promise.withResolvers<EventId>();
  begun.promise.catch(() => undefined);
  let newest: EventId | null = null;
  let isStopped = false;
  let hasFailed = false;
  const looking: Looking = { archive, subscribers, watched, isStopped: () => isStopped };

  /** The newest page is watched too: somebody has it before them. */
  async function begin(): Promise<EventId> {
    const rows = await archive.list({ limit: MOST_ROWS });
    for (const row of rows.map(rowOf)) watched.add(row);
    const [first] = rows;
    begun.resolve(first?.id ?? 0);
    return first?.id ?? 0;
  }

  /** A database that does not answer is asked again, ever later; whoever listens stays. */
  async function look(isWoken: boolean): Promise<Looked> {
    try {
      const before = (newest ??= await begin());
      newest = await lookForNew(looking, before);
      const isChanged = !isStopped && (await lookForChanged(looking, isWoken));
      hasFailed = false;
      if (newest > before || isChanged) return 'moved';
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
