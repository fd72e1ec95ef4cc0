import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { dataDir } from '../../../tests/support/data-dir.ts';
import { inProcess } from '../../../tests/support/in-process.ts';

async function told(lines: readonly string[]): Promise<string> {
  await using dir = await dataDir();
  const yaml = [
    'destinations:',
    '  table:',
    '    type: sql',
    '    url: "${SQL_URL}"',
    ...lines,
    'rules: [{ on: push }]',
  ];
  writeFileSync(join(dir.path, 'tidings.yaml'), `${yaml.join('\n')}\n`);
  const { stderr } = await inProcess(['config'], dir.path, {
    SQL_URL: 'sqlite:reports.db',
    SECRET: 'activity.kind +',
    GITHUB_WEBHOOK_SECRET: 'known',
  });
  return stderr;
}

test('a column that is no expression is told at its place, each in the same run', async () => {
  const stderr = await told([
    '    columns:',
    '      who: activity.actr.login',
    '      n: notification.id',
    '      opt: activity.?repo',
    '      body: payload.id',
    '      lines: |',
    '        activity.actor.login +',
    '          notification.ide',
    '      v: ${SECRET}',
  ]);
  assert.match(stderr, /tidings\.yaml:6:21: an activity has no "actr"\. Did you mean "actor"\?/);
  assert.ok(stderr.includes(`6 |       who: activity.actr.login\n    |${' '.repeat(21)}^^^^\n`), stderr);
  assert.match(stderr, /:7:23: a notification has no "id"\. There is: key, eventId,/);
  assert.match(stderr, /:8:12: opt may be missing: say what is written then, as in activity\.\?repo\.orValue\(""\)/);
  assert.match(stderr, /:9:13: the payload is not kept with what is told/);
  assert.match(stderr, /:12:24: a notification has no "ide"/);
  assert.match(stderr, /:13:10: it ends too early/);
  assert.match(stderr, /^Error: 6 problems/m);
});

test('names that are none, that come twice or are the key are told at their keys', async () => {
  const names = ['"a b"', '"x\\"; DROP TABLE t; --"', '1st', 'ID', 'kind', 'KIND', 'a'.repeat(64)];
  const stderr = await told(['    columns:', ...names.map((name) => `      ${name}: activity.kind`)]);
  for (const [line, says] of [
    [6, 'the column "a b" must be letters, digits and _'],
    [7, 'the column "x\\"; DROP TABLE t; --" must be letters'],
    [8, 'the column "1st" must be letters'],
    [9, 'ID is the key column already: take it out'],
    [11, 'KIND is a column already'],
    [12, `the column "${'a'.repeat(64)}" must have 63 characters at most`],
  ] as const) {
    assert.ok(stderr.includes(`tidings.yaml:${line}:7: ${says}`), `${says}: ${stderr}`);
  }
  assert.match(
    await told(['    key: kind']),
    /:5:10: key cannot be kind, which is one of the usual columns: say columns/,
  );
  const many = Array.from({ length: 201 }, (_, n) => `      c${n}: "1"`);
  assert.match(await told(['    columns:', ...many]), /:5:5: columns are 201, and a table has 200 here at most\./);
});
