import type pg from 'pg';
import type { Clock } from '../../../shared/clock.ts';
import { systemRandom } from '../../../shared/ids.ts';
import type { Database } from './database.ts';

/** What was committed: an event, notifications, a given-back lane, something put back (by hand, or as it was due). Null: anything, unknown. */
export type News = 'event' | 'told' | 'lanes' | 'replay' | null;

export interface Listening {
  /** Calls `listener` once for all that arrives in one turn of the event loop. Returns what stops it. */
  on(listener: (news: ReadonlySet<News>) => void): () => void;
  close(): Promise<void>;
}

const RETRY_BASE_MS = 100;
const RETRY_CAP_MS = 5_000;
/** A connection that died without a word (a firewall forgot it) is found by asking. */
const PING_MS = 30_000;

/**
 * One connection that hears what any process commits. It is made with the first listener and again, with growing pauses,
 * whenever it is lost; what was missed meanwhile nobody knows, so each new connection counts as news. Behind a transaction
 * pooler nothing is ever heard: then the workers' own look once a second is all there is.
 */
export function listen(db: Database, clock: Clock): Listening {
  const listeners = new Set<(news: ReadonlySet<News>) => void>();
  const connection = keepConnected(db, clock, announcer(listeners));

  return {
    on(listener) {
      listeners.add(listener);
      connection.begin();
      return () => listeners.delete(listener);
    },
    close: () => connection.close(),
  };
}

/** What is announced in one turn of the event loop is told together. */
function announcer(listeners: ReadonlySet<(news: ReadonlySet<News>) => void>): (what: News) => void {
  let news = new Set<News>();
  return (what) => {
    news.add(what);
    if (news.size > 1) return;
    setImmediate(() => {
      const told = news;
      news = new Set();
      for (const listener of listeners) listener(told);
    });
  };
}

function keepConnected(db: Database, clock: Clock, announce: (what: News) => void) {
  let client: pg.Client | undefined;
  let begun = false;
  let closed = false;
  let failures = 0;
  let cancel = (): void => undefined;

  async function connect(): Promise<void> {
    let fresh: pg.Client | undefined;
    try {
      fresh = await db.dedicated();
      const heard = fresh;
      if (closed) return void heard.end().catch(() => undefined);
      client = heard;
      heard.on('end', () => lost(heard));
      heard.on('error', () => lost(heard));
      heard.on('notification', ({ payload }) => announce((payload ?? null) as News));
      await heard.query('LISTEN tidings');
      failures = 0;
      announce(null);
      pingLater(heard);
    } catch {
      // Safe to go on: the workers look once a second, and everything else reports a database that is away.
      lost(fresh);
    }
  }

  function pingLater(current: pg.Client): void {
    cancel = clock.after(PING_MS, () => {
      current.query('SELECT 1').then(
        () => current === client && pingLater(current),
        () => lost(current),
      );
    });
  }

  function lost(which: pg.Client | undefined): void {
    if (which !== client) return;
    client = undefined;
    cancel();
    which?.end().catch(() => undefined);
    if (!closed) cancel = clock.after(pauseMs(failures++), () => void connect());
  }

  return {
    begin(): void {
      if (!begun && !closed) void connect();
      begun = true;
    },
    async close(): Promise<void> {
      closed = true;
      cancel();
      const last = client;
      client = undefined;
      await last?.end().catch(() => undefined);
    },
  };
}

function pauseMs(failures: number): number {
  const longest = Math.min(RETRY_CAP_MS, RETRY_BASE_MS * 2 ** Math.min(failures, 10));
  return longest * (0.5 + systemRandom() / 2);
}
