import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError } from '../../src/config/config-error.ts';
import type { BacktestChange } from '../../src/model/backtest.ts';
import { InboxUnavailableError } from '../../src/model/inbox.ts';
import { NOW, newWorld, run, type World } from './test-app.ts';

const COMMAND = ['backtest', '--config', 'new.yaml'];

function change(changes: Partial<BacktestChange> = {}): BacktestChange {
  return {
    eventId: 812,
    receivedAt: NOW - 1_000,
    kind: 'issues.opened',
    place: 'acme/api',
    handle: '#12',
    title: 'Uploads fail',
    fewer: [],
    more: [],
    ...changes,
  };
}

function worldWithChanges(): World {
  const world = newWorld();
  const because = 'rule reviews: on.labels.none saw wip';
  world.changes.push(
    change({ fewer: [{ destination: 'team', rule: 'reviews', because }] }),
    change({
      eventId: 815,
      kind: 'release.published',
      handle: 'v1.2.0',
      title: 'v1.2.0',
      more: [{ destination: 'releases', rule: 'releases', because: 'there is no rule releases' }],
    }),
  );
  world.summary = { events: 1_204, fewer: 14, more: 3, same: 201, unjudged: 0, unread: 0 };
  return world;
}

test('each message more or less is a line, and the sum is said', async () => {
  const world = worldWithChanges();
  const { code, stdout, stderr } = await run(world, COMMAND);
  assert.equal(
    stdout,
    `− 812  issues.opened acme/api #12 Uploads fail  no longer told to team (rule reviews: on.labels.none saw wip)
+ 815  release.published acme/api v1.2.0  told to releases (rule releases)
`,
  );
  assert.equal(
    stderr,
    '14 fewer, 3 more, 201 the same (over 1,204 events since 2026-11-16T17:00:00.000Z). Nothing was sent.\n',
  );
  assert.equal(code, 0);
  assert.deepEqual(world.loaded, [null, 'new.yaml']);
  assert.deepEqual(world.backtests[0]?.request, { since: NOW - 7 * 86_400_000, limit: null });
});

test('what could not be judged or read is said too', async () => {
  const world = newWorld();
  world.summary = { events: 9, fewer: 0, more: 0, same: 1, unjudged: 1, unread: 2 };
  const { stdout, stderr } = await run(world, [...COMMAND, '--since', '2h', '--limit', '50']);
  assert.equal(stdout, '');
  assert.match(
    stderr,
    /\n1 event could not be judged: a rule asks for changed files, [^\n]*\n2 events could not be read/,
  );
  assert.deepEqual(world.backtests[0]?.request, { since: NOW - 7_200_000, limit: 50 });
});

test('without events it says where to look', async () => {
  const { code, stderr } = await run(newWorld(), COMMAND);
  assert.deepEqual(
    [code, stderr],
    [0, 'No events are stored since 2026-11-16T17:00:00.000Z. Look further back: --since 30d\n'],
  );
});

test('--json is one object for each event that changes', async () => {
  const { stdout, stderr } = await run(worldWithChanges(), [...COMMAND, '--json']);
  const [first, second] = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  assert.deepEqual(first, {
    id: 812,
    received_at: '2026-11-23T16:59:59.000Z',
    kind: 'issues.opened',
    repo: 'acme/api',
    handle: '#12',
    title: 'Uploads fail',
    no_longer_told: [{ destination: 'team', rule: 'reviews', because: 'rule reviews: on.labels.none saw wip' }],
    newly_told: [],
  });
  assert.equal((second as { id: number }).id, 815);
  assert.match(stderr, /^14 fewer, 3 more/);
});

test('titles from outside are cut, and cannot steer the terminal', async () => {
  const world = newWorld();
  const title = `\u001b[31m${'x'.repeat(90)}`;
  world.changes.push(change({ title, fewer: [{ destination: 'team', rule: 'r', because: 'saw \u001b[2J' }] }));
  const { stdout } = await run(world, COMMAND);
  assert.ok(!stdout.includes('\u001b'));
  assert.match(stdout, /x…\s/);
});

test('a configuration that cannot be used ends with 2, a missing flag too, no database with 1', async () => {
  const world = newWorld();
  assert.match((await run(world, ['backtest'])).stderr, /required option '--config <file>' not specified/);
  world.loadError = new ConfigError([{ where: 'new.yaml:3:5', message: 'is no event.', excerpt: null }]);
  const { code, stderr } = await run(world, COMMAND);
  assert.deepEqual([code, /new\.yaml:3:5/.test(stderr)], [2, true]);
  const without = newWorld();
  without.openError = new InboxUnavailableError('There is no database here yet.');
  assert.equal((await run(without, COMMAND)).code, 1);
});
