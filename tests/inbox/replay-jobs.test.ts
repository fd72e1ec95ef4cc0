import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createReplayJobs, type JobDeps, type ReplayJobs } from '../../src/http/replays/replay-jobs.ts';
import { parseRecord, type ReplayRecord, replayJson } from '../../src/http/replays/replay-record.ts';
import { findSelected, STEP } from '../../src/http/replays/selection.ts';
import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import { openSqliteInbox } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { createLog } from '../../src/shared/log.ts';
import { Secret } from '../../src/shared/secret.ts';
import { freshDatabase } from '../support/postgres.ts';
import { freshInboxes, type InboxUnderTest, queued } from './inbox-under-test.ts';

const EVENTS = 2 * STEP + 50;
const LATER_MS = 31_000;

async function sqlite(): Promise<InboxUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-replays-'));
  const open = () => openSqliteInbox({ path: join(folder, 'tidings.db'), clock: systemClock });
  return { open, advance: () => undefined, remove: () => rm(folder, { recursive: true }) };
}

async function postgres(): Promise<InboxUnderTest> {
  const database = await freshDatabase();
  const open = () => openPostgresInbox({ url: new Secret(database.url), clock: systemClock });
  return { open, advance: () => undefined, remove: async () => database[Symbol.asyncDispose]() };
}

interface Process {
  readonly jobs: ReplayJobs;
  /** Resolves with the record of whichever replay ends next here. */
  readonly ended: Promise<ReplayRecord>;
}

/** One process on a store. `atStep`: before each step. */
function processOn(
  inbox: Inbox,
  atStep: () => Promise<void> = async () => undefined,
  more: Partial<JobDeps> = {},
): Process {
  const { promise: ended, resolve } = Promise.withResolvers<ReplayRecord>();
  const archive: JobDeps['archive'] = {
    async replay(...asked) {
      await atStep();
      return inbox.replay(...asked);
    },
    recall: inbox.recall,
    exchange: inbox.exchange,
    async remember(name, value) {
      await inbox.remember(name, value);
      const record = name.startsWith('replay/') ? parseRecord(value) : null;
      if (record !== null && record.state !== 'running') resolve(record);
    },
  };
  return { jobs: createReplayJobs({ archive, clock: systemClock, log: createLog('silent'), ...more }), ended };
}

async function begun(jobs: ReplayJobs, inbox: Inbox, ids: readonly number[], by = 'mona'): Promise<ReplayRecord> {
  const selection = { ids: [...ids] };
  const found = await findSelected(inbox, selection, systemClock.now());
  const answer = await jobs.begin(selection, found, by);
  assert(answer.kind === 'begun', answer.kind);
  return answer.record;
}

async function replayed(inbox: Inbox, ids: readonly number[]): Promise<readonly number[]> {
  const records = await Promise.all(ids.map((id) => inbox.show(id)));
  return records.map((record) => record?.replays ?? -1);
}

const words = (record: ReplayRecord | null, now = systemClock.now()) => {
  assert(record);
  const { state, done, total, says } = replayJson(record, now);
  return { state, done, total, says };
};

for (const [name, create] of [
  ['sqlite', sqlite],
  ['postgres', postgres],
] as const) {
  describe(`replays of many events: ${name}`, () => {
    const freshInbox = freshInboxes(create);

    test('every event is put back once, and another process can say how far it is', async () => {
      const { inbox, reopen } = await freshInbox();
      const ids = await queued(inbox, EVENTS);
      const { jobs, ended } = processOn(inbox);
      const record = await begun(jobs, inbox, ids);
      assert.equal((await ended).state, 'done');
      assert.deepEqual(new Set(await replayed(inbox, ids)), new Set([1]));
      const other = processOn(await reopen());
      assert.deepEqual(words(await other.jobs.read(record.id)), {
        state: 'done',
        done: EVENTS,
        total: EVENTS,
        says: 'Replayed 450 events: a running worker takes it from here.',
      });
    });

    test('the same selection twice at once is replayed once, in whatever order it is said; a third replay waits its turn', async () => {
      const { inbox, reopen } = await freshInbox();
      const ids = await queued(inbox, 4);
      const gate = Promise.withResolvers<void>();
      const { jobs, ended } = processOn(inbox, () => gate.promise);
      const [two, all] = [ids.slice(0, 2), { ids: [...ids] }];
      const found = await findSelected(inbox, all, 0);
      const both = await Promise.all([
        jobs.begin(all, found, 'mona'),
        jobs.begin({ ids: ids.toReversed() }, found, 'hubot'),
      ]);
      assert.deepEqual(
        both.map(({ kind }) => kind),
        ['begun', 'same'],
      );
      const other = processOn(await reopen(), () => gate.promise);
      assert.equal((await other.jobs.begin(all, found, 'hubot')).kind, 'same');
      await begun(other.jobs, inbox, two);
      const third = { ids: ids.slice(3) };
      assert.equal((await jobs.begin(third, await findSelected(inbox, third, 0), 'mona')).kind, 'busy');
      gate.resolve();
      await Promise.all([ended, other.ended]);
      // Both had the first two: which of them came second found them waiting already.
      assert.deepEqual(await replayed(inbox, ids), [1, 1, 1, 1]);
    });

    test('two processes that begin the same at once begin it once, and neither forgets what the other began', async () => {
      const { inbox, reopen } = await freshInbox();
      const ids = await queued(inbox, 3);
      const stores = [inbox, await reopen()];
      const gate = Promise.withResolvers<void>();
      /** Resolves when that many have read the list of what runs. */
      const readers = Promise.withResolvers<void>();
      let count = 0;
      const processes = stores.map((store) => {
        const recall = async (name: string) => {
          const said = await store.recall(name);
          if (name === 'replays' && ++count >= stores.length) readers.resolve();
          if (name === 'replays') await readers.promise;
          return said;
        };
        return processOn({ ...store, recall }, () => gate.promise);
      });
      const all = { ids: [...ids] };
      const found = await findSelected(inbox, all, 0);
      const both = await Promise.all(processes.map(({ jobs }) => jobs.begin(all, found, 'mona')));
      assert.deepEqual(both.map(({ kind }) => kind).toSorted(), ['begun', 'same']);
      const [one, two] = both.map((each) => (each.kind === 'busy' ? null : each.record.id));
      assert.equal(one, two);
      gate.resolve();
      const [first, second] = processes;
      await Promise.race([first?.ended, second?.ended]);
      assert.deepEqual(await replayed(inbox, ids), [1, 1, 1]);
    });

    test('a cancel reaches the process that runs it: nothing is put back after the step in hand', async () => {
      const { inbox, reopen } = await freshInbox();
      const ids = await queued(inbox, EVENTS);
      const [atSecond, mayGoOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      let steps = 0;
      const running = processOn(inbox, async () => {
        if (++steps !== 2) return;
        atSecond.resolve();
        await mayGoOn.promise;
      });
      const { id } = await begun(running.jobs, inbox, ids);
      await atSecond.promise;
      const other = processOn(await reopen());
      const cancelled = await other.jobs.cancel(id, 'hubot');
      assert.equal(cancelled?.asked, true);
      mayGoOn.resolve();
      assert.deepEqual(words(await running.ended), {
        state: 'cancelled',
        done: 2 * STEP,
        total: EVENTS,
        says: 'Cancelled by hubot after 400 of 450 events. What was replayed by then stays replayed.',
      });
      assert.deepEqual((await replayed(inbox, ids)).filter((count) => count === 0).length, EVENTS - 2 * STEP);
      assert.equal((await other.jobs.cancel(id, 'mona'))?.asked, false);
      assert.equal(await other.jobs.cancel('nobody', 'mona'), null);
    });

    test('cancelled by whom it runs here, it has ended when that is answered', async () => {
      const { inbox } = await freshInbox();
      const ids = await queued(inbox, EVENTS);
      const { jobs } = processOn(inbox);
      const { id } = await begun(jobs, inbox, ids);
      const cancelled = await jobs.cancel(id, 'mona');
      assert.notEqual(cancelled?.record.state, 'running');
      assert.deepEqual(await jobs.read(id), cancelled?.record);
    });

    test('one whose process is gone has stopped, and says what was surely done; another may begin', async () => {
      const { inbox, reopen } = await freshInbox();
      const ids = await queued(inbox, EVENTS);
      const atSecond = Promise.withResolvers<void>();
      let steps = 0;
      const killed = processOn(inbox, async () => {
        if (++steps === 1) return;
        atSecond.resolve();
        await new Promise<never>(() => undefined);
      });
      const { id } = await begun(killed.jobs, inbox, ids);
      await atSecond.promise;
      const clock = { ...systemClock, now: () => systemClock.now() + LATER_MS };
      const other = processOn(await reopen(), undefined, { clock });
      assert.equal(words(await other.jobs.read(id)).state, 'running');
      assert.deepEqual(words(await other.jobs.read(id), clock.now()), {
        state: 'stopped',
        done: STEP,
        total: EVENTS,
        says: 'The process that ran it has ended: at least 200 of 450 events were replayed. Plan again to see what is left.',
      });
      assert.equal((await other.jobs.cancel(id, 'mona'))?.asked, false);
      await begun(other.jobs, inbox, ids);
      assert.deepEqual(words(await other.ended, clock.now()).state, 'done');
      assert.deepEqual(new Set(await replayed(inbox, ids)), new Set([1]));
    });

    test('a store that is away ends it, and a stop of the server; neither is forgotten', async () => {
      const { inbox } = await freshInbox();
      const ids = await queued(inbox, 3);
      const away = processOn(inbox, () => Promise.reject(new Error('the disk is full')));
      await begun(away.jobs, inbox, ids);
      assert.match(words(await away.ended).says, /^Failed after 0 of 3 events: the disk is full\. The next step may/);
      const stopping = processOn(inbox, undefined, { closing: AbortSignal.abort() });
      await begun(stopping.jobs, inbox, ids);
      assert.equal(words(await stopping.ended).state, 'stopped');
      assert.deepEqual(await replayed(inbox, ids), [0, 0, 0]);
    });

    test('the newest twenty are kept', async () => {
      const { inbox } = await freshInbox();
      const [id = 0] = await queued(inbox, 1);
      const records: ReplayRecord[] = [];
      for (let n = 0; n < 22; n++) {
        const { jobs, ended } = processOn(inbox);
        // What waits already is put back by nobody.
        const found = { ids: [id], isMore: false, gone: 0, messages: null };
        const answer = await jobs.begin({ ids: [id] }, found, 'mona');
        assert(answer.kind === 'begun');
        records.push(await ended);
      }
      const { jobs } = processOn(inbox);
      const kept = await Promise.all(records.map((each) => jobs.read(each.id)));
      assert.deepEqual(
        kept.map((each) => each !== null),
        records.map((_, n) => n >= 2),
      );
    });
  });
}
