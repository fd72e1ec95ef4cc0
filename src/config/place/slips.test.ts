import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { CATALOG } from '../../catalog.ts';
import { ConfigError } from '../config-error.ts';
import { loadConfig } from '../load-config.ts';

const cwd = mkdtempSync(join(tmpdir(), 'tidings-slips-'));
after(() => rmSync(cwd, { recursive: true, force: true }));

/** The first problem: what the carets underline, and the sentence. */
async function answerTo(yaml: string): Promise<readonly [marked: string, message: string]> {
  writeFileSync(join(cwd, 'tidings.yaml'), `${yaml}\n`);
  try {
    await loadConfig({
      catalog: CATALOG,
      env: { GITHUB_WEBHOOK_SECRET: 'known' },
      cwd,
      readOnly: true,
      purpose: 'test',
    });
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    const [{ excerpt, message } = assert.fail()] = error.problems;
    return [excerpt?.text.slice(excerpt.offset, excerpt.offset + excerpt.length) ?? '', message];
  }
  return assert.fail(`it is taken: ${yaml}`);
}

const inRule = (rest: string) => `rules: [{ on: issues, ${rest} }]`;
const onEvent = (rest: string) => `rules: [{ on: { ${rest} } }]`;
const withIf = (condition: string) => `rules:\n  - on: issues\n    if: ${condition}`;

const QUOTES = /^in YAML a text with braces is put in quotes: write /;
const withTemplate = (template: string) => `rules:\n  - on: issues\n    template: ${template}`;
const WORDED: readonly (readonly [yaml: string, marked: string, message: RegExp])[] = [
  [withTemplate('{{ payload.id }}'), '{{ payload.id }}', /^in YAML .*: write "\{\{ payload\.id \}\}"\.$/],
  [withTemplate('{{ payload.id }} paid'), '{{ payload.id }} paid', QUOTES],
  [withTemplate('Paid: {{ payload.id }}: now'), 'Paid: {{ payload.id }}: now', QUOTES],
  [withTemplate('Order #{{ payload.id }}'), 'Order #{{ payload.id }}', QUOTES],
  [withTemplate('"{{ payload["id"] }}"'), '"{{ payload["id"] }}"', /: write '\{\{ payload\["id"\] \}\}'\.$/],
  [inRule('template: {{ payload.id }}'), '{{ payload.id }} }]', /^in YAML .* quotes\.$/],
  [inRule('template: Order {{ payload.id }}'), 'Order {{ payload.id }} }]', /^in YAML .* quotes\.$/],
  [withTemplate('"${{ payload.total }}"'), '${', /^a value stands in \{\{ … \}\} alone, and a dollar before it/],
  [withTemplate('[a, b]'), 'template', /^template must be a line of text: write `template: "Order /],
];

const SLIPS: readonly (readonly [yaml: string, marked: string, message: RegExp])[] = [
  [inRule('ignore: none'), 'none', /^ignore cannot be "none"\. Nothing is written \[\]\.$/],
  [inRule('ignore: false'), 'false', /^ignore must be a list, such as \[bots, drafts\]; \[\] is nothing\.$/],
  [inRule('repos: "*"'), '"*"', /^repos is compared with "owner\/name": write "\*\*" for all repositories\.$/],
  // What YAML makes of it.
  ...WORDED,
  ['rules:\n  - on: push\n  -on: star', '-on: [secret]', /^the - of a list is followed by a blank: write `- one`\.$/],
  ['repos:\n  a:\n  - acme/api\n  -acme/web', '-acme/web', /^the - of a list is followed by a blank/],
  ['repos:\n  a:\n  -acme/api\n  -acme/web', '-acme/api', /^the - of a list is followed by a blank/],
  [
    'repos: { a: "acme/api, acme/web" }\nrules: [{ on: push }]',
    '"acme/api, acme/web"',
    /^a is one text here: write a list, `a: \[acme\/api, acme\/web\]`\.$/,
  ],
  [
    'destinations: { t: { type: slack, channel: #ops } }',
    '#ops',
    /# begins a comment in YAML.* write "#ops", in quotes/,
  ],
  [inRule('to: [#ops]'), '#ops', /write "#ops", in quotes/],
  ['rules:\n  - on: push\n    to: #ops', 'to', /to is empty: # begins a comment.* write "#ops", in quotes/],
  [
    'destinations:\n  t:\n    type: slack\n    token: #x\n    channel: a',
    'token',
    /# begins a comment.*: put it in quotes\.$/,
  ],
  ['rules:\n  - on: *', '*', /\* begins an alias in YAML: write "\*", in quotes/],
  ['rules: [{ on: [*] }]', '*', /write "\*", in quotes/],
  [inRule('repos: */api'), '*/api', /write "\*\/api", in quotes/],
  ['retention:\n  */secret: { bodies: 1d }', '*/secret', /^\* begins an alias in YAML: put it in quotes\.$/],
  ['retention: { bodies: 2d, */secret: { bodies: 1d } }', '*/secret', /^\* begins an alias in YAML/],
  ['sources: { github: { secrets: [*hidden] } }', '[secret]', /alias in YAML: put it in quotes\.$/],
  [onEvent('push: { branches: [!main] }'), '!main', /! begins a tag in YAML: write "!main", in quotes/],
  [inRule('repos: [! acme/x]'), '! acme/x', /! begins a tag/],
  ['rules:\n  - on: push\n    repos:\n      - acme/*\n      - !acme/x', '!acme/x', /write "!acme\/x", in quotes/],
  [inRule('mention: @mona'), '@mona', /@ cannot begin a text in YAML: write "@mona", in quotes/],
  ['people: { @mona: U012AB3CD }', '@mona', /write "@mona", in quotes/],
  ['rules:\n  - on: push: main', 'push: main', /write `on: \{ push: main \}`/],
  ['rules:\n\t- on: push', '\t', /here is a tab: write two blanks/],
  [onEvent('issues: [opened], issues: [closed]'), 'issues', /this key stands here twice/],
  [
    withIf('!activity.isDraft && activity.author == "x"'),
    '!activity.isDraft && activity.author == "x"',
    /write '!activity\.isDraft/,
  ],
  [withIf('"bug" in activity.labels'), '"bug" in activity.labels', /write '"bug" in activity\.labels'/],
  [withIf('activity.excerpt.contains("a: b")'), 'activity.excerpt.contains("a: b")', /write 'activity\.excerpt/],
  [withIf('${{ activity.isDraft }}'), '${', /belongs into workflows: write the expression alone/],
  ['rules: [{ on: { [push]: } }]', '[push]', /a key is a text/],
  ['destinations: { t: { token: !xoxb-1 } }', '[secret]', /^! begins a tag in YAML: put it in quotes\.$/],
  // Events, actions and filters.
  [
    onEvent('workflow_run: [failure]'),
    'failure',
    /is a conclusion, not an action: write `workflow_run: \{ conclusion: failure \}`/,
  ],
  [onEvent('workflow_run: failed'), 'failed', /write `workflow_run: \{ conclusion: failure \}`/],
  [onEvent('check_run: { types: [success] }'), 'success', /write `check_run: \{ conclusion: success \}`/],
  [onEvent('deployment_status: [error]'), 'error', /conclusion: error/],
  [onEvent('workflow_run: [broke]'), 'broke', /write `workflow_run: \{ transition: broke \}`/],
  [onEvent('dependabot_alert: [Critical]'), 'Critical', /write `dependabot_alert: \{ severity: critical \}`/],
  [onEvent('push: main'), 'main', /write `push: \{ branches: main \}`/],
  [onEvent('push: ["release/*"]'), '"release/*"', /write `push: \{ branches: "release\/\*" \}`/],
  [onEvent('pull_request: [main]'), 'main', /write `pull_request: \{ branches: main \}`/],
  [onEvent('create: v1.0'), 'v1.0', /write `create: \{ tags: v1\.0 \}`/],
  [onEvent('issues: [bug]'), 'bug', /write `issues: \{ labels: bug \}`/],
  [onEvent('issues: [created]'), 'created', /is what GitHub calls opened/],
  [onEvent('pull_request: [approved]'), 'approved', /write `pull_request_review: \[submitted\]`/],
  [onEvent('pull_request: { actions: [opened] }'), 'actions', /write `types:`/],
  [onEvent('push: { branch: main }'), 'branch', /Did you mean "branches"/],
  [onEvent('push: { branches-ignore: [x] }'), 'branches-ignore', /write `branches: \["!name"\]`/],
  [onEvent('pull_request: { to: a }'), 'to', /stands beside `on`/],
  [inRule('labels: wip'), 'labels', /as in `on: \{ pull_request: \{ labels: … \} \}`/],
  [inRule('repo: acme/api'), 'repo', /Did you mean "repos"/],
  [inRule('channel: "#ops"'), 'channel', /a rule names destinations: `to: …`/],
  [inRule('to: "#ops"'), '"#ops"', /A rule names a destination.* channel: "#ops"/],
  ['slack: { channel: a }', 'slack', /Slack is a destination/],
  ['rules: [{ on: [pr] }]', 'pr', /Did you mean "pull_request"/],
  [
    onEvent('pull_request: opened, closed'),
    'closed',
    /an action: several go into a list, as in `pull_request: \[opened, closed\]`/,
  ],
  // Lists that are none.
  ['rules:\n  - on: push, pull_request', 'push, pull_request', /write a list, `on: \[push, pull_request\]`/],
  [onEvent('issues: "opened, closed"'), '"opened, closed"', /write a list, `issues: \[opened, closed\]`/],
  [onEvent('push: { branches: "main, dev" }'), '"main, dev"', /write a list, `branches: \[main, dev\]`/],
  [onEvent('issues: { labels: { any: "bug, wip" } }'), '"bug, wip"', /write a list, `any: \[bug, wip\]`/],
  ['rules:\n  - on: push\n    ignore: bots, drafts', 'bots, drafts', /write a list, `ignore: \[bots, drafts\]`/],
  ['rules:\n  - on: push\n    to: console, ops', 'console, ops', /write a list, `to: \[console, ops\]`/],
  // Values.
  [inRule('quiet: { hours: "22:00-07:00", zone: Berlin }'), 'Berlin', /Did you mean "Europe\/Berlin"/],
  [onEvent('issues: { labels: { not: wip } }'), 'not', /write `none:`/],
  [onEvent('create: tag'), 'tag', /write `create: \{ tags: "\*\*" \}`/],
  ['destinations: { t: { type: webex } }', 'webex', /http posts each activity as JSON/],
  ['destinations: { t: soon }', '[secret]', /t must be its settings/],
  [inRule('quiet: { days: [Saturday], zone: UTC }'), 'Saturday', /Did you mean "sat"/],
  [inRule('mention: "@here"'), '"@here"', /is everybody: write here, without @\./],
  ['tests: [{ name: a, event: push, expect: nobody }]', 'nobody', /Nobody is written \[\]/],
  [inRule('quiet: "22:00-07:00"'), '"22:00-07:00"', /write `quiet: \{ hours: "22:00-07:00", zone: Europe\/Berlin \}`/],
  [inRule('quiet: { from: "22:00", zone: UTC }'), 'from', /write both as `hours: "22:00-07:00"`/],
  ['rules: { on: push }', 'rules', /begin each rule with `- `/],
  // Conditions.
  [withIf('activity.actor == "mona"'), 'activity.actor == "mona"', /write activity\.actor\.login == "mona"\./],
  [
    withIf('activity.repo != "acme/api"'),
    'activity.repo != "acme/api"',
    /write activity\.repo\.fullName != "acme\/api"/,
  ],
  [withIf('activity.labels == "bug"'), 'activity.labels == "bug"', /write "bug" in activity\.labels/],
  [withIf('activity.labels.contains("bug")'), 'activity.labels.contains("bug")', /write "bug" in activity\.labels/],
  [withIf('activity.pullRequest == "12"'), 'activity.pullRequest == "12"', /write activity\.pullRequest == 12/],
  [withIf('activity.author != null'), 'activity.author != null', /write has\(activity\.author\)/],
  [withIf('activity.author == mona'), 'mona', /write "mona"/],
  [withIf('author == "mona"'), 'author', /write activity\.author/],
  [withIf('activity.title == "x"'), 'title', /write activity\.subject\.title/],
  [
    withIf('activity.excerpt.includes("x")'),
    'activity.excerpt.includes("x")',
    /write activity\.excerpt\.contains\("x"\)/,
  ],
  [withIf('activity.sender == "x"'), 'sender', /write activity\.actor\.login/],
  [withIf('activity.actor.name == "x"'), 'name', /activity\.actor has no "name"\. There is: login, url, isBot/],
  [withIf('activity.repo.full_name == "x"'), 'full_name', /Did you mean "fullName"/],
  [
    withIf('activity.labels in ["bug"]'),
    'activity.labels in ["bug"]',
    /write activity\.labels\.exists\(each, each in \["bug"\]\)/,
  ],
  [withIf('activity.author =~ "x"'), '=', /asked for with matches/],
  [withIf('activity.isDraft == yes'), 'yes', /write true for yes/],
  [withIf('len(activity.labels) > 1'), 'len(activity.labels)', /write size\(activity\.labels\)/],
  [withIf('(activity.isDraft'), 't', /it ends too early/],
  [withIf('activity.isDraft and activity.isFork'), 'and', /"and" is written &&/],
  [withIf('not activity.isDraft'), 'activity', /"not" is written !/],
  [withIf('size(activity.labels) > 1 OR true'), 'OR', /"OR" is written \|\|/],
  [withIf('activity.labels.length > 2'), 'length', /size\(activity\.labels\) > 2/],
];

for (const [yaml, marked, message] of SLIPS) {
  test(`${yaml.replaceAll(/\s+/g, ' ')} is answered with what to write`, async () => {
    const [where, said] = await answerTo(yaml);
    assert.match(said, message);
    assert.equal(where, marked);
  });
}

test('an action of an event that has no such filter may be one of tomorrow: it is noted', async () => {
  writeFileSync(join(cwd, 'tidings.yaml'), 'rules: [{ on: { issues: [stale, enchanted], star: [critical] } }]\n');
  const { notes } = await loadConfig({ catalog: CATALOG, env: {}, cwd, readOnly: true });
  assert.equal(notes.length, 3);
});

test('anchors and tags of YAML itself are left to YAML', async () => {
  writeFileSync(join(cwd, 'tidings.yaml'), 'rules: [{ name: !!str 5, on: &all push }, { on: *all }] # [*]\n');
  const { rules } = await loadConfig({ catalog: CATALOG, env: {}, cwd, readOnly: true });
  assert.deepEqual(
    rules.map(({ on }) => [...on.keys()]),
    [['push'], ['push']],
  );
});

test('what came out of a variable is repeated in no answer', async () => {
  writeFileSync(
    join(cwd, 'tidings.yaml'),
    'rules: [{ on: { push: { types: "${HIDDEN}" } }, to: "${ROOM}" }]\ntests: [{ name: a, event: "${SAMPLE}", expect: [] }]\n',
  );
  const env = { HIDDEN: 'release/secret', ROOM: '#secret', SAMPLE: 'secret.opened' };
  const loading = loadConfig({
    catalog: CATALOG,
    env,
    cwd,
    readOnly: true,
    purpose: 'test',
    checkSample: (name) => [{ at: ['event'], message: name }],
  });
  const error = await loading.then(
    () => assert.fail(),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ConfigError);
  assert.equal(error.problems.length, 2);
  assert.doesNotMatch(error.message, /secret/);
});
