import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filedRequests } from './filed-request.ts';

test('a filed request says what its source is set to, and that may be nothing', () => {
  const read = (context: unknown) => filedRequests(JSON.stringify({ provider: 'x', context }))[0]?.context;
  assert.deepEqual(read({ endpoint: 'interactions', toleranceSec: 300 }), {
    endpoint: 'interactions',
    toleranceSec: 300,
  });
  assert.deepEqual(read(undefined), {});
  assert.deepEqual(read(null), {});
});
