import type { Inbox } from '../../model/inbox.ts';
import type { Clock } from '../../shared/clock.ts';
import { GroupCommit } from '../group-commit.ts';
import { createKeeper } from './keeper.ts';
import { newestSchemaVersion } from './migrate.ts';
import { onDemand } from './on-demand.ts';
import { unpackPending, unpackWaiting } from './packed.ts';
import { startKeeper, startReader, startWriter } from './thread-client.ts';
import { watchWakeFile } from './wake-file.ts';

export interface SqliteInboxOptions {
  /** The database file; its folder is created. */
  readonly path: string;
  readonly clock: Clock;
  /**
   * How long a call waits for another process's transaction, its time in the queue included. GitHub gives up after 10 s:
   * a receipt that waits for the commit before its own is answered 503 after twice this.
   */
  readonly busyTimeoutMs?: number | undefined;
}

/** A thread costs about 13 MB: the two that serve now and then end after a minute without work. */
const IDLE_MS = 60_000;
/** One batch is being committed while the next already waits at the thread: it never idles for our event loop. */
const BATCHES_UNDER_WAY = 2;

/**
 * The embedded inbox: one file and one writing thread; a reading thread while somebody searches, and one that keeps the
 * write-ahead log short while much is written.
 * @throws DatabaseTooNewError when a newer Tidings wrote the file; InboxUnavailableError when it cannot be opened.
 */
export async function openSqliteInbox({ path, clock, busyTimeoutMs = 3_000 }: SqliteInboxOptions): Promise<Inbox> {
  const opening = { path, busyTimeoutMs };
  const writer = await startWriter(opening);
  const reader = onDemand(() => startReader(opening), IDLE_MS, clock);
  const keeper = onDemand(() => startKeeper(opening), IDLE_MS, clock);
  const { wrote } = createKeeper(() => keeper.use((thread) => thread.call('checkpoint')));
  const intake = new GroupCommit(
    async (batch) => {
      const parts = batch.parts.map((part) => part.buffer as ArrayBuffer);
      const appended = await writer.callTransferring('append', [batch], parts);
      wrote(batch.events.length);
      return appended;
    },
    () => clock.now(),
    BATCHES_UNDER_WAY,
  );

  return {
    append: (event) => intake.append(event),

    pending: async (limit, afterId = 0) => unpackPending(await writer.call('pending', limit, afterId)),
    expand: (lease, expansions) => {
      wrote(expansions.length);
      return writer.call('expand', lease, expansions, clock.now());
    },
    resultsBefore: (questions) => writer.call('resultsBefore', questions),
    bringBack: async (upTo) => {
      const destinations: string[] = [];
      for (;;) {
        const some = await writer.call('bringBack', upTo);
        wrote(some.count);
        destinations.push(...some.destinations);
        if (!some.isMore) return [...new Set(destinations)];
      }
    },

    hold: (owner, lanes, ttlMs) => writer.call('hold', owner, lanes, ttlMs, clock.now()),
    holds: (lease, leastMs) => writer.call('holds', lease, leastMs, clock.now()),
    holders: () => writer.call('holders', clock.now()),
    queued: () => writer.call('queued'),
    release: (owner) => writer.call('release', owner),

    waiting: async (lane, limit) => unpackWaiting(await writer.call('waiting', lane, limit)),
    begin: (lease, messages) => writer.call('begin', lease, messages, clock.now()),
    settle: (lease, settlements, lane) => writer.call('settle', lease, settlements, lane, clock.now()),
    adopt: (lease, policy) => writer.call('adopt', lease, policy, clock.now()),

    list: (filter) => reader.use((thread) => thread.call('list', filter)),
    show: async (id) => {
      const record = await reader.use((thread) => thread.call('show', id));
      // A Buffer arrives from another thread as a plain Uint8Array.
      return record && { ...record, body: Buffer.from(record.body) };
    },
    known: (source, guids) => reader.use((thread) => thread.call('known', source, guids)),
    replay: (selection, { dryRun }) => writer.call('replay', selection, dryRun),
    depths: () => reader.use((thread) => thread.call('depths', clock.now())),
    heads: () => writer.call('heads', clock.now()),
    untold: () => writer.call('untold'),
    check: async () => {
      return { engine: `sqlite ${path}`, ...(await writer.call('probe')) };
    },

    lastBefore: (time) => reader.use((thread) => thread.call('lastBefore', time)),
    read: async (afterId, limit) => unpackPending(await reader.use((thread) => thread.call('read', afterId, limit))),

    recall: (name) => writer.call('recall', name),
    remember: (name, value) => writer.call('remember', name, value),

    schemaVersion: newestSchemaVersion(),
    failed: writer.failed,
    onWake: (listener) => watchWakeFile(path, listener),

    async [Symbol.asyncDispose]() {
      // The last to close folds the write-ahead log into the file, and a reader may not write.
      await Promise.all([reader.close(), keeper.close()]);
      await writer.close();
    },
  };
}
