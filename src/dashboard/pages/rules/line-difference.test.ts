import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineDifference } from './line-difference.ts';

function shown(before: string, after: string): readonly string[] | 'same' {
  const lines = lineDifference(before, after);
  const signs = { added: '+', removed: '-', same: ' ', gap: '~' };
  return lines === 'same' ? lines : lines.map(({ kind, text }) => `${signs[kind]}${text}`);
}

test('what stays is shown around what changes, and left out elsewhere', () => {
  const before = Array.from({ length: 20 }, (_, index) => `line ${index}`);
  const after = before.toSpliced(10, 1, 'another', 'one more').toSpliced(0, 0, 'first');
  assert.deepEqual(shown(before.join('\n'), after.join('\n')), [
    '+first',
    ' line 0',
    ' line 1',
    ' line 2',
    '~4 lines as before',
    ' line 7',
    ' line 8',
    ' line 9',
    '-line 10',
    '+another',
    '+one more',
    ' line 11',
    ' line 12',
    ' line 13',
    '~6 lines as before',
  ]);
  assert.equal(shown('a', 'a'), 'same');
  assert.deepEqual(shown('', 'a'), ['-', '+a']);
});

test('of any two texts, both can be read out of the difference', () => {
  const texts = ['', 'a', 'a\nb', 'b\na', 'a\na\nb\nc', 'c\nb\na\na', 'x\ny', 'a\nx\nb\ny\nc'];
  for (const before of texts) {
    for (const after of texts) {
      const lines = lineDifference(before, after);
      if (lines === 'same') continue;
      const without = (kind: string) =>
        lines
          .filter((line) => line.kind !== kind)
          .map(({ text }) => text)
          .join('\n');
      assert.equal(without('added'), before);
      assert.equal(without('removed'), after);
    }
  }
});

test('texts that have nothing in common, and a million lines, end', () => {
  const one = 'a\n'.repeat(200_000);
  const other = 'b\n'.repeat(200_000);
  const lines = lineDifference(one, other);
  assert.ok(lines !== 'same' && lines.length <= 2_001);
});
