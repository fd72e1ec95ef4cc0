import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DeliveryItem, goingSoon, KEPT_MS, missedEvents } from './recover-plan.ts';

const NOW = Date.parse('2026-11-23T17:00:00.000Z');
const HOUR_MS = 60 * 60 * 1000;

function item(id: number, guid: string, statusCode: number | null, changes: Partial<DeliveryItem> = {}): DeliveryItem {
  const deliveredAt = NOW - (100 - id) * 1000;
  return { id, guid, statusCode, deliveredAt, status: 'whatever', type: 'issues', action: 'opened', ...changes };
}

const guids = (items: readonly { readonly guid: string }[]) => items.map(({ guid }) => guid);

test('what was never accepted here is missed, whatever its status code, oldest first', () => {
  const items = [item(5, 'e', 200), item(4, 'd', 0), item(3, 'c', null), item(2, 'b', 502), item(1, 'a', 502)];
  assert.deepEqual(guids(missedEvents(items, new Set(['a', 'e']), false)), ['b', 'c', 'd']);
});

test('an event is missed once, however often it was tried, and is asked for by its last try', () => {
  const [only, ...others] = missedEvents([item(9, 'a', null), item(2, 'a', 502), item(5, 'a', 0)], new Set(), false);
  assert.deepEqual(others, []);
  assert.equal(only?.deliveryId, 9);
  assert.equal(only.deliveredAt, item(2, 'a', 502).deliveredAt);
  assert.equal(only.goneAt, item(9, 'a', null).deliveredAt + KEPT_MS);
});

test('a failed redelivery of what was accepted before is not missed', () => {
  assert.deepEqual(missedEvents([item(2, 'a', 502), item(1, 'a', 200)], new Set(['a']), false), []);
});

test('what somebody else answered 2xx is missed too, unless it is to be spared', () => {
  const items = [item(3, 'a', 502), item(2, 'b', 200), item(1, 'c', 202)];
  assert.deepEqual(guids(missedEvents(items, new Set(), false)), ['c', 'b', 'a']);
  assert.deepEqual(guids(missedEvents(items, new Set(), true)), ['a']);
});

test('the answer is told in words, with its code where there was one', () => {
  const answers = missedEvents(
    [
      item(3, 'c', 0, { status: '' }),
      item(2, 'b', null, { status: 'failed to connect' }),
      item(1, 'a', 502, { status: 'Bad Gateway' }),
    ],
    new Set(),
    false,
  ).map(({ answer }) => answer);
  assert.deepEqual(answers, ['502 Bad Gateway', 'failed to connect', 'no answer']);
});

test('a warning comes on the last of the three days, and names the first to go', () => {
  const left = (ageHours: number) => {
    const [missed] = missedEvents(
      [item(1, `${ageHours}`, 0, { deliveredAt: NOW - ageHours * HOUR_MS })],
      new Set(),
      false,
    );
    assert(missed);
    return missed;
  };
  assert.equal(goingSoon([left(1), left(47)], NOW), null);
  assert.deepEqual(goingSoon([left(47), left(49), left(70)], NOW), { count: 2, firstAt: NOW + 2 * HOUR_MS });
});
