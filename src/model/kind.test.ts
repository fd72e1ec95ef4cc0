import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kindOf, splitName } from './kind.ts';

test('a name is taken apart at its last separator, and what has none is a type', () => {
  for (const [name, separator, type, action] of [
    ['customer.subscription.updated', '.', 'customer.subscription', 'updated'],
    ['repo:push', ':', 'repo', 'push'],
    ['reaction_added', '.', 'reaction_added', null],
    ['.hidden', '.', '.hidden', null],
    ['', '.', '', null],
  ] as const) {
    assert.deepEqual(splitName(name, separator), { type, action });
  }
  assert.equal(kindOf('customer.subscription', 'updated'), 'customer.subscription.updated');
  assert.equal(kindOf('push', null), 'push');
});
