import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { test } from 'node:test';
import { Secret } from '../../src/shared/secret.ts';
import { newWorld, type RunOptions, run, SECRET, slackConfig, testConfig, type World } from './test-app.ts';

/** Runs a server command until `stderr` matches, then stops it as a signal would. */
async function runUntil(world: World, argv: readonly string[], seen: RegExp, options: RunOptions = {}) {
  const stop = new AbortController();
  const onStderr = (text: string) => seen.test(text) && stop.abort();
  return await run(world, argv, { ...options, stop: stop.signal, onStderr });
}

test('the first minute: what runs, what is missing, and what to type next', async () => {
  const { code, stdout, stderr } = await runUntil(newWorld(), ['start'], /Try it/);
  assert.match(stderr, /^Tidings 0\.1\.0 · node 24\.21 · sqlite \S+tidings\.db\n/);
  assert.equal(
    stderr.split('\n').slice(1).join('\n'),
    `Webhook    http://localhost:3000/webhooks/github
Secret     from GITHUB_WEBHOOK_SECRET
Slack      not connected: messages appear here     (tidings slack connect)
Telling    issues.opened · pull_request.opened · pull_request.merged

Try it:    tidings send pull_request.opened
Stopping: finishing the work in hand.
Stopped.
`,
  );
  assert.deepEqual([code, stdout], [0, '']);
});

test('a connected Slack, own rules, another port and a public address are said as they are', async () => {
  const webhookUrl = new Secret('https://hooks.slack.com/services/T0/B0/hidden');
  const world = newWorld(
    testConfig({
      configPath: `${process.cwd()}/tidings.yaml`,
      publicUrl: 'https://hooks.example.com',
      destinations: [slackConfig('team', { webhook_url: webhookUrl })],
      hasDefaultRules: false,
    }),
  );
  world.running = { ...world.running, url: 'http://localhost:3100' };
  const { stderr } = await runUntil(world, ['start'], /Try it/);
  assert.match(stderr, /^Webhook {4}https:\/\/hooks\.example\.com\/webhooks\/github$/m);
  assert.match(stderr, /^Slack {6}team \(incoming webhook\)$/m);
  assert.match(stderr, /^Telling {4}1 rule: default +\(\.\/tidings\.yaml\)$/m);
  assert.match(stderr, /send pull_request\.opened --to http:\/\/localhost:3100\/webhooks\/github$/m);
  assert.doesNotMatch(stderr, /hidden/);
});

test('a generated secret is shown once, to a person at a terminal, never to a log', async () => {
  const origin = {
    kind: 'generated',
    path: '/var/lib/tidings/github-secret',
    fresh: true,
    variable: 'A_SECRET',
  } as const;
  const source = {
    name: 'github',
    provider: 'github',
    settings: {},
    secrets: [new Secret(SECRET)],
    secretOrigin: origin,
  } as const;
  const onTerminal = await runUntil(newWorld(testConfig({ sources: [source] })), ['start'], /Try it/, { tty: true });
  const inLog = await runUntil(newWorld(testConfig({ sources: [source] })), ['start'], /Try it/);
  assert.ok(onTerminal.stderr.includes(SECRET));
  assert.ok(!inLog.stderr.includes(SECRET));
  assert.match(inLog.stderr, /generated, kept in \/var\/lib\/tidings\/github-secret/);
});

test('where others can ask, the banner says where the admin token is kept, and never what it is', async () => {
  const adminToken = new Secret('hidden-token');
  const kept = /^Admin {6}token kept in \S+admin-token +\(needed beyond this machine: \/metrics, \/readyz, \/api\)$/m;
  const open = await runUntil(newWorld(testConfig({ host: '0.0.0.0' })), ['start'], /Try it/);
  assert.match(open.stderr, kept);
  const publicUrl = 'https://hooks.example.com';
  const given = await runUntil(newWorld(testConfig({ publicUrl, adminToken })), ['receive'], /Try it/);
  assert.match(given.stderr, /^Admin {6}token from ADMIN_TOKEN +\(needed for: \/metrics, \/readyz, \/api\)$/m);
  assert.doesNotMatch(given.stderr, /hidden-token/);
  const world = newWorld(testConfig({ publicUrl }));
  world.running = { ...world.running, hasAdminToken: false };
  const missing = await runUntil(world, ['start'], /Try it/);
  assert.doesNotMatch(missing.stderr, /^Admin/m);
});

test('the banner says what nobody got, and how it is told again', async () => {
  const world = newWorld();
  const calm = await runUntil(world, ['start'], /Try it/);
  assert.doesNotMatch(calm.stderr, /given up|Send again/);
  const untold = [
    { destination: 'team', fate: 'dead', count: 2 },
    { destination: 'audit', fate: 'dead', count: 1 },
  ] as const;
  world.running = { ...world.running, untold };
  const { stderr } = await runUntil(world, ['start'], /Try it/);
  assert.match(
    stderr,
    /\n\n3 messages were given up: 2 to team, 1 to audit\.\nSend again: tidings replay --state dead\n\nTry it:/,
  );
});

test('receive and work start their part only and say so', async () => {
  const world = newWorld();
  const receive = await runUntil(world, ['receive'], /Try it/);
  world.running = { ...world.running, url: null };
  const work = await runUntil(world, ['work'], /Look/);
  assert.deepEqual(world.started, ['receive', 'work']);
  assert.match(receive.stderr, /Worker {5}none in this process/);
  assert.doesNotMatch(work.stderr, /Webhook/);
  assert.equal(world.stopped, 2);
});

test('a port that is taken is a sentence with the way out', async () => {
  const world = newWorld();
  world.startError = Object.assign(new Error('listen EADDRINUSE: address already in use'), { code: 'EADDRINUSE' });
  const { code, stderr } = await run(world, ['start']);
  assert.equal(
    stderr,
    'Error: Port 3000 is taken by another program. Stop that one, or choose another port: PORT=3001\n',
  );
  assert.equal(code, 1);
});

test('a signal ends a start that hangs', async () => {
  const world = newWorld();
  world.startError = 'hangs';
  const stop = AbortSignal.abort();
  const { code, stderr } = await run(world, ['start'], { stop });
  assert.match(stderr, /Interrupted/);
  assert.equal(code, 130);
});

test('a service that dies by itself stops the rest and ends with 1', async () => {
  const world = newWorld();
  world.running = { ...world.running, failure: Promise.resolve(new Error('the database thread ended')) };
  const { code, stderr } = await run(world, ['start']);
  assert.match(stderr, /Error: the database thread ended/);
  assert.deepEqual([code, world.stopped], [1, 1]);
});

test('a second signal does not wait for the work in hand', async () => {
  const world = newWorld();
  world.running = { ...world.running, stop: () => new Promise(() => {}) };
  const force = new AbortController();
  const { code, stderr } = await run(world, ['start'], {
    stop: AbortSignal.abort(),
    force: force.signal,
    onStderr: (text) => text.includes('Stopping') && force.abort(),
  });
  assert.equal(code, 130);
  assert.match(stderr, /Left at once/);
});

function post(port: number, body: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', method: 'POST', path: '/webhooks/github?a=1', headers };
    httpRequest(options, (response) => resolve(response.resume().statusCode ?? 0))
      .on('error', reject)
      .end(body);
  });
}

async function listenTo(argv: readonly string[], body: string, headers: Record<string, string>) {
  const stop = new AbortController();
  let status: Promise<number> | undefined;
  const result = await run(newWorld(), ['listen', '--port', '0', ...argv], {
    stop: stop.signal,
    onStderr: (text) => {
      const port = /localhost:(\d+)/.exec(text)?.[1];
      if (port !== undefined) status ??= post(Number(port), body, headers);
    },
    onStdout: (text) => text.includes('number') && stop.abort(),
  });
  return { ...result, status: await status };
}

test('listen prints method, path, headers and payload, and whether and why it does not verify', async () => {
  const { code, status, stdout } = await listenTo([], '{"number":7}', { 'x-signature': 'forged' });
  assert.match(stdout, /^POST \/webhooks\/github\?a=1 .* 12 bytes\n✗ not verified: another secret was used\n/);
  assert.match(stdout, /^ {2}x-signature: forged$/m);
  assert.match(stdout, /^\{\n {2}"number": 7\n\}$/m);
  assert.deepEqual([code, status], [0, 200]);
});

test('listen prints a body that is nested without end as text, and lives', async () => {
  for (const argv of [[], ['--json']]) {
    const { code, status, stdout } = await listenTo(argv, `{"number":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, {});
    assert.ok(stdout.includes('[[[[['));
    assert.deepEqual([code, status], [0, 200]);
  }
});

test('listen --json is one object a line', async () => {
  const { stdout } = await listenTo(['--json'], '{"number":7}', {});
  const heard = JSON.parse(stdout) as Record<string, unknown>;
  assert.deepEqual([heard['verified'], heard['bytes'], heard['body']], [false, 12, { number: 7 }]);
});

test('a tunnel: the public address, what is behind it, and what connects GitHub to it', async () => {
  const world = newWorld();
  const webhookUrl = 'https://four-random-words-here.trycloudflare.com/webhooks/github';
  world.running = { ...world.running, tunnel: { kind: 'cloudflared', webhookUrl } };
  const plain = await runUntil(world, ['start', '--tunnel', 'cloudflared'], /Connect:/);
  assert.match(plain.stderr, /^Opening a tunnel by cloudflared …\nTidings/);
  assert.match(plain.stderr, new RegExp(`^Webhook {4}${webhookUrl}$`, 'm'));
  assert.match(plain.stderr, /^Tunnel {5}cloudflared → only \/webhooks\/github is reachable there$/m);
  assert.match(plain.stderr, /^Connect: {3}tidings github connect <owner\/repo>$/m);
  const follows = await runUntil(world, ['receive', '--tunnel', 'cloudflared', '--update-hook', 'acme'], /Look:/);
  assert.match(follows.stderr, /^Look: {6}tidings events$/m);
  assert.doesNotMatch(follows.stderr, /Connect:/);
});
