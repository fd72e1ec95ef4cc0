import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnsOf, cutToColumns } from './columns.ts';

test('a terminal’s columns are counted, not letters', () => {
  assert.deepEqual(['abc', '\u001b[32mok\u001b[39m', '失败', '🟢 ok', 'e\u0301'].map(columnsOf), [3, 2, 4, 5, 1]);
});

test('what is cut ends in …, within the columns, and no character is halved', () => {
  assert.equal(cutToColumns('Uploads fail', 12), 'Uploads fail');
  assert.equal(cutToColumns('Uploads fail', 9), 'Uploads…');
  assert.equal(cutToColumns('上传失败了', 6), '上传…');
  assert.equal(cutToColumns('🟢🟢🟢', 4), '🟢…');
});
