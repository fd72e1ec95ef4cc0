import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identify } from './identify.ts';

const headers = { 'x-github-event': 'issues', 'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958' };

test('hook and guid together are the delivery id, because two hooks share one guid', () => {
  const guid = headers['x-github-delivery'];
  const identity = identify({ ...headers, 'x-github-hook-id': '292430182' });
  assert.deepEqual(identity, { deliveryId: `292430182:${guid}`, guid, type: 'issues' });
});

test('without a hook id the guid stands alone', () => {
  const guid = headers['x-github-delivery'];
  assert.deepEqual(identify(headers), { deliveryId: guid, guid, type: 'issues' });
});

test('a missing, empty or overlong header is named', () => {
  for (const value of [undefined, '', '  ', 'x'.repeat(201)]) {
    assert.deepEqual(identify({ ...headers, 'x-github-event': value }), { missing: 'header X-GitHub-Event' });
    assert.deepEqual(identify({ ...headers, 'x-github-delivery': value }), { missing: 'header X-GitHub-Delivery' });
  }
  const overlong = identify({ ...headers, 'x-github-hook-id': '1'.repeat(201) });
  assert.deepEqual(overlong, { missing: 'header X-GitHub-Hook-ID' });
});
