import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { ANYWHERE, HOSTILE, harmWith, LONG, targetOf } from './hostile.ts';
import { recorded, written } from './payloads.ts';

const targets = [...recorded(), ...written()].map(targetOf);

test('no text that people write can call, disguise, hide or break, in any event', () => {
  for (const text of HOSTILE) {
    assert.deepEqual(
      targets.flatMap((target) => harmWith(target, target.written, text)),
      [],
    );
  }
});

test('nor any text at all, were GitHub to send it', () => {
  // Each payload meets every third of them here, and all of them in `npm run fuzz`.
  for (const [turn, text] of ANYWHERE.entries()) {
    const some = targets.filter((_, index) => index % 3 === turn % 3);
    assert.deepEqual(
      some.flatMap((target) => harmWith(target, target.texts, text)),
      [],
    );
  }
});

test('nor any mixture of them', () => {
  const mixture = fc
    .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 12 })
    .map((parts) => parts.join(''));
  fc.assert(
    // By number, so that what is found is not printed with its whole payload.
    fc.property(fc.nat({ max: targets.length - 1 }), mixture, (index, text) => {
      const target = targets[index];
      if (target) assert.deepEqual(harmWith(target, target.written, text), []);
    }),
    { numRuns: 500 },
  );
});

test('100 kB in a text do no harm, and come to an end', () => {
  const pairs = [...new Map(targets.map((target) => [target.pair, target])).values()];
  // Each pair meets one of them here, and all of them in `npm run fuzz`.
  assert.deepEqual(
    pairs.flatMap((target, index) => harmWith(target, target.written, LONG[index % LONG.length] ?? '')),
    [],
  );
});
