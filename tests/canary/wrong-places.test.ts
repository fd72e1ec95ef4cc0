import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { stringify } from 'yaml';
import { redact } from '../../src/shared/secrets/redact.ts';
import { dataDir } from '../support/data-dir.ts';
import { ran } from '../support/in-process.ts';
import { share, tried } from '../support/long-form.ts';
import { Canaries } from './canaries.ts';

// Secrets in the wrong place: another variable, another line of the file, the command line. Each case is read by the whole
// program at LOG_LEVEL=trace, where errors show their stack.

/** Of what every service meets a third, in `npm test`: at each run another. */
function some<T>(t: TestContext, all: readonly T[]): readonly T[] {
  const isIn = share(t, 3);
  return all.filter((_, index) => isIn(index));
}

/** How the secrets of services look. */
const SHAPES: Readonly<Record<string, (key: string) => string>> = {
  slack: (key) => `https://hooks.slack.com/services/T0123/B0123/${key}`,
  discord: (key) => `https://discord.com/api/webhooks/123456/${key}`,
  teams: (key) => `https://acme.webhook.office.com/webhookb2/1@2/IncomingWebhook/${key}/3`,
  'power automate': (key) =>
    `https://prod-1.westeurope.logic.azure.com:443/workflows/${key}/triggers/manual?sig=${key}`,
  zapier: (key) => `https://hooks.zapier.com/hooks/catch/1234/${key}/`,
  'google chat': (key) => `https://chat.googleapis.com/v1/spaces/A/messages?key=${key}&token=${key}`,
  mattermost: (key) => `https://chat.example.org/hooks/${key}`,
  telegram: (key) => `https://api.telegram.org/bot123456789:AA${key}abcdefghijk/sendMessage`,
  'login in an address': (key) => `https://mona:${key}@example.org/path`,
  'token in a query': (key) => `https://example.org/path?a=1&access_token=${key}`,
  'github token': (key) => `ghp_${key}`,
  'slack token': (key) => `xoxb-1-${key}`,
  postgres: (key) => `postgres://tidings:${key}@127.0.0.1:1/tidings`,
};

const VARIABLES = [
  'PORT',
  'HOST',
  'LOG_LEVEL',
  'DATA_DIR',
  'DATABASE_URL',
  'TIDINGS_CONFIG',
  'PUBLIC_URL',
  'NGROK_DOMAIN',
  'GITHUB_API_URL',
  'SLACK_API_URL',
  'SLACK_CHANNEL',
  'RAILWAY_PUBLIC_DOMAIN',
  'LOOPBACK_OPEN',
  'ADMIN_TOKEN',
  'VIEWER_TOKEN',
  'SLACK_WEBHOOK_URL',
  'SLACK_BOT_TOKEN',
  'GITHUB_TOKEN',
  'NGROK_AUTHTOKEN',
  'GITHUB_WEBHOOK_SECRET',
];

for (const [service, shape] of Object.entries(SHAPES)) {
  test(`${service}: a secret in any variable, also the wrong one, shows nowhere`, async (t) => {
    await using dir = await dataDir();
    const variables = some(t, VARIABLES);
    tried(t, variables.length, 'variables');
    for (const variable of variables) {
      const canaries = new Canaries();
      const secret = canaries.make(variable, shape);
      const { shown } = await ran(['config'], { cwd: dir.path, env: { LOG_LEVEL: 'trace', [variable]: secret } });
      assert.deepEqual(canaries.foundIn(shown), [], `${variable}=${secret}\n${shown}`);
    }
  });
}

/** Each puts one secret where none, or another, belongs. */
const FILES: Readonly<Record<string, (secret: string) => string>> = {
  'a destination of a rule': (secret) => stringify({ rules: [{ on: 'push', to: secret }] }),
  'a name of a rule': (secret) => stringify({ rules: [{ name: secret, on: 'psh', to: 'console' }] }),
  'an event': (secret) => stringify({ rules: [{ on: secret, to: 'console' }] }),
  'a repository': (secret) => stringify({ rules: [{ on: 'push', repos: secret, to: 'nobody' }] }),
  'a condition': (secret) => stringify({ rules: [{ on: 'push', if: `activity.titel == "${secret}"`, to: 'console' }] }),
  'a mention': (secret) => stringify({ rules: [{ on: 'push', mention: secret, to: 'console' }] }),
  'a person': (secret) => stringify({ people: { mona: { slack: secret } } }),
  'a key at the top': (secret) => `"${secret}": 1\n`,
  'the name of a destination': (secret) => stringify({ destinations: { [secret]: { type: 'slack' } } }),
  'the name of a source': (secret) => stringify({ sources: { [secret]: { provider: 'gitlab' } } }),
  'a type': (secret) => stringify({ destinations: { a: { type: secret } } }),
  'a channel': (secret) => stringify({ destinations: { a: { type: 'slack', token: 'xoxb-1-a', channel: secret } } }),
  'an unknown key': (secret) => stringify({ destinations: { a: { type: 'console', webhok: secret } } }),
  'a number': (secret) => stringify({ destinations: { a: { type: 'http', url: secret, concurrency: secret } } }),
  'a secret of a source as a mapping': (secret) => stringify({ sources: { github: { secrets: { is: secret } } } }),
  'a test': (secret) => stringify({ tests: [{ name: 'x', payload: secret, expect: [secret] }] }),
  'a section that is a text': (secret) => stringify({ destinations: secret, rules: secret }),
  'YAML that breaks at it': (secret) => `destinations:\n  a: { type: slack, webhook_url: ${secret}: [ }\n`,
  'YAML that breaks behind it': (secret) => `sources:\n  github:\n    secrets:\n      - ${secret}\n     - x: [\n`,
  'YAML that breaks on its line': (secret) =>
    `destinations:\n  a:\n    type: http\n    secret: "${secret}\n    url: x"y\n`,
  'a text of several lines that breaks': (secret) => `destinations:\n  a:\n    token:\n      ${secret}: [x\n`,
  'YAML that breaks in a rule': (secret) => `rules:\n  - { on: push, to: ${secret} ]\n`,
  'a name of a variable': (secret) => `destinations: { a: { type: slack, webhook_url: "\${${secret}}" } }\n`,
};

for (const [service, shape] of Object.entries(SHAPES)) {
  test(`${service}: a secret in the wrong line of the file shows nowhere, with its carets neither`, async (t) => {
    await using dir = await dataDir();
    const files = some(t, Object.entries(FILES));
    tried(t, 2 * files.length, 'commands over a file');
    for (const [place, file] of files) {
      const canaries = new Canaries();
      const secret = canaries.make(place, shape);
      writeFileSync(join(dir.path, 'tidings.yaml'), file(secret));
      for (const command of ['config', 'test']) {
        const { shown } = await ran([command], { cwd: dir.path, env: { LOG_LEVEL: 'trace' } });
        assert.deepEqual(canaries.foundIn(shown), [], `${place}, ${command}\n${shown}`);
      }
    }
  });
}

test('a secret of no shape is masked where secrets belong, and where a variable brought it', async (t) => {
  await using dir = await dataDir();
  const SHAPELESS: readonly (readonly [file: (secret: string) => string, env: string | null])[] = [
    [(secret) => `sources:\n  github:\n    secrets: [${secret}, *${secret}]\n`, null],
    [(secret) => `destinations:\n  a: { type: slack, token: *${secret} }\n`, null],
    [(secret) => `destinations:\n  a: { type: slack, token: !${secret} x }\n`, null],
    [(secret) => `destinations:\n  a: { type: slack, token: ${secret}, channel: [ }\n`, null],
    [(secret) => `sources:\n  github:\n    secrets:\n      - ${secret}: [\n`, null],
    [(secret) => `destinations:\n  a:\n    type: slack\n    webhook_url: ${secret}\n`, null],
    [() => stringify({ rules: [{ on: 'push', to: '${MY_VALUE}' }] }), 'MY_VALUE'],
    [() => stringify({ rules: [{ on: '${MY_VALUE}', to: 'console' }] }), 'MY_VALUE'],
    [() => stringify({ rules: [{ on: 'push', if: 'activity.titel == "${MY_VALUE}"', to: 'console' }] }), 'MY_VALUE'],
    [() => stringify({ rules: [{ on: 'push', repos: 'a/${MY_VALUE}', quiet: '${MY_VALUE}' }] }), 'MY_VALUE'],
    [() => stringify({ rules: [{ on: 'push', repos: '${MY_VALUE}' }] }), 'MY_VALUE'],
    [() => stringify({ destinations: { a: { type: '${MY_VALUE}' } } }), 'MY_VALUE'],
    [() => stringify({ destinations: { a: { type: 'http', url: 'https://x.test/${MY_VALUE}' } } }), 'MY_VALUE'],
  ];
  tried(t, 3 * SHAPELESS.length, 'commands over a file');
  for (const [file, variable] of SHAPELESS) {
    const canaries = new Canaries();
    const secret = canaries.make('it');
    writeFileSync(join(dir.path, 'tidings.yaml'), file(secret));
    const env = { LOG_LEVEL: 'trace', ...(variable === null ? {} : { [variable]: secret }) };
    for (const argv of [['config'], ['config', '--json'], ['doctor', '--json']]) {
      const { shown } = await ran(argv, { cwd: dir.path, env: { ...env, PORT: '1' } });
      assert.deepEqual(canaries.foundIn(shown), [], `${file(secret)}${argv.join(' ')}\n${shown}`);
    }
  }
});

test('an owner, a channel and a repository out of a variable are no secrets', async () => {
  await using dir = await dataDir();
  const bot = { type: 'slack', token: 'xoxb-1-a', channel: '${CHANNEL}' };
  const file = {
    sources: { github: { secrets: '${HOOK_SECRET}', recover: ['${OWNER}'] } },
    destinations: { bot },
    rules: [{ on: 'push', repos: '${OWNER}', to: 'bot' }],
  };
  writeFileSync(join(dir.path, 'tidings.yaml'), stringify(file));
  const env = { OWNER: 'acme/api-service', CHANNEL: '#releases-of-2026', HOOK_SECRET: 'correct-horse-battery' };
  const { shown } = await ran(['doctor'], {
    cwd: dir.path,
    env: { ...env, PORT: '1', SLACK_API_URL: 'http://127.0.0.1:1' },
  });
  assert.match(shown, /bot in #releases-of-2026/);
  assert.equal(redact('acme/api-service and correct-horse-battery'), 'acme/api-service and [secret]');
});

test('a token with a line break or a blank inside is refused by the name of its variable, unseen', async (t) => {
  await using dir = await dataDir();
  let cases = 0;
  for (const variable of ['GITHUB_TOKEN', 'ADMIN_TOKEN', 'NGROK_AUTHTOKEN', 'SLACK_BOT_TOKEN', 'SLACK_WEBHOOK_URL']) {
    for (const middle of ['\n', '\r\n', ' ', '\t', '\u00a0', '\u200b', 'é']) {
      const canaries = new Canaries();
      const [start, end] = [canaries.make('start'), canaries.make('end')];
      const prefix = { SLACK_BOT_TOKEN: 'xoxb-', SLACK_WEBHOOK_URL: 'https://mona@hooks.test/' }[variable] ?? '';
      const env = { [variable]: `${prefix}${start}${middle}${end}`, SLACK_CHANNEL: '#x', LOG_LEVEL: 'trace' };
      for (const argv of [['config'], ['poll', 'acme/api', '--once'], ['recover', 'acme/api'], ['start']]) {
        cases++;
        const { code, shown } = await ran(argv, { cwd: dir.path, env });
        assert.deepEqual([code, canaries.foundIn(shown)], [2, []], `${variable} ${JSON.stringify(middle)}\n${shown}`);
        assert.match(shown, new RegExp(`^${variable}: `, 'm'));
      }
    }
  }
  tried(t, cases, 'commands');
});

test('a webhook secret takes blanks, as GitHub does, and no line break', async () => {
  await using dir = await dataDir();
  const canaries = new Canaries();
  const env = { GITHUB_WEBHOOK_SECRET: `${canaries.make('a')}\n${canaries.make('b')}` };
  const { code, shown } = await ran(['start'], { cwd: dir.path, env });
  assert.deepEqual([code, canaries.foundIn(shown)], [2, []]);
  assert.match(shown, /^GITHUB_WEBHOOK_SECRET: has a line break/m);
  const blank = { GITHUB_WEBHOOK_SECRET: 'four words of a secret' };
  assert.equal((await ran(['config'], { cwd: dir.path, env: blank })).code, 0);
});

test('what is typed is not repeated where it may be a secret', async (t) => {
  await using dir = await dataDir();
  mkdirSync(join(dir.path, 'x'));
  const TYPED: readonly ((secret: string) => readonly string[])[] = [
    (secret) => [secret],
    (secret) => ['send', secret],
    (secret) => ['send', 'ping', '--to', secret],
    (secret) => ['send', 'ping', '--to', secret, '--dry-run'],
    (secret) => ['send', 'ping', '--secret-env', secret],
    (secret) => ['migrate', '--from', secret, '--to', secret],
    (secret) => ['migrate', '--from', secret, '--to', secret, '--dry-run'],
    (secret) => ['migrate', '--from', `${secret}?x=1`],
    (secret) => ['explain', secret],
    (secret) => ['events', '--repo', secret, '--since', secret],
    (secret) => ['events', `--token=${secret}`],
    (secret) => ['test', '--config', secret],
    (secret) => ['backtest', '--config', secret],
    (secret) => ['poll', secret, '--once'],
    (secret) => ['recover', secret],
    (secret) => ['connect', 'github', secret, '--yes'],
    (secret) => ['connect', 'github', 'acme/api', '--url', secret, '--yes'],
    (secret) => ['start', '--tunnel', 'cloudflared', '--tunnel-url', secret],
    (secret) => ['connect', 'slack', '--bot', '--channel', secret],
  ];
  const cases = some(
    t,
    Object.entries(SHAPES).flatMap(([service, shape]) => TYPED.map((typed) => ({ service, shape, typed }))),
  );
  tried(t, cases.length, 'command lines');
  for (const { service, shape, typed } of cases) {
    const canaries = new Canaries();
    const argv = typed(canaries.make('it', shape));
    const env = { LOG_LEVEL: 'trace', PORT: '1', GITHUB_API_URL: 'http://127.0.0.1:1', PATH: '' };
    const { shown } = await ran(argv, { cwd: dir.path, env, input: '' });
    assert.deepEqual(canaries.foundIn(shown), [], `${service}: ${argv.join(' ')}\n${shown}`);
  }
});

test('a secret of no shape, given where its variable’s name is asked for, is not repeated', async () => {
  await using dir = await dataDir();
  for (const argv of [
    ['send', 'ping', '--secret-env'],
    ['migrate', '--to', 'sqlite:x.db', '--from'],
  ]) {
    const canaries = new Canaries();
    const { code, shown } = await ran([...argv, canaries.make('it')], { cwd: dir.path, env: {} });
    assert.deepEqual([code, canaries.foundIn(shown)], [2, []], shown);
  }
});

test('where an address of one’s own leads is said, and what opens it is not', async () => {
  await using dir = await dataDir();
  const canaries = new Canaries();
  const to = `http://127.0.0.1:1/in/${canaries.make('path')}/x?k=${canaries.make('query')}`;
  const { shown } = await ran(['send', 'ping', '--to', to], { cwd: dir.path, env: {} });
  assert.match(shown, /http:\/\/127\.0\.0\.1:1\/in\/\[secret\]\/x\?\[secret\] cannot be reached/);
  assert.deepEqual(canaries.foundIn(shown), []);
});
