import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { printChange, summaryLines } from '../../src/cli/commands/backtest.ts';
import { BacktestLine } from '../../src/http/api/answers/rules.ts';
import type { BacktestChange } from '../../src/model/trial/backtest.ts';
import { dataDir } from '../support/data-dir.ts';
import { NOW, newWorld, runWith, talking } from './test-cli.ts';

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

const CHANGES = [
  change({ fewer: [{ destination: 'team', rule: 'reviews', because: 'rule reviews: on.labels.none saw wip' }] }),
  change({
    eventId: 815,
    kind: 'release.published',
    handle: 'v1.2.0',
    title: 'v1.2.0',
    more: [{ destination: 'releases', rule: 'releases', because: 'there is no rule releases' }],
  }),
];

async function printed(changes: readonly BacktestChange[], isJson = false): Promise<string> {
  const { stdout } = await talking(newWorld(), async (context) => {
    for (const each of changes) await printChange(context, each, isJson);
  });
  return stdout;
}

test('each message more or less is a line', async () => {
  assert.equal(
    await printed(CHANGES),
    `− 812  issues.opened acme/api #12 Uploads fail  no longer told to team (rule reviews: on.labels.none saw wip)
+ 815  release.published acme/api v1.2.0  told to releases (rule releases)
`,
  );
});

test('the sum is said, and what could not be judged or read', () => {
  const summary = { events: 1_204, fewer: 14, more: 3, same: 201, unjudged: 1, unread: 2, gone: 0 };
  assert.deepEqual(summaryLines(summary, NOW), [
    '14 fewer, 3 more, 201 the same (over 1,204 events since 2026-11-23T17:00:00.000Z). Nothing was sent.',
    '1 event could not be judged: a rule asks for changed files, and they are not stored.',
    '2 events could not be read.',
  ]);
  const none = { events: 0, fewer: 0, more: 0, same: 0, unjudged: 0, unread: 0, gone: 0 };
  assert.deepEqual(summaryLines(none, NOW), [
    'No events are stored since 2026-11-23T17:00:00.000Z. Look further back: --since 30d',
  ]);
});

test('--json is one object for each event that changes', async () => {
  const [first, second] = (await printed(CHANGES, true))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  for (const line of [first, second]) assert.deepEqual(BacktestLine.parse(line), line);
  assert.deepEqual(first, {
    kind: 'change',
    id: 812,
    received_at: '2026-11-23T16:59:59.000Z',
    event: 'issues.opened',
    repo: 'acme/api',
    handle: '#12',
    title: 'Uploads fail',
    no_longer_told: [{ destination: 'team', rule: 'reviews', because: 'rule reviews: on.labels.none saw wip' }],
    newly_told: [],
  });
  assert.equal((second as { id: number }).id, 815);
});

test('titles from outside are cut, and cannot steer the terminal', async () => {
  const title = `\u001b[31m${'x'.repeat(90)}`;
  const stdout = await printed([
    change({ title, fewer: [{ destination: 'team', rule: 'r', because: 'saw \u001b[2J' }] }),
  ]);
  assert.ok(!stdout.includes('\u001b'));
  assert.match(stdout, /x…\s/);
});

test('a configuration that cannot be used ends with 2, a missing flag too, no database with 1', async () => {
  await using dir = await dataDir();
  const place = { env: { DATA_DIR: dir.path }, cwd: dir.path };
  const command = ['backtest', '--config', 'new.yaml'];
  assert.match((await runWith(place, ['backtest'])).stderr, /required option '--config <file>' not specified/);
  writeFileSync(join(dir.path, 'new.yaml'), 'rules: [{ on: isues }]');
  const { code, stderr } = await runWith(place, command);
  assert.deepEqual([code, /new\.yaml:1:15/.test(stderr)], [2, true], stderr);
  writeFileSync(join(dir.path, 'new.yaml'), 'rules: [{ on: issues }]');
  assert.equal((await runWith(place, command)).code, 1);
});
