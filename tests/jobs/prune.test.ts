import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import { openSqliteInbox } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import { Secret } from '../../src/shared/secret.ts';
import { freshDatabase } from '../support/postgres.ts';
import { DAY_MS, Hands, HOUR_MS, type OpenPlace, Place } from './prune-suite.ts';

const sqlite: OpenPlace = async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tidings-prune-'));
  const clock = new Hands();
  const inbox = await openSqliteInbox({ path: join(folder, 'tidings.db'), clock });
  t.after(async () => {
    await inbox[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });
  return new Place(inbox, clock);
};

const postgres: OpenPlace = async (t) => {
  const database = await freshDatabase();
  const clock = new Hands();
  const inbox = await openPostgresInbox({ url: new Secret(database.url), clock });
  t.after(async () => {
    await inbox[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });
  return new Place(inbox, clock);
};

/** What is decided by the clock alone is asked of one. */
const ENGINES = { sqlite, postgres };

for (const [engine, open] of Object.entries(ENGINES)) {
  describe(engine, () => {
    test('a body goes when it outlived its term, the event when it outlived its own; what is needed stays', async (t) => {
      const place = await open(t);
      await place.begin({ bodies: DAY_MS, events: 4 * DAY_MS, attempts: 2 * DAY_MS });
      await place.look();
      const old = await place.store(3, { told: 'sent' });
      const dead = await place.store(1, { told: 'dead' });
      const waiting = await place.store(1, { told: 'queued' });
      await place.run(23 * HOUR_MS, 23 * HOUR_MS);
      const young = await place.store(2);
      assert.deepEqual(await place.bodies(), [...old, ...dead, ...waiting, ...young]);
      await place.run(2 * HOUR_MS);
      assert.deepEqual(await place.bodies(), [...dead, ...waiting, ...young]);
      assert.deepEqual(await place.events(), [...old, ...dead, ...waiting, ...young]);
      const [first = 0] = old;
      const tries = async () => (await place.inbox.show(first))?.notifications.map(({ attempts }) => attempts.length);
      assert.deepEqual(await tries(), [1]);
      await place.run(DAY_MS, 12 * HOUR_MS);
      assert.deepEqual(await tries(), [0]);
      assert.deepEqual(await place.bodies(), [...dead, ...waiting]);
      await place.run(4 * DAY_MS, 20 * HOUR_MS);
      assert.deepEqual(await place.events(), [...dead, ...waiting, ...young.slice(-1)]);
      assert.equal(place.said(/^pruned: 3 bodies went/), 1, JSON.stringify(place.lines));
    });

    test('an exception goes by its own term, out of the middle of a commit, and what was needed goes later', async (t) => {
      const place = await open(t);
      const exceptions = [
        { source: null, repo: 'acme/secret-*', bodies: DAY_MS },
        { source: 'stripe', repo: null, bodies: 10 * DAY_MS },
      ];
      await place.begin({ bodies: 5 * DAY_MS, exceptions });
      await place.look();
      const plain = await place.store(2);
      const secret = await place.store(2, { repo: 'Acme/Secret-plans' });
      const stripe = await place.store(1, { source: 'stripe' });
      const dead = await place.store(1, { repo: 'acme/secret-b', told: 'dead' });
      await place.run(25 * HOUR_MS, 5 * HOUR_MS);
      assert.deepEqual(await place.bodies(), [...plain, ...stripe, ...dead], String(secret));
      const walked = (await place.state())?.walks[String(DAY_MS)];
      await place.inbox.replay({ state: 'dead' }, { dryRun: false });
      const team = await place.inbox.acquire('told', ['team'], 1e12);
      assert(team[0] && walked?.back);
      const { notifications } = await place.inbox.waiting('team', 9);
      const [attemptId = 0] = await place.inbox.begin(team[0], [
        { request: '{}', notifications: notifications.map(({ id }) => id) },
      ]);
      const end = {
        attemptId: attemptId as number,
        outcome: 'sent',
        detail: '',
        state: 'sent',
        exhausted: [],
        reason: null,
      } as const;
      await place.inbox.end(team[0], [end], { notBefore: 0, failures: 0 });
      await place.run(DAY_MS, 12 * HOUR_MS);
      assert.deepEqual(await place.bodies(), [...plain, ...stripe]);
      await place.run(4 * DAY_MS, 12 * HOUR_MS);
      assert.deepEqual(await place.bodies(), stripe);
    });

    test('above the limit the oldest go, loudly, but not more at each look; what cannot be met is said', async (t) => {
      const place = await open(t);
      await place.begin({});
      await place.look();
      for (let n = 0; n < 12; n++) await place.store(1, { bytes: 200_000 });
      const dead = await place.store(1, { told: 'dead' });
      const { bytes, freeBytes } = await place.inbox.storedSize();
      const maxBytes = bytes - freeBytes - 100_000;
      await place.begin({ maxBytes });
      await place.run(HOUR_MS);
      assert.equal((await place.bodies()).length, 13);
      await place.run(2 * DAY_MS, 12 * HOUR_MS);
      const left = await place.bodies();
      assert.ok(left.length < 13 && left.length > 1, String(left));
      assert.equal(left.at(-1), dead[0]);
      assert.ok(place.said(/holds .* it may \(max_size\): the oldest bodies go before their time/) > 0);
      await place.run(3 * HOUR_MS);
      assert.deepEqual(await place.bodies(), left);
      await place.begin({ maxBytes: 1_000 });
      await place.run(36 * HOUR_MS, 12 * HOUR_MS);
      assert.deepEqual(await place.bodies(), dead);
      await place.run(3 * HOUR_MS);
      assert.equal(place.said(/^max_size cannot be met/), 1);
      assert.equal((await place.state())?.isOverLimit, true);
    });

    test('another worker takes over in the middle of a pass, and the first writes nothing more', async (t) => {
      const place = await open(t);
      let takeOver: (() => Promise<unknown>) | null = null;
      const keepAside = async () => void (await takeOver?.());
      const first = await place.begin({ bodies: DAY_MS }, keepAside);
      await place.look();
      const ids = await place.store(2);
      await place.run(20 * HOUR_MS, 10 * HOUR_MS);
      place.clock.pass(5 * HOUR_MS);
      takeOver = async () => {
        takeOver = null;
        await place.inbox.release('pruner');
        await place.inbox.acquire('other', ['prune'], 1e12);
      };
      await assert.rejects(first.look(), { name: 'Stopped' });
      assert.deepEqual(await place.bodies(), ids);
      assert.equal(place.said(/another worker prunes now/), 1);
      await place.inbox.release('other');
      await place.begin({ bodies: DAY_MS });
      await place.run(HOUR_MS);
      assert.deepEqual(await place.bodies(), []);
    });
  });
}

describe('by the clock', () => {
  test('after an upgrade nothing goes for a day of running, and the log says once what then will', async (t) => {
    const place = await sqlite(t);
    const old = await place.store(3);
    place.clock.pass(100 * DAY_MS);
    const young = await place.store(1);
    await place.begin({ bodies: 30 * DAY_MS });
    await place.look();
    await place.run(12 * HOUR_MS, 4 * HOUR_MS);
    await place.begin({ bodies: 30 * DAY_MS });
    await place.run(11 * HOUR_MS, 11 * HOUR_MS);
    assert.deepEqual(await place.bodies(), [...old, ...young]);
    assert.equal(
      place.said(/nothing of it within the first day\. Then go: 3 bodies \(\d+ B\), received on 2030-01-01/),
      1,
    );
    await place.run(2 * HOUR_MS);
    assert.deepEqual(await place.bodies(), young);
    assert.equal(place.said(/within the first day/), 1);
  });

  test('a clock that is put ahead by a year erases nothing for a day, and set back, nothing at all', async (t) => {
    const place = await sqlite(t);
    await place.begin({ bodies: 4 * DAY_MS, events: 60 * DAY_MS });
    await place.look();
    const before = await place.store(2);
    await place.run(3 * HOUR_MS);
    place.clock.set(365 * DAY_MS);
    const ahead = await place.store(2);
    await place.run(20 * HOUR_MS, 5 * HOUR_MS);
    await place.begin({ bodies: 4 * DAY_MS, events: 60 * DAY_MS });
    await place.run(2 * HOUR_MS);
    assert.equal(place.said(/more than a day went by unseen/), 1);
    place.clock.set(-365 * DAY_MS);
    const after = await place.store(2);
    await place.run(2 * DAY_MS, 6 * HOUR_MS);
    assert.deepEqual(await place.bodies(), [...before, ...ahead, ...after]);
    // What was stamped in the future goes with what came after it.
    await place.run(3 * DAY_MS, 20 * HOUR_MS);
    assert.deepEqual(await place.bodies(), []);
    assert.equal((await place.events()).length, 6);
  });

  test('of a commit that holds months, as an import does, what is old goes, and the rest when it is', async (t) => {
    const place = await sqlite(t);
    await place.begin({ bodies: 5 * DAY_MS });
    await place.look();
    const [first, second, third] = await place.store(3, { apartMs: 3 * DAY_MS });
    await place.store(1);
    assert.deepEqual(await place.bodies(), [first, second, third, 4]);
    await place.look();
    assert.deepEqual(await place.bodies(), [second, third, 4]);
    await place.run(2 * DAY_MS, 12 * HOUR_MS);
    assert.deepEqual(await place.bodies(), [third, 4]);
    await place.run(3 * DAY_MS, 12 * HOUR_MS);
    assert.deepEqual(await place.bodies(), []);
    assert.equal((await place.inbox.keptSegments(0, 9)).length, 1);
  });

  test('what a clock in 1970 stamped is as old as what came before it', async (t) => {
    const place = await sqlite(t);
    await place.begin({ bodies: 5 * DAY_MS });
    await place.look();
    await place.store(1);
    await place.run(4 * DAY_MS, 12 * HOUR_MS);
    const right = await place.store(1);
    place.clock.set(-60 * 365 * DAY_MS);
    const wrong = await place.store(2);
    place.clock.set(60 * 365 * DAY_MS);
    await place.run(2 * DAY_MS, 12 * HOUR_MS);
    assert.deepEqual(await place.bodies(), [...right, ...wrong]);
    await place.run(4 * DAY_MS, 12 * HOUR_MS);
    assert.deepEqual(await place.bodies(), []);
  });

  test('a shorter setting waits a day, and what went before goes on going', async (t) => {
    const place = await sqlite(t);
    await place.begin({ bodies: 10 * DAY_MS });
    await place.look();
    const first = await place.store(1);
    await place.run(9 * DAY_MS, 20 * HOUR_MS);
    const second = await place.store(1);
    await place.begin({ bodies: HOUR_MS });
    await place.run(20 * HOUR_MS, 5 * HOUR_MS);
    assert.deepEqual(await place.bodies(), [...first, ...second]);
    assert.equal(place.said(/less is kept than before, .*Then go: 2 bodies/), 1);
    await place.run(5 * HOUR_MS);
    assert.deepEqual(await place.bodies(), second);
    await place.run(4 * HOUR_MS);
    assert.deepEqual(await place.bodies(), []);
  });

  test('bodies are written down before they go; while they cannot be, they stay', async (t) => {
    const place = await sqlite(t);
    const kept: number[][] = [];
    let isFull = true;
    const keepAside = async (ids: readonly number[]) => {
      if (isFull) throw new Error('no space left on device');
      const here = await place.bodies();
      assert.ok(ids.every((id) => here.includes(id)));
      kept.push([...ids]);
    };
    await place.begin({ bodies: DAY_MS, attempts: DAY_MS }, keepAside);
    await place.look();
    const ids = await place.store(3);
    await place.run(2 * DAY_MS, 12 * HOUR_MS);
    assert.deepEqual(await place.bodies(), ids);
    assert.match((await place.state())?.trouble ?? '', /no space left/);
    isFull = false;
    await place.run(HOUR_MS);
    assert.deepEqual([await place.bodies(), kept], [[], [ids]]);
    assert.equal((await place.state())?.trouble, null);
  });
});
