import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { FULL, tried } from '../../tests/support/long-form.ts';
import { oneLine, table } from './table.ts';

const columns = [{ title: 'N', align: 'right' }, { title: 'WHAT', flexible: true }, { title: 'END' }] as const;

test('columns are aligned, numbers to the right', () => {
  assert.deepEqual(
    table(
      columns,
      [
        ['7', 'a', 'x'],
        ['10', 'longer', 'y'],
      ],
      80,
    ),
    [' N  WHAT    END', ' 7  a       x', '10  longer  y'],
  );
});

test('only the flexible column is shortened, to fit the terminal', () => {
  assert.deepEqual(table(columns, [['1', 'a very long reason', 'x']], 21).at(1), '1  a very long…   x');
});

test('where that is not enough, the widest give way; what is cut ends in …', () => {
  const cells = ['1', '\u001b[32mpull_request_review_comment.created\u001b[39m', 'acme/backend-services'];
  const narrow = table(
    [{ title: 'N', align: 'right' }, { title: 'WHAT', flexible: true }, { title: 'REPO' }],
    [cells],
    30,
  );
  assert.deepEqual(narrow, ['N  WHAT          REPO', '1  pull_reques…  acme/backend…']);
});

test('colours do not count as width', () => {
  const [, first, second] = table(
    [{ title: 'A' }, { title: 'B' }],
    [
      ['\u001b[32mok\u001b[39m', 'x'],
      ['ok', 'x'],
    ],
    80,
  );
  assert.equal(stripVTControlCharacters(first ?? ''), second);
});

test('whatever a sender writes, one line stays one harmless line', (t) => {
  const numRuns = FULL ? 10_000 : 100;
  tried(t, numRuns, 'texts');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.doesNotMatch(oneLine(text), /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }),
    { numRuns },
  );
});
