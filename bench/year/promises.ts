import assert from 'node:assert/strict';
import type { EventId } from '../../src/model/event.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { routed } from '../seed/made-expansions.ts';
import type { LivedYear } from './live-year.ts';
import { keysOf, lastResults, type MadeYear, NEEDED, type Role, SERVED, UNSERVED } from './made-year.ts';
import { KEPT_DAYS } from './pruner.ts';

const DAY_MS = 86_400_000;
/**
 * A year has passed, and most of it is gone: whether everything that is promised to outlive it is there. Throws what is not; returns what
 * was seen. Of each kind at most `most` are looked at.
 */
export async function assertPromises(
  inbox: Inbox,
  year: MadeYear,
  { idOf }: LivedYear,
  most: number,
): Promise<readonly string[]> {
  const told: string[] = [];
  const say = (count: number, what: string) => {
    assert(count > 0, `nothing was there to look at: ${what}`);
    told.push(`${count.toLocaleString('en')} ${what}`);
  };
  const scene: Scene = { inbox, year, idOf, most };
  say(
    await assertWhole(scene),
    'events that wait, are dead, quarantined, settling or undecided: whole, with their bodies',
  );
  say(await assertReplayable(scene), 'dead and quarantined ones: replay takes them');
  say(await assertGone(scene), 'older than the events kept: gone with all that is about them');
  say(await assertExplained(scene), 'whose bodies are gone: explained, and refused by replay in words');
  say(await assertResults(scene), 'keys: their last result answers');
  say(await assertRecognised(scene), 'deliveries of the last 35 days: recognised by their ids');
  say(await assertToldOnce(scene), 'told in the last 35 days: neither they nor their echoes are told again');
  return told;
}

interface Scene {
  readonly inbox: Inbox;
  readonly year: MadeYear;
  readonly idOf: (n: number) => EventId;
  readonly most: number;
}

/** Some at once, so that a server is not waited for one by one. */
async function forEach(numbers: readonly number[], look: (n: number) => Promise<void>): Promise<void> {
  const left = numbers.values();
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (const n of left) await look(n);
    }),
  );
}

/** Numbers of events whose age at the end is between `from` and `to` days, evenly, at most `most`. */
function aged({ year, most }: Scene, from: number, to: number, roles?: readonly Role[]): readonly number[] {
  const all: number[] = [];
  const firstOf = (days: number) => Math.ceil((Math.max(0, year.days - days) / year.days) * year.count);
  for (let n = firstOf(to); n < Math.min(firstOf(from), year.count); n++) {
    if (roles === undefined || roles.includes(year.roleOf(n))) all.push(n);
  }
  const step = Math.max(1, Math.ceil(all.length / most));
  return all.filter((_, index) => index % step === 0);
}

const STATES: Readonly<Record<(typeof NEEDED)[number], string>> = {
  refused: 'routed',
  waiting: 'routed',
  forged: 'quarantined',
  settling: 'pending',
  undecided: 'pending',
};

async function assertWhole(scene: Scene): Promise<number> {
  const { inbox, year, idOf } = scene;
  let count = 0;
  for (const role of NEEDED) {
    const numbers = aged(scene, 0, year.days, [role]);
    await forEach(numbers, async (n) => {
      const event = await inbox.show(role === 'undecided' ? await idOfUndecided(scene, n) : idOf(n));
      assert(event, `event ${n}, ${role}, is there`);
      assert.equal(event.state, STATES[role]);
      assert(event.body?.equals(year.event(n).body), `the body of event ${n}, ${role}, is whole`);
      const [notification] = event.notifications;
      if (role === 'refused') assert.deepEqual([notification?.state, notification?.destination], ['dead', SERVED]);
      if (role === 'waiting') assert.deepEqual([notification?.state, notification?.destination], ['queued', UNSERVED]);
    });
    count += numbers.length;
  }
  const { notifications } = await inbox.waiting(UNSERVED, 1_000);
  const [first = 0] = aged(scene, 0, year.days, ['waiting']);
  assert.equal(notifications[0]?.activity.keys.dedup, keysOf(first).dedup, 'what waits can still be told');
  return count;
}

/** No expansion told us its id. */
async function idOfUndecided({ inbox, year }: Scene, n: number): Promise<EventId> {
  const again = await inbox.append(year.event(n));
  assert.equal(again.status, 'duplicate', `event ${n} waits to be decided and is recognised`);
  return again.id;
}

async function assertReplayable(scene: Scene): Promise<number> {
  const { inbox, year } = scene;
  let count = 0;
  for (const [state, role] of [
    ['dead', 'refused'],
    ['quarantined', 'forged'],
  ] as const) {
    const ids = new Set(await inbox.replay({ state }, { dryRun: true }));
    for (const n of aged(scene, 0, year.days, [role]))
      assert(ids.has(scene.idOf(n)), `replay --state ${state} takes ${n}`);
    assert.deepEqual(await inbox.bodiless({ state }), []);
    count += ids.size;
  }
  return count;
}

const PASSING: readonly Role[] = ['told', 'skipped', 'alone'];

async function assertGone(scene: Scene): Promise<number> {
  const old = aged(scene, KEPT_DAYS.events + 1, scene.year.days, PASSING);
  await forEach(old, async (n) => assert((await scene.inbox.show(scene.idOf(n))) === null, `event ${n} is gone`));
  return old.length;
}

async function assertExplained(scene: Scene): Promise<number> {
  const { inbox, idOf } = scene;
  const bodiless = aged(scene, KEPT_DAYS.bodies + 2, KEPT_DAYS.events - 1, PASSING);
  await forEach(bodiless, async (n) => {
    const event = await inbox.show(idOf(n));
    assert(event, `event ${n} is there`);
    assert(event.body === null && event.headers === null, `the body of event ${n} is gone`);
    assert.equal(event.trace?.rules.length, 1, `event ${n} is explained`);
    assert(event.bodySize > 0);
    if (scene.year.roleOf(n) === 'told') assert.equal(event.notifications[0]?.state, 'sent');
  });
  const ids = bodiless.map(idOf);
  assert.deepEqual(await inbox.replay({ ids }, { dryRun: true }), [], 'what has no body cannot be decided again');
  assert.deepEqual(await inbox.bodiless({ ids }), ids, 'and replay can say so');
  return bodiless.length;
}

async function assertResults({ inbox, year }: Scene): Promise<number> {
  const last = lastResults(year);
  const eventId = Number.MAX_SAFE_INTEGER;
  const keys = [...last];
  for (let from = 0; from < keys.length; from += 500) {
    const some = keys.slice(from, from + 500);
    const answers = await inbox.resultsBefore(some.map(([key]) => ({ key, eventId, run: 'next', passed: false })));
    some.forEach(([key, { passed }], index) =>
      assert.equal(answers[index]?.passed, passed, `the last result of ${key}`),
    );
  }
  return last.size;
}

/** Also what is older, as long as it is there. */
async function assertRecognised(scene: Scene): Promise<number> {
  const { inbox, year, idOf } = scene;
  const recent = aged(scene, 0, KEPT_DAYS.events, [...PASSING, 'refused', 'waiting', 'forged']);
  const needed = aged(scene, KEPT_DAYS.events, year.days, ['refused', 'waiting', 'forged']);
  const events = [...needed, ...recent].map((n) => [n, year.event(n)] as const);
  const appended = await Promise.all(events.map(([, event]) => inbox.append(event)));
  appended.forEach((again, index) => {
    const [n = 0] = events[index] ?? [];
    assert.deepEqual(again, { status: 'duplicate', id: idOf(n) }, `delivery of event ${n}`);
  });
  const guids = events.map(([, { guid }]) => guid);
  assert.deepEqual(await inbox.known('github', guids), new Set(guids), 'recover knows them all');
  return events.length;
}

/** Comes last: it writes. */
async function assertToldOnce(scene: Scene): Promise<number> {
  const { inbox, year, idOf } = scene;
  const [lease] = await inbox.acquire('year', ['expand'], DAY_MS);
  assert(lease);
  const numbers = aged(scene, 0, KEPT_DAYS.events, ['told', 'refused', 'waiting']);
  let made = year.count;
  const append = async (origin: 'webhook' | 'poll') => {
    const n = made++;
    const { id, status } = await inbox.append({ ...year.event(n), receivedAt: year.endsAt, origin });
    assert.equal(status, 'accepted');
    return { n, id };
  };
  const later = await Promise.all(
    numbers.flatMap((n) => {
      const lane = year.roleOf(n) === 'waiting' ? UNSERVED : SERVED;
      const { dedup, echo } = keysOf(n);
      return [
        append('webhook').then((again) => ({ ...again, of: n, lane, keys: { dedup } })),
        append('poll').then((again) => ({ ...again, of: n, lane, keys: { dedup: `polled ${dedup}`, echo } })),
      ];
    }),
  );
  const expansions = later.map(({ n, id, lane, keys }) => routed(n, id, [lane], keys));
  assert.equal(await inbox.expand(lease, expansions), 'done');
  for (const { id, of } of later) {
    const event = await inbox.show(id);
    assert.deepEqual([event?.state, event?.notifications.length], ['skipped', 0], `event ${of} is not told again`);
    assert.match(event?.reason ?? '', new RegExp(`\\b${idOf(of)}\\b`));
  }
  return numbers.length;
}
