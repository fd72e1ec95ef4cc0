import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { CATALOG } from '../catalog.ts';
import type { Config } from './config.ts';
import { ConfigError } from './config-error.ts';
import { describeConfig } from './describe/describe-config.ts';
import { loadConfig } from './load-config.ts';
import type { Purpose } from './purpose.ts';
import { rowsOf } from './rows/rows.ts';

const ROWS = await rowsOf(CATALOG);

const SECRETS = `sources: { github: { secrets: ["\${HOOK_SECRET}", "\${OLD_SECRET}"] } }
destinations:
  team: { type: slack, webhook_url: "\${WEBHOOK}" }
  bot: { type: slack, token: "\${TOKEN}", channel: "#ops" }
  audit: { type: http, url: "https://example.com/\${KEY}", secret: "\${SIGNING}" }
rules: [{ on: { issues: [opened] }, to: [team, bot] }]
`;

function setUp(t: TestContext, yaml: string): (purpose: Purpose, env?: Record<string, string>) => Promise<Config> {
  const cwd = mkdtempSync(join(tmpdir(), 'tidings-purpose-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  writeFileSync(join(cwd, 'tidings.yaml'), yaml);
  return (purpose, env = {}) => loadConfig({ catalog: CATALOG, env, cwd, readOnly: true, purpose });
}

async function refusal(loading: Promise<unknown>): Promise<string> {
  const error = await loading.then(
    () => assert.fail('it was taken'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ConfigError, String(error));
  return error.problems.map(({ where, message }) => `${where} ${message}`).join('\n');
}

test('who reads, tests or looks needs no secret; rules name the destinations all the same', async (t) => {
  const load = setUp(t, SECRETS);
  for (const purpose of ['read', 'test'] as const) {
    const config = await load(purpose);
    assert.deepEqual(config.rules[0]?.to, ['team', 'bot']);
    assert.deepEqual(
      config.destinations.map(({ settings }) => settings),
      [null, null, null],
    );
    assert.deepEqual(config.sources[0]?.secrets, []);
  }
  assert.deepEqual(describeConfig(await load('read'), ROWS)['destinations'], {
    team: { type: 'slack', webhook_url: '[WEBHOOK is not set]' },
    bot: { type: 'slack', token: '[TOKEN is not set]' },
    audit: { type: 'http', url: '[KEY is not set]', secret: '[SIGNING is not set]' },
  });
});

test('who receives needs the webhook secrets, who sends the destinations, who does both needs both', async (t) => {
  const load = setUp(t, SECRETS);
  const [webhook, sending] = [
    /HOOK_SECRET is not set[^]*OLD_SECRET is not set/,
    /WEBHOOK is not set[^]*SIGNING is not set/,
  ];
  const receive = await refusal(load('receive'));
  assert.match(receive, webhook);
  assert.doesNotMatch(receive, sending);
  const work = await refusal(load('work'));
  assert.match(work, sending);
  assert.doesNotMatch(work, webhook);
  const both = await refusal(load('both'));
  assert.match(both, webhook);
  assert.match(both, sending);
  const half = await load('receive', { HOOK_SECRET: 'one,two', OLD_SECRET: 'three' });
  assert.deepEqual(
    half.sources[0]?.secrets.map((secret) => secret.reveal()),
    ['one', 'two', 'three'],
  );
});

test('what else is wrong with a destination, or a variable of a rule, is said to everybody', async (t) => {
  const load = setUp(
    t,
    'destinations: { a: { type: slack, webhook_url: "${W}", chanel: x } }\nrules: [{ on: push, repos: "${R}" }]\n',
  );
  const said = await refusal(load('test'));
  assert.match(said, /chanel is not a key here/);
  assert.match(said, /tidings\.yaml:2:\d+ the environment variable R is not set/);
  assert.doesNotMatch(said, /variable W/);
});

test('without destinations, tests may say slack or console wherever they run', async (t) => {
  const load = setUp(
    t,
    'rules: [{ on: push }]\ntests: [{ name: a, event: push, expect: [slack] }, { name: b, event: push, expect: console }]\n',
  );
  const expected = async (env: Record<string, string>) =>
    (await load('test', env)).tests.map(({ expect }) => expect.map(({ destination }) => destination));
  assert.deepEqual(await expected({}), [['console'], ['console']]);
  const env = { SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T0/B0/team' };
  assert.deepEqual(await expected(env), [['slack'], ['slack']]);
});

test('a rule that tells slack is an error only for who would send without it, and says what to set', async (t) => {
  const load = setUp(t, 'rules: [{ on: push, to: slack }]\n');
  assert.match(
    await refusal(load('both')),
    /no destination is named "slack"\. Slack is not connected: set SLACK_WEBHOOK_URL, or leave `to` out/,
  );
  assert.deepEqual((await load('test')).rules[0]?.to, ['console']);
});

const BROKEN_TESTS = `rules: [{ on: push }]
tests:
  - { name: fine, event: push, expect: [] }
  - { name: of yesterday, event: push, expect: [gone] }
  - { name: misspelt, evnt: push, expect: [] }
  - { name: "\${UNSET}", event: push, expect: [] }
  - just words
`;

test('tests that are wrong keep nobody but `tidings test` from going on; their places are noted', async (t) => {
  const load = setUp(t, BROKEN_TESTS);
  for (const purpose of ['both', 'receive', 'work', 'read'] as const) {
    const config = await load(purpose);
    assert.equal(config.rules.length, 1);
    assert.deepEqual(
      config.tests.map(({ name }) => name),
      ['fine'],
    );
    assert.equal(config.notes.length, 6);
    assert.match(
      config.notes[0] ?? '',
      /^tidings\.yaml:4:\d+: only a test is wrong, and the rules are in force: no destination is named "gone"/,
    );
  }
  assert.equal((await refusal(load('test'))).split('\n').length, 6);
});

test('tests that are no YAML are noted, wherever they stand; a break elsewhere is an error', async (t) => {
  for (const broken of [
    '- { name: a',
    '- name: a\n    name: b',
    '- { name: a, set: { x: !y } }',
    '- name: "a\n# b\n\n  - c',
  ]) {
    for (const yaml of [
      `rules: [{ on: push }]\ntests:\n  ${broken}\n`,
      `tests:\n  ${broken}\nrules: [{ on: push }]\n`,
    ]) {
      const load = setUp(t, yaml);
      const { notes, tests, rules } = await load('both');
      assert.deepEqual([notes.length, tests.length, rules.length], [1, 0, 1], yaml);
      await refusal(load('test'));
    }
  }
  await refusal(setUp(t, 'rules: [{ on: push }\ntests: []\n')('both'));
});

test('a section of tests that is no list at all is noted too', async (t) => {
  const { notes, tests, rules } = await setUp(t, 'rules: [{ on: push }]\ntests: soon\n')('both');
  assert.deepEqual([notes.length, tests.length, rules.length], [1, 0, 1]);
});
