import type { Accounts } from '../../model/inbox/accounts.ts';
import type { Archive } from '../../model/inbox/archive.ts';
import type { Backlog } from '../../model/inbox/backlog.ts';
import type { Counts } from '../../model/inbox/counts.ts';
import type { Intake } from '../../model/inbox/intake.ts';
import type { Lanes } from '../../model/inbox/lanes.ts';
import type { Outbox } from '../../model/inbox/outbox.ts';
import type { Sessions } from '../../model/inbox/sessions.ts';
import type { Transfer } from '../../model/inbox/transfer.ts';
import type { Inbox } from '../../model/inbox.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Access } from '../access.ts';
import type { Batch } from '../batch.ts';
import { GroupCommit } from '../group-commit.ts';
import { bringIn, type ImportedDecision } from '../imported.ts';
import type { Upgrade } from '../migrations.ts';
import { storedExpansion } from '../stored-expansion.ts';
import { isUntold } from '../untold/in-steps.ts';
import { untoldOn } from './archive/untold-on.ts';
import { type HurtTeller, hurtTeller } from './damage/hurt-teller.ts';
import { watchWakeFile } from './file/wake-file.ts';
import { forgettingOn } from './forget/forgetting-on.ts';
import { knownOn } from './known/known-on.ts';
import { newestSchemaVersion } from './migrate.ts';
import { checkpointAfter } from './thread/checkpointer.ts';
import { onDemand } from './thread/on-demand.ts';
import { unpackPending, unpackWaiting } from './thread/packed.ts';
import { realThreads, startCheckpointer, startReader, startWriter, type Threading } from './thread/thread-client.ts';
import { unpackWhole } from './transfer/whole.ts';
import { upkeepOn } from './upkeep/upkeep-on.ts';

export interface SqliteInboxOptions {
  readonly path: string;
  readonly clock: Clock;
  /** Default: `create`. */
  readonly access?: Access | undefined;
  /** Told when opening it upgraded the database, or made its tables. */
  readonly onUpgrade?: ((upgrade: Upgrade) => void) | undefined;
  /** Told once of each place where the queues are damaged: a sentence. */
  readonly onDamage?: ((words: string) => void) | undefined;
  /**
   * How long a call waits for another process's transaction, its time in the queue included. GitHub gives up after 10 s:
   * a receipt that waits for the commit before its own is answered 503 after twice this.
   */
  readonly busyTimeoutMs?: number | undefined;
}

/** What an inbox has from the system. */
export interface Surroundings {
  readonly threading: Threading;
  /** Calls `listener` after any process left work in the database. Returns the function that stops it. */
  onWake(path: string, listener: () => void): () => void;
}

const THE_SYSTEM: Surroundings = { threading: realThreads, onWake: watchWakeFile };

/** A thread costs about 13 MB: the two that serve now and then end after a minute without work. */
const IDLE_MS = 60_000;
/** One batch is being committed while the next already waits at the thread: it never idles for our event loop. */
const BATCHES_UNDER_WAY = 2;

/**
 * The embedded inbox: one file and one writing thread; a reading thread while somebody searches, and one that keeps the
 * write-ahead log short while much is written.
 * @throws DatabaseTooNewError when a newer Tidings wrote the file; DatabaseTooOldError when an older one did, and access is not
 * `create`; InboxUnavailableError when it cannot be opened.
 */
export async function openSqliteInbox(
  options: SqliteInboxOptions,
  { threading, onWake }: Surroundings = THE_SYSTEM,
): Promise<Inbox> {
  const { path, clock } = options;
  const threads = await startThreads(options, threading);
  // Those in this process need no file to be woken, and are while the commit still runs.
  const listeners = new Set<() => void>();
  const wakeListeners = () => {
    for (const listener of listeners) listener();
  };
  return {
    ...packedOn(threads, hurtTeller(options)),
    ...intakeOn(threads, clock, wakeListeners),
    ...backlogOn(threads, clock),
    ...lanesOn(threads, clock),
    ...accountsOn(threads, clock),
    ...outboxOn(threads, clock),
    ...archiveOn(threads, clock),
    ...transferOn(threads, clock),
    ...forgettingOn(threads, clock),
    ...upkeepOn(threads),
    ...knownOn(threads, clock),
    ...dashboardOn(threads),
    checkStructure: () => threads.reader.use((thread) => thread.call('checkStructure')),
    checkEvents: (afterId, limit) => threads.reader.use((thread) => thread.call('checkEvents', afterId, limit)),
    gone: (afterId, upTo) => threads.reader.use((thread) => thread.call('gone', afterId, upTo)),
    lastBefore: (time) => threads.reader.use((thread) => thread.call('lastBefore', time)),
    recall: (name) => threads.writer.call('recall', name),
    remember: (name, value) => threads.writer.call('remember', name, value),
    exchange: (name, from, to) => threads.writer.call('exchange', name, from, to),
    check: async () => {
      return { engine: `sqlite ${path}`, ...(await threads.writer.call('probe')) };
    },
    schemaVersion: newestSchemaVersion(),
    failed: threads.writer.failed,
    onWake: (listener) => {
      const unwatch = onWake(path, listener);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        unwatch();
      };
    },
    [Symbol.asyncDispose]: () => threads.close(),
  };
}

/** Some 3 ms of the writer. */
const GUIDS_AT_ONCE = 100;

type Threads = Awaited<ReturnType<typeof startThreads>>;

async function startThreads(
  { path, clock, access = 'create', busyTimeoutMs = 3_000, onUpgrade }: SqliteInboxOptions,
  threading: Threading,
) {
  const opening = { path, busyTimeoutMs };
  const writer = await startWriter(threading, opening, access);
  if (writer.upgrade !== null) onUpgrade?.(writer.upgrade);
  const reader = onDemand(() => startReader(threading, opening), IDLE_MS, clock);
  const checkpointer = onDemand(() => startCheckpointer(threading, opening), IDLE_MS, clock);
  const { wrote } = checkpointAfter(() => checkpointer.use((thread) => thread.call('checkpoint')));
  return {
    writer,
    reader,
    wrote,
    async close(): Promise<void> {
      // The last to close folds the write-ahead log into the file, and a reader may not write.
      await Promise.all([reader.close(), checkpointer.close()]);
      await writer.close();
    },
  };
}

/** What crosses from a thread packed. */
function packedOn({ writer, reader }: Threads, tell: HurtTeller): Pick<Inbox, 'pending' | 'read' | 'waiting'> {
  return {
    async pending(limit, afterId = 0) {
      const packed = await writer.call('pending', limit, afterId);
      tell('', packed.hurt);
      return unpackPending(packed);
    },
    read: async (afterId, limit) => unpackPending(await reader.use((thread) => thread.call('read', afterId, limit))),
    async waiting(lane, limit, countUpTo) {
      const packed = await writer.call('waiting', lane, limit, countUpTo);
      const waiting = unpackWaiting(packed);
      const again = waiting === null ? await writer.call('waiting', lane, limit, countUpTo, true) : packed;
      tell(lane, again.hurt);
      return waiting ?? unpackWaiting(again) ?? { notifications: [], total: 0 };
    },
  };
}

/** `sent`: whoever asks the writer now is answered behind it. */
function intakeOn({ writer, wrote }: Threads, clock: Clock, sent: () => void): Intake {
  const commit = async (batch: Batch) => {
    const parts = batch.parts.map((part) => part.buffer as ArrayBuffer);
    const appending = writer.callTransferring('append', [batch], parts);
    sent();
    const appended = await appending;
    wrote(batch.events.length);
    return appended;
  };
  const commits = new GroupCommit(commit, () => clock.now(), BATCHES_UNDER_WAY);
  return { append: (event) => commits.append(event) };
}

function transferOn({ writer, reader, wrote }: Threads, clock: Clock): Transfer {
  const store = async (batch: Batch, decisions: readonly ImportedDecision[]) => {
    const parts = batch.parts.map((part) => part.buffer as ArrayBuffer);
    const appended = await writer.callTransferring('bringIn', [batch, decisions], parts);
    wrote(batch.events.length);
    return appended;
  };
  return {
    readWhole: async (selection, afterId, limit) => {
      const packed = await reader.use((thread) => thread.call('readWhole', selection, afterId, limit));
      return { events: unpackWhole(packed), lastId: packed.lastId };
    },
    wholeOf: async (ids) => unpackWhole(await reader.use((thread) => thread.call('wholeOf', ids))),
    bringIn: (events) => bringIn(events, store, () => clock.now()),
  };
}

function backlogOn({ writer, wrote }: Threads, clock: Clock): Omit<Backlog, 'pending'> {
  return {
    expand: (lease, expansions, inSight) => {
      wrote(expansions.length);
      const done = writer.call('expand', lease, expansions.map(storedExpansion), clock.now());
      // The thread answers in order: whoever asks now is answered behind it.
      inSight?.();
      return done;
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
  };
}

function dashboardOn({ writer, reader }: Threads): Counts & Sessions {
  return {
    counts: (since, until) => reader.use((thread) => thread.call('counts', since, until)),
    openSession: (session, now) => writer.call('openSession', session, now),
    session: (idHash, now) => writer.call('session', idHash, now),
    endSession: (idHash) => writer.call('endSession', idHash),
  };
}

function lanesOn({ writer }: Threads, clock: Clock): Lanes {
  return {
    acquire: (owner, lanes, ttlMs) => writer.call('acquire', owner, lanes, ttlMs, clock.now()),
    owns: (lease, leastMs) => writer.call('owns', lease, leastMs, clock.now()),
    owners: () => writer.call('owners', clock.now()),
    queued: () => writer.call('queued'),
    hold: (lane, hold) => writer.call('hold', lane, hold),
    isHeld: (lane) => writer.call('isHeld', lane, clock.now()),
    resume: (lane) => writer.call('resume', lane, clock.now()),
    release: (owner) => writer.call('release', owner),
  };
}

function accountsOn({ writer }: Threads, clock: Clock): Accounts {
  return {
    reserve: (account, slots, intervalMs) => writer.call('reserve', account, slots, intervalMs, clock.now()),
    claim: (account, slots, intervalMs, slowdowns) =>
      writer.call('claim', account, slots, intervalMs, slowdowns, clock.now()),
    slowDown: (account, ms) => writer.call('slowDown', account, ms, clock.now()),
  };
}

function outboxOn({ writer }: Threads, clock: Clock): Omit<Outbox, 'waiting'> {
  return {
    mayLoseAttempts: true,
    receipts: (lane, threads) => writer.call('receipts', lane, threads),
    begin: (lease, starts, options) => writer.call('begin', lease, starts, clock.now(), options),
    end: (lease, ends, pause) => writer.call('end', lease, ends, pause, clock.now()),
    adopt: (lease, policy) => writer.call('adopt', lease, policy, clock.now()),
    skipIds: (count) => writer.call('skipIds', count),
  };
}

function archiveOn(threads: Threads, clock: Clock): Omit<Archive, 'check'> {
  const { writer, reader } = threads;
  const { requeue, dismiss, ...untold } = untoldOn(threads, clock);
  return {
    list: (filter) => reader.use((thread) => thread.call('list', filter)),
    show: async (id) => {
      const record = await reader.use((thread) => thread.call('show', id));
      // A Buffer arrives from another thread as a plain Uint8Array.
      return record && { ...record, body: record.body && Buffer.from(record.body) };
    },
    eventOf: (notification) => reader.use((thread) => thread.call('eventOf', notification)),
    known: async (source, guids) => {
      const known = new Set<string>();
      for (let from = 0; from < guids.length; from += GUIDS_AT_ONCE) {
        const some = await writer.call('knownByKeys', source, guids.slice(from, from + GUIDS_AT_ONCE));
        if (some === null) return reader.use((thread) => thread.call('known', source, guids));
        for (const guid of some) known.add(guid);
      }
      return known;
    },
    replay: async (selection, { dryRun }) => {
      if (!isUntold(selection)) return writer.call('replay', selection, dryRun);
      return dryRun ? (await dismiss(selection, { dryRun })).ids : requeue(selection);
    },
    ...untold,
    dismiss,
    bodiless: (selection) => reader.use((thread) => thread.call('bodiless', selection)),
    depths: () => reader.use((thread) => thread.call('depths', clock.now())),
    heads: () => writer.call('heads', clock.now()),
    untold: () => writer.call('untold'),
  };
}
