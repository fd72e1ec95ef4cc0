import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Untold } from '../../model/fate.ts';
import type { LaneDepth } from '../../model/inbox/archive.ts';
import { statusLines } from './status.ts';

const EMPTY = {
  depth: 0,
  cardsBehind: 0,
  oldestReceivedAt: null,
  owner: null,
  leaseExpiresAt: null,
  notBefore: 0,
  failures: 0,
  broken: null,
  held: null,
  sentAt: null,
};

function status(depths: readonly (Partial<LaneDepth> & { readonly lane: string })[], untold: readonly Untold[] = []) {
  const archive = { depths: async () => depths.map((each) => ({ ...EMPTY, ...each })), untold: async () => untold };
  return statusLines({ archive, version: '1.2.3', invocation: 'tidings', upSince: 0, now: 60_000 });
}

test('how long it has been up, and that all is well', async () => {
  assert.deepEqual(await status([{ lane: 'expand' }, { lane: 'team' }]), [
    'Tidings 1.2.3, up for 1 min',
    'Nothing waits',
    'Everybody got everything, as far as is known',
  ]);
});

test('what waits, where, and for how long', async () => {
  const waiting = async (...depths: Parameters<typeof status>[0]) => (await status(depths))[1];
  const team = { lane: 'team', depth: 3, oldestReceivedAt: 50_000 };
  assert.equal(
    await waiting({ lane: 'expand', depth: 1, oldestReceivedAt: 59_000 }),
    'Waiting: 1 event, the oldest for 1 s',
  );
  assert.equal(await waiting(team), 'Waiting: 3 messages (3 to team), the oldest for 10 s');
  assert.equal(
    await waiting({ lane: 'expand', depth: 1, oldestReceivedAt: 59_000 }, team, { ...team, lane: 'ops', depth: 1 }),
    'Waiting: 1 event and 4 messages (3 to team, 1 to ops), the oldest for 10 s',
  );
});

test('what is broken and what nobody got, with the command that mends it, and without what is secret', async () => {
  const broken = {
    at: 0,
    reason: 'no_service at https://hooks.slack.com/services/T0000/B0000/abcdefghijklmnopqrstuvwx.',
  };
  const lines = await status([{ lane: 'team', broken }], [{ destination: 'ops', fate: 'dead', count: 2 }]);
  assert.match(lines[2] ?? '', /^team: nothing can arrive since 1970.* Once mended: tidings resume team$/);
  assert.equal(lines[3], '2 messages were given up: 2 to ops. To send again: tidings replay --state dead');
  assert.ok(!lines.join().includes('abcdefghijklmnopqrstuvwx'));
});

test('who paused what, beside how all else is', async () => {
  const held = { by: 'mona', at: 0, until: null };
  assert.deepEqual(await status([{ lane: 'team', depth: 2, oldestReceivedAt: 50_000, held }]), [
    'Tidings 1.2.3, up for 1 min',
    'Waiting: 2 messages (2 to team), the oldest for 10 s',
    'Everybody got everything, as far as is known',
    'team: paused by mona since 1970-01-01T00:00:00.000Z. To send again: tidings resume team',
  ]);
});
