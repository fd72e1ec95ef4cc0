import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventRecord } from '../../src/http/api/answers/events.ts';
import { NOW, newWorld, run } from './test-cli.ts';
import { testEvent, worldWithEvents } from './test-event.ts';

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

test('explain tells which destination declined what a rule asked for, and why', async () => {
  const world = newWorld();
  const declined = { deploy: 'a run of acme/api' };
  const rules = [{ rule: 'ci', result: 'matched', checks: [], to: ['deploy'] }] as const;
  const reason = 'deploy declines it: a run of acme/api';
  const trace = { kind: 'workflow_run.completed', rules, declined };
  world.events.push(testEvent({ id: 1, state: 'skipped', reason, trace, notifications: [] }));
  const { stdout } = await run(world, ['explain', '1']);
  assert.match(
    stdout,
    /Rule ci: matched → deploy\ndeploy declines it: a run of acme\/api\n\nNot announced: deploy declines it/,
  );
  const explained = JSON.parse((await run(world, ['explain', '1', '--json'])).stdout) as Record<string, unknown>;
  assert.deepEqual(explained['declined'], declined);
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
  // The API has it as text.
  EventRecord.parse({ ...event, body: '' });
  assert.equal(event['stored_at'], '2026-11-23T16:57:00.004Z');
});

test('show --raw is the stored bytes and nothing else', async () => {
  const world = newWorld();
  world.events.push(testEvent({ body: Buffer.from('{ "a":1 }\r\n') }));
  assert.equal((await run(world, ['events', 'show', '42', '--raw'])).stdout, '{ "a":1 }\r\n');
});
