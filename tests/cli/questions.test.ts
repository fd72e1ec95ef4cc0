import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError } from '../../src/config/config-error.ts';
import { InboxUnavailableError } from '../../src/model/inbox.ts';
import { NOW, newWorld, run } from './test-app.ts';
import { testEvent } from './test-event.ts';

function worldWithEvents() {
  const world = newWorld();
  const nobody = { fates: [], notifications: [], trace: null } as const;
  const skipped = { id: 41, state: 'skipped', type: 'fork', action: null, ...nobody } as const;
  world.events.push(
    testEvent(),
    testEvent({ ...skipped, reason: 'no rule asks for fork:\nnothing is told', receivedAt: NOW - 7_200_000 }),
  );
  return world;
}

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
  assert.deepEqual(
    Object.keys(first ?? {}),
    'id source type action delivery_id repo state reason fates received_at'.split(' '),
  );
  assert.equal(first?.['received_at'], '2026-11-23T16:57:00.000Z');
  assert.equal(second?.['reason'], 'no rule asks for fork:\nnothing is told');
});

/** Event 42: two were told, one waits, and one was given up. */
const HALF_TOLD = testEvent({
  fates: [
    { destination: 'team', fate: 'told', reason: null, words: null },
    { destination: 'desk', fate: 'waiting', reason: null, words: 'Pull request opened: #7 Retry uploads' },
    { destination: 'audit', fate: 'dead', reason: '404 gone', words: 'Pull request opened: #7 Retry uploads' },
    { destination: 'all', fate: 'told', reason: null, words: null },
  ],
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
    '--limit',
    '5',
  ]);
  assert.deepEqual(world.filters, [
    { state: 'failed', kind: 'push', repo: 'acme/api', since: NOW - 7_200_000, limit: 5 },
  ]);
});

test('events --type takes an action too, and leaves finding it to the inbox', async () => {
  const world = newWorld();
  await run(world, ['events', '--type', 'pull_request.merged', '--limit', '3']);
  const anything = { state: undefined, repo: undefined, since: undefined };
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

test('explain tells each condition with what it wanted and saw, and what became of it', async () => {
  const { stdout } = await run(worldWithEvents(), ['explain', '42']);
  assert.equal(
    stdout,
    `Event 42 · pull_request.opened · acme/api
received 2026-11-23T16:57:00.000Z by source github, now routed

Rule releases: did not match
  ✗ on  wanted release  saw pull_request.opened
Rule reviews: matched → team
  ✓ on           wanted pull_request: opened, merged  saw pull_request.opened
  ✓ on.branches  wanted main, release/**              saw main
Rule rest: not asked, an earlier rule that matched has stop: true

Announced to team.
  team: sent after 2 attempts, 1.5 s after receipt
`,
  );
});

test('explain and show tell what settles, what quiet hours hold, whom it calls, and what is minor', async () => {
  const world = newWorld();
  const [sent] = testEvent().notifications;
  assert.ok(sent);
  const minor = {
    check: 'on.types',
    wanted: 'news',
    actual: 'synchronize, minor: told where types name it',
    ok: false,
  };
  const rules = [{ rule: 'reviews', result: 'no_match', checks: [minor], to: ['team'] }] as const;
  const held = { ...sent, state: 'queued', tries: 0, attempts: [], settledAt: null, notBefore: NOW + 60_000 } as const;
  world.events.push(
    testEvent({ id: 1, state: 'pending', settlesAt: NOW + 20_000, trace: null, notifications: [] }),
    testEvent({
      id: 2,
      trace: { kind: 'pull_request.opened', rules, called: { team: ['mona', 'acme/backend'] } },
      notifications: [held, { ...held, id: 10, destination: 'audit', notBefore: null }],
    }),
  );
  const [settles, holds] = [await run(world, ['explain', '1']), await run(world, ['explain', '2'])];
  assert.match(
    settles.stdout,
    /Not decided yet: it settles until 2026-11-23T17:00:20\.000Z: labels may still be added/,
  );
  assert.match(holds.stdout, /✗ on\.types {2}wanted news {2}saw synchronize, minor: told where types name it/);
  assert.match(
    holds.stdout,
    /Waiting for audit; held by quiet hours for team\.\n {2}team: held by quiet hours until 2026-11-23T17:01:00\.000Z, calling mona, acme\/backend\n {2}audit: waiting for its turn\n/,
  );
  const shown = [await run(world, ['events', 'show', '1']), await run(world, ['events', 'show', '2', '--json'])];
  assert.match(shown[0]?.stdout ?? '', /settles +until 2026-11-23T17:00:20\.000Z/);
  const record = JSON.parse(shown[1]?.stdout ?? '') as {
    settles_at: unknown;
    notifications: { not_before: unknown }[];
  };
  assert.deepEqual(
    [record.settles_at, record.notifications.map(({ not_before }) => not_before)],
    [null, ['2026-11-23T17:01:00.000Z', null]],
  );
  const explained = JSON.parse((await run(world, ['explain', '1', '--json'])).stdout) as Record<string, unknown>;
  assert.deepEqual([explained['settles_at'], explained['called']], ['2026-11-23T17:00:20.000Z', {}]);
});

test('explain --json carries the verdict and every check', async () => {
  const { stdout } = await run(worldWithEvents(), ['explain', '41', '--json']);
  const { verdict, rules, notifications } = JSON.parse(stdout) as Record<string, unknown>;
  assert.deepEqual(
    [verdict, rules, notifications],
    ['Not announced: no rule asks for fork:\nnothing is told.', [], []],
  );
});

test('show prints headers, the payload if asked for it, and last the decision and the attempts', async () => {
  const { stdout } = await run(worldWithEvents(), ['events', 'show', '42', '--body']);
  for (const part of [
    'x-github-event: pull_request',
    '✓ on.branches',
    'retry in 90 ms: 503',
    '"number": 7',
    '4 ms later',
  ]) {
    assert.ok(stdout.includes(part), `${part} is missing in\n${stdout}`);
  }
  assert.match(stdout, /^Headers\n[^]*^Body\n[^]*"number": 7[^]*^Decision\n[^]*: ok\n$/m);
  const withoutBody = (await run(worldWithEvents(), ['events', 'show', '42'])).stdout;
  assert.match(withoutBody, /^ {2}body +30 bytes \(--body shows it/m);
  assert.doesNotMatch(withoutBody, /"number"/);
  assert.match(withoutBody, /Announced to team\.[^]*2026-11-23T16:57:01\.400Z sent in 100 ms: ok\n$/);
});

test('show --json is one object with the payload parsed', async () => {
  const { stdout } = await run(worldWithEvents(), ['events', 'show', '42', '--json']);
  const event = JSON.parse(stdout) as Record<string, unknown>;
  assert.deepEqual(event['body'], { action: 'opened', number: 7 });
  assert.equal(event['stored_at'], '2026-11-23T16:57:00.004Z');
});

test('show --raw is the stored bytes and nothing else', async () => {
  const world = newWorld();
  world.events.push(testEvent({ body: Buffer.from('{ "a":1 }\r\n') }));
  assert.equal((await run(world, ['events', 'show', '42', '--raw'])).stdout, '{ "a":1 }\r\n');
});

test('text from outside cannot steer the terminal', async () => {
  const world = newWorld();
  world.events.push(
    testEvent({
      repo: 'acme/\u001b[31mapi\u202e',
      reason: 'no rule \u009b31m\u2066',
      headers: { agent: 'a\u001b]0;title\u0007b' },
      body: Buffer.from('\u001b[2J'),
    }),
  );
  const text = [['events'], ['events', 'show', '42', '--body'], ['explain', '42']];
  for (const argv of [...text, ...text.map((each) => [...each, '--json'])]) {
    const { stdout } = await run(world, argv, { tty: true });
    assert.ok(!/(?!\n)[\p{Cc}\p{Bidi_Control}]/u.test(stdout), `${argv.join(' ')}: ${JSON.stringify(stdout)}`);
  }
});

test('colours are for terminals without NO_COLOR', async () => {
  const world = worldWithEvents();
  const coloured = async (tty: boolean, noColor: boolean) =>
    (await run(world, ['events'], { tty, noColor })).stdout.includes('\u001b[');
  assert.deepEqual(
    [await coloured(true, false), await coloured(true, true), await coloured(false, false)],
    [true, false, false],
  );
});

for (const argv of [
  ['explain', '7'],
  ['events', 'show', '7'],
  ['replay', '7'],
]) {
  test(`\`${argv.join(' ')}\` of an unknown event ends with 3`, async () => {
    const { code, stderr } = await run(worldWithEvents(), argv);
    assert.match(stderr, /There is no event 7/);
    assert.equal(code, 3);
  });
}

test('replay passes ids or a state on, and a dry run as such', async () => {
  const world = worldWithEvents();
  const named = await run(world, ['replay', '42', '41', '42']);
  const dry = await run(world, ['replay', '--state', 'dead', '--dry-run']);
  assert.deepEqual(world.replays, [
    { selection: { ids: [42, 41] }, dryRun: false },
    { selection: { state: 'dead' }, dryRun: true },
  ]);
  assert.equal(named.stdout, '42\n41\n');
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

test('the database is closed after use, and after a failure', async () => {
  const world = worldWithEvents();
  await run(world, ['events']);
  await run(world, ['explain', '7']);
  assert.equal(world.closed, 2);
});

test('a broken configuration ends with 2, a database that cannot be opened with 1, both in words', async () => {
  const world = newWorld();
  world.openError = new InboxUnavailableError('The database is newer (schema 9) than this program (schema 1).');
  assert.deepEqual(await run(world, ['events']), {
    code: 1,
    stdout: '',
    stderr: 'Error: The database is newer (schema 9) than this program (schema 1).\n',
  });
  world.loadError = new ConfigError([{ where: 'PORT', message: 'is no number', excerpt: null }]);
  const { code, stderr } = await run(world, ['events']);
  assert.equal(code, 2);
  assert.match(stderr, /PORT: is no number\n$/);
});

test('a fault of the program says so, and shows its stack only when asked', async () => {
  const world = newWorld();
  world.openError = new TypeError('x is not a function');
  const { code, stderr } = await run(world, ['events']);
  assert.match(stderr, /^Error: this is a fault of Tidings: x is not a function\nRun it again with LOG_LEVEL=debug/);
  assert.doesNotMatch(stderr, /\n\s+at /);
  assert.match((await run(world, ['events'], { debug: true })).stderr, /TypeError: x is not a function\n\s+at /);
  assert.equal(code, 1);
});

test('a signal ends a question with 130', async () => {
  assert.equal((await run(worldWithEvents(), ['events'], { stop: AbortSignal.abort() })).code, 130);
});

test('config prints no secret', async () => {
  for (const argv of [['config'], ['config', '--json']]) {
    const { stdout, stderr } = await run(newWorld(), argv);
    assert.match(stdout, /\[secret\]/);
    assert.doesNotMatch(stdout + stderr, /natural-length/);
  }
});
