import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { CATALOG } from '../catalog.ts';
import type { Config } from './config.ts';
import { describeConfig } from './describe/describe-config.ts';
import { loadConfig } from './load-config.ts';
import type { Purpose } from './purpose.ts';
import { rowsOf } from './rows/rows.ts';

const TOKEN = 'xapp-1-A0000001-3333-aVerySecretToken';

async function load(
  t: TestContext,
  yaml: string | null,
  env: Readonly<Record<string, string>>,
  purpose: Purpose = 'both',
): Promise<Config> {
  const cwd = mkdtempSync(join(tmpdir(), 'tidings-listening-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  if (yaml !== null) writeFileSync(join(cwd, 'tidings.yaml'), yaml);
  return loadConfig({ catalog: CATALOG, env, cwd, purpose });
}

/** Name → whether it listens, and how many secrets it has. */
function shown({ sources }: Config): Readonly<Record<string, string>> {
  return Object.fromEntries(
    sources.map(({ name, listens, secrets }) => [name, `${listens ? 'listens' : 'is called'}, ${secrets.length}`]),
  );
}

test('an app token takes the place of secrets: its variable alone, its variable for a source, or written', async (t) => {
  const env = { SLACK_APP_TOKEN: TOKEN };
  assert.equal(shown(await load(t, null, env))['slack'], 'listens, 0');
  const bare = 'sources: { workspace: { provider: slack } }\n';
  assert.deepEqual(shown(await load(t, bare, env)), { workspace: 'listens, 0' });
  const written = 'sources: { workspace: { provider: slack, app_token: "${APP}" } }\n';
  assert.deepEqual(shown(await load(t, written, { APP: TOKEN })), { workspace: 'listens, 0' });
});

test('a source that writes its secrets does not take the variable: its token may be another app’s', async (t) => {
  const yaml =
    'sources: { calls: { provider: slack, secrets: a-secret-of-16-chars }, workspace: { provider: slack, app_token: "${SLACK_APP_TOKEN}" } }\n';
  const config = await load(t, yaml, { SLACK_APP_TOKEN: TOKEN });
  assert.deepEqual(shown(config), { calls: 'is called, 1', workspace: 'listens, 0' });
});

test('with a secret and a token it is called, and listens', async (t) => {
  const env = { SLACK_APP_TOKEN: TOKEN, SLACK_SIGNING_SECRET: 'a-secret-of-16-chars' };
  assert.equal(shown(await load(t, null, env))['slack'], 'listens, 1');
});

test('with neither, it is said which two there are', async (t) => {
  const loading = load(t, 'sources: { workspace: { provider: slack } }\n', {});
  await assert.rejects(loading, /SLACK_SIGNING_SECRET.*or set SLACK_APP_TOKEN to listen without one/);
});

for (const token of ['xoxb-1111-2222-abcdefgh', 'hello', 'xapp-1 2']) {
  test(`${token.slice(0, 5)}… is told, and not repeated`, async (t) => {
    const written = 'sources: { workspace: { provider: slack, app_token: "${APP}" } }\n';
    for (const loading of [() => load(t, written, { APP: token }), () => load(t, null, { SLACK_APP_TOKEN: token })]) {
      const message = await loading().then(
        () => '',
        (error: unknown) => String(error),
      );
      assert.match(message, /App-Level Tokens/);
      assert.ok(!message.includes(token));
    }
  });
}

test('who does not listen needs no token', async (t) => {
  const yaml = 'sources: { workspace: { provider: slack, app_token: "${SLACK_APP_TOKEN}" } }\n';
  await load(t, yaml, {}, 'receive');
  await load(t, yaml, {}, 'read');
  await assert.rejects(load(t, yaml, {}, 'work'), /SLACK_APP_TOKEN is not set/);
});

test('the printed configuration holds no token', async (t) => {
  const text = JSON.stringify(describeConfig(await load(t, null, { SLACK_APP_TOKEN: TOKEN }), await rowsOf(CATALOG)));
  assert.match(text, /app_token/);
  assert.ok(!text.includes(TOKEN));
});
