import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { THREATS } from '../attack/threats.ts';
import { codeSpans, read, rootPath, tableRows } from './documents.ts';

const PAGE = read('docs/security.md');
/** What stands below each heading, by the name that `npm run attack -- --only` takes. */
const sections = new Map(
  PAGE.split(/^## /m).flatMap((text) => {
    const name = /^Again: `npm run attack -- --only (\w+)`$/m.exec(text)?.[1];
    return name === undefined ? [] : [[name, text] as const];
  }),
);

test('every threat that is tried is in docs/security.md, in the same order, and in its table', () => {
  assert.deepEqual([...sections.keys()], Object.keys(THREATS));
  assert.deepEqual(
    tableRows(PAGE, 'A run').map(([name]) => name),
    Object.keys(THREATS),
  );
});

for (const [name, files] of Object.entries(THREATS)) {
  test(`${name}: the tests that the page names are those that are run, and they are there`, () => {
    const named = codeSpans(sections.get(name) ?? '').filter((span) => span.endsWith('.test.ts'));
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter((file) => !files.includes(file)),
      [],
    );
    assert.deepEqual(
      files.filter((file) => !existsSync(rootPath(file))),
      [],
    );
  });
}
