import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { CATALOG } from '../../catalog.ts';
import { ConfigError } from '../config-error.ts';
import { loadConfig } from '../load-config.ts';
import type { Env } from '../read/process-env.ts';

const WEBHOOK = 'https://hooks.slack.com/services/T0/B0/verysecret';

function directory(t: TestContext): string {
  const cwd = mkdtempSync(join(tmpdir(), 'tidings-config-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  return cwd;
}

/** What is printed, without its heading. */
async function printed(cwd: string, env: Env): Promise<string> {
  let message = 'no problem';
  await assert.rejects(
    () => loadConfig({ catalog: CATALOG, env: { GITHUB_WEBHOOK_SECRET: 'known', ...env }, cwd }),
    (error) => {
      assert.ok(error instanceof ConfigError, String(error));
      message = error.message.replace(/^\d+ problems? in the configuration\n\n/, '');
      return true;
    },
  );
  return message;
}

async function printedFor(t: TestContext, yaml: string, env: Env = {}): Promise<string> {
  const cwd = directory(t);
  writeFileSync(join(cwd, 'tidings.yaml'), yaml);
  return printed(cwd, env);
}

test('everything wrong is told at once, in the order of the file, with line, caret and suggestion', async (t) => {
  const cwd = directory(t);
  writeFileSync(
    join(cwd, 'tidings.yaml'),
    `destinations:
  team: { type: slak }
  releases:
    type: slack
    webhook_url: "\${RELEASES_URL}"
    per_secnd: 2
rules:
  - name: reviews
    on:
      pull_request: { types: [open, merge], labels: { non: wip } }
      strar:
    repos: [api]
    ignore: [bot]
    to: taem
`,
  );
  let message = '';
  await assert.rejects(
    () => loadConfig({ catalog: CATALOG, env: { PORT: '80a', LOG_LEVEL: 'inof' }, cwd }),
    (error) => {
      message = String(error instanceof ConfigError && error.message);
      return true;
    },
  );
  assert.equal(
    message,
    `12 problems in the configuration

PORT: "80a" is not a port: give a number from 1 to 65535, or 0 for any free one.

LOG_LEVEL: "inof" is not a level. Did you mean "info"?

tidings.yaml:2:17: type cannot be "slak". Did you mean "slack"?
  2 |   team: { type: slak }
    |                 ^^^^

tidings.yaml:5:19: the environment variable RELEASES_URL is not set: write RELEASES_URL=… into .env, or set it in the environment.
  5 |     webhook_url: "\${RELEASES_URL}"
    |                   ^^^^^^^^^^^^^^^

tidings.yaml:6:5: per_secnd is not a key here. Did you mean "per_second"?
  6 |     per_secnd: [secret]
    |     ^^^^^^^^^

tidings.yaml:10:31: "open" is not an action of pull_request. Did you mean "opened"?
  10 |       pull_request: { types: [open, merge], labels: { non: wip } }
     |                               ^^^^

tidings.yaml:10:37: "merge" is not an action of pull_request. Did you mean "merged"?
  10 |       pull_request: { types: [open, merge], labels: { non: wip } }
     |                                     ^^^^^

tidings.yaml:10:55: non is not a key here. Did you mean "none"?
  10 |       pull_request: { types: [open, merge], labels: { non: wip } }
     |                                                       ^^^

tidings.yaml:11:7: "strar" is not a GitHub event. Did you mean "star"?
  11 |       strar:
     |       ^^^^^

tidings.yaml:12:13: repos is compared with "owner/name": write acme/api, acme/* or */api.
  12 |     repos: [api]
     |             ^^^

tidings.yaml:13:14: ignore cannot be "bot". Did you mean "bots"?
  13 |     ignore: [bot]
     |              ^^^

tidings.yaml:14:9: no destination is named "taem". Did you mean "team"?
  14 |     to: taem
     |         ^^^^`,
  );
});

test('a secret on the line of an error is masked, also behind a misspelt key, and the caret keeps its place', async (t) => {
  assert.equal(
    await printedFor(t, `destinations:\n  team: { type: slack, webhok_url: "${WEBHOOK}", per_second: -1 }\n`),
    `tidings.yaml:2:3: webhook_url is missing: give the address of a Slack incoming webhook, as in "\${SLACK_WEBHOOK_URL}".
  2 |   team: { type: slack, webhok_url: [secret], per_second: -1 }
    |   ^^^^

tidings.yaml:2:24: webhok_url is not a key here. Did you mean "webhook_url"?
  2 |   team: { type: slack, webhok_url: [secret], per_second: -1 }
    |                        ^^^^^^^^^^

tidings.yaml:2:101: per_second must be a number from 0 to 1000 messages a second; 0 means no pace.
  2 |   team: { type: slack, webhok_url: [secret], per_second: -1 }
    |                                                          ^^`,
  );
});

test('a value that came out of a variable is called by the name of the variable', async (t) => {
  assert.equal(
    await printedFor(t, 'rules:\n  - on: push\n    to: ${ROOM}\n', { ROOM: 'hidden' }),
    `tidings.yaml:3:9: no destination is named the value of \${ROOM}. Known: console.
  3 |     to: \${ROOM}
    |         ^^^^^^^`,
  );
});

test('two destinations with one webhook would break its pace', async (t) => {
  const yaml = `destinations:
  a: { type: slack, webhook_url: "\${HOOK}" }
  b: { type: slack, webhook_url: "\${HOOK}" }
`;
  assert.equal(
    await printedFor(t, yaml, { HOOK: WEBHOOK }),
    `tidings.yaml:3:34: b and a post to the same webhook: together they would go faster than Slack allows. Keep one and name it in both rules.
  3 |   b: { type: slack, webhook_url: "\${HOOK}" }
    |                                  ^^^^^^^^^`,
  );
});

test('two destinations with one bot in one channel would break its pace too; in two channels they are two', async (t) => {
  const yaml = (other: string) => `destinations:
  a: { type: slack, token: "\${TOKEN}", channel: "#releases" }
  b: { type: slack, token: "\${TOKEN}", channel: ${other} }
`;
  const env = { TOKEN: 'xoxb-verysecret' };
  assert.equal(
    await printedFor(t, yaml('releases'), env),
    `tidings.yaml:3:49: b and a post to the same channel: together they would go faster than Slack allows. Keep one and name it in both rules.
  3 |   b: { type: slack, token: "\${TOKEN}", channel: releases }
    |                                                 ^^^^^^^^`,
  );
  await assert.rejects(printedFor(t, yaml('incidents'), env), /Missing expected rejection/);
});

test('text that is no YAML is shown where it breaks, and a variable without quotes is recognised', async (t) => {
  assert.equal(
    await printedFor(t, 'destinations:\n  a: { type: slack, webhook_url: ${X} }\n', { X: WEBHOOK }),
    `tidings.yaml:2:35: this is not YAML: Unexpected flow-map-start at node end. Inside { } and [ ], a variable needs quotes: "\${NAME}".
  2 |   a: { type: slack, webhook_url: \${X} }
    |                                   ^`,
  );
  assert.equal(
    await printedFor(t, `destinations:\n  a:\n    webhook_url: "${WEBHOOK}\n`),
    `tidings.yaml:4:1: this is not YAML: Missing closing "quote.
  4 | 
    | ^`,
  );
});

const ONE_LINERS: readonly (readonly [yaml: string, message: string])[] = [
  ['rules:\n', 'rules is empty: fill it, or leave it out.'],
  ['rules: []\n', 'rules is empty: leave it out for the default rules, or fill it.'],
  ['destinations: {}\n', 'destinations is empty: leave it out for the default one, or fill it.'],
  ['5\n', 'the file must be a mapping of keys to values.'],
  ['rules: &a [*a]\n', 'this anchor contains itself.'],
  ['rules: [5]\n', 'rule 1 must be a mapping of keys to values.'],
  ['rules: [{ to: console }]\n', 'on is missing: say which events it is about, as in `on: { issues: [opened] }`.'],
  ['rules: [{ on: {}, to: console }]\n', 'on names no event: nothing would ever match.'],
  [
    'rules: [{ on: isues.opened, to: console }]\n',
    '"isues.opened" is not a GitHub event. Did you mean "issues.opened"?',
  ],
  [
    'rules: [{ on: { push: [created] }, to: console }]\n',
    '"created" is no action: push has none. Write `push:` alone, or `push: { branches: … }` for a branch.',
  ],
  ['rules: [{ on: { push: { types: [] } }, to: console }]\n', 'types is empty: name at least one, or leave it out.'],
  [
    'rules: [{ on: { push: { branches: [1.0] } }, to: console }]\n',
    'branches must be text; put a number or true and false in quotes.',
  ],
  [
    'rules: [{ on: push, to: console, repos: "https://github.com/acme/api" }]\n',
    'repos is compared with "owner/name": write acme/api, acme/* or */api.',
  ],
  ['port: 3000\n', 'port is not a key here: it is a setting of the environment: `PORT=3000`, in .env.'],
  ['rules: [{ on: push, to: console, stop: yes }]\n', 'stop must be true or false.'],
  [
    'rules: [{ on: push, to: console, name: "$${{}}", repos: "${" }]\n',
    '`${` begins a variable, as in `${NAME}`. Write `$${` for the characters themselves.',
  ],
  [
    'rules: [{ on: push, to: console, wheneverest: x }]\n',
    'wheneverest is not a key here. Known: name, on, sources, repos, ignore, if, settle, quiet, to, mention, thread, card, broadcast, template, after, stop.',
  ],
  [
    'rules: [{ on: push, to: console, name: a }, { on: star, to: console, name: a }]\n',
    '"a" is the name of an earlier rule: give each its own.',
  ],
  ['sources: { github: { secrets: [] } }\n', 'secrets is empty: name at least one, or leave it out.'],
  ['sources: { github: { secrets: "${COMMAS}" } }\n', 'the environment variable COMMAS holds no secret.'],
  [
    'sources: { "a b": {} }\n',
    '"a b" cannot be a name: use up to 64 letters, digits, - and _, a letter or digit first.',
  ],
  [
    'destinations: { expand: { type: console } }\n',
    '"expand" is the name of a lane that Tidings keeps for itself: call this destination something else.',
  ],
  [
    'sources: { github: { secrets: "${EMPTY}" } }\n',
    'the environment variable EMPTY is empty: write EMPTY=… into .env, or set it in the environment.',
  ],
  ['sources: { x: { provider: gihub } }\n', 'provider cannot be "gihub". Did you mean "github"?'],
  ['destinations: { a: }\n', 'a is empty: fill it, or leave it out.'],
  ['destinations: { a: {} }\n', `type is missing: say which kind it is: ${Object.keys(CATALOG.channels).join(', ')}.`],
  ['destinations: { a: { type: http } }\n', 'url is missing: give the address that the activity is posted to.'],
  [
    'destinations: { a: { type: http, url: "ftp://x" } }\n',
    'url must be an address that begins with https:// or http://, without a name and password in it.',
  ],
  [
    'destinations: { a: { type: http, url: "https://x", secret: whsec_c2hvcnQ= } }\n',
    'secret must be whsec_ and 24 to 64 bytes in base64. To make one: echo "whsec_$(openssl rand -base64 32)"',
  ],
  [
    'destinations: { a: { type: http, url: "https://x", concurrency: 1.5 } }\n',
    'concurrency must be a whole number from 1 to 64 requests at once.',
  ],
  [
    'destinations: { a: { type: slack, webhook_url: "https://x", channel: "#a" } }\n',
    'webhook_url and channel are two ways to Slack: keep webhook_url alone, or token and channel.',
  ],
  [
    'destinations: { a: { type: slack, token: xoxb-1 } }\n',
    'channel is missing: say where the bot posts, as in channel: "#releases"; or direct: true, for the people whom rules name; or answers, for what people ask.',
  ],
  [
    'destinations: { a: { type: slack, token: xoxb-1, answers: github } }\n',
    '"github" is a source of github: answers wants one of slack.',
  ],
  ['destinations: { a: { type: slack, token: xoxb-1, answers: chat } }\n', 'no source is named "chat". Known: github.'],
  [
    'destinations: { a: { type: slack, token: xoxb-1, answers: chat, channel: "#a" } }\nsources: { chat: { provider: slack, secrets: x } }\n',
    'answers goes with token alone: it posts nowhere, so that channel has no place beside it.',
  ],
  [
    'destinations: { a: { type: slack, webhook_url: "https://x", menu: true } }\n',
    'menu goes with token: nobody hears what is pressed on messages of a webhook.',
  ],
  [
    'destinations: { a: { type: slack, channel: "#a" } }\n',
    'token is missing: give the bot token, as in "${SLACK_BOT_TOKEN}".',
  ],
  [
    'destinations: { a: { type: slack, token: xapp-1, channel: "#a" } }\n',
    'token is an app-level token, which cannot post: copy the Bot User OAuth Token, which begins with xoxb- (https://api.slack.com/apps → the app → OAuth & Permissions).',
  ],
  [
    'destinations: { a: { type: slack, token: xoxb-1, channel: "#Two Words" } }\n',
    'channel must be the name of a channel, as in "#releases", or its id, as in C024BE91L.',
  ],
];

for (const [yaml, message] of ONE_LINERS) {
  test(`${yaml.trim()} is answered: ${message}`, async (t) => {
    const [first = '', ...more] = (await printedFor(t, yaml, { COMMAS: ' , ', EMPTY: '' })).split('\n\n');
    assert.equal(first.split('\n')[0]?.replace(/^tidings\.yaml:1:\d+: /, ''), message);
    assert.deepEqual(more, []);
  });
}

test('a named file that is not there is an error, a directory in its place too', async (t) => {
  const cwd = directory(t);
  const named = join(cwd, 'other.yaml');
  const missing = `TIDINGS_CONFIG: cannot be read: there is no such file (${named})`;
  assert.equal(await printed(cwd, { TIDINGS_CONFIG: 'other.yaml' }), missing);
  mkdirSync(join(cwd, 'tidings.yaml'));
  assert.equal(
    await printed(cwd, {}),
    `tidings.yaml: cannot be read: it is a directory (${join(cwd, 'tidings.yaml')})`,
  );
});

test('a file that is not UTF-8 is said to be so', async (t) => {
  const cwd = directory(t);
  writeFileSync(join(cwd, 'tidings.yaml'), Buffer.from([0x61, 0xff, 0xfe]));
  assert.match(await printed(cwd, {}), /^tidings\.yaml: cannot be read: it is not UTF-8 text/);
});

test('a file that would never end, or never begin, is refused', async (t) => {
  const cwd = directory(t);
  const named = (path: string) => printed(cwd, { TIDINGS_CONFIG: path });
  assert.match(await named('/dev/zero'), /cannot be read: it has more than 1 MB/);
  execFileSync('mkfifo', [join(cwd, 'pipe')]);
  assert.match(await named('pipe'), /cannot be read: it is a pipe/);
});

test('of very many problems, each in a line as long as the file, the first hundred are told', async (t) => {
  const begun = await printedFor(t, `rules: [{ on: issues, to: t, name: "${'${A'.repeat(10_000)}" }]`);
  assert.equal(begun.match(/begins a variable/g)?.length, 100);
  const slips = await printedFor(t, `rules:\n${'  - { onn: issues }\n'.repeat(1_000)}`);
  assert.equal(slips.match(/^tidings\.yaml:\d+/gm)?.length, 100);
});
