import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Expansion } from '../../src/model/inbox/backlog.ts';
import type { AttemptEnd } from '../../src/model/inbox/outbox.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { newEvent, routed, settling } from '../fixtures/stored.ts';
import { freshInboxes, type InboxUnderTest, lease } from './inbox-under-test.ts';

const HOUR = 3_600_000;
const EVER = Number.MAX_SAFE_INTEGER;
const NO_PAUSE = { notBefore: 0, failures: 0 };

/** What is counted by hour, and who is logged in: the same of every store. */
export function dashboardConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`counts: ${name}`, () => {
    const fresh = freshInboxes(create);

    async function decide(inbox: Inbox, ...expansions: readonly Expansion[]): Promise<void> {
      assert.notEqual(await inbox.expand(await lease(inbox, 'expand'), expansions), 'fenced');
    }

    const failed = (id: number): Expansion => ({ ...routed(id, []), state: 'failed', reason: 'no JSON' });

    /** One attempt carries all that waits in the lane, and ends so. */
    async function end(inbox: Inbox, lane: string, ending: Partial<AttemptEnd>, lost = false): Promise<void> {
      const held = await lease(inbox, lane);
      const { notifications } = await inbox.waiting(lane, 100);
      const carried = notifications.map(({ id }) => id);
      const begun = await inbox.begin(held, [{ request: 'x', notifications: carried }]);
      assert(typeof begun !== 'string' && begun[0] !== undefined);
      const rest = { outcome: 'rejected', state: 'dead', reason: 'x', detail: 'x', exhausted: [] } as const;
      if (!lost) await inbox.end(held, [{ attemptId: begun[0], ...rest, ...ending }], NO_PAUSE);
    }

    /** `what name count` of all hours, each summed up. */
    async function counted(inbox: Inbox, since = 0, until = EVER): Promise<Readonly<Record<string, number>>> {
      const sums: Record<string, number> = {};
      for (const { what, name, count } of await inbox.counts(since, until)) {
        sums[`${what} ${name}`] = (sums[`${what} ${name}`] ?? 0) + count;
      }
      return sums;
    }

    test('events are counted by source when they are decided, in the hour of their receipt; a rule by what it made', async () => {
      const { inbox } = await fresh();
      const sources = ['github', 'github', 'stripe', 'github'];
      const hours = [5, 5, 5, 7];
      const appended = await Promise.all(
        sources.map((source, n) => inbox.append(newEvent({ source, receivedAt: (hours[n] ?? 0) * HOUR + 59_000 }))),
      );
      const [a = 0, b = 0, c = 0, d = 0] = appended.map(({ id }) => id);
      assert.deepEqual(await inbox.counts(0, EVER), []);
      await decide(inbox, routed(a, ['team', 'audit']), failed(b), routed(c, ['team']));
      await decide(inbox, routed(d, []));
      const all = await inbox.counts(0, EVER);
      assert.deepEqual(
        all.filter(({ what }) => what !== 'rule'),
        [
          { hour: 5 * HOUR, what: 'failed', name: 'github', count: 1 },
          { hour: 5 * HOUR, what: 'received', name: 'github', count: 2 },
          { hour: 5 * HOUR, what: 'received', name: 'stripe', count: 1 },
          { hour: 7 * HOUR, what: 'received', name: 'github', count: 1 },
        ],
      );
      assert.deepEqual(
        all.flatMap(({ what, name, count }) => (what === 'rule' ? [[name, count]] : [])),
        [['classics', 3]],
      );
      assert.deepEqual(await counted(inbox, 6 * HOUR, 7 * HOUR), {});
      assert.deepEqual(await counted(inbox, 7 * HOUR, 8 * HOUR), { 'received github': 1 });
    });

    test('nothing counts twice: what settles counts once it is decided, and a replay is no receipt', async () => {
      const { inbox } = await fresh();
      const [first, second] = await Promise.all([inbox.append(newEvent()), inbox.append(newEvent())]);
      assert(first && second);
      await decide(inbox, settling(first.id, 5_000_000), failed(second.id));
      assert.deepEqual(await counted(inbox), { 'received github': 1, 'failed github': 1 });
      await inbox.bringBack(5_000_001);
      await decide(inbox, routed(first.id, ['team']));
      const once = { 'received github': 2, 'failed github': 1, 'rule classics': 1 };
      assert.deepEqual(await counted(inbox), once);
      await decide(inbox, routed(first.id, ['team']));
      assert.deepEqual(await counted(inbox), once);
      await inbox.replay({ ids: [first.id, second.id] }, { dryRun: false });
      await decide(inbox, routed(first.id, ['team']), failed(second.id));
      assert.deepEqual(await counted(inbox), { ...once, 'rule classics': 2 });
    });

    test('messages are counted by destination when their attempts end: what was told in a digest, too; what waits on is not', async () => {
      const { inbox, under, reopen } = await fresh();
      const to = async (...destinations: readonly string[]) => {
        const { id } = await inbox.append(newEvent());
        await decide(inbox, routed(id, destinations));
      };
      await to('team', 'audit');
      await to('team', 'desk');
      await to('team');
      const told = async () =>
        Object.fromEntries(Object.entries(await counted(inbox)).filter(([key]) => /told/.test(key)));
      await end(inbox, 'team', { outcome: 'retry', state: 'queued', reason: null });
      await end(inbox, 'team', { outcome: 'retry', state: 'queued', isUncounted: true });
      assert.deepEqual(await told(), {});
      await end(inbox, 'team', { outcome: 'sent', state: 'sent', reason: null });
      await end(inbox, 'audit', {});
      assert.deepEqual(await told(), { 'told team': 3, 'untold audit': 1 });
      const [desk] = (await inbox.waiting('desk', 9)).notifications;
      assert(desk);
      await end(inbox, 'desk', { outcome: 'retry', state: 'queued', exhausted: [desk.id] });
      assert.deepEqual(await told(), { 'told team': 3, 'untold audit': 1, 'untold desk': 1 });
      await inbox.replay({ state: 'dead' }, { dryRun: false });
      await end(inbox, 'audit', { outcome: 'sent', state: 'sent', reason: null });
      await end(inbox, 'desk', {}, true);
      await under.advance(10_001);
      const other = await reopen();
      await other.adopt(await lease(other, 'desk', 'b'), 'hold');
      assert.deepEqual(await told(), { 'told team': 3, 'told audit': 1, 'untold audit': 1, 'untold desk': 2 });
    });

    test('who lost the lane counts nothing', async () => {
      const { inbox } = await fresh();
      const { id } = await inbox.append(newEvent());
      const stale = { ...(await lease(inbox, 'expand')), epoch: 99 };
      assert.equal(await inbox.expand(stale, [routed(id, ['team'])]), 'fenced');
      assert.deepEqual(await inbox.counts(0, EVER), []);
    });

    test('of one hour so many names are kept; the others are counted together', async () => {
      const { inbox } = await fresh();
      const make = async (count: number, prefix: string) => {
        const appended = await Promise.all(Array.from({ length: count }, () => inbox.append(newEvent())));
        const expansions = appended.map(({ id }, n) => {
          const { notifications, ...rest } = routed(id, ['team']);
          return { ...rest, notifications: notifications.map((each) => ({ ...each, rule: `${prefix} ${n}` })) };
        });
        await decide(inbox, ...expansions);
      };
      await make(150, 'one');
      await make(150, 'two');
      await make(150, 'one');
      const rules = (await inbox.counts(0, EVER)).filter(({ what }) => what === 'rule');
      assert.ok(rules.length <= 201, `${rules.length} names`);
      assert.equal(
        rules.reduce((sum, { count }) => sum + count, 0),
        450,
      );
      assert.ok((rules.find(({ name: each }) => each === '(others)')?.count ?? 0) >= 100);
      assert.equal(rules.find(({ name: each }) => each === 'one 3')?.count, 2);
    });

    test('counts go with the events of their hours', async () => {
      const { inbox } = await fresh();
      const expander = await lease(inbox, 'expand');
      const appended = await Promise.all([1, 2, 3].map((hour) => inbox.append(newEvent({ receivedAt: hour * HOUR }))));
      await decide(inbox, ...appended.map(({ id }) => routed(id, [])));
      const hours = async () => (await inbox.counts(0, EVER)).map(({ hour }) => hour / HOUR);
      assert.equal(await inbox.deleteLeftovers(expander, 3 * HOUR - 1, 100), 1);
      assert.deepEqual(await hours(), [2, 3]);
      assert.equal(await inbox.deleteLeftovers(expander, 3 * HOUR - 1, 100), 0);
      assert.equal(await inbox.deleteLeftovers({ ...expander, epoch: 99 }, 9 * HOUR, 100), 'fenced');
      assert.deepEqual(await hours(), [2, 3]);
    });
  });

  describe(`sessions: ${name}`, () => {
    const fresh = freshInboxes(create);
    const SESSION = {
      idHash: 'ab'.repeat(32),
      role: 'viewer',
      tokenPrint: 'print',
      from: '203.0.113.9, Firefox',
      startedAt: 1_000,
      expiresAt: 5_000,
    } as const;

    test('a session is there until it expires, for every process', async () => {
      const { inbox, reopen } = await fresh();
      assert.equal(await inbox.session(SESSION.idHash, 1_000), null);
      assert.equal(await inbox.openSession(SESSION, 1_000), true);
      const other = await reopen();
      assert.deepEqual(await other.session(SESSION.idHash, 4_999), SESSION);
      assert.equal(await other.session(SESSION.idHash, 5_000), null);
      for (const hash of ['cd'.repeat(32), '', '\0', "' OR 1=1 --"])
        assert.equal(await inbox.session(hash, 1_000), null);
    });

    test('an id opens once: also when it has ended, until it would have expired', async () => {
      const { inbox } = await fresh();
      const opened = await Promise.all([1, 2, 3].map(() => inbox.openSession(SESSION, 1_000)));
      assert.equal(opened.filter(Boolean).length, 1);
      await inbox.endSession(SESSION.idHash);
      await inbox.endSession('unknown');
      assert.equal(await inbox.session(SESSION.idHash, 2_000), null);
      assert.equal(await inbox.openSession({ ...SESSION, role: 'admin' }, 4_999), false);
      assert.equal(await inbox.session(SESSION.idHash, 4_999), null);
      assert.equal(await inbox.openSession({ ...SESSION, startedAt: 5_000, expiresAt: 9_000 }, 5_000), true);
      assert.equal((await inbox.session(SESSION.idHash, 5_001))?.startedAt, 5_000);
    });

    test('whatever somebody calls himself is kept in short', async () => {
      const { inbox } = await fresh();
      await inbox.openSession({ ...SESSION, from: `\ud800${'x'.repeat(500)}` }, 1_000);
      assert.equal((await inbox.session(SESSION.idHash, 1_000))?.from, `\ufffd${'x'.repeat(199)}`);
    });
  });
}
