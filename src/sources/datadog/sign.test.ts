import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Secret } from '../../shared/secret.ts';
import { provider } from './provider.ts';

const SAMPLE = { url: '/webhooks/datadog', type: 'event', guid: 'g', body: Buffer.from('{"id":"1"}'), now: 0 };

test('a sample is believed wherever its source looks for the secret', async () => {
  for (const [text, header] of [
    ['a-token-of-a-natural-length', undefined],
    ['a-token-of-a-natural-length', 'X-Acme-Token'],
    ['a-token-of-a-natural-length', 'Authorization'],
    ['tidings:a-password-of-a-natural-length', 'authorization'],
  ] as const) {
    const secret = new Secret(text);
    const settings = header === undefined ? {} : { header };
    const headers = await provider.sign?.(SAMPLE, secret, settings);
    const source = await provider.source({ name: 'datadog', secrets: [secret], settings });
    const received = await source.receive({ ...SAMPLE, method: 'POST', headers: headers ?? {} });
    assert.equal(received.kind, 'event', `${text} in ${header}`);
  }
});
