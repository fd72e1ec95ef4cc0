import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { test } from 'node:test';
import { CliError } from '../../src/cli/cli-error.ts';
import { runUntilStopped } from '../../src/cli/commands/serve/serve.ts';
import type { Config } from '../../src/config/config.ts';
import type { Role, Running } from '../../src/run/start.ts';
import { configOf, newWorld, type RunOptions, run, SECRET, talking } from './test-cli.ts';

function aRunning(changes: Partial<Running> = {}): Running {
  return {
    url: 'http://localhost:3000',
    hasAdminToken: true,
    untold: [],
    tunnel: null,
    stop: async () => {},
    failure: new Promise(() => {}),
    ...changes,
  };
}

interface Served {
  readonly role?: Role;
  readonly running?: Partial<Running>;
  readonly env?: Readonly<Record<string, string>>;
  readonly config?: Partial<Config>;
  readonly updatesHook?: boolean;
}

/** What a server says until `seen`, and when it is stopped then as by a signal. */
async function serving(seen: RegExp, served: Served = {}, options: RunOptions = {}) {
  const { role = 'both', running, env, config: changes, updatesHook = false } = served;
  const world = newWorld(env);
  const config = await configOf(world, changes);
  const stop = new AbortController();
  const onStderr = (text: string) => seen.test(text) && stop.abort();
  return talking(
    world,
    (context) => runUntilStopped(context, Promise.resolve(aRunning(running)), { config, role, updatesHook }),
    { ...options, stop: stop.signal, onStderr },
  );
}

test('the first minute: what runs, what is missing, and what to type next', async () => {
  const { error, stdout, stderr } = await serving(/Try it/);
  assert.match(stderr, /^Tidings 0\.1\.0 · node 24\.21 · sqlite \S+tidings\.db\n/);
  assert.equal(
    stderr.split('\n').slice(1).join('\n'),
    `Webhook    http://localhost:3000/webhooks/github
Secret     from GITHUB_WEBHOOK_SECRET
Dashboard  http://localhost:3000
Slack      not connected: messages appear here     (tidings connect slack)
Telling    issues.opened · pull_request.opened · pull_request.merged · star.created
Keeping    bodies 30d, events 180d, attempts 30d

Try it:    tidings send pull_request.opened
Stopping: finishing the work in hand.
Stopped.
`,
  );
  assert.deepEqual([error, stdout], [null, '']);
});

test('a long name makes room for itself in every line', async () => {
  const { stderr } = await serving(/Try it/, { env: { FORWARD_URL: 'http://localhost:3001/hooks' } });
  assert.match(stderr, /^Your application  forward \(http:\/\/localhost:3001/m);
  for (const name of ['Webhook', 'Telling', 'Try it:']) {
    assert.match(stderr, new RegExp(`^${name.padEnd('Your application'.length)} {2}\\S`, 'm'));
  }
});

test('a connected Slack, own rules, another port and a public address are said as they are', async () => {
  const env = {
    SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T0/B0/hidden',
    PUBLIC_URL: 'https://hooks.example.com',
  };
  const config = { configPath: `${process.cwd()}/tidings.yaml`, hasDefaultRules: false };
  const { stderr } = await serving(/Try it/, { env, config, running: { url: 'http://localhost:3100' } });
  assert.match(stderr, /^Webhook {4}https:\/\/hooks\.example\.com\/webhooks\/github$/m);
  assert.match(stderr, /^Slack {6}slack \(incoming webhook\)$/m);
  assert.match(stderr, /^Telling {4}1 rule: classics +\(\.\/tidings\.yaml\)$/m);
  assert.match(stderr, /send pull_request\.opened --to http:\/\/localhost:3100\/webhooks\/github$/m);
  assert.doesNotMatch(stderr, /hidden/);
});

test('a generated secret is shown once, to a person at a terminal, never to a log', async () => {
  const origin = {
    kind: 'generated',
    path: '/var/lib/tidings/github-secret',
    fresh: true,
    variable: 'GITHUB_WEBHOOK_SECRET',
  } as const;
  const [given] = (await configOf(newWorld())).sources;
  assert.ok(given);
  const config = { sources: [{ ...given, secretOrigin: origin }] };
  const onTerminal = await serving(/Try it/, { config }, { tty: true });
  const inLog = await serving(/Try it/, { config });
  assert.ok(onTerminal.stderr.includes(SECRET));
  assert.ok(!inLog.stderr.includes(SECRET));
  assert.match(inLog.stderr, /generated, kept in \/var\/lib\/tidings\/github-secret/);
});

test('where others can ask, the banner says where the admin token is kept, and never what it is', async () => {
  const kept = /^Admin {6}token kept in \S+admin-token +\(needed beyond this machine: \/metrics, \/readyz, \/api\)$/m;
  const open = await serving(/Try it/, { env: { HOST: '0.0.0.0' } });
  assert.match(open.stderr, kept);
  const env = { PUBLIC_URL: 'https://hooks.example.com', ADMIN_TOKEN: 'hidden-token-of-some-length' };
  const given = await serving(/Try it/, { env, role: 'receive' });
  assert.match(given.stderr, /^Admin {6}token from ADMIN_TOKEN +\(needed for: \/metrics, \/readyz, \/api\)$/m);
  assert.match(given.stderr, /^Dashboard {2}tidings dashboard +\(opens it, with no token to type\)$/m);
  assert.doesNotMatch(given.stderr, /hidden-token/);
  const missing = await serving(/Try it/, { env: { HOST: '0.0.0.0' }, running: { hasAdminToken: false } });
  assert.doesNotMatch(missing.stderr, /^Admin/m);
});

test('the banner says what nobody got, and how it is told again', async () => {
  const calm = await serving(/Try it/);
  assert.doesNotMatch(calm.stderr, /given up|Send again/);
  const untold = [
    { destination: 'team', fate: 'dead', count: 2 },
    { destination: 'audit', fate: 'dead', count: 1 },
  ] as const;
  const { stderr } = await serving(/Try it/, { running: { untold } });
  assert.match(
    stderr,
    /\n\n3 messages were given up: 2 to team, 1 to audit\.\nSend again: tidings replay --state dead\n\nTry it:/,
  );
});

test('receive and work start their part only and say so', async () => {
  const receive = await serving(/Try it/, { role: 'receive' });
  const work = await serving(/Look/, { role: 'work', running: { url: null } });
  assert.match(receive.stderr, /Worker {5}none in this process/);
  assert.doesNotMatch(work.stderr, /Webhook/);
});

async function ended(starting: Promise<Running>, options: RunOptions = {}) {
  const world = newWorld();
  const serving = { config: await configOf(world), role: 'both', updatesHook: false } as const;
  return talking(world, (context) => runUntilStopped(context, starting, serving), options);
}

function failed(error: unknown): CliError {
  assert.ok(error instanceof CliError, String(error));
  return error;
}

test('a port that is taken is a sentence with the way out', async () => {
  const taken = Object.assign(new Error('listen EADDRINUSE: address already in use'), { code: 'EADDRINUSE' });
  const { message, exitCode } = failed((await ended(Promise.reject(taken))).error);
  assert.equal(message, 'Port 3000 is taken by another program. Stop that one, or choose another port: PORT=3001');
  assert.equal(exitCode, 1);
});

test('a signal ends a start that hangs', async () => {
  const { error } = await ended(new Promise(() => {}), { stop: AbortSignal.abort() });
  assert.match(failed(error).message, /Interrupted/);
  assert.equal(failed(error).exitCode, 130);
});

test('a service that dies by itself stops the rest', async () => {
  let stopped = 0;
  const failure = Promise.resolve(new Error('the database thread ended'));
  const running = aRunning({ failure, stop: async () => void stopped++ });
  const { error } = await ended(Promise.resolve(running));
  assert.deepEqual([String(error), stopped], ['Error: the database thread ended', 1]);
});

test('a second signal does not wait for the work in hand', async () => {
  const force = new AbortController();
  const { error } = await ended(Promise.resolve(aRunning({ stop: () => new Promise(() => {}) })), {
    stop: AbortSignal.abort(),
    force: force.signal,
    onStderr: (text) => text.includes('Stopping') && force.abort(),
  });
  assert.equal(failed(error).exitCode, 130);
  assert.match(failed(error).message, /Left at once/);
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
  const { code, status, stdout } = await listenTo([], '{"number":7}', { 'x-hub-signature-256': 'forged' });
  assert.match(stdout, /^POST \/webhooks\/github\?a=1 .* 12 bytes\n✗ not verified: [^\n]+\n/);
  assert.match(stdout, /^ {2}x-hub-signature-256: forged$/m);
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
  const webhookUrl = 'https://four-random-words-here.trycloudflare.com/webhooks/github';
  const running = { tunnel: { kind: 'cloudflared', webhookUrl } } as const;
  const plain = await serving(/Connect:/, { running });
  assert.match(plain.stderr, new RegExp(`^Webhook {4}${webhookUrl}$`, 'm'));
  assert.match(plain.stderr, /^Tunnel {5}cloudflared → only \/webhooks\/github is reachable there$/m);
  assert.match(plain.stderr, /^Connect: {3}tidings connect github <owner\/repo>$/m);
  const follows = await serving(/Look:/, { role: 'receive', running, updatesHook: true });
  assert.match(follows.stderr, /^Look: {6}tidings events$/m);
  assert.doesNotMatch(follows.stderr, /Connect:/);
});
