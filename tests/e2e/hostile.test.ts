import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { startSlackDouble } from '../doubles/slack-double.ts';
import { dataDir, drained, openInbox, records } from '../support/data-dir.ts';
import { type Delivery, deliver, headersOf } from '../support/github.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';
import { FULL, tried } from '../support/long-form.ts';
import { issueOpened } from '../support/payloads.ts';
import { runServer, SECRET } from '../support/tidings-process.ts';

const MIB = 1024 * 1024;
const FORGED = FULL ? 20_000 : 1_500;
/** The one genuine event and the lanes' leases: some pages, whatever the flood. Not 90 bytes for each forged one. */
const MOST_BYTES = FULL ? 400_000 : 250_000;

/** Over kept connections: a flood does not open one for each request. */
function forge(url: string, sent: Delivery, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { ...headersOf({ ...sent, secret: 'not the secret' }), 'content-length': sent.body.length };
    request(`${url}/webhooks/github`, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    })
      .on('error', reject)
      .end(sent.body);
  });
}

async function databaseBytes(path: string): Promise<number> {
  const sizes = ['tidings.db', 'tidings.db-wal'].map((name) => stat(join(path, name)).then(({ size }) => size));
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

describe('hostile senders', () => {
  test('a flood of forged requests is refused, leaves no trace but a few log lines, and holds up nobody genuine', async (t) => {
    await using dir = await dataDir();
    await using server = await serverInProcess('start', dir.path);
    using agent = Object.assign(new Agent({ keepAlive: true, maxSockets: 32 }), {
      [Symbol.dispose]: () => agent.destroy(),
    });
    const before = await databaseBytes(dir.path);
    const statuses = new Map<number, number>();
    const began = performance.now();
    let next = 0;
    const flood = Array.from({ length: 32 }, async () => {
      for (let n = ++next; n <= FORGED; n = ++next) {
        const status = await forge(server.url, issueOpened(n), agent);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (n === FORGED / 2) assert.equal((await deliver(server.url, issueOpened(1))).status, 200);
      }
    });
    await Promise.all(flood);
    const seconds = (performance.now() - began) / 1000;
    const grown = (await databaseBytes(dir.path)) - before;
    const lines = server.output.stderr.split('\n').length;
    tried(t, FORGED, 'requests');
    t.diagnostic(`${FORGED} refused in ${seconds.toFixed(1)} s, ${lines} lines on stderr, database + ${grown} bytes`);
    assert.deepEqual([...statuses], [[401, FORGED]]);
    assert(lines < 50, server.output.stderr);
    assert.match(server.output.stderr, /"cause":"mismatch"/);
    assert(grown < MOST_BYTES, `${grown} bytes`);
    await using inbox = await openInbox(dir.path);
    assert.equal((await inbox.list({ limit: 100 })).length, 1);
  });

  test('a captured body under a new delivery id is held back until a person releases it', async () => {
    await using dir = await dataDir();
    await using slack = await startSlackDouble({ enforceRate: false });
    await using server = await serverInProcess('start', dir.path, { SLACK_WEBHOOK_URL: slack.webhookUrl() });
    const genuine = issueOpened(1);
    await deliver(server.url, genuine);
    await slack.waitFor(1);
    const again = await deliver(server.url, { ...genuine, guid: 'made-up' });
    assert.equal(again.body.status, 'accepted');
    await using inbox = await openInbox(dir.path);
    await drained(inbox);
    const held = (await records(inbox))[1];
    assert.equal(held?.state, 'quarantined');
    assert.match(held?.reason ?? '', /same body as event 1 .*looks like a replay$/);
    assert.equal(slack.messages.length, 1);

    // Under its own id, through other hooks, as other types: the ways in which unsigned headers can vary.
    for (const [n, type] of ['star', 'secret_scanning_alert', 'repository', 'label', 'invented'].entries()) {
      await deliver(server.url, { ...genuine, type, hookId: `${100 + n}` });
      await deliver(server.url, { ...genuine, type, hookId: `${200 + n}`, guid: `other-${n}` });
      await deliver(server.url, { ...genuine, hookId: `${300 + n}` }, { 'x-github-event': 'Issues' });
    }
    await drained(inbox);
    assert.deepEqual(slack.messages.length, 1);

    const released = await inProcess(['replay', '2'], dir.path);
    assert.deepEqual([released.code, released.stdout], [0, '2\n'], released.stderr);
    await slack.waitFor(2);
    await drained(inbox);
    assert.equal((await inbox.show(2))?.state, 'routed');
  });

  test('one event through two hooks is told once; one delivery sent twice is stored once', async () => {
    await using dir = await dataDir();
    await using slack = await startSlackDouble({ enforceRate: false });
    await using server = await serverInProcess('start', dir.path, { SLACK_WEBHOOK_URL: slack.webhookUrl() });
    const first = issueOpened(1, 'Told once', { hookId: '11' });
    assert.deepEqual((await deliver(server.url, first)).body, { status: 'accepted', id: 1 });
    assert.deepEqual((await deliver(server.url, first)).body, { status: 'duplicate', id: 1 });
    assert.equal((await deliver(server.url, { ...first, hookId: '22' })).body.status, 'accepted');
    await using inbox = await openInbox(dir.path);
    await drained(inbox);
    const [told, other] = await records(inbox);
    assert.equal(told?.state, 'routed');
    assert.deepEqual([other?.state, other?.reason], ['skipped', 'already told as event 1']);
    assert.equal(slack.messages.length, 1);
  });

  test('25 MiB are accepted and stored whole, one byte more is refused', async () => {
    await using dir = await dataDir();
    await using server = await serverInProcess('start', dir.path);
    const whole = issueOpened(1);
    const padding = 25 * MIB - whole.body.length;
    const most = { ...whole, body: Buffer.concat([whole.body, Buffer.alloc(padding, ' ')]) };
    assert.equal((await deliver(server.url, most)).status, 200);
    const over = { ...whole, guid: 'over', body: Buffer.concat([most.body, Buffer.from(' ')]) };
    const refused = await deliver(server.url, over);
    assert.deepEqual([refused.status, refused.body.error?.code], [413, 'body_too_large']);
    await using inbox = await openInbox(dir.path);
    await drained(inbox);
    const [event, ...rest] = await records(inbox);
    assert.equal(rest.length, 0);
    assert.equal(event?.state, 'routed');
    assert(event?.body?.equals(most.body));
  });

  test('secrets appear in no log, no stored byte and no answer', async () => {
    await using dir = await dataDir();
    await using slack = await startSlackDouble({ enforceRate: false });
    const secrets = { hook: '/services/T0SECRET0/B0SECRET0/x1y2z3secret', admin: 'an-admin-token-for-this-test-only' };
    const env = { SLACK_WEBHOOK_URL: slack.webhookUrl(secrets.hook), ADMIN_TOKEN: secrets.admin, LOG_LEVEL: 'trace' };
    slack.failNext(secrets.hook, 1, { status: 400, body: 'invalid_blocks' });
    slack.dropNext(secrets.hook, 1);
    const server = await runServer('start', dir.path, env);
    await deliver(server.url, issueOpened(1), {
      authorization: `Bearer ${secrets.admin}`,
      cookie: 'session=cookie-secret',
    });
    await deliver(server.url, { ...issueOpened(2), secret: 'wrong' });
    await using inbox = await openInbox(dir.path);
    await drained(inbox);
    await deliver(server.url, issueOpened(3));
    await drained(inbox);
    const seen: [place: string, text: string][] = [];
    for (const path of [
      '/',
      '/readyz',
      '/metrics',
      '/api/v1/events',
      '/api/v1/events/1',
      '/api/v1/events/2',
      '/nowhere',
    ]) {
      const headers = { authorization: `Bearer ${secrets.admin}` };
      seen.push([path, await (await fetch(server.url + path, { headers })).text()]);
    }
    for (const args of [
      ['config'],
      ['config', '--json'],
      ['doctor'],
      ['events', 'show', '1', '--body'],
      ['explain', '1'],
    ]) {
      const { stdout, stderr } = await inProcess(args, dir.path, { ...env, PORT: String(server.port) });
      seen.push([args.join(' '), stdout + stderr]);
    }
    seen.push(['database', await readFile(join(dir.path, 'tidings.db'), 'latin1')]);
    seen.push(['write-ahead log', await readFile(join(dir.path, 'tidings.db-wal'), 'latin1')]);
    assert.equal(await server.stop(), 0);
    seen.push(['database, closed', await readFile(join(dir.path, 'tidings.db'), 'latin1')]);
    seen.push(['log', server.output.stdout + server.output.stderr]);
    for (const [place, text] of seen) {
      for (const secret of [SECRET, secrets.hook, 'x1y2z3secret', secrets.admin, 'cookie-secret']) {
        assert(!text.includes(secret), `${secret} appears in ${place}`);
      }
      assert(text.length > 20, `${place} was read`);
    }
  });
});
