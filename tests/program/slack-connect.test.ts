import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type ApiChannel, BOT_TOKEN, startSlackApi } from '../doubles/slack-api.ts';
import { startSlackDouble } from '../doubles/slack-double.ts';
import { configure, dataDir } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';
import { issueOpened } from '../support/payloads.ts';
import { runCommand } from '../support/run-command.ts';
import { runInTerminal } from '../support/terminal.ts';
import { freePort } from '../support/tidings-process.ts';

const CONNECT = ['connect', 'slack'] as const;
const WEBHOOK_PATH = '/services/T0000/B0000/aVerySecretPath';

const envFile = (dir: string) => readFile(join(dir, '.env'), 'utf8');
const nothingWritten = (dir: string) => assert.rejects(stat(join(dir, '.env')), /ENOENT/);

describe('at a terminal', () => {
  test('a webhook is pasted unseen, says hello, and is kept where only its owner reads', async () => {
    await using dir = await dataDir();
    await using slack = await startSlackDouble();
    await using session = runInTerminal(CONNECT, dir.path);
    await session.shows(/Incoming webhook: one channel, posts only[^]*Bot token: any channel/);
    await session.choose(/How shall Tidings reach Slack\?/, 'enter');
    await session.answer(/Webhook URL \(it does not show\)/, 'https://app.slack.com/client/T1/C1');
    await session.shows(/This is a page of Slack's, not a webhook/);
    await session.answer(/not a webhook/, slack.webhookUrl(WEBHOOK_PATH));
    assert.equal(await session.ended, 0, session.text);
    assert.equal(slack.messages.length, 1);
    assert.match(slack.messages[0]?.text ?? '', /Tidings is connected/);
    assert.deepEqual(slack.violations, []);
    assert.equal(await envFile(dir.path), `SLACK_WEBHOOK_URL=${slack.webhookUrl(WEBHOOK_PATH)}\n`);
    assert.equal((await stat(join(dir.path, '.env'))).mode & 0o777, 0o600);
    assert.match(session.text, /Posts one hello to .*then keeps SLACK_WEBHOOK_URL in \.\/\.env \(mode 0600\)/);
    assert.match(
      session.text,
      /Next:\s+npx tidings start +if it does not run yet; if it does, it picks the change up by itself/,
    );
    assert.ok(!session.raw.includes('aVerySecretPath'));
  });

  test('a bot token is pasted after a link with everything filled in, and a channel chosen from those it sees', async () => {
    await using dir = await dataDir();
    const channels = [
      { id: 'C0000002', name: 'releases' },
      { id: 'C0000001', name: 'general', isMember: false },
      { id: 'C0000003', name: 'old', isArchived: true },
      { id: 'C0000004', name: 'secret', isPrivate: true, isMember: false },
    ];
    await using slack = await startSlackApi({ channels, pageSize: 1 });
    await using session = runInTerminal(CONNECT, dir.path, { SLACK_API_URL: slack.url });
    await session.choose(/How shall Tidings reach Slack\?/, 'down', 'enter');
    await session.shows(/https:\/\/api\.slack\.com\/apps\?new_app=1&manifest_json=/);
    await session.answer(/Bot User OAuth Token \(it does not show\)/, BOT_TOKEN);
    await session.shows(/Workspace Acme, bot tidings\.[^]*Which channel\?[^]*#general[^]*#releases/);
    assert.doesNotMatch(session.text, /#old|#secret/);
    await session.choose(/#releases/, 'down', 'enter');
    assert.equal(await session.ended, 0, session.text);
    assert.deepEqual(
      slack.messages.map(({ channel }) => channel),
      ['C0000002'],
    );
    assert.deepEqual(slack.violations, []);
    assert.equal(await envFile(dir.path), `SLACK_BOT_TOKEN=${BOT_TOKEN}\nSLACK_CHANNEL=C0000002\n`);
    assert.ok(!session.raw.includes('aVerySecretToken'));
  });

  test('the link asks for no more than posting and listing channels', async () => {
    await using dir = await dataDir();
    await using session = runInTerminal([...CONNECT, '--bot'], dir.path);
    await session.shows(/Bot User OAuth Token \(it does not show\)/);
    const link = /https:\/\/api\.slack\.com\/apps\?\S+(?:\n\S+)*/.exec(session.text)?.[0].replaceAll('\n', '') ?? '';
    const manifest = JSON.parse(new URL(link).searchParams.get('manifest_json') ?? '');
    assert.deepEqual(manifest.oauth_config, {
      scopes: { bot: ['chat:write', 'chat:write.public', 'channels:read', 'groups:read'] },
    });
    assert.equal(typeof manifest.features.bot_user.display_name, 'string');
  });

  test('among many channels one is found by typing', async () => {
    await using dir = await dataDir();
    const channels: ApiChannel[] = Array.from({ length: 450 }, (_, n) => ({
      id: `C${String(n).padStart(7, '0')}`,
      name: `team-${n}`,
    }));
    await using slack = await startSlackApi({ channels });
    await using session = runInTerminal([...CONNECT, '--bot', '--no-hello'], dir.path, { SLACK_API_URL: slack.url });
    await session.answer(/OAuth Token \(it/, BOT_TOKEN);
    await session.shows(/Which channel\?/);
    session.type('team-444');
    await session.choose(/1 match/, 'enter');
    assert.equal(await session.ended, 0, session.text);
    assert.deepEqual(slack.messages, []);
    assert.match(await envFile(dir.path), /SLACK_CHANNEL=C0000444\n/);
  });

  test('Ctrl-C at any question ends with 130, and nothing is posted or written', async () => {
    await using slack = await startSlackApi();
    for (const question of [/How shall Tidings/, /OAuth Token \(it/, /Which channel\?/]) {
      await using dir = await dataDir();
      await using session = runInTerminal(CONNECT, dir.path, { SLACK_API_URL: slack.url });
      const answers = [
        () => session.choose(/How shall Tidings/, 'down', 'enter'),
        () => session.answer(/OAuth Token \(it/, BOT_TOKEN),
      ];
      for (const answer of answers) {
        await session.shows(/How shall Tidings|OAuth Token \(it|Which channel\?/);
        if (question.test(session.text)) break;
        await answer();
      }
      await session.shows(question);
      session.press('ctrl-c');
      assert.equal(await session.ended, 130);
      await nothingWritten(dir.path);
    }
    assert.deepEqual(slack.messages, []);
  });

  test('another webhook in .env is replaced only after a yes', async () => {
    await using dir = await dataDir();
    await using slack = await startSlackDouble();
    const before = 'PORT=3000\nSLACK_WEBHOOK_URL=https://hooks.slack.com/services/T1/B1/anOlderSecret\n';
    await writeFile(join(dir.path, '.env'), before);
    for (const [keys, after] of [
      [['enter'], before],
      [['left', 'enter'], `PORT=3000\nSLACK_WEBHOOK_URL=${slack.webhookUrl(WEBHOOK_PATH)}\n`],
    ] as const) {
      await using session = runInTerminal([...CONNECT, '--webhook'], dir.path);
      await session.choose(/SLACK_WEBHOOK_URL is set already\. Connect with it\?/, 'right', 'enter');
      await session.answer(/Webhook URL \(it/, slack.webhookUrl(WEBHOOK_PATH));
      await session.choose(/\.env has another SLACK_WEBHOOK_URL\. Replace it\?/, ...keys);
      assert.equal(await session.ended, 0, session.text);
      assert.equal(await envFile(dir.path), after);
      assert.doesNotMatch(session.raw, /anOlderSecret|aVerySecretPath/);
    }
    assert.equal(slack.messages.length, 1);
  });
});

test('Ctrl-C while Slack does not answer ends with 130, and nothing is written', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackDouble();
  slack.hangNext(WEBHOOK_PATH);
  await using session = runInTerminal([...CONNECT, '--webhook'], dir.path);
  await session.answer(/Webhook URL \(it/, slack.webhookUrl(WEBHOOK_PATH));
  await slack.waitFor(1);
  session.press('ctrl-c');
  assert.equal(await session.ended, 130, session.text);
  assert.match(session.text, /Interrupted/);
  await nothingWritten(dir.path);
});

describe('without a terminal', () => {
  test('what is piped in is taken for what it is', async () => {
    await using dir = await dataDir();
    await using slack = await startSlackDouble();
    await using api = await startSlackApi();
    const webhook = await runCommand(CONNECT, dir.path, {}, `${slack.webhookUrl(WEBHOOK_PATH)}\n`);
    assert.deepEqual([webhook.code, webhook.stdout], [0, ''], webhook.stderr);
    const bot = await inProcess(
      [...CONNECT, '--channel', '#releases'],
      dir.path,
      { SLACK_API_URL: api.url },
      BOT_TOKEN,
    );
    assert.equal(bot.code, 0, bot.stderr);
    assert.match(bot.stderr, /SLACK_WEBHOOK_URL is set too, and is not used: the bot comes before it/);
    assert.deepEqual([slack.messages.length, api.messages.length], [1, 1]);
    assert.match(await envFile(dir.path), /^SLACK_WEBHOOK_URL=.*\nSLACK_BOT_TOKEN=.*\nSLACK_CHANNEL=C0000001\n$/);
    assert.doesNotMatch(webhook.stderr + bot.stderr, /aVerySecret/);
    const back = await inProcess([...CONNECT, '--webhook', '--no-hello'], dir.path, {});
    assert.match(back.stderr, /Warning: SLACK_BOT_TOKEN and SLACK_CHANNEL are set too, and come before the webhook/);
    assert.deepEqual([back.code, slack.messages.length, slack.probes.length], [0, 1, 1]);
  });

  test('variables that are set already are enough; what the environment says otherwise is pointed out', async () => {
    await using dir = await dataDir();
    await using slack = await startSlackDouble();
    const set = await inProcess(CONNECT, dir.path, { SLACK_WEBHOOK_URL: slack.webhookUrl(WEBHOOK_PATH) });
    assert.deepEqual([set.code, slack.messages.length], [0, 1], set.stderr);
    const other = slack.webhookUrl('/services/T0000/B0000/another');
    const piped = await inProcess(
      [...CONNECT, '--replace'],
      dir.path,
      { SLACK_WEBHOOK_URL: slack.webhookUrl(WEBHOOK_PATH) },
      other,
    );
    assert.equal(piped.code, 0);
    assert.match(piped.stderr, /Warning: SLACK_WEBHOOK_URL is set otherwise in this environment/);
    assert.equal(await envFile(dir.path), `SLACK_WEBHOOK_URL=${other}\n`);
  });

  test('--dry-run posts and writes nothing and says what it would do', async () => {
    await using dir = await dataDir();
    await using api = await startSlackApi();
    const args = [...CONNECT, '--channel', 'releases', '--dry-run'];
    const { code, stderr } = await inProcess(args, dir.path, { SLACK_API_URL: api.url }, BOT_TOKEN);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /Posts one hello to #releases in Acme, then keeps SLACK_BOT_TOKEN and SLACK_CHANNEL in/);
    assert.deepEqual(api.messages, []);
    await nothingWritten(dir.path);
  });

  test('with nothing at all, or another value in .env, it says what to add', async () => {
    await using dir = await dataDir();
    const nothing = await inProcess(CONNECT, dir.path);
    assert.equal(nothing.code, 2);
    assert.match(nothing.stderr, /nothing to connect with\. Pipe it in \(--webhook, or --bot/);
    await using api = await startSlackApi();
    const bot = await inProcess([...CONNECT, '--bot'], dir.path, { SLACK_API_URL: api.url }, BOT_TOKEN);
    assert.deepEqual([bot.code, /Add --channel "#releases", or set SLACK_CHANNEL/.test(bot.stderr)], [2, true]);
    await nothingWritten(dir.path);
    await writeFile(join(dir.path, '.env'), 'SLACK_WEBHOOK_URL=http://127.0.0.1:1/old\n');
    const other = await inProcess(CONNECT, dir.path, {}, 'http://127.0.0.1:1/new');
    assert.deepEqual([other.code, /add --replace/.test(other.stderr)], [2, true]);
  });

  test('where tidings.yaml has its own destinations, the lines to add are said, also when it cannot be used yet', async () => {
    await using dir = await dataDir();
    await using slack = await startSlackDouble({ enforceRate: false });
    await configure(dir.path, {
      destinations: { slack: { type: 'console' } },
      rules: [{ on: 'push', to: 'slack', if_: 'a mistake' }],
    });
    const run = () => inProcess([...CONNECT, '--webhook', '--replace'], dir.path, {}, slack.webhookUrl(WEBHOOK_PATH));
    const first = await run();
    assert.equal(first.code, 0, first.stderr);
    assert.match(
      first.stderr,
      /own destinations[^]*\n {4}slack-2: \{ type: slack, webhook_url: "\$\{SLACK_WEBHOOK_URL\}" \}/,
    );
    await configure(dir.path, { destinations: { team: { type: 'slack', webhook_url: '${SLACK_WEBHOOK_URL}' } } });
    assert.doesNotMatch((await run()).stderr, /own destinations/);
  });
});

const WRONG_PASTES: readonly (readonly [way: string, text: string, says: RegExp])[] = [
  ['--bot', 'xapp-1-A1-hidden', /app-level token, which cannot post: copy the Bot User OAuth Token/],
  ['--bot', 'xoxp-1-hidden', /user token, which would post in a person's name/],
  ['--bot', 'https://hooks.slack.com/services/hidden', /is an address, not a token/],
  ['--webhook', 'xoxb-1-hidden', /is a token, not a webhook: connect with a bot token/],
  ['--webhook', 'https://acme.slack.com/archives/hidden', /is a page of Slack's, not a webhook/],
  ['--webhook', 'https://hooks.slack.com/services/T1/hidden', /is not whole/],
  ['--webhook', 'https://hooks.slack.com/triggers/T1/1/hidden', /starts a workflow/],
  ['--webhook', 'hidden', /is not the address of a webhook/],
];

for (const [way, text, says] of WRONG_PASTES) {
  test(`${way} with ${text.slice(0, 34)} is answered ${says.source}`, async () => {
    await using dir = await dataDir();
    const { code, stderr } = await inProcess([...CONNECT, way], dir.path, {}, text);
    assert.equal(code, 2);
    assert.match(stderr, says);
    assert.doesNotMatch(stderr, /hidden/);
    await nothingWritten(dir.path);
  });
}

const DEAD_WEBHOOKS: readonly (readonly [status: number, body: string, code: number, says: RegExp])[] = [
  [404, 'no_service', 1, /the webhook was removed.*create a new one/],
  [403, 'invalid_token', 1, /wrong or was revoked.*copy it again/],
  [410, 'channel_is_archived', 1, /the channel is archived.*unarchive it/],
  [403, 'action_prohibited', 1, /administrator does not allow posting/],
  [429, 'rate_limited', 4, /slow down/],
];

for (const [status, body, code, says] of DEAD_WEBHOOKS) {
  test(`a webhook that answers ${status} ${body} is not kept, with a hello and without`, async () => {
    await using dir = await dataDir();
    await using slack = await startSlackDouble();
    slack.failNext(WEBHOOK_PATH, 2, { status, body });
    for (const hello of [[], ['--no-hello']]) {
      const ended = await inProcess([...CONNECT, ...hello], dir.path, {}, slack.webhookUrl(WEBHOOK_PATH));
      assert.equal(ended.code, code);
      assert.match(ended.stderr, says);
      assert.doesNotMatch(ended.stderr, /aVerySecretPath/);
    }
    await nothingWritten(dir.path);
  });
}

const DEAD_BOTS: readonly (readonly [method: string, error: string, code: number, says: RegExp])[] = [
  ['auth.test', 'invalid_auth', 1, /does not know this token \(invalid_auth\)/],
  ['auth.test', 'token_revoked', 1, /the token was revoked/],
  ['auth.test', 'account_inactive', 1, /the app was removed from the workspace/],
  ['conversations.list', 'ratelimited', 4, /slow down/],
  ['chat.postMessage', 'restricted_action', 1, /restricts who may post to #releases/],
  ['chat.postMessage', 'internal_error', 4, /Slack has a problem/],
];

for (const [method, error, code, says] of DEAD_BOTS) {
  test(`a bot whose ${method} answers ${error} is not kept`, async () => {
    await using dir = await dataDir();
    await using slack = await startSlackApi();
    slack.failNext(method, { error });
    const args = [...CONNECT, '--channel', '#releases'];
    const ended = await inProcess(args, dir.path, { SLACK_API_URL: slack.url }, BOT_TOKEN);
    assert.equal(ended.code, code, ended.stderr);
    assert.match(ended.stderr, says);
    assert.doesNotMatch(ended.stderr, /aVerySecret/);
    await nothingWritten(dir.path);
  });
}

const NO_CHANNELS: readonly (readonly [channel: ApiChannel, scopes: string, code: number, says: RegExp])[] = [
  [
    { id: 'C0000009', name: 'releases', isArchived: true },
    'chat:write channels:read groups:read',
    1,
    /#releases is archived/,
  ],
  [
    { id: 'C0000009', name: 'releases', isMember: false },
    'chat:write channels:read groups:read',
    1,
    /bot is not in #releases .*type \/invite @tidings there/,
  ],
  [
    { id: 'C0000009', name: 'releases', isPrivate: true, isMember: false },
    'chat:write channels:read groups:read',
    3,
    /no channel #releases/,
  ],
  [
    { id: 'C0000009', name: 'releases' },
    'channels:read groups:read',
    1,
    /lacks the scope chat:write .*it has channels:read/,
  ],
  [{ id: 'C0000009', name: 'releases' }, 'chat:write channels:read', 1, /lacks the scope groups:read/],
  [{ id: 'C0000009', name: 'releases', isMember: false }, 'chat:write', 1, /bot is not in #releases/],
];

for (const [channel, scopes, code, says] of NO_CHANNELS) {
  test(`${JSON.stringify(channel)} with ${scopes} is answered ${says.source}`, async () => {
    await using dir = await dataDir();
    await using slack = await startSlackApi({ channels: [channel], scopes: scopes.split(' ') });
    const args = [...CONNECT, '--channel', 'releases'];
    const ended = await inProcess(args, dir.path, { SLACK_API_URL: slack.url }, BOT_TOKEN);
    assert.equal(ended.code, code, ended.stderr);
    assert.match(ended.stderr, says);
    assert.deepEqual(slack.messages, []);
    await nothingWritten(dir.path);
  });
}

test('a Slack that cannot be reached ends with 4, both ways', async () => {
  await using dir = await dataDir();
  const nowhere = `http://127.0.0.1:${await freePort()}`;
  const webhook = await inProcess(CONNECT, dir.path, {}, `${nowhere}/services/x`);
  const bot = await inProcess([...CONNECT, '--channel', '#x'], dir.path, { SLACK_API_URL: nowhere }, BOT_TOKEN);
  assert.deepEqual([webhook.code, bot.code], [4, 4]);
  assert.match(
    webhook.stderr + bot.stderr,
    /webhook cannot be reached: ECONNREFUSED[^]*Slack cannot be reached: ECONNREFUSED/,
  );
  await nothingWritten(dir.path);
});

test('connected while it runs, a bot tells the next event once, in its channel, and doctor finds nothing to mend', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackApi();
  const env = { SLACK_API_URL: slack.url, LOG_LEVEL: 'info' };
  await using server = await serverInProcess('start', dir.path, env);
  const connected = await inProcess([...CONNECT, '--channel', '#releases', '--no-hello'], dir.path, env, BOT_TOKEN);
  assert.equal(connected.code, 0, connected.stderr);
  await server.printed(/in force: 1 rule, told to slack/);
  assert.equal((await deliver(server.url, issueOpened(7))).status, 200);
  await slack.waitFor(1);
  assert.deepEqual([slack.messages[0]?.channel, /#7/.test(slack.messages[0]?.text ?? '')], ['C0000001', true]);
  const doctor = await inProcess(['doctor'], dir.path, { ...env, PORT: String(server.port) });
  assert.equal(doctor.code, 0, doctor.stdout);
  assert.match(doctor.stdout, /ok +channel of slack +tidings in Acme may post to #releases; nothing was posted/);
  assert.equal(await server.stop(), 0);
  assert.equal(slack.messages.length, 1);
  assert.deepEqual(slack.violations, []);
  assert.doesNotMatch(server.output.stdout + server.output.stderr + doctor.stdout, /aVerySecret/);
});
