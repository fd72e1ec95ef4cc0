import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOME, MONA, SCOPES, USERS } from '../doubles/slack/asking.ts';
import type { Delivery } from '../doubles/slack/deliveries.ts';
import { bodyOf, signed } from '../doubles/slack/http-events.ts';
import { startSlackApi } from '../doubles/slack-api.ts';
import { configure, dataDir, drained, openInbox } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
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

test('what is asked is stored, then answered once: also twice delivered, and over a restart; no rule tells it', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackApi({ intervalMs: 0, users: USERS, scopes: SCOPES });
  const bot = { type: 'slack', token: slack.token, per_second: 0 };
  await configure(dir.path, {
    sources: { github: null, workspace: { provider: 'slack', secrets: [SIGNING_SECRET] } },
    destinations: {
      team: { ...bot, channel: '#releases', menu: true },
      answers: { ...bot, answers: 'workspace' },
    },
    people: { mona: user },
    rules: [{ on: { issues: ['opened'], slash_command: {}, block_actions: {}, app_mention: {} }, to: 'team' }],
  });
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
  assert.equal(slack.messages.length, 1);
  assert.deepEqual(slack.violations, []);
});
