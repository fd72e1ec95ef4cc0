import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { dataDir } from '../support/data-dir.ts';
import { beginInProcess, inProcess, serverInProcess } from '../support/in-process.ts';
import { freePort, ready, runServer } from '../support/tidings-process.ts';

/** Nothing at hand: no secret, no Slack. */
const NOTHING = { GITHUB_WEBHOOK_SECRET: '' };

describe('the first minute', () => {
  test('start with nothing set, then one line in another terminal: a card with the time it took', async () => {
    await using dir = await dataDir();
    await using server = await runServer('start', dir.path, NOTHING);
    const screen = server.output.stderr;
    const lines = [
      /^Tidings \d+\.\d+\.\d+ · node 24\.\d+ · sqlite \.\/tidings\.db$/m,
      new RegExp(`^Webhook +http://localhost:${server.port}/webhooks/github$`, 'm'),
      /^Secret +generated, kept in \.\/github-secret +\(set GITHUB_WEBHOOK_SECRET to use your own\)$/m,
      /^Slack +not connected: messages appear here +\(npx tidings connect slack\)$/m,
      /^Telling +issues\.opened · pull_request\.opened · pull_request\.merged · star\.created$/m,
    ];
    for (const line of lines) assert.match(screen, line);
    const secretFile = join(dir.path, 'github-secret');
    assert.equal((await stat(secretFile)).mode & 0o777, 0o600);
    const secret = (await readFile(secretFile, 'utf8')).trim();
    assert.match(secret, /^[0-9a-f]{64}$/);
    assert(!screen.includes(secret), 'a log keeps what it is given: the secret is shown at terminals only');

    const tryIt = /^Try it: +npx tidings (.*)$/m.exec(screen)?.[1]?.split(' ') ?? [];
    assert.equal(tryIt[0], 'send');
    const sent = await inProcess(tryIt, dir.path, NOTHING);
    assert.deepEqual([sent.code, sent.stderr], [0, '']);
    assert.match(sent.stdout, /^200 {2}accepted as event 1 {2}[\d.]+ m?s\n$/);
    await server.printed(/received → stored → told in [\d.]+ m?s/);
    assert.match(server.output.stdout, /opened pull request[^]*acme\/api/);
    assert(!server.output.stdout.includes('\u001B'), 'no colours where there is no terminal');
  });

  test('a second start keeps the secret', async () => {
    await using dir = await dataDir();
    const secret = () => readFile(join(dir.path, 'github-secret'), 'utf8');
    await using first = await serverInProcess('start', dir.path, NOTHING);
    const before = await secret();
    assert.equal(await first.stop(), 0);
    await using _second = await serverInProcess('start', dir.path, NOTHING);
    assert.equal(await secret(), before);
  });

  test('send --count sends so many different ones, and says how they fared', async () => {
    await using dir = await dataDir();
    await using server = await serverInProcess('start', dir.path);
    const env = { PORT: String(server.port) };
    const sent = await inProcess(['send', 'star.created', '--count', '50'], dir.path, env);
    assert.deepEqual([sent.code, sent.stdout], [0, '']);
    assert.match(sent.stderr, /^50 × 200; half within .* 99 % within /m);
    const lines = await inProcess(['send', 'push', '--count', '3', '--json'], dir.path, env);
    const answers = lines.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { http_status: number; id: number });
    assert.deepEqual(
      answers.map(({ http_status }) => http_status),
      [200, 200, 200],
    );
    assert.equal(new Set(answers.map(({ id }) => id)).size, 3);
  });

  test('send with the wrong secret, to nobody, or of an unknown event says what to do', async () => {
    await using dir = await dataDir();
    await using server = await serverInProcess('receive', dir.path);
    const port = String(server.port);
    const refused = await inProcess(['send', 'ping'], dir.path, {
      PORT: port,
      GITHUB_WEBHOOK_SECRET: 'another-secret-here',
    });
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /another secret.*GITHUB_WEBHOOK_SECRET/);
    await server.printed(/"cause":"mismatch"/);
    const unreachable = await inProcess(['send', 'ping'], dir.path, { PORT: String(await freePort()) });
    assert.equal(unreachable.code, 4);
    assert.match(unreachable.stderr, /cannot be reached \(ECONNREFUSED\)\. Is it running\?/);
    const unknown = await inProcess(['send', 'pull_request.openned'], dir.path);
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /Did you mean pull_request\.opened\?/);
  });

  test('listen prints headers and payload, verified or not, and stores nothing', async () => {
    await using dir = await dataDir();
    await using listener = await beginInProcess(['listen'], dir.path);
    await listener.printed(/Listening on/);
    const to = ['--to', `${listener.url}/webhooks/github`];
    assert.equal((await inProcess(['send', 'issues.opened', ...to], dir.path)).code, 0);
    await listener.printed(/✓ verified[^]*x-github-event: issues[^]*"action": "opened"/);
    await inProcess(['send', 'ping', ...to], dir.path, { GITHUB_WEBHOOK_SECRET: 'another-secret-here' });
    await listener.printed(/✗ not verified/);
    assert.equal(await listener.stop(), 0);
    await assert.rejects(stat(join(dir.path, 'tidings.db')), /ENOENT/);
  });

  test('receive alone stores, work alone tells', async () => {
    await using dir = await dataDir();
    await using receiver = await serverInProcess('receive', dir.path);
    assert.match(receiver.output.shown, /Worker +none in this process +\(start one: npx tidings work\)/);
    assert.equal((await inProcess(['send', 'issues.opened'], dir.path, { PORT: String(receiver.port) })).code, 0);
    assert.match((await inProcess(['events'], dir.path)).stdout, /^1\t\S+\tpending\tissues/);
    await using worker = await beginInProcess(['work'], dir.path);
    await worker.printed(/opened issue[^]*received → stored → told in/);
    await ready(receiver);
  });

  test('a question asked where nothing ever ran says so, and leaves nothing behind', async () => {
    await using dir = await dataDir();
    for (const args of [['events'], ['explain', '1'], ['replay', '1']]) {
      const { code, stderr } = await inProcess(args, dir.path);
      assert.equal(code, 1);
      assert.match(stderr, /There is no database at .*tidings\.db yet\. Start Tidings here first, or set DATA_DIR/);
    }
    assert.deepEqual(await readdir(dir.path), []);
  });
});
