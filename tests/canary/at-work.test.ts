import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { stringify } from 'yaml';
import { LOG_LEVELS } from '../../src/shared/log.ts';
import { dataDir, openInbox, stored } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { begin, ran } from '../support/in-process.ts';
import { tried } from '../support/long-form.ts';
import { issueOpened } from '../support/payloads.ts';
import { freePort } from '../support/tidings-process.ts';
import { Canaries } from './canaries.ts';
import { startTalkativeEndpoint } from './talkative-endpoint.ts';

// Secrets in their right place, and everybody who is told them repeats them. Nothing of them may come back.

const KEY_OF_DAY = Buffer.alloc(32, 7).toString('base64');

/** A folder set up with a secret in every place that takes one, all of them canaries. */
async function setUp(url: string) {
  const dir = await dataDir();
  const canaries = new Canaries();
  const port = String(await freePort());
  const destinations = {
    zapier: { type: 'http', url: '${ZAP}' },
    'written-out': { type: 'http', url: `${url}/ill/${canaries.make('http, written out')}/x` },
    moved: { type: 'http', url: `${url}/moved/x?key=${canaries.make('http, moved')}` },
    cut: { type: 'http', url: `${url}/cut/${canaries.make('http, cut off')}`, secret: `whsec_${KEY_OF_DAY}` },
    told: { type: 'http', url: `${url}/ok/${canaries.make('http, told')}` },
    hook: { type: 'slack', webhook_url: `${url}/gone/hooks/${canaries.make('slack, written out')}`, per_second: 0 },
    bot: { type: 'slack', token: '${BOT}', channel: '#releases', per_second: 0 },
  };
  const secret = canaries.make('GITHUB_WEBHOOK_SECRET');
  writeFileSync(
    join(dir.path, 'tidings.yaml'),
    stringify({
      sources: { github: { secrets: '${HOOK_SECRET}', recover: ['acme/api'] } },
      destinations,
      rules: [
        { name: 'all', on: 'issues', to: Object.keys(destinations) },
        { name: 'conditional', on: 'issues', if: 'activity.headline != "${RULE_TOKEN}"', repos: '!a/${RULE_TOKEN}' },
      ],
    }),
    { mode: 0o600 },
  );
  const env = {
    DATA_DIR: join(dir.path, 'data'),
    PORT: port,
    LOG_LEVEL: 'trace',
    PATH: '',
    HOOK_SECRET: secret,
    ADMIN_TOKEN: canaries.make('ADMIN_TOKEN'),
    VIEWER_TOKEN: canaries.make('VIEWER_TOKEN'),
    GITHUB_TOKEN: canaries.make('GITHUB_TOKEN', (key) => `ghp_${key}`),
    NGROK_AUTHTOKEN: canaries.make('NGROK_AUTHTOKEN'),
    GITHUB_API_URL: `${url}/api/github`,
    SLACK_API_URL: `${url}/api/slack`,
    RULE_TOKEN: canaries.make('RULE_TOKEN'),
    PG: `postgres://tidings:${canaries.make('postgres')}@127.0.0.1:1/tidings`,
  };
  const kept = {
    ZAP: `${url}/gone/hooks/catch/${canaries.make('http, from .env')}/`,
    BOT: canaries.make('bot', (key) => `xoxb-1-${key}`),
    UNUSED_API_KEY: canaries.make('UNUSED_API_KEY'),
  };
  const lines = Object.entries(kept).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(dir.path, '.env'), lines.join(''), { mode: 0o600 });
  return { dir, canaries, secret, place: { cwd: dir.path, env }, base: `http://127.0.0.1:${port}` };
}

type World = Awaited<ReturnType<typeof setUp>>;

const COMMANDS: readonly (readonly string[])[] = [
  ['config'],
  ['config', '--json'],
  ['config', '--schema'],
  ['doctor'],
  ['doctor', '--json'],
  ['doctor', '--prod'],
  ['events'],
  ['events', '--json'],
  ['events', 'show', '1'],
  ['events', 'show', '1', '--json'],
  ['explain', '1'],
  ['explain', '1', '--json'],
  ['events', 'show', '1', '--raw'],
  ['replay', '1', '--dry-run'],
  ['replay', '1'],
  ['test'],
  ['backtest'],
  ['backtest', '--json'],
  ['migrate', '--check'],
  ['migrate'],
  ['init', '--yes'],
  ['send', 'issues.opened'],
  ['send', 'ping', '--dry-run'],
  ['send', 'ping', '--dry-run', '--json'],
  ['poll', 'acme/api', '--once'],
  ['recover', 'acme/api'],
  ['recover', 'acme/api', '--dry-run'],
  ['connect', 'github', 'acme/api', '--check'],
  ['connect', 'github', 'acme/api', '--url', 'https://x.test/y', '--yes'],
  ['connect', 'slack', '--bot', '--channel', '#releases', '--no-hello'],
  ['connect', 'slack', '--webhook'],
  ['migrate', '--from', 'PG', '--to', 'sqlite:copy.db'],
  ['migrate', '--from', 'PG', '--to', 'PG', '--dry-run'],
  ['start'],
  ['receive'],
  ['nothing'],
  ['--help'],
  ['start', '--tunnel', 'ngrok'],
  ['send', 'ping', '--to', 'http://127.0.0.1:9/x'],
];

const PATHS = '/ /readyz /metrics /api/v1/events /api/v1/events/1 /api/v1/events?state=x /x'.split(' ');

async function asked({ canaries, place, base }: World): Promise<void> {
  for (const path of PATHS) {
    const response = await fetch(base + path);
    const found = canaries.foundIn(`${JSON.stringify([...response.headers])}${await response.text()}`);
    assert.deepEqual(found, [], path);
  }
  const denied = await fetch(`${base}/readyz`, {
    headers: { host: 'x.test', 'x-forwarded-for': place.env.ADMIN_TOKEN },
  });
  assert.deepEqual(canaries.foundIn(await denied.text()), []);
}

/** Told, refused, or tried in vain by every destination. */
async function attempted({ dir }: World): Promise<void> {
  await using inbox = await openInbox(join(dir.path, 'data'));
  await stored(inbox, ([first]) => first?.notifications.filter(({ attempts }) => attempts[0]?.endedAt).length === 7);
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder).map((name) => join(folder, name));
}

test('no command, answer, log line or byte of the database shows a secret, whatever the others repeat', async (t) => {
  await using endpoint = await startTalkativeEndpoint();
  const world = await setUp(endpoint.url);
  await using _dir = world.dir;
  const server = begin(['start'], world.place);
  t.after(() => server.stop());
  await server.printed(/Webhook .*\/webhooks\/github/);
  const { canaries, place, secret } = world;
  assert.equal((await deliver(world.base, issueOpened(1, 'Hello', { secret }))).status, 200);
  await attempted(world);
  await asked(world);
  await runAll(world);
  tried(t, COMMANDS.length + PATHS.length, 'commands and requests');
  await reloads(world, server);
  const { shown } = await server.stop();
  assert.deepEqual(canaries.foundIn(shown), [], shown);
  assert.match(shown, /"detail":"http:\/\/127\.0\.0\.1:\d+ answered 404 /, 'what was answered is shown all the same');
  for (const file of filesOf(place.env.DATA_DIR).filter((path) => !path.endsWith('admin-token'))) {
    assert.deepEqual(canaries.foundIn(readFileSync(file)), [], file);
  }
});

async function runAll({ canaries, place }: World): Promise<void> {
  for (const argv of COMMANDS) {
    const { shown } = await ran(argv, { ...place, input: canaries.make('piped in', (key) => `xoxb-${key}`) });
    assert.deepEqual(canaries.foundIn(shown), [], `${argv.join(' ')}\n${shown}`);
  }
}

/** A file that cannot be used any more, with a secret in the wrong line: log and `/readyz` say where, and no more. */
async function reloads({ canaries, place, base }: World, server: ReturnType<typeof begin>): Promise<void> {
  const file = join(place.cwd, 'tidings.yaml');
  const address = canaries.make('a wrong line', (key) => `https://hooks.slack.com/services/T0/B0/${key}`);
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n${address}: 1\nteams: { ${address}: 2 }\n`);
  await server.printed(/the settings changed and cannot be used/);
  const ready = await (await fetch(`${base}/readyz`)).text();
  assert.match(ready, /cannot be used/);
  assert.deepEqual(canaries.foundIn(ready), [], ready);
}

test('nor at any log level, with a database that cannot be reached', async (t) => {
  await using endpoint = await startTalkativeEndpoint();
  const commands = [['start'], ['events'], ['doctor', '--json'], ['config'], ['migrate', '--check']];
  tried(t, LOG_LEVELS.length * commands.length, 'commands');
  for (const level of LOG_LEVELS) {
    const { dir, canaries, place } = await setUp(endpoint.url);
    await using _dir = dir;
    const env = { ...place.env, LOG_LEVEL: level, DATABASE_URL: place.env.PG };
    for (const argv of commands) {
      const { shown } = await ran(argv, { ...place, env });
      assert.deepEqual(canaries.foundIn(shown), [], `${level}: ${argv.join(' ')}\n${shown}`);
    }
  }
});
