import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Source } from '../../model/source.ts';
import { copyTerms } from './copies.ts';

const sources = (...all: readonly Partial<Source>[]) =>
  new Map(all.map((source) => [source.name ?? '', { bodies: 'unique', ...source } as Source]));

test('an equal body makes a copy, unless of a source that repeats its bodies; of one that is gone it still does', () => {
  const both = sources({ name: 'shop' }, { name: 'monitor', bodies: 'repeat' });
  const mayRepeat = (name: string) => copyTerms(name, both).bodyMayRepeat;
  assert.deepEqual(['shop', 'monitor', 'gone'].map(mayRepeat), [false, true, false]);
});

test('unrelated sources are those whose keys are known to be others', () => {
  const all = sources(
    { name: 'one', keyIds: ['a', 'b'] },
    { name: 'two', keyIds: ['b'] },
    { name: 'three', keyIds: ['c'] },
    { name: 'silent' },
  );
  assert.deepEqual(copyTerms('one', all).unrelatedSources, ['three']);
  assert.deepEqual(copyTerms('silent', all).unrelatedSources, []);
});
