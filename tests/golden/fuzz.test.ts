import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeded } from '../support/seeded.ts';
import { faultIn, mutationsOf } from './fuzz.ts';
import { recorded, written } from './payloads.ts';

/** `npm run fuzz` tries them all. */
const TRIED = 6_000;

test('a payload with a field missing, empty or of another type is told, skipped, or refused by that field’s name', () => {
  const cases = [...recorded(), ...written()];
  const all = cases.flatMap((one) => mutationsOf(one));
  assert.ok(all.length > TRIED, `${all.length} changes`);
  const random = seeded(7);
  const faults = all.filter(() => random() < TRIED / all.length).map((mutation) => faultIn(mutation));
  assert.deepEqual(faults.filter(Boolean), []);
});
