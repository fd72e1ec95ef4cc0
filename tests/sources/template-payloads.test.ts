import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CATALOG } from '../../src/catalog.ts';
import { payloadOf } from '../../src/jobs/expand/read-event.ts';
import type { StoredEvent } from '../../src/model/event.ts';
import { Secret } from '../../src/shared/secret.ts';

async function payload(provider: string, body: string): Promise<unknown> {
  const row = await CATALOG.providers[provider]?.();
  assert.ok(row, provider);
  const source = await row.provider.source({ name: provider, secrets: [new Secret('whsec_secret')], settings: {} });
  const event = { source: provider, body: Buffer.from(body), headers: {} } as unknown as StoredEvent;
  return payloadOf(event, new Map([[provider, source]]));
}

test('what templates call payload is what the provider reads, whether it came as JSON, as a form or in a list', async () => {
  for (const [provider, body, wanted] of [
    ['github', 'payload=%7B%22action%22%3A%22opened%22%7D', { action: 'opened' }],
    ['stripe', '\ufeff{"id":"evt_1"}', { id: 'evt_1' }],
    ['slack', 'command=%2Fdeploy&text=to+production', { command: '/deploy', text: 'to production' }],
    ['slack', 'payload=%7B%22type%22%3A%22block_actions%22%7D', { type: 'block_actions' }],
    ['twilio', 'MessageSid=SM1&From=%2B491&From=%2B492', { MessageSid: 'SM1', From: '+491' }],
    ['twilio', '[{"type":"a"},{"type":"b"}]', { type: 'a', more: 1 }],
    ['datadog', 'title=CPU is high&id=7', { title: 'CPU is high', id: '7' }],
    ['generic', '[{"id":1},{"id":2}]', { id: 1 }],
    ['generic', 'a=1&b=2', { a: '1', b: '2' }],
    ['generic', 'Backup done', 'Backup done'],
    ['standard-webhooks', '{"type":"user.created"}', { type: 'user.created' }],
  ] as const) {
    assert.deepEqual(await payload(provider, body), wanted, `${provider} ${body}`);
  }
});
