import assert from 'node:assert/strict';
import { test } from 'node:test';
import { read, tableRows } from '../docs/documents.ts';
import { recorded, written } from './payloads.ts';
import { allSamples } from './providers.ts';
import { tell } from './tell.ts';
import { faultsOfVoice } from './voice.ts';

const told = [
  ...[...recorded(), ...written()].flatMap(({ type, payload }) => {
    const normalised = tell(type, payload);
    return normalised.kind === 'activity' ? [normalised.activity] : [];
  }),
  ...(await allSamples()),
];

test('every event of every provider is told in one voice', () => {
  assert.deepEqual([...new Set(told.flatMap(faultsOfVoice))], [], 'docs/wording.md says how sentences are made');
});

test('each phrasing of docs/wording.md is said of something', () => {
  const said = told.flatMap(({ said }) => [said.did, said.became, ...said.facts].filter((text) => text !== null));
  const phrasings = tableRows(read('docs/wording.md'), 'One act, one phrasing').flatMap(([, phrasing = '']) =>
    phrasing.split(', '),
  );
  assert.ok(phrasings.length > 20, 'no table was found');
  const unsaid = phrasings.filter((phrasing) => {
    const pattern = new RegExp(`^${phrasing.replaceAll(/[^\w ]/g, '\\$&').replaceAll(/[A-Z]+/g, '.+')}$`);
    return !said.some((text) => pattern.test(text));
  });
  assert.deepEqual(unsaid, []);
});
