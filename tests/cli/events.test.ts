import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventSummary } from '../../src/http/api/answers/events.ts';
import { NOW, newWorld, run } from './test-cli.ts';
import { HALF_TOLD, worldWithEvents } from './test-event.ts';

test('events on a terminal is an aligned table no wider than it', async () => {
  const { code, stdout } = await run(worldWithEvents(), ['events'], { tty: true, columns: 76 });
  assert.equal(
    stdout,
    `ID  RECEIVED   STATE    EVENT                REPO      OUTCOME
42  3 min ago  routed   pull_request.opened  acme/api  told 1
41  2 h ago    skipped  fork                 acme/api  no rule asks for for…
`,
  );
  assert.equal(code, 0);
});

test('events elsewhere is one tab-separated line each', async () => {
  const { stdout } = await run(worldWithEvents(), ['events']);
  assert.deepEqual(stdout.trimEnd().split('\n'), [
    '42\t2026-11-23T16:57:00.000Z\trouted\tpull_request.opened\tacme/api\ttold 1',
    '41\t2026-11-23T15:00:00.000Z\tskipped\tfork\tacme/api\tno rule asks for fork: nothing is told',
  ]);
});

test('events --json is one object a line with exactly the promised keys', async () => {
  const { stdout } = await run(worldWithEvents(), ['events', '--json']);
  const [first, second] = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  for (const line of [first, second]) assert.deepEqual(EventSummary.parse(line), line);
  assert.equal(first?.['received_at'], '2026-11-23T16:57:00.000Z');
  assert.equal(second?.['reason'], 'no rule asks for fork:\nnothing is told');
});

test('events says what became of each: what was given up is red, says where and why, and how it is sent again', async () => {
  const world = newWorld();
  world.events.push(HALF_TOLD);
  const { stdout, stderr } = await run(world, ['events'], { tty: true, columns: 120, noColor: false });
  assert.ok(stdout.includes('\u001b[31mrouted'));
  assert.match(stdout, / told 2 · waiting 1 · given up 1 \(audit: 404 gone\)\n$/);
  assert.match(stderr, /Given up: these did not reach everybody\. To send them again: tidings replay --state dead\n/);
  const { fates } = JSON.parse((await run(world, ['events', '--json'])).stdout) as Record<string, unknown>;
  assert.deepEqual(fates, { told: 2, waiting: 1, held: 0, unknown: 0, dead: 1 });
});

test('events --state takes what became of events too, and says what it takes', async () => {
  const world = newWorld();
  for (const state of ['dead', 'unknown', 'waiting', 'held', 'told']) {
    assert.equal((await run(world, ['events', '--state', state])).code, 0);
  }
  assert.deepEqual(
    world.filters.map(({ state }) => state),
    ['dead', 'unknown', 'waiting', 'held', 'told'],
  );
  const { code, stderr } = await run(world, ['events', '--state', 'given-up']);
  assert.equal(code, 2);
  assert.match(stderr, /pending, routed, skipped, failed, quarantined, told, waiting, held, unknown, dead/);
});

test('events hands its filters on', async () => {
  const world = worldWithEvents();
  await run(world, [
    'events',
    '--state',
    'failed',
    '--type',
    'push',
    '--repo',
    'acme/api',
    '--since',
    '2h',
    '--until',
    '1h',
    '--to',
    'team',
    '--limit',
    '5',
    '--source',
    'github',
    '--actor',
    'mona',
    '--text',
    'flaky login',
  ]);
  assert.deepEqual(world.filters, [
    {
      state: 'failed',
      kind: 'push',
      repo: 'acme/api',
      source: 'github',
      actor: 'mona',
      text: 'flaky login',
      to: 'team',
      since: NOW - 7_200_000,
      until: NOW - 3_600_000,
      limit: 5,
    },
  ]);
});

test('events --type takes an action too, and leaves finding it to the inbox', async () => {
  const world = newWorld();
  await run(world, ['events', '--type', 'pull_request.merged', '--limit', '3']);
  const nothing = undefined;
  const found = { state: nothing, repo: nothing, source: nothing, actor: nothing, text: nothing };
  const anything = { ...found, to: nothing, since: nothing, until: nothing };
  assert.deepEqual(world.filters, [{ ...anything, kind: 'pull_request.merged', limit: 3 }]);
});

test('a type under which nothing is stored, and that GitHub does not send, is answered with the one that was meant', async () => {
  const said = async (type: string, ...more: readonly string[]) =>
    (await run(newWorld(), ['events', '--type', type, ...more])).stderr;
  assert.match(await said('pull_requests'), /GitHub sends no pull_requests\. Did you mean --type pull_request\?/);
  assert.match(await said('pull_request.mergd', '--json'), /Did you mean --type pull_request\.merged\?/);
  assert.match(await said('Push'), /Did you mean --type push\?/);
  for (const type of ['pull_request', 'pull_request.merged', 'of_tomorrow']) {
    assert.doesNotMatch(await said(type), /Did you mean/, type);
  }
});

test('no events is no data, and a hint beside it', async () => {
  const { code, stdout, stderr } = await run(newWorld(), ['events']);
  assert.deepEqual([code, stdout], [0, '']);
  assert.match(stderr, /tidings send pull_request\.opened/);
});
