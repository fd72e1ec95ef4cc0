import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTest, readSources } from '../architecture.ts';
import { read, rootPath } from './documents.ts';

const ROW = /^\| ([^|]+) \| [^|]+ \| ([^|]*)\|$/gm;

test('every word of the glossary stands there once, and the code that it names exists', () => {
  const rows = [...read('docs/glossary.md').matchAll(ROW)].filter(([, word]) => word !== 'word');
  const words = rows.map(([, word = '']) => word);
  assert.ok(words.length > 40, 'no rows were found');
  assert.deepEqual(words.length, new Set(words).size);
  const code = readSources(rootPath('.'), 'src')
    .filter((file) => !isTest(file))
    .map(({ text }) => text)
    .join('\n');
  const names = rows.flatMap(([, , cell = '']) => [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name));
  assert.deepEqual(
    names.filter(
      (name) => !new RegExp(`(?:interface|type|class|const|function|readonly|^ +) ?\\b${name}\\b`, 'm').test(code),
    ),
    [],
  );
});
