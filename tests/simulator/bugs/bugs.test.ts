import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { BUGS } from './bugs.ts';
import { loadWith } from './plant.ts';
import { withBug } from './planted-bug.ts';

describe('a bug that is put back', () => {
  test('has a name of its own, and a commit', () => {
    assert.equal(new Set(BUGS.map(({ name }) => name)).size, BUGS.length);
    for (const { name, fixedIn } of BUGS) assert.match(fixedIn, /^[0-9a-f]{7}$/, name);
  });

  for (const bug of BUGS) {
    test(`${bug.name}: each of its changes still fits today's source once, and what it makes of it loads`, async () => {
      for (const file of new Set(bug.changes.map((change) => change.file))) {
        const source = await readFile(new URL(`../../../${file}`, import.meta.url), 'utf8');
        assert.notEqual(withBug(bug, file, source), source);
        assert.notEqual(await loadWith(bug, file), await loadWith(null, file));
      }
    });
  }

  test('is refused where the code moved on', () => {
    const bug = { ...BUGS[0], name: 'moved', changes: [{ file: 'a.ts', from: 'one', to: 'two' }] } as (typeof BUGS)[0];
    assert.equal(withBug(bug, 'a.ts', 'a one b'), 'a two b');
    assert.equal(withBug(bug, 'b.ts', 'a one b'), 'a one b');
    assert.throws(() => withBug(bug, 'a.ts', 'nothing'), /moved cannot be put back: not found in a\.ts: one$/);
    assert.throws(() => withBug(bug, 'a.ts', 'one one'), /found 2 times/);
  });
});
