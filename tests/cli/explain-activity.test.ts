import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Config } from '../../src/config/config.ts';
import { activityOf } from '../../src/run/activity-of.ts';
import { sample } from '../../src/sources/github/samples/sample.ts';
import { newEvent, routed } from '../fixtures/stored.ts';
import { dataDir, openInbox } from '../support/data-dir.ts';
import { NOW, newWorld, run, testConfig } from './test-app.ts';

function configIn(path: string): Config {
  return testConfig({ dataDir: path, database: { kind: 'sqlite', path: `${path}/tidings.db` } });
}

function eventOf(name: string) {
  const made = sample(name, { n: 0, now: NOW });
  return newEvent({ type: made?.type ?? '', text: JSON.stringify(made?.payload) });
}

test('the activity is what `if:` sees: its fields and no others, compared with the result before', async () => {
  await using dir = await dataDir();
  await using inbox = await openInbox(dir.path);
  const run1 = await inbox.append(eventOf('workflow_run.completed'));
  const first = await activityOf(run1.id, configIn(dir.path));
  assert.ok(first?.ok);
  assert.equal(first.activity['transition'], 'broke', 'it is the first of its kind');
  const [lease] = await inbox.acquire('a', ['expand'], 60_000);
  assert.ok(lease);
  const ran = sample('workflow_run.completed', { n: 0, now: NOW })?.payload['workflow_run'];
  const key = `workflow_run acme/api ${String((ran as Record<string, unknown>)['workflow_id'])} main`;
  await inbox.expand(lease, [routed(run1.id, [], { result: { key, run: 'another', passed: false } })]);
  const run2 = await inbox.append(eventOf('workflow_run.completed'));
  const second = await activityOf(run2.id, configIn(dir.path));
  assert.ok(second?.ok);
  assert.equal(second.activity['transition'], 'still_broken');
  assert.deepEqual(Object.keys(second.activity['actor'] as object).toSorted(), ['isBot', 'login', 'url']);
  for (const internal of ['thread', 'result', 'dedupKey', 'avatarUrl', 'severity']) {
    assert.ok(!JSON.stringify(second.activity).includes(`"${internal}"`), internal);
  }
});

test('what says nothing to rules has its reason, and what is not there is null', async () => {
  await using dir = await dataDir();
  await using inbox = await openInbox(dir.path);
  const { id } = await inbox.append(newEvent({ type: 'issues', text: '[]' }));
  const seen = await activityOf(id, configIn(dir.path));
  assert.ok(seen !== null && !seen.ok);
  assert.match(seen.reason, /should be a JSON object/);
  assert.equal(await activityOf(id + 1, configIn(dir.path)), null);
});

test('explain --activity prints it as JSON, safe for a terminal; on one line with --json', async () => {
  const world = newWorld();
  world.activities.set(1, { ok: true, activity: { kind: 'issues.opened', excerpt: 'a\u001b[31m\u202eb' } });
  world.activities.set(2, { ok: false, reason: 'watch.started: GitHub sends star.created' });
  const pretty = await run(world, ['explain', '1', '--activity']);
  assert.equal(pretty.stdout, '{\n  "kind": "issues.opened",\n  "excerpt": "a\\u001b[31m\\u202eb"\n}\n');
  const line = await run(world, ['explain', '1', '--activity', '--json']);
  assert.equal(line.stdout.split('\n').length, 2);
  const [none, unsaid] = [
    await run(world, ['explain', '3', '--activity']),
    await run(world, ['explain', '2', '--activity']),
  ];
  assert.deepEqual([none.code, unsaid.code], [3, 3]);
  assert.match(unsaid.stderr, /Rules are not asked about event 2: watch\.started/);
});
