import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { startEndpointDouble } from '../doubles/endpoint-double.ts';
import { startSlackDouble } from '../doubles/slack-double.ts';
import { configure, dataDir, drained, openInbox, records } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';
import { issueOpened } from '../support/payloads.ts';
import { startSenders } from '../support/senders.ts';
import { runServer, runTidings } from '../support/tidings-process.ts';

describe('stopping', { concurrency: true }, () => {
  test('SIGTERM during load: exit code 0, nothing acknowledged is lost, nothing is told twice', async (t) => {
    await using dir = await dataDir();
    await using endpoint = await startEndpointDouble();
    const destinations = { audit: { type: 'http', url: endpoint.url } };
    await configure(dir.path, { destinations, rules: [{ on: { issues: ['opened'] }, to: 'audit' }] });
    const server = await runServer('start', dir.path);
    const senders = startSenders(
      4,
      () => server.url,
      () => Promise.resolve(),
      (n) => issueOpened(n),
    );
    const underLoad = Promise.withResolvers<void>();
    senders.onAcknowledged = (count) => count === 150 && underLoad.resolve();
    await underLoad.promise;
    const began = performance.now();
    const ended = server.stop();
    const stopped = senders.stop();
    assert.equal(await ended, 0, server.output.stderr);
    const tookMs = performance.now() - began;
    await stopped;
    const toldBefore = endpoint.told.length;

    await using _again = await serverInProcess('start', dir.path);
    await using inbox = await openInbox(dir.path);
    await drained(inbox);
    const stored = new Map((await records(inbox)).map((event) => [event.guid, event]));
    const acknowledged = senders.sent.filter((each) => each.acknowledged !== null);
    t.diagnostic(
      `stopped in ${Math.round(tookMs)} ms with ${toldBefore} of ${stored.size} told; acknowledged ${acknowledged.length}`,
    );
    for (const { delivery } of acknowledged) assert.equal(stored.get(delivery.guid)?.state, 'routed');
    assert(acknowledged.length >= 150);
    assert.deepEqual(
      endpoint.told.map(({ eventId }) => eventId),
      [...stored.values()].map(({ id }) => id),
      'once, in order',
    );
  });

  test('SIGTERM while Slack does not answer: exit code 0, and only that message is told again', async (t) => {
    await using dir = await dataDir();
    await using slack = await startSlackDouble();
    slack.hangNext(new URL(slack.webhookUrl()).pathname);
    const env = { SLACK_WEBHOOK_URL: slack.webhookUrl() };
    const server = await runServer('start', dir.path, env);
    await deliver(server.url, issueOpened(1));
    await slack.waitFor(1);
    await deliver(server.url, issueOpened(2));
    const began = performance.now();
    assert.equal(await server.stop(), 0, server.output.stderr);
    const tookMs = performance.now() - began;
    t.diagnostic(`stopped in ${Math.round(tookMs)} ms (10 s are promised)`);

    await using _again = await serverInProcess('start', dir.path, env);
    await using inbox = await openInbox(dir.path);
    await drained(inbox);
    assert.deepEqual(
      slack.messages.map(({ text }) => /#\d/.exec(text)?.[0]),
      ['#1', '#1', '#2'],
    );
    const [first, second] = await records(inbox);
    assert.deepEqual(
      first?.notifications[0]?.attempts.map(({ outcome }) => outcome),
      ['unknown', 'sent'],
    );
    assert.deepEqual(
      second?.notifications[0]?.attempts.map(({ outcome }) => outcome),
      ['sent'],
    );
    assert.deepEqual(slack.violations, []);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`a second ${signal} leaves at once with 130, and nothing is lost`, async () => {
      await using dir = await dataDir();
      await using slack = await startSlackDouble();
      slack.hangNext(new URL(slack.webhookUrl()).pathname);
      const server = await runServer('start', dir.path, { SLACK_WEBHOOK_URL: slack.webhookUrl() });
      await deliver(server.url, issueOpened(1));
      await slack.waitFor(1);
      server.child.kill(signal);
      await server.printed(/Stopping/);
      // Within 300 ms it would be the same press of Ctrl-C, passed on by npm.
      await setTimeout(320);
      server.child.kill(signal);
      // It leaves without the answer that never comes.
      assert.equal(await server.ended, 130, server.output.stderr);
      await using inbox = await openInbox(dir.path);
      const [event] = await records(inbox);
      assert.equal(event?.notifications[0]?.state, 'queued');
    });
  }

  test('SIGTERM ends a start whose database does not answer', async (t) => {
    await using dir = await dataDir();
    const silent = createServer().listen(0, '127.0.0.1');
    t.after(() => silent.close());
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const asked = once(silent, 'connection');
    const url = `postgres://tidings:tidings@127.0.0.1:${port}/tidings`;
    await using starting = await runTidings(['start'], dir.path, { DATABASE_URL: url });
    await asked;
    assert.equal(await starting.stop(), 130);
  });

  test('of two that want one port the second says so, and has opened and made nothing', async () => {
    await using dir = await dataDir();
    await using other = await dataDir();
    await using server = await serverInProcess('receive', dir.path);
    for (const role of ['start', 'receive']) {
      const second = await inProcess([role], other.path, { PORT: String(server.port) });
      assert.equal(second.code, 1);
      assert.match(second.stderr, new RegExp(`[Pp]ort ${server.port} is (?:in use|taken) by another program`));
      assert.deepEqual(await readdir(other.path), []);
    }
  });

  test('a stopped receiver refuses new connections and a worker without work stops', async () => {
    await using dir = await dataDir();
    const server = await runServer('start', dir.path);
    assert.equal(await server.stop(), 0, server.output.stderr);
    await assert.rejects(deliver(server.url, issueOpened(1)), /ECONNREFUSED/);
    assert.match(server.output.stderr, /Stopping[^]*Stopped/);
  });
});
