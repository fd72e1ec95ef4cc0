import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { configure, dataDir } from '../support/data-dir.ts';
import { inProcess } from '../support/in-process.ts';

const RULES = [
  { name: 'bugs', on: { issues: { types: ['opened'], labels: { any: ['bug'] } } }, settle: '20s', to: 'team' },
  {
    name: 'main broke',
    on: { workflow_run: { transition: ['broke', 'fixed'] } },
    quiet: { hours: '22:00-07:00', zone: 'Europe/Berlin' },
    to: ['team', 'on-call'],
  },
];

test('tests beside the rules run with samples, files, results before and times; nothing is opened or sent', async () => {
  await using dir = await dataDir();
  const issue = { action: 'opened', issue: { number: 7, title: 'x', html_url: 'https://github.com/a/b/issues/7' } };
  const payload = { ...issue, repository: { full_name: 'a/b', html_url: 'https://github.com/a/b' } };
  await writeFile(join(dir.path, 'issue.json'), JSON.stringify(payload));
  const broke = { event: 'workflow_run.completed', set: { 'workflow_run.conclusion': 'failure' } };
  await configure(dir.path, {
    destinations: { team: { type: 'console' }, 'on-call': { type: 'console' } },
    rules: RULES,
    tests: [
      { name: 'a bug', event: 'issues.opened', set: { 'issue.labels': [{ name: 'bug' }] }, expect: ['team'] },
      { name: 'from a file', payload: 'issue.json', type: 'issues', expect: [] },
      { name: 'broke', ...broke, previous: 'success', expect: ['on-call', 'team'] },
      { name: 'broken still', ...broke, previous: 'failure', expect: [] },
      { name: 'at night', ...broke, at: '2026-01-15T23:30:00+01:00', expect: ['team', 'on-call'] },
    ],
  });
  const passed = await inProcess(['test'], dir.path);
  assert.equal(
    passed.stdout,
    `✓ a bug
✓ from a file
✓ broke
✓ broken still
✓ at night  (team: held until 2026-01-16T06:00:00.000Z, on-call: held until 2026-01-16T06:00:00.000Z)
`,
  );
  assert.deepEqual([passed.code, passed.stderr], [0, 'All 5 tests passed.\n']);
  assert.deepEqual((await readdir(dir.path)).toSorted(), ['issue.json', 'tidings.yaml']);
});

test('another file is named: its failures say what is wrong with each, its mistakes where they are', async () => {
  await using dir = await dataDir();
  const other = {
    rules: RULES.map((rule) => ({ ...rule, to: [] as string[], stop: true })),
    tests: [
      { name: 'no such file', payload: 'gone.json', type: 'push', expect: [] },
      { name: 'told', event: 'issues.opened', expect: ['console'] },
    ],
  };
  await writeFile(join(dir.path, 'new.yaml'), JSON.stringify(other));
  const failed = await inProcess(['test', '--config', 'new.yaml'], dir.path);
  assert.deepEqual([failed.code, failed.stderr], [1, 'Error: 2 of 2 tests failed.\n']);
  assert.match(failed.stdout, /the payload cannot be read: there is no such file \(.*gone\.json\)/);
  assert.match(
    failed.stdout,
    /✗ told\n {4}expected {2}console\n {4}got {7}nobody\n {4}Rule bugs: matched, and tells nobody/,
  );
  const missing = await inProcess(['test', '--config', 'gone.yaml'], dir.path);
  assert.deepEqual([missing.code, /gone\.yaml: cannot be read/.test(missing.stderr)], [2, true]);
});
