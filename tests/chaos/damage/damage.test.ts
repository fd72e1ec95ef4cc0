import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { seeded } from '../../support/seeded.ts';
import { makeBase } from './base.ts';
import { tryPlace } from './one-place.ts';
import { placesIn } from './places.ts';
import { startHere, startProcess } from './subject.ts';

/** One of each kind, and some more. */
const PLACES = 8;

// The short form of `npm run damage`.
test('a database damaged anywhere: refused with a sentence, or only what was hit is hurt, and named', async (t) => {
  const seed = randomInt(1_000_000);
  t.diagnostic(`seed ${seed}`);
  await using base = await makeBase(150, seeded(seed));
  for (const [n, place] of (await placesIn(base.folder, PLACES, seeded(seed + 1))).entries()) {
    const { end, hurt, faults } = await tryPlace(base, place, n === 0 ? startProcess : startHere);
    assert.deepEqual(faults, [], `${place.kind} at ${place.at}, bit ${place.bit}: ${end}, ${hurt} hurt`);
  }
});
