import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { CATALOG } from '../catalog.ts';
import type { Catalog } from '../model/plugin/catalog.ts';
import type { Provider } from '../model/plugin/provider.ts';
import { ConfigError } from './config-error.ts';
import { describeConfig } from './describe/describe-config.ts';
import { loadConfig } from './load-config.ts';
import type { Purpose } from './purpose.ts';
import { rowsOf } from './rows/rows.ts';

/** Issues its secrets itself, and is asked with a token. */
const ACME: Provider<{ readonly token: unknown }> = {
  title: 'Acme',
  words: () => 'orders',
  proof: () => 'signature',
  secret: {
    variable: 'ACME_SECRET',
    from: 'issued',
    problemOf: (text) => (text.startsWith('a_') ? undefined : 'is none'),
  },
  fromEnv: (env) => ({ token: env.token('ACME_TOKEN') }),
  schema: async () => ({ text: 'orders.', keys: {} }),
  source: () => Promise.reject(new Error('not asked here')),
  events: async () => ({}),
};
const WITH_ACME: Catalog = {
  ...CATALOG,
  providers: { ...CATALOG.providers, acme: async () => ({ provider: ACME }) },
};

interface Setting {
  readonly yaml?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly purpose?: Purpose;
  /** Made by an earlier start. */
  readonly kept?: Readonly<Record<string, string>>;
}

async function load(t: TestContext, { yaml, env = {}, purpose = 'both', kept = {} }: Setting) {
  const cwd = mkdtempSync(join(tmpdir(), 'tidings-sources-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  if (yaml !== undefined) writeFileSync(join(cwd, 'tidings.yaml'), yaml);
  mkdirSync(join(cwd, 'data'));
  for (const [name, text] of Object.entries(kept)) writeFileSync(join(cwd, 'data', name), text);
  const config = await loadConfig({ catalog: WITH_ACME, env, cwd, purpose });
  const secrets = config.sources.map(({ name, secrets: all }) => [name, all.map((secret) => secret.reveal())] as const);
  return { config, secrets: Object.fromEntries(secrets), files: readdirSync(join(cwd, 'data')).toSorted() };
}

test('each source has a secret of its own, and a second one never has the first one’s', async (t) => {
  const yaml = 'sources: { github: {}, other: { provider: github }, shop: { provider: acme } }\n';
  const { secrets, files } = await load(t, { yaml, env: { ACME_SECRET: 'a_1' } });
  assert.deepEqual(files, ['github-secret', 'other-secret']);
  assert.notEqual(secrets['github']?.[0], secrets['other']?.[0]);
  assert.deepEqual(secrets['shop'], ['a_1']);
});

test('a provider’s variable is for its sources alone', async (t) => {
  const yaml = 'sources: { github: {}, shop: { provider: acme, secrets: a_2 } }\n';
  const { secrets } = await load(t, { yaml, env: { GITHUB_WEBHOOK_SECRET: 'known', ACME_SECRET: 'a_1' } });
  assert.deepEqual(secrets, { github: ['known'], shop: ['a_2'] });
});

test('a secret made under the provider’s name stays that of its first source, whatever it is called', async (t) => {
  const yaml = 'sources: { hooks: {}, others: {} }\n';
  const { secrets, files } = await load(t, { yaml, kept: { 'github-secret': 'made-before\n' } });
  assert.deepEqual(secrets['hooks'], ['made-before']);
  assert.notDeepEqual(secrets['others'], ['made-before']);
  assert.deepEqual(files, ['github-secret', 'others-secret']);
});

test('what a provider issues is never made up: who receives needs it, who reads does not', async (t) => {
  const yaml = 'sources: { shop: { provider: acme } }\n';
  await assert.rejects(load(t, { yaml }), (error) => {
    assert.ok(error instanceof ConfigError);
    assert.match(
      error.message,
      /^ACME_SECRET: is not set, and the source shop has no secrets: give what Acme issued\.$/m,
    );
    return true;
  });
  assert.deepEqual((await load(t, { yaml, purpose: 'read' })).secrets, { shop: [] });
  await assert.rejects(load(t, { yaml, env: { ACME_SECRET: 'b_1' } }), /ACME_SECRET: is none/);
});

test('without sources there is the default one, and one of each provider whose secret is set', async (t) => {
  assert.deepEqual(Object.keys((await load(t, {})).secrets), ['github']);
  assert.deepEqual(Object.keys((await load(t, { env: { ACME_TOKEN: 'x' } })).secrets), ['github']);
  const { secrets } = await load(t, { env: { ACME_SECRET: 'a_1,a_2', GITHUB_WEBHOOK_SECRET: 'known' } });
  assert.deepEqual(secrets, { github: ['known'], acme: ['a_1', 'a_2'] });
});

test('what variables say of a kind is printed under their names, without secrets', async (t) => {
  const { config } = await load(t, { env: { ACME_SECRET: 'a_1', ACME_TOKEN: 'of-acme' } });
  const described = describeConfig(config, await rowsOf(WITH_ACME));
  assert.deepEqual([described['acme_token'], described['github_token']], ['[secret]', 'none']);
  assert.doesNotMatch(JSON.stringify(described), /of-acme|a_1/);
});

test('a source that is called like a provider is of that provider, unless it says another', async (t) => {
  const yaml = 'sources: { acme: { secrets: a_1 }, stripe:, github: { provider: acme, secrets: a_2 }, shop: {} }\n';
  const { config } = await load(t, { yaml, env: { STRIPE_WEBHOOK_SECRET: 'whsec_1' } });
  assert.deepEqual(
    config.sources.map(({ name, provider }) => `${name}: ${provider}`),
    ['acme: acme', 'stripe: stripe', 'github: acme', 'shop: github'],
  );
});
