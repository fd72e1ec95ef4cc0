import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeded } from '../../support/seeded.ts';
import { makeBase } from './base.ts';
import { tryPlace } from './one-place.ts';
import { placesIn } from './places.ts';
import { startHere, startProcess } from './subject.ts';

/** One of each kind, and some more. */
const PLACES = 5;
/** The same places each time: others are `npm run damage`'s. */
const SEED = 20260;

// The short form of `npm run damage`.
test('a database damaged anywhere: refused with a sentence, or only what was hit is hurt, and named', async () => {
  await using base = await makeBase(80, seeded(SEED));
  for (const [n, place] of (await placesIn(base.folder, PLACES, seeded(SEED + 1))).entries()) {
    const { end, hurt, faults } = await tryPlace(base, place, n === 0 ? startProcess : startHere);
    assert.deepEqual(faults, [], `${place.kind} at ${place.at}, bit ${place.bit}: ${end}, ${hurt} hurt`);
  }
});
