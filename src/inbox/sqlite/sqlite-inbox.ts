import type { Inbox } from '../../model/inbox.ts';
import type { Clock } from '../../shared/clock.ts';
import { GroupCommit } from './group-commit.ts';
import { unpackPending, unpackWaiting } from './packed.ts';
import { startReader, startWriter } from './thread-client.ts';
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

/**
 * The embedded inbox: one file, one writing thread, and a reading thread that starts when somebody first searches.
 * @throws DatabaseTooNewError when a newer Tidings wrote the file; InboxUnavailableError when it cannot be opened.
 */
export async function openSqliteInbox({ path, clock, busyTimeoutMs = 3_000 }: SqliteInboxOptions): Promise<Inbox> {
  const writer = await startWriter({ path, busyTimeoutMs });
  let reader: ReturnType<typeof startReader> | undefined;
  const reading = () => {
    reader ??= startReader({ path, busyTimeoutMs });
    return reader;
  };
  const intake = new GroupCommit(
    (batch) =>
      writer.callTransferring(
        'append',
        [batch],
        batch.parts.map((part) => part.buffer as ArrayBuffer),
      ),
    () => clock.now(),
  );

  return {
    append: (event) => intake.append(event),

    pending: async (limit, afterId = 0) => unpackPending(await writer.call('pending', limit, afterId)),
    expand: (lease, expansions) => writer.call('expand', lease, expansions, clock.now()),

    hold: (owner, lanes, ttlMs) => writer.call('hold', owner, lanes, ttlMs, clock.now()),
    holders: () => writer.call('holders', clock.now()),
    queued: () => writer.call('queued'),
    release: (owner) => writer.call('release', owner),

    waiting: async (lane, limit) => unpackWaiting(await writer.call('waiting', lane, limit)),
    begin: (lease, messages) => writer.call('begin', lease, messages, clock.now()),
    settle: (lease, settlements, lane) => writer.call('settle', lease, settlements, lane, clock.now()),
    adopt: (lease, policy) => writer.call('adopt', lease, policy, clock.now()),

    list: async (filter) => (await reading()).call('list', filter),
    show: async (id) => {
      const record = await (await reading()).call('show', id);
      // A Buffer arrives from another thread as a plain Uint8Array.
      return record && { ...record, body: Buffer.from(record.body) };
    },
    replay: (selection, { dryRun }) => writer.call('replay', selection, dryRun),
    depths: async () => (await reading()).call('depths'),
    check: async () => {
      return { engine: `sqlite ${path}`, ...(await writer.call('probe')) };
    },

    failed: writer.failed,
    onWake: (listener) => watchWakeFile(path, listener),

    async [Symbol.asyncDispose]() {
      // The last to close folds the write-ahead log into the file, and a reader may not write.
      await (await reader)?.close();
      await writer.close();
    },
  };
}
