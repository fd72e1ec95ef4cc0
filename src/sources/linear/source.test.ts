import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import type { SourceRequest } from '../../model/source.ts';
import { Secret } from '../../shared/secret.ts';
import { provider } from './provider.ts';

const NOW = Date.UTC(2026, 0, 1);
const EVENT = { type: 'Issue', action: 'update', createdAt: '2026-01-01T00:00:00.000Z', organizationId: 'o' };

function request(more: object = {}, delivery = 'd-1'): SourceRequest {
  const body = Buffer.from(JSON.stringify({ ...EVENT, data: { id: 'i' }, webhookTimestamp: NOW, ...more }));
  const signature = createHmac('sha256', 'secret').update(body).digest('hex');
  const headers = { 'linear-signature': signature, 'linear-delivery': delivery };
  return { method: 'POST', url: '/', headers, body, now: NOW };
}

function sourceOf(settings: { readonly tolerance?: number } = {}) {
  return provider.source({ name: 'linear', secrets: [new Secret('secret')], settings });
}

async function dedupOf(more: object, guid: string): Promise<string> {
  const { body } = request(more);
  const times = { receivedAt: NOW, storedAt: NOW, replays: 0, settled: null };
  const about = { id: 1, origin: 'webhook', source: 'linear', deliveryId: guid, guid, type: 'Issue' } as const;
  const read = await (await sourceOf()).normalise({ ...about, ...times, headers: {}, body });
  assert.ok(read.kind === 'activity');
  return read.activity.keys.dedup;
}

test('the window is as wide as the source says', async () => {
  const hourOld = request({ webhookTimestamp: NOW - 3_600_000 });
  const kindAt = async (settings: { readonly tolerance?: number }) =>
    (await (await sourceOf(settings)).receive(hourOld)).kind;
  assert.deepEqual(
    [await kindAt({}), await kindAt({ tolerance: 3_599 }), await kindAt({ tolerance: 3_600 })],
    ['refused', 'refused', 'event'],
  );
});

test('a right signature of another time is told apart from a wrong one', async () => {
  const source = await sourceOf();
  const late = request({ webhookTimestamp: NOW - 3_600_000 });
  const said = source.diagnose(late, { kind: 'refused', cause: 'stale' });
  assert.match(
    said,
    /^The signature is right, but not its time\. .* 3600 seconds ago, and 60 seconds are allowed.*`tolerance`/,
  );
  assert.doesNotMatch(source.diagnose(late, { kind: 'refused', cause: 'mismatch' }), /right, but not its time/);
  for (const body of ['', '{', '[]', '{"webhookTimestamp":{}}'])
    assert.match(
      source.diagnose({ ...late, body: Buffer.from(body) }, { kind: 'refused', cause: 'stale' }),
      /signature is right/,
    );
});

test('what a filed request says of the window has to be a number of seconds', () => {
  const wide = [90, '90', -1, 0, null, {}, Number.NaN].map((toleranceSec) => provider.filed?.({ toleranceSec }));
  assert.deepEqual(wide, [{ tolerance: 90 }, {}, {}, {}, {}, {}, {}]);
});

test('one change that two webhooks tell is one, and two changes at once are two', async () => {
  const moved = { updatedFrom: { stateId: 's' } };
  assert.equal(await dedupOf({ ...moved, webhookId: 'a' }, 'd-1'), await dedupOf({ ...moved, webhookId: 'b' }, 'd-2'));
  assert.notEqual(await dedupOf(moved, 'd-1'), await dedupOf({ updatedFrom: { title: 'x' } }, 'd-2'));
});
