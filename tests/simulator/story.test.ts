import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linesThatMatter } from './story.ts';

const WRONG = '9 s  VIOLATION (lost): notification 3 of event 7 still waits for chat';

test('a short story is told up to what is wrong', () => {
  assert.deepEqual(linesThatMatter(['1 s  a delivery', WRONG, '10 s  later']), ['1 s  a delivery', WRONG]);
});

test('of a long one is told what is about the same, and what is about nobody', () => {
  const others = Array.from({ length: 40 }, (_, n) => `2 s  hook is told events 1${n}`);
  const told = [
    '1 s  delivery 4 → 200, accepted as event 7',
    '3 s  worker 1 is killed',
    '4 s  chat is told events 5, 6',
  ];
  assert.deepEqual(linesThatMatter([told[0] ?? '', ...others, ...told.slice(1), WRONG]), [...told, WRONG]);
});

test('no story is longer than a person follows', () => {
  const lines = Array.from({ length: 40 }, (_, n) => `${n} s  chat is told events ${n}`);
  assert.equal(linesThatMatter([...lines, WRONG]).length, 30);
  assert.equal(linesThatMatter([...lines, WRONG]).at(-1), WRONG);
});
