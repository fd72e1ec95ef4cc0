import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { CATALOG } from '../../../catalog.ts';
import type { Config } from '../../config.ts';
import { ConfigError, problemText } from '../../config-error.ts';
import { describeConfig } from '../../describe/describe-config.ts';
import { printConfig } from '../../describe/print-config.ts';
import { loadConfig } from '../../load-config.ts';
import { rowsOf } from '../../rows/rows.ts';

const FILE = `destinations:
  team: { type: slack, token: "\${TOKEN}", channel: "#team" }
  people: { type: slack, token: "\${TOKEN}", direct: true }
people: { mona: U012AB3CD, desk: { destination: team } }
teams: { acme/backend: { slack: S0614TZR7, members: [mona] }, acme/ops: S0614TZR8 }
`;

async function load(t: TestContext, yaml: string): Promise<Config> {
  const cwd = mkdtempSync(join(tmpdir(), 'tidings-told-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  writeFileSync(join(cwd, 'tidings.yaml'), yaml);
  return loadConfig({ catalog: CATALOG, env: { GITHUB_WEBHOOK_SECRET: 'known', TOKEN: 'xoxb-1-a' }, cwd });
}

async function problem(t: TestContext, yaml: string): Promise<string> {
  try {
    await load(t, yaml);
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.problems.map(problemText).join('\n');
  }
  return '';
}

test('a rule tells destinations and people; the one for people is told of nothing else, and is written back as it was', async (t) => {
  const rules = 'rules: [{ on: push, to: [team, "@author", "@Mona", "@acme/backend"] }, { on: issues }]\n';
  const config = await load(t, FILE + rules);
  assert.deepEqual(
    config.rules.map(({ to, people }) => [to, people]),
    [
      [['team'], ['@author', '@Mona', '@acme/backend']],
      [['team'], undefined],
    ],
  );
  assert.deepEqual([...(config.directory.direct?.by ?? [])], ['people']);
  assert.equal(config.directory.direct?.types.get('team'), 'slack');
  assert.equal(config.destinations.find(({ name }) => name === 'people')?.words, 'bot by direct message');
  const printed = printConfig(describeConfig(config, await rowsOf(CATALOG)), 'yaml');
  assert.match(printed, /"@author"/);
});

test('no file without people has to know of it', async (t) => {
  const { directory, rules } = await load(t, 'rules: [{ on: push }]');
  assert.equal('direct' in directory, false);
  assert.equal('people' in (rules[0] ?? {}), false);
});

test('where people are looked up, whoever is not in people may be told and called; slips are still slips', async (t) => {
  const file = FILE.replace('people: { mona:', 'people: { by_email: true, mona:');
  assert.equal(await problem(t, `${file}rules: [{ on: push, to: "@new-one" }, { on: push, to: "@desk" }]\n`), '');
  assert.equal(await problem(t, `${file}rules: [{ on: push, to: team, mention: "@new-one" }]\n`), '');
  assert.match(await problem(t, `${file}rules: [{ on: push, to: "@asket" }]\n`), /Did you mean "@asked"/);
  assert.match(await problem(t, `${file}rules: [{ on: push, to: "@new one" }]\n`), /is not in people/);
  assert.match(await problem(t, FILE.replace('people: { mona:', 'people: { by_email: maybe, mona:')), /by_email/);
});

test('by_email is written back, is nobody’s login, and says where no destination can look anybody up', async (t) => {
  const rows = await rowsOf(CATALOG);
  const config = await load(t, FILE.replace('people: { mona:', 'people: { by_email: true, mona:'));
  assert.deepEqual([config.directory.byEmail, [...config.directory.people.keys()]], [true, ['mona', 'desk']]);
  assert.match(printConfig(describeConfig(config, rows), 'yaml'), /people:\n {2}by_email: true\n {2}mona:/);
  const off = await load(t, FILE.replace('people: { mona:', 'people: { by_email: false, mona:'));
  assert.equal('byEmail' in off.directory, false);
  const blind = await load(t, 'destinations: { console: { type: console } }\npeople: { by_email: true }\n');
  assert.match(blind.notes.join('\n'), /by_email looks nobody up/);
  assert.doesNotMatch(config.notes.join('\n'), /by_email/);
});

const WRONG: readonly (readonly [rule: string, message: RegExp])[] = [
  ['to: "@asket"', /"@asket" is not in people\. Did you mean "@asked"\?/],
  ['to: "@zoe"', /"@zoe" is not in people\. Add it: `people: \{ zoe: U… \}`\./],
  ['to: "@here"', /"@here" is everybody in a channel.*`mention: here`/],
  ['to: "@acme/none"', /"@acme\/none" is not in teams\./],
  ['to: "@acme/ops"', /"@acme\/ops" has no members here.*members: \[mona\]/],
  ['to: people', /"people" tells people: name them instead, as in "@asked" or "@mona"\./],
  ['to: asked', /no destination is named "asked"\. For direct messages write "@asked"\./],
  ['to: acme/backend', /For direct messages write "@acme\/backend"\./],
  ['to: "@desk"', /"@desk" has no id in people, so no direct message finds them: add it\./],
  ['to: "@asked, @mona"', /write a list, `to: \["@asked", "@mona"\]`\./],
  ['to: @asked', /write "@asked", in quotes/],
  ['to: "@"', /"@" is not in people/],
];

test('whom nobody can tell is told at its place, with what to write', async (t) => {
  for (const [rule, message] of WRONG) {
    const said = await problem(t, `${FILE}rules:\n  - on: push\n    ${rule}\n`);
    assert.match(said, message, rule);
    assert.match(said, /tidings\.yaml:\d+/, 'its place');
  }
});

test('without a destination for people there is one to add; with no other, a rule must name somebody', async (t) => {
  const none = await problem(t, 'rules: [{ on: push, to: "@asked" }]');
  assert.match(none, /no destination sends any: add `destinations: \{ people: \{ type: slack, token: …, direct: true/);
  const only = 'destinations: { people: { type: slack, token: "${TOKEN}", direct: true } }\n';
  assert.match(await problem(t, `${only}rules: [{ on: push }]`), /tells nobody: people tells people\. Name them/);
  assert.equal(await problem(t, `${only}rules: [{ on: push, to: "@asked" }]`), '');
});

test('direct is the place of a channel, and goes with a token', async (t) => {
  const said = (keys: string) => problem(t, `destinations: { people: { type: slack, ${keys} } }`);
  assert.match(await said('token: "${TOKEN}", channel: "#a", direct: true'), /keep one of them/);
  assert.match(await said('webhook_url: "https://x.test/a", direct: true'), /webhook_url is a channel/);
  assert.match(await said('direct: true'), /token is missing/);
  assert.match(await said('token: "${TOKEN}", direct: false'), /channel is missing/);
});

test('what a default tells is checked like a rule; one token needs no two for people', async (t) => {
  assert.match(await problem(t, `${FILE}defaults: { to: "@zoe" }\nrules: [{ on: push }]`), /"@zoe" is not in people/);
  const twice = FILE.replace('people: {', 'others: { type: slack, token: "${TOKEN}", direct: true }\n  people: {');
  assert.match(await problem(t, twice), /others.*people|people.*others/s);
});

test('a reminder tells people what waits for them: whose turn it is, or whom it names', async (t) => {
  const reminder = (to: string) => `${FILE}reminders: { morning: { at: "9:30", zone: UTC, to: ${to} } }\n`;
  const [morning] = (await load(t, reminder('[team, "@asked", "@mona", "@acme/backend"]'))).reminders;
  assert.deepEqual([morning?.rule.to, morning?.rule.people], [['team'], ['@asked', '@mona', '@acme/backend']]);
  assert.match(await problem(t, reminder('"@author"')), /Write "@asked", which is whose turn it is/);
  assert.match(await problem(t, reminder('"@octo"')), /is not in people/);
  assert.match(await problem(t, reminder('people')), /tells people: name them instead/);
});

test('`after` is for people: from a minute to a day, printed as it was, and refused where a rule tells none', async (t) => {
  const rule = (more: string) => `${FILE}rules: [{ on: issues, ${more} }]\n`;
  const config = await load(t, rule('to: [team, "@asked"], after: 30m'));
  assert.equal(config.rules[0]?.afterMs, 30 * 60_000);
  assert.match(printConfig(describeConfig(config, await rowsOf(CATALOG)), 'yaml'), /after: 30m/);
  assert.match(await problem(t, rule('to: team, after: 30m')), /after is for people, and this rule tells none/);
  for (const wrong of ['10s', '2d', 'soon']) {
    assert.match(await problem(t, rule(`to: "@asked", after: ${wrong}`)), /must be a time from 1m to 1d/);
  }
});
