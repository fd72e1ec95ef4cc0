import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedLines } from './changed-lines.ts';

test('lines are counted as they came and went', () => {
  assert.equal(changedLines('a\nb\nc\n', 'a\nB\nc\nd\n'), '2 lines added, 1 removed');
  assert.equal(changedLines('', 'a\n'), '1 line added, 0 removed');
  assert.equal(changedLines('a\r\nb\r\n', 'b\na\n'), 'only the order of lines changed');
  assert.equal(changedLines('a\na\n', 'a\n'), '0 lines added, 1 removed');
  assert.equal(changedLines('a\n', 'a\n'), 'nothing changed');
});
