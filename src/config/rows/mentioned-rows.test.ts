import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { CATALOG } from '../../catalog.ts';
import { ConfigError } from '../config-error.ts';
import { loadConfig } from '../load-config.ts';
import { mentionedRows } from './mentioned-rows.ts';

function folder(t: TestContext, yaml: string): string {
  const cwd = mkdtempSync(join(tmpdir(), 'tidings-mentioned-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  writeFileSync(join(cwd, 'tidings.yaml'), yaml);
  return cwd;
}

test('of the table there is what the file or a variable mentions, and the default', (t) => {
  const cwd = folder(t, 'sources: { shop: { provider: stripe }, gitlab: }\n');
  const rows = mentionedRows(CATALOG, { SENTRY_CLIENT_SECRET: 'x', LINEAR_WEBHOOK_SECRET: '' }, cwd);
  assert.deepEqual(Object.keys(rows?.providers ?? {}), ['github', 'stripe', 'gitlab', 'sentry']);
  assert.deepEqual(Object.keys(rows?.channels ?? {}), ['console']);
  assert.equal(mentionedRows(CATALOG, { TIDINGS_CONFIG: 'elsewhere.yaml' }, cwd), null);
});

test('a row that only a variable names is found all the same', async (t) => {
  const cwd = folder(t, 'sources: { shop: { provider: "${KIND}", secrets: whsec_1 } }\n');
  const { sources } = await loadConfig({ catalog: CATALOG, env: { KIND: 'stripe' }, cwd });
  assert.deepEqual(
    sources.map(({ provider }) => provider),
    ['stripe'],
  );
});

test('a misspelt row is answered by one that nothing mentions', async (t) => {
  const cwd = folder(t, 'sources: { shop: { provider: shopfy } }\n');
  await assert.rejects(
    loadConfig({ catalog: CATALOG, env: {}, cwd }),
    (error) =>
      error instanceof ConfigError && /Did you mean "shopify"/.test(error.message + JSON.stringify(error.problems)),
  );
});
