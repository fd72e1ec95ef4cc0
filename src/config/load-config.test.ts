import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import { CATALOG } from '../catalog.ts';
import { ANY, NOBODY, type OnFilter } from '../model/rule.ts';
import { defaultRules } from '../route/default-rules.ts';
import { Secret } from '../shared/secret.ts';
import type { Config, Settings } from './config.ts';
import { describeConfig } from './describe/describe-config.ts';
import { printConfig } from './describe/print-config.ts';
import { loadConfig } from './load-config.ts';
import type { Env } from './read/process-env.ts';
import { DEFAULT_RETENTION } from './retention/retention-of.ts';
import { rowsOf } from './rows/rows.ts';

const ROWS = await rowsOf(CATALOG);

const KNOWN = { GITHUB_WEBHOOK_SECRET: 'known' };
const WEBHOOK = 'https://hooks.slack.com/services/T0/B0/verysecret';

async function load(
  t: TestContext,
  env: Env,
  files: Readonly<Record<string, string>> = {},
): Promise<Config & { cwd: string }> {
  const cwd = mkdtempSync(join(tmpdir(), 'tidings-config-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  return { ...(await loadConfig({ catalog: CATALOG, env, cwd })), cwd };
}

function revealed(settings: Settings | null = null): Settings {
  return Object.fromEntries(
    Object.entries(settings ?? {}).map(([key, value]) => [key, value instanceof Secret ? value.reveal() : value]),
  );
}

function secretsOf(config: Config): readonly string[] {
  return config.sources[0]?.secrets.map((secret) => secret.reveal()) ?? [];
}

test('with nothing set there is a generated secret, the console and the four classics', async (t) => {
  const config = await load(t, {});
  const dataDir = join(config.cwd, 'data');
  assert.deepEqual(
    { ...config, sources: undefined, cwd: undefined },
    {
      configPath: null,
      host: '127.0.0.1',
      port: 3000,
      publicUrl: null,
      trustedProxies: [],
      platform: null,
      dataDir,
      database: { kind: 'sqlite', path: join(dataDir, 'tidings.db') },
      sources: undefined,
      destinations: [
        { type: 'console', name: 'console', service: null, settings: {}, words: "the server's terminal", reader: null },
      ],
      rules: defaultRules(
        ['console'],
        [
          {
            source: 'github',
            classics: { issues: ['opened'], pull_request: ['opened', 'merged'], star: ['created'] },
          },
        ],
      ),
      hasDefaultRules: true,
      reminders: [],
      directory: NOBODY,
      retention: DEFAULT_RETENTION,
      retentionFrom: Object.fromEntries(
        ['bodies', 'events', 'attempts', 'max_size', 'archive_to'].map((key) => [key, 'default']),
      ),
      tests: [],
      notes: [],
      logLevel: 'info',
      adminToken: null,
      viewerToken: null,
      loopbackOpen: true,
      ngrokAuthtoken: null,
      ngrokDomain: null,
      maxBodyBytes: 26_214_400,
      maxInFlightBytes: 134_217_728,
      fromVariables: new Map(),
      rowSettings: { github_token: null, github_api_url: 'https://api.github.com' },
      cwd: undefined,
    },
  );
  assert.deepEqual(
    config.sources.map(({ name, provider, secretOrigin }) => ({ name, provider, secretOrigin })),
    [
      {
        name: 'github',
        provider: 'github',
        secretOrigin: {
          kind: 'generated',
          path: join(dataDir, 'github-secret'),
          fresh: true,
          variable: 'GITHUB_WEBHOOK_SECRET',
        },
      },
    ],
  );
  assert.match(secretsOf(config)[0] ?? '', /^[0-9a-f]{64}$/);
});

test('the environment says what it says', async (t) => {
  const config = await load(t, {
    GITHUB_WEBHOOK_SECRET: ' new , old,, ',
    SLACK_WEBHOOK_URL: WEBHOOK,
    PORT: '0',
    HOST: '::',
    DATA_DIR: 'kept',
    DATABASE_URL: 'sqlite:other/x.db',
    LOG_LEVEL: 'DEBUG',
    ADMIN_TOKEN: 'letmein',
    PUBLIC_URL: 'https://tidings.example.org/',
    SLACK_API_URL: 'http://127.0.0.1:9/api/',
  });
  assert.deepEqual(secretsOf(config), ['new', 'old']);
  assert.equal(revealed(config.destinations[0]?.settings)['webhook_url'], WEBHOOK);
  assert.deepEqual([config.port, config.host, config.logLevel], [0, '::', 'debug']);
  assert.deepEqual(config.database, { kind: 'sqlite', path: join(config.cwd, 'other/x.db') });
  assert.equal(config.adminToken?.reveal(), 'letmein');
  assert.equal(config.publicUrl, 'https://tidings.example.org');
  assert.equal(config.rowSettings['slack_api_url'], 'http://127.0.0.1:9/api');
  assert.equal(existsSync(join(config.cwd, 'kept')), false, 'nothing is generated without need');
});

test('a bot token with a channel is used before a webhook; without one the webhook is', async (t) => {
  const both = {
    ...KNOWN,
    SLACK_WEBHOOK_URL: WEBHOOK,
    SLACK_BOT_TOKEN: ' xoxb-1 ',
    SLACK_API_URL: 'http://127.0.0.1:9/',
  };
  const [bot] = (await load(t, { ...both, SLACK_CHANNEL: 'releases' })).destinations;
  assert.deepEqual(revealed(bot?.settings), {
    token: 'xoxb-1',
    channel: '#releases',
    per_second: 1,
    api_url: 'http://127.0.0.1:9',
  });
  assert.equal(bot?.name, 'slack');
  for (const variables of [both, { ...both, SLACK_BOT_TOKEN: 'xoxp-of-another-program' }]) {
    const [webhook] = (await load(t, variables)).destinations;
    assert.ok(webhook?.settings?.['webhook_url']);
  }
});

test('a bot token and its channel are a destination of the file', async (t) => {
  const yaml = 'destinations:\n  releases: { type: slack, token: "${T}", channel: "#releases" }\n';
  const config = await load(t, { ...KNOWN, T: 'xoxb-verysecret' }, { 'tidings.yaml': yaml });
  const described = describeConfig(config, ROWS);
  assert.deepEqual(described['destinations'], {
    releases: { type: 'slack', token: '[secret]', channel: '#releases', thread: false, card: false, per_second: 1 },
  });
  assert.doesNotMatch(inspect(config.destinations), /verysecret/);
});

test('an empty variable counts as not set, and a sqlite path may follow two slashes', async (t) => {
  const config = await load(t, {
    ...KNOWN,
    PORT: '',
    HOST: ' ',
    TIDINGS_CONFIG: '',
    DATABASE_URL: 'sqlite:///var/x.db',
  });
  assert.deepEqual([config.port, config.host], [3000, '127.0.0.1']);
  assert.deepEqual(config.database, { kind: 'sqlite', path: '/var/x.db' });
});

test('the public address is what the platform says, unless a person says otherwise', async (t) => {
  const railway = { ...KNOWN, RAILWAY_PUBLIC_DOMAIN: 'x.up.railway.app' };
  assert.equal((await load(t, railway)).publicUrl, 'https://x.up.railway.app');
  assert.equal((await load(t, { ...railway, PUBLIC_URL: 'https://own.org' })).publicUrl, 'https://own.org');
  assert.equal(
    (await load(t, { ...KNOWN, RENDER_EXTERNAL_URL: 'https://x.onrender.com' })).publicUrl,
    'https://x.onrender.com',
  );
});

test('where a proxy is named, loopback is open only to who says so', async (t) => {
  const named = { ...KNOWN, TRUSTED_PROXIES: ' loopback, ,10.0.0.0/8 ' };
  const config = await load(t, named);
  assert.deepEqual([config.trustedProxies, config.loopbackOpen], [['loopback', '10.0.0.0/8'], false]);
  assert.equal((await load(t, { ...named, LOOPBACK_OPEN: 'true' })).loopbackOpen, true);
  assert.equal((await load(t, { ...KNOWN, TRUSTED_PROXIES: ' ' })).loopbackOpen, true);
});

test("events are kept where Railway's volume is, unless a person says otherwise", async (t) => {
  const railway = { ...KNOWN, DATA_DIR: '', RAILWAY_VOLUME_MOUNT_PATH: '/var/events' };
  const config = await load(t, railway);
  assert.equal(config.dataDir, '/var/events');
  assert.deepEqual(config.database, { kind: 'sqlite', path: '/var/events/tidings.db' });
  assert.equal((await load(t, { ...railway, DATA_DIR: '/own' })).dataDir, '/own');
});

test('a .env file is read, and the process environment wins', async (t) => {
  const files = { '.env': 'PORT=4000\nGITHUB_WEBHOOK_SECRET="from file" # comment\n' };
  const config = await load(t, { PORT: '5000', HOST: undefined }, files);
  assert.equal(config.port, 5000);
  assert.deepEqual(secretsOf(config), ['from file']);
});

test('read only, nothing is written and the secret stays absent until somebody starts', async (t) => {
  const cwd = mkdtempSync(join(tmpdir(), 'tidings-config-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  assert.deepEqual((await loadConfig({ catalog: CATALOG, env: {}, cwd, readOnly: true })).sources[0]?.secrets, []);
  assert.equal(existsSync(join(cwd, 'data')), false);
  const made = secretsOf(await loadConfig({ catalog: CATALOG, env: {}, cwd }));
  assert.deepEqual(secretsOf(await loadConfig({ catalog: CATALOG, env: {}, cwd, readOnly: true })), made);
});

const FILE = `sources:
  github: { secrets: ["\${SECRETS}", "as,written"] }
destinations:
  team: { type: slack, webhook_url: "\${HOOK}", per_second: 0 }
  audit:
    type: http
    url: \${AUDIT_URL}
    secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
    concurrency: 4
  screen: { type: console }
rules:
  - name: reviews
    on:
      pull_request: { types: [opened, merged], branches: [main, "!old/**"], labels: { none: wip } }
      issues: [opened]
      discussion: { labels: [bug, crash] }
      push:
    sources: [github, "!old-*"]
    repos: ["acme/*", "!acme/sandbox"]
    ignore: [bots, drafts]
    to: team
  - { on: [push, star], to: [audit, screen] }
  - { on: release, to: [], stop: true }
`;
const FILE_ENV = { SECRETS: 'new,old', HOOK: WEBHOOK, AUDIT_URL: 'https://audit.example.org/?key=abc' };

test('a file says sources, destinations and rules in every shape', async (t) => {
  const config = await load(t, FILE_ENV, { 'tidings.yaml': FILE });
  assert.deepEqual(secretsOf(config), ['new', 'old', 'as,written']);
  const [team, audit, screen] = config.destinations;
  assert.equal(team?.settings?.['per_second'], 0);
  assert.deepEqual([audit?.type, audit?.name, audit?.words], ['http', 'audit', 'https://audit.example.org']);
  assert.deepEqual(revealed(audit?.settings), {
    url: 'https://audit.example.org/?key=abc',
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    concurrency: 4,
    timeout_ms: 10_000,
  });
  assert.deepEqual([screen?.type, screen?.name, screen?.settings], ['console', 'screen', {}]);
  const plain = {
    sources: null,
    repos: null,
    ignore: [],
    condition: null,
    template: null,
    settleMs: 0,
    quiet: null,
    mention: [],
    thread: null,
    stop: false,
    from: {},
  };
  assert.deepEqual(config.rules, [
    {
      ...plain,
      name: 'reviews',
      on: new Map<string, OnFilter>([
        [
          'pull_request',
          {
            ...ANY,
            types: ['opened', 'merged'],
            branches: ['main', '!old/**'],
            'labels.none': ['wip'],
          },
        ],
        ['issues', { ...ANY, types: ['opened'] }],
        ['discussion', { ...ANY, 'labels.any': ['bug', 'crash'] }],
        ['push', ANY],
      ]),
      sources: ['github', '!old-*'],
      repos: ['acme/*', '!acme/sandbox'],
      ignore: ['bots', 'drafts'],
      to: ['team'],
    },
    {
      ...plain,
      name: 'rule-2',
      on: new Map([
        ['push', ANY],
        ['star', ANY],
      ]),
      to: ['audit', 'screen'],
    },
    { ...plain, name: 'rule-3', on: new Map([['release', ANY]]), to: [], stop: true },
  ]);
});

test('a rule that names no destination tells them all', async (t) => {
  const text =
    'destinations: { a: { type: console }, b: { type: console } }\nrules: [{ on: push }, { on: star, to: b }]\n';
  const { rules } = await load(t, KNOWN, { 'tidings.yaml': text });
  assert.deepEqual(
    rules.map(({ to }) => to),
    [['a', 'b'], ['b']],
  );
});

test('variables are put into values only, once, and $${ stands for itself', async (t) => {
  const yaml = 'rules:\n  - { name: "$${A} ${A}", on: push, to: console }\n';
  assert.equal((await load(t, { ...KNOWN, A: '${B}' }, { 'tidings.yaml': yaml })).rules[0]?.name, '${A} ${B}');
});

test('the printed configuration holds no secret and nothing that came out of a variable', async (t) => {
  const config = await load(t, { ...FILE_ENV, ADMIN_TOKEN: 'letmein' }, { 'tidings.yaml': FILE });
  const described = describeConfig(config, ROWS);
  const printed = [printConfig(described, 'yaml'), printConfig(described, 'line'), inspect(config.destinations[0])];
  for (const secret of ['verysecret', 'key=abc', 'MfKQ9r8', 'as,written', 'letmein', 'new']) {
    for (const text of printed) assert.equal(text.includes(secret), false, secret);
  }
  assert.deepEqual(JSON.parse(printConfig(described, 'json')), described);
  assert.deepEqual(described['destinations'], {
    team: { type: 'slack', webhook_url: '[secret]', thread: false, card: false, per_second: 0 },
    audit: { type: 'http', url: '[from AUDIT_URL]', secret: '[secret]', concurrency: 4, timeout_ms: 10_000 },
    screen: { type: 'console' },
  });
});

test('what takes all of a source gets of others what is sent there by name', async (t) => {
  const yaml = (rules: string) =>
    `destinations: { screen: { type: console }, app: { type: forward, url: "http://a.test/", raw: true, sources: [shop] } }\n${rules}`;
  const sources = 'sources: { shop: { provider: stripe, secrets: [whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw] } }\n';
  const told = async (rules: string) => (await load(t, KNOWN, { 'tidings.yaml': sources + yaml(rules) })).rules;
  assert.deepEqual(new Set((await told('')).flatMap(({ to }) => to)), new Set(['screen']));
  const named = await told('rules: [{ on: push }, { on: star, to: [app] }]\n');
  assert.deepEqual(
    named.map(({ to }) => to),
    [['screen'], ['app']],
  );
});

test('the printed rules are rules again', async (t) => {
  const config = await load(t, FILE_ENV, { 'tidings.yaml': FILE });
  const { rules } = describeConfig(config, ROWS);
  const again = await load(t, FILE_ENV, {
    'tidings.yaml': FILE.replace(/rules:[^]*/, `rules: ${JSON.stringify(rules)}`),
  });
  assert.deepEqual(again.rules, config.rules);
});
