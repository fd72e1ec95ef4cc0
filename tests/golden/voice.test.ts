import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupAlike } from '../../src/text/groups.ts';
import { read, tableRows } from '../docs/documents.ts';
import { digest } from '../fixtures/activities.ts';
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

/** They come one at a time, or nobody knows them yet. */
const COUNTED_BY_HEADLINE = [
  'installation.new_permissions_accepted',
  'installation.unsuspend',
  'installation_repositories.added',
  'installation_repositories.removed',
  'marketplace_purchase.pending_change',
  'marketplace_purchase.pending_change_cancelled',
  'v1.billing.meter.error_report_triggered',
];

test('several of what is told without being asked for are counted in words', () => {
  const clumsy = told.filter((activity) => {
    const [group] = groupAlike(digest([activity, activity]).notifications);
    return !activity.isMinor && group?.count.includes('×');
  });
  assert.deepEqual([...new Set(clumsy.map(({ kind }) => kind))].toSorted(), COUNTED_BY_HEADLINE);
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
