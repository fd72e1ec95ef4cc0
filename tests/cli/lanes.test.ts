import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkHeld } from '../../src/cli/commands/doctor/check-lanes.ts';
import type { Archive } from '../../src/model/inbox/archive.ts';
import { dataDir } from '../support/data-dir.ts';
import { configOf, NOW, newWorld, run, type World } from './test-cli.ts';
import { testEvent } from './test-event.ts';

/** With a database to look into, and a destination called `console`. */
async function inWorld(work: (world: World) => Promise<void>): Promise<void> {
  await using dir = await dataDir();
  await work(newWorld({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', DATA_DIR: dir.path }));
}

const audited = (world: World) => world.audits.map(({ what, about, outcome }) => `${what} ${about}: ${outcome}`);

test('pause holds a destination until a time or until it is resumed, says so, and is written down with who did it', async () => {
  await inWorld(async (world) => {
    const { code, stdout, stderr } = await run(world, ['pause', 'console', '--for', '2h']);
    assert.deepEqual([code, stdout], [0, '']);
    assert.match(
      stderr,
      /console is paused until 2026-11-23T19:00:00\.000Z\..*\nTo send again: tidings resume console/,
    );
    const hold = world.holds.get('console');
    assert.deepEqual([hold?.at, hold?.until], [NOW, NOW + 7_200_000]);
    assert.match(hold?.by ?? '', /^.+, command line on .+$/);
    const json = JSON.parse((await run(world, ['pause', 'console', '--json'])).stdout);
    assert.deepEqual({ ...json, paused_by: '' }, { destination: 'console', paused_by: '', until: null });
    assert.match(
      (await run(world, ['resume', 'console'])).stderr,
      /It was paused by .*, command line on .*sends to console again/,
    );
    assert.deepEqual(audited(world).slice(0, 2), [
      'pause console: until 2026-11-23T19:00:00.000Z',
      'pause console: until somebody resumes it',
    ]);
    assert.match(audited(world)[2] ?? '', /^resume console: it was paused by/);
    for (const { who, from, at } of world.audits)
      assert(who !== '' && from.startsWith('command line on ') && at === NOW);
  });
});

test('what is no destination is neither paused nor drained, and no time that is over is taken', async () => {
  await inWorld(async (world) => {
    for (const command of ['pause', 'drain']) {
      const { code, stderr } = await run(world, [command, 'consol']);
      assert.equal(code, 3);
      assert.match(stderr, /No destination is named "consol"\. Did you mean "console"\?/);
      assert.equal((await run(world, [command, 'expand'])).code, 3);
    }
    assert.equal((await run(world, ['pause', 'console', '--for', 'ever'])).code, 2);
    assert.deepEqual([world.holds.size, world.audits], [0, []]);
  });
});

test('drain gives up what waits, and a dry run only counts', async () => {
  await inWorld(async (world) => {
    world.waiting.set('console', 3);
    assert.match(
      (await run(world, ['drain', 'console', '--dry-run'])).stderr,
      /Would give up 3 messages to console\. Nothing was changed\./,
    );
    assert.deepEqual(audited(world), []);
    const { stdout, stderr } = await run(world, ['drain', 'console', '--json']);
    assert.deepEqual(JSON.parse(stdout), { destination: 'console', count: 3, dry_run: false });
    assert.match(stderr, /3 messages to console given up/);
    assert.match((await run(world, ['drain', 'console'])).stderr, /Nothing waits for console\./);
    assert.deepEqual(audited(world), ['drain console: 3 messages given up', 'drain console: 0 messages given up']);
  });
});

test('dismiss wants a state, and takes one destination alone; so does replay', async () => {
  await inWorld(async (world) => {
    world.events.push(testEvent());
    assert.match((await run(world, ['dismiss'])).stderr, /What shall be dismissed\? Say --state/);
    assert.match(
      (await run(world, ['dismiss', '--state', 'dead', '--dry-run'])).stderr,
      /Would dismiss 1 message of 1 event\./,
    );
    const { code, stderr } = await run(world, ['dismiss', '--state', 'dead', '--to', 'console']);
    assert.equal(code, 0);
    assert.match(stderr, /Dismissed 1 message of 1 event: they stay dead/);
    assert.deepEqual(world.dismissals.at(-1), { selection: { state: 'dead', destination: 'console' }, dryRun: false });
    assert.deepEqual(audited(world), ['dismiss dead to console: 1 message of 1 event dismissed']);
    await run(world, ['replay', '--state', 'unknown', '--to', 'console']);
    assert.deepEqual(world.replays.at(-1)?.selection, { state: 'unknown', destination: 'console' });
    assert.match(
      (await run(world, ['replay', '--state', 'failed', '--to', 'console'])).stderr,
      /--to goes with --state dead/,
    );
  });
});

test('a pause is said by destinations and doctor, with who and what ends it', async () => {
  await inWorld(async (world) => {
    const held = { by: 'mona, dashboard', at: NOW - 60_000, until: null };
    const idle = {
      owner: null,
      leaseExpiresAt: null,
      notBefore: 0,
      failures: 0,
      broken: null,
      sentAt: null,
      cardsBehind: 0,
    };
    world.lanes = [{ lane: 'console', ...idle, held, depth: 2, oldestReceivedAt: NOW - 60_000 }];
    world.heads = [
      { lane: 'console', owner: null, notBefore: 0, broken: null, held, eventId: 1, receivedAt: NOW - 60_000 },
    ];
    const { stdout } = await run(world, ['destinations']);
    assert.match(
      stdout,
      /paused {3}by mona, dashboard since 2026-11-23T16:59:00\.000Z\n.*→ To send again: tidings resume console/,
    );
    const json = JSON.parse((await run(world, ['destinations', '--json'])).stdout);
    assert.deepEqual(json.held, { by: 'mona, dashboard', since: '2026-11-23T16:59:00.000Z', until: null });
    const config = await configOf(world);
    const archive = { heads: async () => world.heads } as Partial<Archive> as Archive;
    const [finding] = await checkHeld(archive, config, 'tidings');
    assert.match(finding?.detail ?? '', /^paused by mona, dashboard since/);
    assert.equal(finding?.status, 'warn');
  });
});
