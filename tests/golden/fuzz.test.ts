import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FULL, tried } from '../support/long-form.ts';
import { seeded } from '../support/seeded.ts';
import { faultIn, mutationsOf } from './fuzz.ts';
import { recorded, written } from './payloads.ts';

/** Of some 48,000; `npm run attack` tries them all. */
const SOME = 6_000;

test('a payload with a field missing, empty or of another type is told or skipped, never an error', (t) => {
  const cases = [...recorded(), ...written()];
  const all = cases.flatMap((one) => mutationsOf(one));
  assert.ok(all.length > SOME, `${all.length} changes`);
  const random = seeded(7);
  const some = FULL ? all : all.filter(() => random() < SOME / all.length);
  tried(t, some.length, 'payloads');
  const faults = some.map((mutation) => faultIn(mutation));
  assert.deepEqual(faults.filter(Boolean), []);
});
