import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newWorld, run } from './test-cli.ts';
import { HALF_TOLD, testEvent, worldWithEvents } from './test-event.ts';

test('replay passes ids or a state on, and a dry run as such', async () => {
  const world = worldWithEvents();
  const named = await run(world, ['replay', '42', '41', '42']);
  const dry = await run(world, ['replay', '--state', 'dead', '--dry-run']);
  assert.deepEqual(world.replays, [
    { selection: { ids: [42, 41] }, dryRun: false },
    { selection: { state: 'dead' }, dryRun: true },
  ]);
  assert.equal(named.stdout, '42\n41\n');
  const audited = world.audits.map(({ what, about, outcome }) => `${what} ${about}: ${outcome}`);
  assert.deepEqual(audited, ['replay events 42, 41: 2 events']);
  assert.match(dry.stderr, /Would replay the undelivered notifications of 2 events\. Nothing was changed\./);
});

test('a dry run says what would be told again and where, or what became of each so far', async () => {
  const world = newWorld();
  world.events.push(HALF_TOLD, testEvent({ id: 41, repo: null, type: 'ping', action: null }));
  const [dead, named, json] = [
    await run(world, ['replay', '--state', 'dead', '--dry-run']),
    await run(world, ['replay', '41', '--dry-run']),
    await run(world, ['replay', '--state', 'dead', '--dry-run', '--json']),
  ];
  assert.match(
    dead.stdout,
    /^42\tpull_request\.opened\tacme\/api\tto audit: Pull request opened: #7 Retry uploads \(404 gone\)$/m,
  );
  assert.equal(named.stdout, '41\tping\t-\trouted: told 1\n');
  const found = json.stdout.split('\n').find((line) => line.includes('"id":42'));
  assert.deepEqual(JSON.parse(found ?? ''), {
    id: 42,
    dry_run: true,
    type: 'pull_request',
    action: 'opened',
    repo: 'acme/api',
    state: 'routed',
    messages: [{ destination: 'audit', words: 'Pull request opened: #7 Retry uploads', reason: '404 gone' }],
  });
  const onTerminal = await run(world, ['replay', '--state', 'dead', '--dry-run'], { tty: true, columns: 60 });
  assert.match(onTerminal.stdout, /^ID  EVENT +REPO +WHAT\n/);
});
