import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { EVENTS } from '../../src/sources/github/events.ts';
import { catalog, catalogPage } from './catalog.ts';

const rows = catalog();
const pairsThat = (holds: (row: (typeof rows)[number]) => boolean) => rows.filter(holds).map(({ pair }) => pair);

test('every pair is told, or in a table with the reason why not', () => {
  assert.deepEqual(
    pairsThat(({ when }) => when === 'unknown'),
    [],
    'no payload of these is told: is one missing in tests/fixtures/pairs?',
  );
  assert.deepEqual(
    pairsThat(({ when, reason }) => when !== 'always' && reason === null),
    [],
  );
});

test('no pair falls to the generic family', () => {
  assert.deepEqual(
    pairsThat(({ event, when }) => when !== 'never' && (EVENTS[event]?.normalise ?? null) === null),
    [],
  );
});

test('there are as many pairs as GitHub has, and one of our own', () => assert.equal(rows.length, PAIRS));
/** Of https://docs.github.com/en/webhooks/webhook-events-and-payloads, and pull_request.merged. */
const PAIRS = 275;

test('docs/catalog.md says what is told', () => {
  const page = readFileSync(new URL('../../docs/catalog.md', import.meta.url), 'utf8');
  assert.equal(page, catalogPage(), '`npm run golden` writes it anew');
});
