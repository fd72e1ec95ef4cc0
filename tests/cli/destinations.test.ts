import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Lane } from '../../src/http/api/answers/lanes.ts';
import type { LaneDepth } from '../../src/model/inbox/archive.ts';
import { dataDir } from '../support/data-dir.ts';
import { NOW, newWorld, run, type World } from './test-cli.ts';
import { testEvent } from './test-event.ts';

const IDLE = {
  owner: 'a',
  leaseExpiresAt: null,
  notBefore: 0,
  failures: 0,
  depth: 0,
  oldestReceivedAt: null,
  cardsBehind: 0,
};
const LANE: LaneDepth = { ...IDLE, lane: 'console', broken: null, held: null, sentAt: null };
const BROKEN = { at: NOW - 60_000, reason: 'the webhook \u001b[2Jwas removed; make a new one.' };

/** With a database to look into, and a destination called `console`. */
async function inWorld(work: (world: World) => Promise<void>): Promise<void> {
  await using dir = await dataDir();
  await work(newWorld({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', DATA_DIR: dir.path }));
}

test('each destination is said with its place, what waits and when something was last sent', async () => {
  await inWorld(async (world) => {
    const empty = await run(world, ['destinations']);
    assert.match(
      empty.stdout,
      /^console {2}console\n {2}where {4}\S.*\n {2}waiting {2}nothing\n {2}sent {5}nothing yet\n\n$/,
    );
    world.lanes = [{ ...LANE, depth: 3, oldestReceivedAt: NOW - 120_000, sentAt: NOW - 3_600_000, cardsBehind: 2 }];
    const { code, stdout } = await run(world, ['destinations']);
    assert.equal(code, 0);
    assert.match(
      stdout,
      /waiting {2}3 messages, the oldest for 2 min\n {2}cards {4}2 cards to be posted or edited\n {2}sent {5}1 h ago\n\n$/,
    );
  });
});

test('a pause is said with when it ends; the pace between two messages is none', async () => {
  await inWorld(async (world) => {
    world.lanes = [{ ...LANE, notBefore: NOW + 60_000, failures: 2 }];
    assert.match(
      (await run(world, ['destinations'])).stdout,
      /paused {3}2 failures in a row, the next try is in 1 min\n/,
    );
    world.lanes = [{ ...LANE, notBefore: NOW + 1_000 }];
    assert.doesNotMatch((await run(world, ['destinations'])).stdout, /paused/);
  });
});

test('where nothing can arrive is said since when, why and what to do, and steers no terminal', async () => {
  await inWorld(async (world) => {
    world.lanes = [{ ...LANE, depth: 1, broken: BROKEN }];
    const { stdout, stderr } = await run(world, ['destinations']);
    assert.match(stdout, /broken {3}for 1 min: the webhook .*was removed; make a new one\n/);
    assert.match(stderr, /^Nothing can arrive at 1 of 1: console\.$/m);
    assert.match(stdout, /→ Once that is mended: tidings resume console\. What waits is sent then, in order\.\n/);
    assert.doesNotMatch(stdout, /(?!\n)\p{Cc}/u);
    const json = JSON.parse((await run(world, ['destinations', '--json'])).stdout);
    const { waiting, broken, mood } = Lane.parse(json);
    assert.deepEqual([waiting, mood], [1, 'bad']);
    assert.deepEqual(broken, { since: '2026-11-23T16:59:00.000Z', reason: BROKEN.reason });
  });
});

test('a database that cannot be read takes nothing away but what it knows', async () => {
  await inWorld(async (world) => {
    world.openError = new Error('the disk is gone');
    const { code, stdout, stderr } = await run(world, ['destinations']);
    assert.equal(code, 1);
    assert.match(stdout, /^console {2}/);
    assert.match(stderr, /What waits for them is not known\. the disk is gone/);
  });
});

test('resume says whether anything was held, and knows its destinations', async () => {
  await inWorld(async (world) => {
    world.resumable.add('console').add('of yesterday');
    const first = await run(world, ['resume', 'console']);
    assert.deepEqual([first.code, first.stdout], [0, '']);
    assert.match(first.stderr, /sends to console again within 3 s/);
    const again = await run(world, ['resume', 'console', '--json']);
    assert.deepEqual(JSON.parse(again.stdout), {
      destination: 'console',
      resumed: false,
      was_broken: false,
      held: null,
    });
    assert.match(again.stderr, /console holds nothing back/);
    assert.equal((await run(world, ['resume', 'of yesterday'])).code, 0);
    const wrong = await run(world, ['resume', 'consol']);
    assert.equal(wrong.code, 3);
    assert.match(wrong.stderr, /No destination is named "consol"\. Did you mean "console"\?/);
    assert.equal(world.closed, 4);
  });
});

test('of an event that waits, events and explain say that nothing can arrive there, since when and why', async () => {
  await inWorld(async (world) => {
    const [sent] = testEvent().notifications;
    assert(sent);
    const waits = { ...sent, destination: 'console', state: 'queued', settledAt: null, notBefore: null } as const;
    const fates = [{ destination: 'console', fate: 'waiting', reason: null, words: null }] as const;
    world.events.push(testEvent({ notifications: [waits], fates }));
    world.heads = [{ ...LANE, eventId: 42, receivedAt: NOW, broken: BROKEN }];
    assert.match((await run(world, ['events'])).stdout, /waiting 1 \(console: nothing can arrive there\)/);
    const said = /console: waiting, for nothing can arrive there since 2026-11-23T16:59:00\.000Z: the webhook/;
    const { stdout } = await run(world, ['explain', '42']);
    assert.match(stdout, /Waiting for console, where nothing can arrive\.\n/);
    assert.match(stdout, said);
    assert.match((await run(world, ['events', 'show', '42'])).stdout, /waiting, for nothing can arrive there since/);
    const json = JSON.parse((await run(world, ['explain', '42', '--json'])).stdout);
    assert.equal(json.verdict, 'Waiting for console, where nothing can arrive.');
  });
});

test('of an event that waits, events and explain say who paused its destination; what is broken as well comes first', async () => {
  await inWorld(async (world) => {
    const [sent] = testEvent().notifications;
    assert(sent);
    const waits = { ...sent, destination: 'console', state: 'queued', settledAt: null, notBefore: null } as const;
    const fates = [{ destination: 'console', fate: 'waiting', reason: null, words: null }] as const;
    world.events.push(testEvent({ notifications: [waits], fates }));
    const held = { by: 'mona, dashboard', at: NOW - 60_000, until: NOW };
    world.heads = [{ ...LANE, eventId: 42, receivedAt: NOW, held }];
    assert.match((await run(world, ['events'])).stdout, /waiting 1 \(console: paused\)/);
    const { stdout } = await run(world, ['explain', '42']);
    assert.match(stdout, /Waiting for console, paused by a person\.\n/);
    const who = 'mona, dashboard since 2026-11-23T16:59:00.000Z, until 2026-11-23T17:00:00.000Z';
    assert.ok(stdout.includes(`console: waiting: paused by ${who}`), stdout);
    world.heads = [{ ...LANE, eventId: 42, receivedAt: NOW, held, broken: BROKEN }];
    assert.match((await run(world, ['explain', '42'])).stdout, /Waiting for console, where nothing can arrive\.\n/);
  });
});
