import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOME, MONA, SCOPES, USERS } from '../doubles/slack/asking.ts';
import type { Delivery } from '../doubles/slack/deliveries.ts';
import { bodyOf, signed } from '../doubles/slack/http-events.ts';
import { startSlackApi } from '../doubles/slack-api.ts';
import { configure, dataDir, drained, openInbox } from '../support/data-dir.ts';
import { deliver, delivery, type Delivery as Webhook } from '../support/github.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';
import { issueOpened } from '../support/payloads.ts';
import { textsIn } from '../support/slack-answering.ts';

const SIGNING_SECRET = 'aSigningSecretOfTests';
const user = MONA.id;

/** By HTTP, as Slack does it. */
async function post(url: string, delivery: Delivery | null, secret = SIGNING_SECRET): Promise<number> {
  assert(delivery);
  const { body, type } = bodyOf(delivery.told);
  const headers = { 'content-type': type, ...signed(secret, body, Date.now()) };
  const response = await fetch(`${url}/webhooks/workspace`, { method: 'POST', body, headers });
  await response.text();
  return response.status;
}

/** Of the issue that was opened. */
function closed(n: number, again = ''): Webhook {
  const { issue, repository, sender } = JSON.parse(String(issueOpened(n).body));
  return delivery('issues', { action: 'closed', issue: { ...issue, title: issue.title + again }, repository, sender });
}

/** `source`: how the app is heard. */
function configured(path: string, token: string, source: object): Promise<void> {
  const bot = { type: 'slack', token, per_second: 0 };
  return configure(path, {
    sources: { github: null, workspace: { provider: 'slack', ...source } },
    destinations: {
      team: { ...bot, channel: '#releases', menu: true },
      answers: { ...bot, answers: 'workspace' },
    },
    people: { mona: user },
    rules: [
      {
        on: { issues: {}, slash_command: {}, block_actions: {}, app_mention: {} },
        to: 'team',
      },
    ],
  });
}

test('what is asked is stored, then answered once: also twice delivered, and over a restart; no rule tells it', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackApi({ intervalMs: 0, users: USERS, scopes: SCOPES });
  await configured(dir.path, slack.token, { secrets: [SIGNING_SECRET] });
  const env = { SLACK_API_URL: slack.url };
  await using inbox = await openInbox(dir.path);
  const seen = () => slack.workspace.ephemerals.map(({ blocks }) => textsIn(blocks).join('\n'));
  {
    await using server = await serverInProcess('start', dir.path, env);
    await deliver(server.url, issueOpened(12));
    const [told] = await slack.waitFor(1);
    const press = { channel: HOME, user, ts: told?.ts ?? '', actionId: 'tidings_menu' };
    const why = slack.people.press({ ...press, option: 'Why did I get this?' });
    assert.deepEqual([await post(server.url, why), await post(server.url, why)], [200, 200]);
    await drained(inbox);
    assert.equal(seen().length, 1);
    assert.match(seen()[0] ?? '', /Why you got this.*#12.*matched → team/s);

    const forged = slack.people.press({ ...press, option: 'Mute this thread' });
    assert.equal(await post(server.url, forged, 'guessed'), 401);
    assert.equal(await post(server.url, slack.people.press({ ...press, option: 'Mute this for me' })), 200);
    await drained(inbox);
    assert.match(seen()[1] ?? '', /Muted .*won’t write to you/);
  }
  {
    await using receiver = await serverInProcess('receive', dir.path, env);
    const command = slack.people.command({ channel: HOME, user, text: 'list', command: '/news' });
    assert.equal(await post(receiver.url, command), 200);
  }
  {
    await using server = await serverInProcess('start', dir.path, env);
    await drained(inbox);
    assert.equal(seen().length, 3);
    assert.match(seen()[2] ?? '', /Muted here, and for you:\* 1.*for you/s);
    assert.equal(await post(server.url, slack.people.openHome(user)), 200);
    await drained(inbox);
    assert.match(textsIn(slack.workspace.views.get(user)?.view).join('\n'), /Nothing waits on mona\.\n/);
  }
  const { stdout } = await inProcess(['explain', '4'], dir.path, env);
  assert.match(stdout, /it is asked of answers: no rule tells it[^]*answers: sent/);
  const people = await inProcess(['people'], dir.path, env);
  assert.doesNotMatch(people.stdout, /workspace/, 'whoever asks the bot is no login');
  assert.equal(slack.messages.length, 1);
  assert.deepEqual(slack.violations, []);
});

test('over Socket Mode a thread is muted by a click that comes twice, told again by Undo, and a mention is answered', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackApi({ intervalMs: 0, users: USERS, scopes: SCOPES });
  await configured(dir.path, slack.token, { app_token: slack.appToken });
  await using inbox = await openInbox(dir.path);
  await using server = await serverInProcess('start', dir.path, { SLACK_API_URL: slack.url });
  await slack.until(() => slack.sockets.open().length > 0);
  slack.sockets.copies = 2;
  const alone = slack.workspace.ephemerals;
  const done = async (delivery: Delivery | null | undefined) => {
    assert.equal(await delivery?.settled, 'acked');
    await drained(inbox);
  };

  await deliver(server.url, issueOpened(12));
  const [told] = await slack.waitFor(1);
  const press = { channel: HOME, user, ts: told?.ts ?? '', actionId: 'tidings_menu' };
  await done(slack.people.press({ ...press, option: 'Mute this thread' }));
  assert.equal(alone.length, 1);
  await deliver(server.url, closed(12));
  await drained(inbox);
  assert.equal(slack.messages.length, 1, 'muted');

  await done(slack.people.press({ channel: HOME, user, ts: alone[0]?.ts ?? '', actionId: 'tidings_unmute_here' }));
  await deliver(server.url, closed(12, 'again'));
  await slack.waitFor(2);
  const said = slack.people.say({ channel: HOME, user, text: '<@U0000001> status', threadTs: told?.ts ?? '' });
  await done(said.deliveries.find(({ told: { payload } }) => JSON.stringify(payload).includes('"app_mention"')));
  assert.deepEqual([alone.length, alone[1]?.threadTs], [2, told?.ts]);
  assert.match(textsIn(alone[1]?.blocks).join(), /Tidings .*Nothing waits/s);
  const { stdout } = await inProcess(['audit'], dir.path, { SLACK_API_URL: slack.url });
  assert.match(stdout, /mona \(Slack U0000002\)[^]*mute/);
  assert.deepEqual(slack.violations, []);
});
