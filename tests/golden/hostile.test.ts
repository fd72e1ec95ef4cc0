import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { FULL, share, tried } from '../support/long-form.ts';
import { ANYWHERE, HOSTILE, harmWith, LONG, targetOf } from './hostile.ts';
import { recorded, written } from './payloads.ts';

const targets = [...recorded(), ...written()].map(targetOf);

test('no text that people write can call, disguise, hide or break, in any event', (t) => {
  // Each payload meets every sixth of them in `npm test`, and each of them every sixth payload.
  const isIn = share(t, 6);
  let cases = 0;
  for (const [turn, text] of HOSTILE.entries()) {
    const some = targets.filter((_, index) => isIn(index + turn));
    cases += some.length;
    assert.deepEqual(
      some.flatMap((target) => harmWith(target, target.written, text)),
      [],
    );
  }
  tried(t, cases, 'payloads');
});

test('nor any text at all, were GitHub to send it', (t) => {
  // Each payload meets every twentieth of them in `npm test`.
  const isIn = share(t, 20);
  let cases = 0;
  for (const [turn, text] of ANYWHERE.entries()) {
    const some = targets.filter((_, index) => isIn(index + turn));
    cases += some.length;
    assert.deepEqual(
      some.flatMap((target) => harmWith(target, target.texts, text)),
      [],
    );
  }
  tried(t, cases, 'payloads');
});

test('nor any mixture of them', (t) => {
  const numRuns = FULL ? 5_000 : 120;
  tried(t, numRuns, 'payloads');
  const mixture = fc
    .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 12 })
    .map((parts) => parts.join(''));
  fc.assert(
    // By number, so that what is found is not printed with its whole payload.
    fc.property(fc.nat({ max: targets.length - 1 }), mixture, (index, text) => {
      const target = targets[index];
      if (target) assert.deepEqual(harmWith(target, target.written, text), []);
    }),
    { numRuns },
  );
});

test('100 kB in a text do no harm, and come to an end', (t) => {
  const pairs = [...new Map(targets.map((target) => [target.pair, target])).values()];
  // Every third pair meets one of them in `npm test`, at each run another.
  const isIn = share(t, 3 * LONG.length);
  const texts = [...LONG.entries()];
  const cases = pairs.flatMap((target, index) =>
    texts.filter(([turn]) => isIn(index + 3 * turn)).map(([, text]) => ({ target, text })),
  );
  tried(t, cases.length, 'payloads');
  assert.deepEqual(
    cases.flatMap(({ target, text }) => harmWith(target, target.written, text)),
    [],
  );
});
