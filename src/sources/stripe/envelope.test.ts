import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identify } from './envelope.ts';

const identified = (event: object) => identify(Buffer.from(JSON.stringify(event)));

test('an event is called by its id', () => {
  assert.deepEqual(identified({ id: 'evt_1', type: 'charge.failed' }), { id: 'evt_1', type: 'charge' });
});

test('trials of the dashboard, which share one id, are events of their own, and each is one when it comes twice', () => {
  const trial = (type: string) => identified({ id: 'evt_00000000000000', type });
  assert.deepEqual(trial('charge.failed'), trial('charge.failed'));
  assert.notDeepEqual(trial('charge.failed'), trial('charge.succeeded'));
  const { id } = trial('charge.failed') as { id: string };
  assert.match(id, /^evt_0{14}:[\da-f]{32}$/);
});
