import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CATALOG } from '../../catalog.ts';
import { remarksOnNamedSources } from '../check/targets.ts';
import type { WrittenFile } from '../check/written.ts';
import { rowsOf } from './rows.ts';

test('a destination that names a source which is not there is told so, at the name', async () => {
  const given = (sources: unknown) => ({ type: 'forward', url: 'http://app.test', raw: true, sources });
  const destinations = [
    { name: 'one', given: given(['github', 'strpe']) },
    { name: 'two', given: given('githup') },
    { name: 'three', given: given(undefined) },
    { name: 'four', given: { type: 'console', sources: ['nobody'] } },
  ];
  const remarks = remarksOnNamedSources(
    { destinations } as unknown as WrittenFile,
    ['github', 'stripe'],
    await rowsOf(CATALOG),
  );
  assert.deepEqual(remarks, [
    { place: ['destinations', 'one', 'sources', 1], message: 'no source is named "strpe". Did you mean "stripe"?' },
    { place: ['destinations', 'two', 'sources'], message: 'no source is named "githup". Did you mean "github"?' },
  ]);
});
