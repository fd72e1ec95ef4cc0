import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkKeys } from './check-keys.ts';

async function problems(given: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const told: string[] = [];
  await checkKeys(given, (key, problem, part) => {
    told.push(`${[key].flat().join('.')}: ${problem}${typeof part === 'object' ? ` (${part.start}–${part.end})` : ''}`);
  });
  return told;
}

test('keys that say nothing together are told', async () => {
  const inputs = { tag: 'activity.tag' };
  assert.match((await problems({ ref: 'main' })).join(), /^ref: ref says nothing without workflow/);
  assert.match((await problems({ inputs })).join(), /^inputs: inputs say nothing without workflow/);
  assert.match((await problems({ workflow: 'a.yml', event_type: 'x' })).join(), /^event_type: event_type says nothing/);
  assert.deepEqual(await problems({ workflow: 'a.yml', ref: 'v2', inputs }), []);
  assert.deepEqual(await problems({ event_type: 'x' }), []);
});

test('inputs that are wrong are told at their place', async () => {
  const told = (inputs: unknown) => problems({ workflow: 'a.yml', inputs });
  assert.deepEqual(await told({ 'a b': 'activity.kind' }), [
    'inputs.a b: "a b" is no name of an input: letters, digits, - and _.',
  ]);
  assert.match((await told({ title: 'activity.sujet.title' })).join(), /^inputs\.title: .*sujet.*\(\d+–\d+\)$/);
  const many = Object.fromEntries(Array.from({ length: 26 }, (_, n) => [`i${n}`, 'activity.kind']));
  assert.deepEqual(await told(many), ['inputs: inputs are 26, and GitHub takes 25 at most.']);
  assert.deepEqual([await told('x'), await told({ a: 1, b: ' ' })], [[], []]);
});
