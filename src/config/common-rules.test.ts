import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import * as fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { CATALOG } from '../catalog.ts';
import { changes } from './changes.ts';
import type { Config } from './config.ts';
import { describeConfig } from './describe/describe-config.ts';
import { printConfig } from './describe/print-config.ts';
import { whereFrom } from './describe/where-from.ts';
import { loadConfig } from './load-config.ts';
import { rowsOf } from './rows/rows.ts';
import { commonOf, type Shared } from './rule-of.ts';

const ENV = { GITHUB_WEBHOOK_SECRET: 'known', WHERE: 'desk', REPO: 'acme/hidden' };

async function load(t: TestContext, yaml: string, env: Readonly<Record<string, string>> = ENV): Promise<Config> {
  const cwd = mkdtempSync(join(tmpdir(), 'tidings-common-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  writeFileSync(join(cwd, 'tidings.yaml'), yaml);
  return loadConfig({ catalog: CATALOG, env, cwd });
}

const FILE = `destinations: { team: { type: console }, desk: { type: console } }
repos:
  backend: [acme/api, "acme/jobs-*", "\${REPO}"]
  web: acme/web
defaults:
  repos: [backend, "!web"]
  ignore: [bots]
  quiet: { days: [sun], zone: UTC }
  mention: here
  to: "\${WHERE}"
rules:
  - { on: push }
  - { on: star, repos: [web, other/x], ignore: [], quiet: never, mention: [], to: [team] }
`;

test('a rule says what it says, and where it says nothing the defaults', async (t) => {
  const [plain, own] = (await load(t, FILE)).rules;
  assert.deepEqual(
    [plain?.repos, plain?.ignore, plain?.quiet?.days, plain?.mention, plain?.to],
    [['acme/api', 'acme/jobs-*', 'acme/hidden', '!acme/web'], ['bots'], [0], ['here'], ['desk']],
  );
  assert.deepEqual(plain?.from, {
    repos: 'defaults, list backend, list web',
    ignore: 'defaults',
    quiet: 'defaults',
    mention: 'defaults',
    to: 'defaults',
  });
  assert.deepEqual(
    [own?.repos, own?.ignore, own?.quiet, own?.mention, own?.to, own?.from],
    [['acme/web', 'other/x'], [], null, [], ['team'], { repos: 'list web' }],
  );
});

test('the built-in rules have the defaults too', async (t) => {
  const { rules, hasDefaultRules } = await load(t, 'defaults: { ignore: bots }');
  assert.deepEqual([hasDefaultRules, rules.map(({ ignore }) => ignore)], [true, [['bots']]]);
});

test('what is printed is the rules in force, with where they have it from, and a file again', async (t) => {
  const config = await load(t, FILE);
  const printed = printConfig(describeConfig(config, await rowsOf(CATALOG)), 'yaml', 0, whereFrom(config));
  const rules = printed.slice(printed.indexOf('rules:'));
  assert.equal(
    rules,
    `rules:
  - name: rule-1
    on:
      push: {}
    # from defaults, list backend, list web
    repos: "[from REPO]"
    # from defaults
    ignore:
      - bots
    # from defaults
    quiet:
      days:
        - sun
      zone: UTC
    # from defaults
    to: "[from WHERE]"
    # from defaults
    mention:
      - here
  - name: rule-2
    on:
      star: {}
    # from list web
    repos: "[from REPO]"
    to:
      - team`,
  );
  assert.equal((parse(rules) as { rules: unknown[] }).rules.length, 2);
});

test('another default is another rule, at once', async (t) => {
  const [before, after] = [await load(t, FILE), await load(t, FILE.replace('[bots]', '[forks]'))];
  assert.equal(changes(before, { ...after, dataDir: before.dataDir }).atOnce, true);
});

test('everybody is called in vain where one person alone reads', async (t) => {
  const { notes } = await load(
    t,
    `destinations:
  team: { type: console }
  mona: { type: slack, token: xoxb-1-a, channel: U012AB3CD }
defaults: { mention: [here] }
rules: [{ on: push }, { on: star, to: team }, { on: fork, to: mona, mention: channel }]
`,
  );
  assert.deepEqual(notes, [
    'tidings.yaml:4:23: here calls nobody in mona, which one person alone reads.',
    'tidings.yaml:5:78: channel calls nobody in mona, which one person alone reads.',
  ]);
});

const patterns = fc.array(fc.constantFrom('a/b', '!a/c', 'one', '!one', 'two'), { minLength: 1 });
const common = fc.record(
  {
    repos: patterns,
    ignore: fc.subarray(['bots', 'drafts', 'forks']),
    settle: fc.integer({ min: 0, max: 9 }),
    to: fc.subarray(['team', 'desk'], { minLength: 1 }),
    mention: fc.subarray(['author', 'here']),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<NonNullable<Shared['defaults']>>;

test('for every key it is the own one or the default, whole, and lists stand for their patterns', () => {
  const repos = { one: ['x/1', 'x/2'], two: ['y/*'] };
  fc.assert(
    fc.property(common, common, (own, defaults) => {
      const got = commonOf(own, ['team', 'desk'], { defaults, repos });
      const spread = commonOf({ ...defaults, ...own }, ['team', 'desk'], { repos });
      assert.deepEqual({ ...got, from: {} }, { ...spread, from: {} }, stringify({ own, defaults }));
      assert.ok(got.repos?.every((pattern) => pattern.includes('/')) ?? true);
    }),
  );
});

test('a rule wants conversations or cards where there are none: where it names such a destination, and why, is noted', async (t) => {
  const { notes, rules } = await load(
    t,
    `destinations:
  desk: { type: console }
  hook: { type: slack, webhook_url: "https://hooks.example/x" }
  bot: { type: slack, token: xoxb-1-a, channel: "#a", card: true }
  people: { type: slack, token: xoxb-1-a, direct: true }
  talk: { type: discord, webhook_url: "https://discord.com/api/webhooks/100000000000000001/abc" }
  forum: { type: discord, webhook_url: "https://discord.com/api/webhooks/100000000000000002/abc", thread: true }
defaults: { thread: false }
rules:
  - { on: push }
  - { on: star, thread: true }
  - { on: fork, thread: true, to: [desk, hook, talk] }
  - { on: issues, thread: true, to: [bot, forum], card: false }
  - { on: release, card: true, to: [bot, hook] }
  - { on: deployment_status, card: true, to: [bot, talk] }
  - { on: watch, thread: none, broadcast: merged, to: [bot, forum] }
  - { on: gollum, broadcast: [], to: desk }
`,
  );
  assert.deepEqual(notes, [
    'tidings.yaml:12:17: thread changes nothing in desk (The terminal has no threads), hook (a webhook is not told what it has posted), talk (a webhook opens threads in forums only; where this is one, set thread: true there).',
    'tidings.yaml:14:20: card changes nothing in hook (a webhook is not told what it has posted).',
    'tidings.yaml:15:30: card changes nothing in talk (Discord shows no cards).',
    'tidings.yaml:16:18: thread: none changes nothing in forum (Discord shows no cards).',
    "tidings.yaml:16:32: broadcast changes nothing in forum (Discord can't).",
  ]);
  assert.deepEqual(
    rules.map(({ thread, card }) => [thread, card]),
    [
      [false, undefined],
      [true, undefined],
      [true, undefined],
      [true, false],
      [false, true],
      [false, true],
      ['none', undefined],
      [false, undefined],
    ],
  );
});

test('`thread: none` where nothing has a card, and words that are none, are told', async (t) => {
  const bot = 'destinations: { bot: { type: slack, token: xoxb-1-a, channel: "#a" } }';
  const { notes } = await load(t, `${bot}\nrules: [{ on: watch, thread: none }]\n`);
  assert.deepEqual(notes, [
    'tidings.yaml:2:22: thread: none changes nothing in bot (nothing has a card there without card: true).',
  ]);
  const refused = (rule: string) => load(t, `rules: [{ on: watch, ${rule} }]\n`).then(() => '', String);
  assert.match(await refused('thread: never'), /thread must be true, false or none\./);
  assert.match(await refused('broadcast: merge'), /broadcast cannot be "merge"\. Did you mean "merged"\?/);
  assert.match(await refused('card: none'), /card must be/);
});

test('a menu that nobody answers is told, where no destination of its token has answers', async (t) => {
  const source = 'sources: { workspace: { provider: slack, app_token: xapp-1-A1-2-b } }';
  const noted = async (answers: string) => {
    const bot = 'bot: { type: slack, token: xoxb-1-a, channel: "#a", menu: true }';
    const { notes } = await load(t, `${source}\ndestinations:\n  ${bot}\n  ${answers}\n`);
    return notes;
  };
  const note =
    'tidings.yaml:3:55: menu does nothing: no destination of its token has answers, so nobody hears what is chosen.';
  assert.deepEqual(await noted('team: { type: console }'), [note]);
  assert.deepEqual(await noted('other: { type: slack, token: xoxb-2-b, answers: workspace }'), [note]);
  assert.deepEqual(await noted('answers: { type: slack, token: xoxb-1-a, answers: workspace }'), []);
});

test('so it is where variables make the destination; not where nothing is connected yet', async (t) => {
  const noted = async (env: Readonly<Record<string, string>>) => {
    const { notes } = await load(t, 'rules: [{ on: push, card: true }]\n', { ...ENV, ...env });
    return notes;
  };
  const webhook = { SLACK_WEBHOOK_URL: 'https://hooks.example/x' };
  assert.deepEqual(await noted(webhook), [
    'tidings.yaml:1:21: card changes nothing in slack (a webhook is not told what it has posted).',
  ]);
  assert.deepEqual(await noted({ ...webhook, SLACK_BOT_TOKEN: 'xoxb-1-a', SLACK_CHANNEL: '#a' }), []);
  assert.deepEqual(await noted({}), []);
});

test('a destination that has no threads or cards is told so', async (t) => {
  const refused = async (settings: string) => {
    const loading = load(t, `destinations: { x: { ${settings} } }\n`);
    return loading.then(
      () => 'taken',
      (error: unknown) => String(error),
    );
  };
  assert.match(await refused('type: console, thread: true'), /thread is not a key here: The terminal has no threads\./);
  assert.match(await refused('type: console, card: true'), /card is not a key here: The terminal shows no cards\./);
  const webhook = 'webhook_url: "https://hooks.example/x"';
  assert.match(
    await refused(`type: slack, ${webhook}, thread: true`),
    /thread goes with token and channel: a webhook is/,
  );
  assert.equal(await refused(`type: slack, ${webhook}, thread: false, card: false`), 'taken');
  assert.match(await refused(`type: slack, ${webhook}, card: true`), /card goes with token and channel: a webhook is/);
  assert.match(
    await refused('type: slack, token: xoxb-1-a, direct: true, card: true'),
    /card goes with token and channel: direct tells each person alone/,
  );
  assert.equal(await refused('type: slack, token: xoxb-1-a, channel: "#a", card: true'), 'taken');
  const discord = 'type: discord, webhook_url: "https://discord.com/api/webhooks/100000000000000001/abc"';
  assert.match(await refused(`${discord}, thread: true, follow_ups: edit`), /thread and follow_ups say two things/);
  assert.equal(await refused(`${discord}, thread: true, follow_ups: thread`), 'taken');
});
