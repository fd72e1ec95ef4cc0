import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CATALOG } from '../../src/catalog.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { HookOwner } from '../../src/model/recovery.ts';
import type { Pointed } from '../../src/model/tunnel.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { provider } from '../../src/sources/github/provider.ts';
import type { GithubSettings } from '../../src/sources/github/settings.ts';
import { type Connected, connected, PUBLIC_URL } from '../support/connected.ts';

const OWNER: HookOwner = { kind: 'repository', owner: 'acme', repo: 'api' };
const OLD = 'https://old.trycloudflare.com/webhooks/github';
const NEW = 'https://new.trycloudflare.com/webhooks/github';

async function point({ path, env }: Connected, url: string, was: string | null): Promise<Pointed> {
  const config = await loadConfig({ catalog: CATALOG, env, cwd: path });
  const [source] = config.sources;
  assert.ok(source && provider.pointHook);
  const { token, api_url } = source.settings as unknown as GithubSettings;
  const about = { env, version: '0', clock: systemClock, signal: new AbortController().signal };
  const given = { ...source, settings: { token, api_url } };
  return provider.pointHook(given, { owner: OWNER, url, was, rules: config.rules }, about);
}

test('the webhook that called the old address calls the new one, with its events and those the rules need', async () => {
  await using world = await connected();
  world.hook({ url: OLD, events: ['push'] });
  world.hook({ id: 8, url: `${PUBLIC_URL}/webhooks/github` });
  assert.deepEqual(await point(world, NEW, OLD), { kind: 'moved', hookId: 7 });
  const { url, events } = world.hooks.hook(7) ?? {};
  assert.deepEqual([url, events], [NEW, ['push', 'issues', 'pull_request', 'star']]);
  assert.equal(world.hooks.hook(8)?.url, `${PUBLIC_URL}/webhooks/github`);
  assert.deepEqual(await point(world, NEW, NEW), { kind: 'unchanged', hookId: 7 });
});

test('where the old address is not known, it is the one through a tunnel; several are named, and left', async () => {
  await using world = await connected();
  world.hook({ url: 'https://ci.example.org/webhooks/github' });
  world.hook({ id: 8, url: 'https://x.ngrok-free.app/webhooks/github' });
  world.hook({ id: 9, url: 'https://x.ngrok-free.app/webhooks/another' });
  assert.deepEqual(await point(world, 'https://smee.io/abc', null), { kind: 'moved', hookId: 8 });
  assert.deepEqual(await point(world, NEW, null), { kind: 'moved', hookId: 8 });
  world.hook({ id: 10, url: OLD });
  await assert.rejects(point(world, 'https://other.trycloudflare.com/webhooks/github', null), /Several[^]* 8 [^]* 10 /);
  assert.equal(world.hooks.hook(10)?.url, OLD);
});

test('without any, one is made; without a token, a sentence', async () => {
  await using world = await connected();
  world.hook({ url: 'https://ci.example.org/webhooks/github' });
  assert.deepEqual(await point(world, NEW, OLD), { kind: 'created', hookId: 5_001 });
  await using other = await connected();
  const tokenless = { ...other, env: other.tokenless };
  await assert.rejects(point(tokenless, NEW, null), /No token for GitHub: set GITHUB_TOKEN/);
});
