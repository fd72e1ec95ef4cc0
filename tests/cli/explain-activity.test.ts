import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Config } from '../../src/config/config.ts';
import { load } from '../../src/run/load.ts';
import { activityOf } from '../../src/run/stored/activity-of.ts';
import { sample } from '../../src/sources/github/samples/sample.ts';
import { newEvent, routed } from '../fixtures/stored.ts';
import { dataDir, openInbox } from '../support/data-dir.ts';
import { inProcess } from '../support/in-process.ts';
import { NOW } from './test-cli.ts';

function configIn(path: string): Promise<Config> {
  return load({ readOnly: true, purpose: 'read' }, { env: { DATA_DIR: path }, cwd: path });
}

function eventOf(name: string) {
  const made = sample(name, { n: 0, now: NOW });
  return newEvent({ type: made?.type ?? '', text: JSON.stringify(made?.payload) });
}

test('the activity is what `if:` sees: its fields and no others, compared with the result before', async () => {
  await using dir = await dataDir();
  await using inbox = await openInbox(dir.path);
  const run1 = await inbox.append(eventOf('workflow_run.completed'));
  const first = await activityOf(run1.id, await configIn(dir.path));
  assert.ok(first?.ok);
  assert.equal(first.activity['transition'], 'broke', 'it is the first of its kind');
  const [lease] = await inbox.acquire('a', ['expand'], 60_000);
  assert.ok(lease);
  const ran = sample('workflow_run.completed', { n: 0, now: NOW })?.payload['workflow_run'];
  const key = `workflow_run acme/api ${String((ran as Record<string, unknown>)['workflow_id'])} main`;
  await inbox.expand(lease, [routed(run1.id, [], { result: { key, run: 'another', passed: false } })]);
  const run2 = await inbox.append(eventOf('workflow_run.completed'));
  const second = await activityOf(run2.id, await configIn(dir.path));
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
  const seen = await activityOf(id, await configIn(dir.path));
  assert.ok(seen !== null && !seen.ok);
  assert.match(seen.reason, /should be a JSON object/);
  assert.equal(await activityOf(id + 1, await configIn(dir.path)), null);
});

test('explain --activity prints it as JSON, safe for a terminal; on one line with --json', async () => {
  await using dir = await dataDir();
  await using inbox = await openInbox(dir.path);
  const made = sample('issues.opened', { n: 0, now: NOW });
  const issue = { ...(made?.payload['issue'] as object), body: 'a\u001b[31m\u202eb' };
  const told = await inbox.append(newEvent({ type: 'issues', text: JSON.stringify({ ...made?.payload, issue }) }));
  const unsaid = await inbox.append(eventOf('ping'));
  const explain = (...argv: readonly string[]) => inProcess(['explain', ...argv, '--activity'], dir.path);
  const pretty = await explain(String(told.id));
  assert.match(pretty.stdout, /^\{\n {2}"kind": "issues\.opened",\n/);
  assert.ok(!/(?!\n)[\p{Cc}\p{Bidi_Control}]/u.test(pretty.stdout), JSON.stringify(pretty.stdout));
  const line = await explain(String(told.id), '--json');
  assert.equal(line.stdout.split('\n').length, 2);
  const [none, nothing] = [await explain('3'), await explain(String(unsaid.id))];
  assert.deepEqual([none.code, nothing.code], [3, 3]);
  assert.match(nothing.stderr, /Rules are not asked about event 2: /);
});
