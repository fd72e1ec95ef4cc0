import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { CHANNELS, PROVIDERS } from '../../src/catalog.ts';
import { dataDir, drained, openInbox } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { inProcess } from '../support/in-process.ts';
import { issueOpened } from '../support/payloads.ts';
import { runServer } from '../support/tidings-process.ts';

const HOOK = new URL('../support/list-loaded.js', import.meta.url).href;

test('nothing is loaded of a provider or a destination that is not configured, nor while events are told', async () => {
  await using dir = await dataDir();
  const list = join(dir.path, 'loaded');
  const env = { STRIPE_WEBHOOK_SECRET: 'whsec_of_nobody_at_all_1234567890' };
  const listing = { NODE_OPTIONS: `--import ${HOOK}`, LIST_LOADED: list };
  await using server = await runServer('start', dir.path, { ...env, ...listing });
  assert.equal((await deliver(server.url, issueOpened(1))).status, 200);
  const to = `${server.url}/webhooks/stripe`;
  const { code, stderr } = await inProcess(['send', 'stripe', 'charge.refunded', '--to', to], dir.path, env);
  assert.equal(code, 0, stderr);
  await using inbox = await openInbox(dir.path);
  await drained(inbox);

  const loaded = await readFile(list, 'utf8');
  const folders = (layer: string, rows: object) =>
    Object.keys(rows).filter((row) => loaded.includes(`/${layer}/${row}/`));
  assert.deepEqual(folders('src/sources', PROVIDERS), ['github', 'stripe']);
  assert.deepEqual(folders('src/destinations', CHANNELS), ['console']);
});
