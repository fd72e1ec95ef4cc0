import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HOME, MONA, SCOPES } from '../doubles/slack/asking.ts';
import type { Delivery } from '../doubles/slack/deliveries.ts';
import { type SlackApiDouble, startSlackApi } from '../doubles/slack-api.ts';
import { configure, dataDir, openInbox } from '../support/data-dir.ts';
import { beginInProcess } from '../support/in-process.ts';
import { FULL } from '../support/long-form.ts';
import { type RunningTidings, runTidings, type TidingsProcess } from '../support/tidings-process.ts';

const OPTIONS = { channels: [{ id: HOME, name: 'releases' }], users: [MONA], scopes: SCOPES, intervalMs: 0 } as const;

function envOf({ appToken, url }: SlackApiDouble) {
  return { SLACK_APP_TOKEN: appToken, SLACK_API_URL: url, LOG_LEVEL: 'info' };
}

async function configureWorkspace(path: string): Promise<void> {
  const rules = [{ name: 'all', on: 'message', to: 'console' }];
  await configure(path, {
    sources: { workspace: { provider: 'slack' } },
    rules,
    destinations: { console: { type: 'console' } },
  });
}

function say({ people }: SlackApiDouble, count: number): readonly Delivery[] {
  return Array.from({ length: count }, (_, n) => {
    const [told] = people.say({ channel: HOME, user: MONA.id, text: `message ${n}` }).deliveries;
    assert.ok(told);
    return told;
  });
}

/** The ids of the events that are stored, as often as they are. */
async function stored(path: string): Promise<readonly string[]> {
  await using inbox = await openInbox(path);
  const events = await inbox.list({ limit: 1_000 });
  return events.map(({ deliveryId }) => deliveryId).toSorted();
}

const idsOf = (told: readonly Delivery[]) => told.map(({ eventId }) => eventId ?? '').toSorted();
const allAcked = (told: readonly Delivery[]) => told.every(({ attempts }) => attempts.at(-1)?.kind === 'acked');

/** Whether all is acked. What waits to be tried again is tried now. */
function hurried({ deliveries }: SlackApiDouble, told: readonly Delivery[]): boolean {
  deliveries.hurry();
  return allAcked(told);
}

async function worker(path: string, slack: SlackApiDouble): Promise<TidingsProcess> {
  return runTidings(['work'], path, envOf(slack));
}

describe('a source that listens, in several processes', { concurrency: true }, () => {
  test('without a public URL and a signing secret events come in; a request over HTTP is refused, with the reason', async () => {
    await using dir = await dataDir();
    await using slack = await startSlackApi(OPTIONS);
    await configureWorkspace(dir.path);
    await using server = await beginInProcess(['start'], dir.path, envOf(slack));
    await slack.until(() => slack.sockets.open().length === 1);
    const told = say(slack, 3);
    await slack.until(() => allAcked(told));
    await server.printed(/message 2/);
    const url = `${server.url}/webhooks/workspace`;
    const { status } = await fetch(url, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    assert.equal(status, 401);
    await server.printed(/no signing secret is configured/);
    await server.stop();
    assert.deepEqual(await stored(dir.path), idsOf(told));
    assert.equal(slack.sockets.open().length, 0);
    assert.doesNotMatch(JSON.stringify(server.output), /xapp-|ticket-/);
  });

  test('of two workers one is connected; it is killed, and the other is: all that was told is stored once', async () => {
    await using dir = await dataDir();
    await using slack = await startSlackApi(OPTIONS);
    await configureWorkspace(dir.path);
    const holder = await worker(dir.path, slack);
    await slack.until(() => slack.sockets.open().length === 1);
    await using _heir: RunningTidings = await worker(dir.path, slack);
    const before = say(slack, 50);
    // Some are on their way when it dies.
    await slack.until(() => before.filter(({ attempts }) => attempts.length > 0).length >= 5);
    await holder.kill();
    const between = say(slack, 20);
    await slack.until(() => slack.sockets.connections.length === 2 && slack.sockets.open().length === 1);
    const told = [...before, ...between, ...say(slack, 20)];
    await slack.until(() => hurried(slack, told));
    assert.deepEqual(await stored(dir.path), idsOf(told));
  });

  // That a frozen worker is fenced off is asked of all lanes in roles.test.ts.
  test('of a holder that is frozen another takes over; what both get is stored once', { skip: !FULL }, async () => {
    await using dir = await dataDir();
    await using slack = await startSlackApi(OPTIONS);
    await configureWorkspace(dir.path);
    await using holder = await worker(dir.path, slack);
    await slack.until(() => slack.sockets.open().length === 1);
    await using _heir = await worker(dir.path, slack);
    holder.child.kill('SIGSTOP');
    await slack.until(() => slack.sockets.open().length === 2);
    const told = say(slack, 20);
    await slack.until(() => told.filter(({ attempts }) => attempts.at(-1)?.kind === 'acked').length >= 10);
    holder.child.kill('SIGCONT');
    // It has lost the lane, and leaves.
    await slack.until(() => slack.sockets.open().length === 1);
    await slack.until(() => hurried(slack, told));
    assert.deepEqual(await stored(dir.path), idsOf(told));
  });
});
