import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Secret } from '../../src/shared/secret.ts';
import { signedHeaders } from '../../src/sources/square/sign.ts';
import { startGithubDouble } from '../doubles/github-double.ts';
import { createGithubHooks } from '../doubles/github-hooks.ts';
import { allEvents, dataDir, openInbox } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { beginInProcess, inProcess } from '../support/in-process.ts';
import { issueOpened } from '../support/payloads.ts';
import { runInTerminal } from '../support/terminal.ts';
import { type RunningTidings, runTidings, SECRET } from '../support/tidings-process.ts';
import { cloudflaredOnPath, gone, portsIn } from '../support/tunnelled.ts';

const LOUD = { LOG_LEVEL: 'info' };
const CLOUDFLARED = ['start', '--tunnel', 'cloudflared'] as const;

function newestPort({ output }: RunningTidings): number {
  const port = portsIn(output.stderr).at(-1);
  assert.ok(port !== undefined, output.stderr);
  return port;
}

function noted(path: string): { webhookUrl: string; kind: string; pid: number } {
  return JSON.parse(readFileSync(join(path, 'tunnel.json'), 'utf8'));
}

/** The path as it is: `fetch` would resolve it. */
async function rawStatus(base: string, path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(base);
  const outgoing = request({ hostname, port, path }).end();
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
}

async function typesIn(path: string): Promise<readonly string[]> {
  await using inbox = await openInbox(path);
  return (await allEvents(inbox)).map(({ type }) => type);
}

/** What Square sends to an address that begins so: it signs it. */
async function sendSquare(port: number, base: string, key: string): Promise<number> {
  const path = '/webhooks/square';
  const body = '{"type":"payment.created","event_id":"one"}';
  const headers = signedHeaders(base + path, Buffer.from(body), new Secret(key));
  return (await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body })).status;
}

describe('start --tunnel cloudflared', { concurrency: 2 }, () => {
  test('a delivery through it is in the database; the screen says the address and what is behind it; SIGTERM leaves nothing', async () => {
    await using dir = await dataDir();
    const double = await cloudflaredOnPath(dir.path);
    await using server = await runTidings(CLOUDFLARED, dir.path, { ...double.env, TUNNEL_TOKEN: 'named' });
    await server.printed(/Connect: /);
    const port = newestPort(server);
    const url = `https://words-${port}.trycloudflare.com/webhooks/github`;
    assert.match(server.output.stderr, new RegExp(`^Webhook {4}${url}$`, 'm'));
    assert.match(server.output.stderr, /^Tunnel {5}cloudflared → only \/webhooks\/github is reachable there$/m);
    assert.match(server.output.stderr, /^Connect: {3}\S.* connect github <owner\/repo>$/m);
    assert.deepEqual(noted(dir.path), { kind: 'cloudflared', webhookUrl: url, pid: server.child.pid });
    assert.equal((await deliver(`http://127.0.0.1:${port}`, issueOpened(1))).status, 200);

    const { env } = await double.started(port);
    assert.deepEqual(
      Object.keys(env).filter((name) => /SECRET|TOKEN|DATA_DIR/.test(name)),
      [],
      'none of our secrets is handed on',
    );
    const { closed } = await gone(port);
    assert.equal(await server.stop(), 0);
    await closed;
    assert.equal(existsSync(join(dir.path, 'tunnel.json')), false);
    assert.deepEqual(await typesIn(dir.path), ['issues']);
  });

  test('nothing but webhooks and /healthz is behind it, not even with the admin token', async () => {
    await using dir = await dataDir();
    const double = await cloudflaredOnPath(dir.path);
    await using server = await beginInProcess(CLOUDFLARED, dir.path, { ...double.env, ADMIN_TOKEN: 'the-admin-token' });
    await server.printed(/Connect: /);
    const { args } = await double.started(newestPort(server));
    const behind = args.at(-1) ?? '';
    const headers = { authorization: 'Bearer the-admin-token' };
    const paths = [
      '/',
      '/metrics',
      '/readyz',
      '/api/v1/events',
      '/healthz/',
      '/webhooks',
      '//metrics',
      '/%61pi',
      '/healthz?x',
    ];
    // Also asked at the very port, as from this machine: there is no way in that a tunnel might open by a header it drops.
    for (const base of [behind, `http://127.0.0.1:${newestPort(server)}`]) {
      for (const path of paths) assert.equal((await fetch(base + path, { headers })).status, 404, base + path);
      assert.equal(
        await rawStatus(base, '/webhooks/../metrics'),
        405,
        'a path that accept takes for a source is not resolved',
      );
      assert.equal((await fetch(`${base}/webhooks/other`, { method: 'POST', headers })).status, 404);
      assert.equal((await fetch(`${base}/healthz`)).status, 200);
      assert.equal((await fetch(`${base}/healthz`, { method: 'POST' })).status, 404);
    }
    const forged = await deliver(behind, { ...issueOpened(1), secret: 'not-the-secret' });
    assert.equal(forged.status, 401);
    assert.equal(
      (await fetch(`${server.url}/metrics`)).status,
      200,
      'at the main port this machine is trusted as ever',
    );
  });

  test('who signs the address that it calls is believed by the address of the tunnel', async () => {
    await using dir = await dataDir();
    const double = await cloudflaredOnPath(dir.path);
    const key = 'asdf1234-a-signature-key';
    const env = { ...double.env, SQUARE_WEBHOOK_SIGNATURE_KEY: key };
    await using server = await beginInProcess(CLOUDFLARED, dir.path, env);
    await server.printed(/Connect: /);
    const port = newestPort(server);
    const body = JSON.stringify({ type: 'payment.created', event_id: 'e1', data: {} });
    const send = async (host: string) => {
      const signed = createHmac('sha256', key).update(`${host}/webhooks/square${body}`).digest('base64');
      const headers = { 'content-type': 'application/json', 'x-square-hmacsha256-signature': signed };
      return (await fetch(`http://127.0.0.1:${port}/webhooks/square`, { method: 'POST', headers, body })).status;
    };
    assert.equal(await send(`http://127.0.0.1:${port}`), 401);
    assert.equal(await send(`https://words-${port}.trycloudflare.com`), 200);
    assert.equal(await server.stop(), 0);
  });

  test('it ends by itself: a new address is opened, said, noted, and put into the hook', async () => {
    await using dir = await dataDir();
    await using github = await startGithubDouble({ token: 'a-token' });
    const hooks = createGithubHooks();
    github.mount(hooks.route);
    const double = await cloudflaredOnPath(dir.path);
    hooks.add({
      root: '/repos/acme/api',
      id: 7,
      url: 'https://words-1.trycloudflare.com/webhooks/github',
      secret: SECRET,
    });
    const key = 'a-signature-key-of-square';
    const asking = { GITHUB_API_URL: github.url, GITHUB_TOKEN: 'a-token', SQUARE_WEBHOOK_SIGNATURE_KEY: key };
    const env = { ...double.env, ...LOUD, ...asking };
    await using server = await beginInProcess([...CLOUDFLARED, '--update-hook', 'acme/api'], dir.path, env);
    await server.printed(/Look: [^]*webhook 7 now calls|webhook 7 now calls[^]*Look: /);
    const first = newestPort(server);
    assert.equal(hooks.hook(7)?.url, `https://words-${first}.trycloudflare.com/webhooks/github`);
    process.kill((await double.started(first)).pid, 'SIGKILL');
    await server.printed(/the tunnel dropped, and is opened again\. cloudflared ended: /);
    await server.printed(/open again, at a new address: https/);
    const second = newestPort(server);
    assert.notEqual(second, first);
    const url = `https://words-${second}.trycloudflare.com/webhooks/github`;
    await server.printed(new RegExp(`webhook 7 now calls ${url}`));
    assert.deepEqual([noted(dir.path).webhookUrl, hooks.hook(7)?.url], [url, url]);
    assert.equal((await deliver(`http://127.0.0.1:${second}`, issueOpened(2))).status, 200);
    // Who signs the address that it calls signs the new one.
    const called = (no: number) => `https://words-${no}.trycloudflare.com`;
    assert.equal(await sendSquare(second, called(first), key), 401);
    assert.equal(await sendSquare(second, called(second), key), 200);
  });

  test('without --update-hook a new address comes with what to do; a hook that cannot be changed is a warning', async () => {
    await using dir = await dataDir();
    const double = await cloudflaredOnPath(dir.path);
    await using server = await beginInProcess(CLOUDFLARED, dir.path, { ...double.env, ...LOUD });
    await server.printed(/Connect: /);
    process.kill((await double.started(newestPort(server))).pid, 'SIGTERM');
    await server.printed(/GitHub still calls the old address[^\n]*--update-hook/);

    await using other = await dataDir();
    await using github = await startGithubDouble({ token: 'a-token' });
    const env = { ...double.env, GITHUB_API_URL: github.url, GITHUB_TOKEN: 'a-wrong-token' };
    await using warned = await beginInProcess([...CLOUDFLARED, '--update-hook', 'acme/api'], other.path, env);
    await warned.printed(/webhook could not be pointed at the tunnel: /);
    await warned.printed(/Look: /);
    assert.equal((await deliver(`http://127.0.0.1:${newestPort(warned)}`, issueOpened(1))).status, 200);
  });

  test('kill -9 takes the tunnel along', {
    skip: process.platform === 'win32' && 'Windows has no such shell',
  }, async () => {
    await using dir = await dataDir();
    const double = await cloudflaredOnPath(dir.path);
    await using server = await runTidings(CLOUDFLARED, dir.path, double.env);
    await server.printed(/Connect: /);
    const { closed } = await gone(newestPort(server));
    await server.kill();
    await closed;
  });

  test('one that cannot be opened is exit code 4, with its last words; nothing runs then', async () => {
    await using dir = await dataDir();
    const double = await cloudflaredOnPath(dir.path);
    await writeFile(join(double.folder, 'refuse'), '');
    const refused = await inProcess(CLOUDFLARED, dir.path, { ...double.env, PORT: '0' });
    assert.equal(refused.code, 4, refused.stderr);
    assert.match(refused.stderr, /The tunnel could not be opened\. cloudflared ended: .*no such host/);
    const missing = await inProcess(CLOUDFLARED, dir.path, { PATH: dir.path, PORT: '0' });
    assert.equal(missing.code, 4, missing.stderr);
    assert.match(missing.stderr, /cloudflared is not on PATH\. Install it: `brew install cloudflared`/);
  });
});

describe('start --tunnel ngrok', { concurrency: 2 }, () => {
  async function installNgrok(path: string): Promise<void> {
    const folder = join(path, 'node_modules', '@ngrok', 'ngrok');
    await mkdir(folder, { recursive: true });
    for (const name of ['package.json', 'index.js']) {
      await writeFile(join(folder, name), readFileSync(new URL(`../doubles/ngrok/${name}`, import.meta.url)));
    }
  }
  const NGROK = ['start', '--tunnel', 'ngrok'] as const;
  const AUTH = { NGROK_AUTHTOKEN: 'a-token-that-ngrok-knows' };
  const standIn = ({ output }: RunningTidings) => Number(/ngrok stand-in at (\d+)/.exec(output.stderr)?.[1]);

  test('the package in the working directory forwards to the webhooks alone; lost and found again is said', async () => {
    await using dir = await dataDir();
    await installNgrok(dir.path);
    await using server = await runTidings([...NGROK, '--tunnel-url', 'https://acme.ngrok.app'], dir.path, {
      ...AUTH,
      ...LOUD,
    });
    await server.printed(/Connect: /);
    assert.match(server.output.stderr, /^Webhook {4}https:\/\/acme\.ngrok\.app\/webhooks\/github$/m);
    const base = `http://127.0.0.1:${standIn(server)}`;
    assert.equal((await deliver(base, issueOpened(1))).status, 200);
    assert.equal((await fetch(`${base}/metrics`)).status, 404);
    await fetch(`${base}/__closed`);
    await server.printed(/the tunnel dropped[^\n]*ngrok lost its connection/);
    await fetch(`${base}/__connected`);
    await server.printed(/the tunnel is open again: https:\/\/acme\.ngrok\.app/);
    assert.equal(await server.stop(), 0);
  });

  test('who signs the address that it calls is verified by the address of the tunnel, whatever PUBLIC_URL says', async () => {
    await using dir = await dataDir();
    await installNgrok(dir.path);
    const key = 'a-signature-key-of-square';
    const set = { ...AUTH, SQUARE_WEBHOOK_SIGNATURE_KEY: key, PUBLIC_URL: 'https://tidings.example.org' };
    await using server = await beginInProcess(NGROK, dir.path, set);
    await server.printed(/Connect: /);
    const behind = newestPort(server);
    const tunnel = `https://words-${behind}.ngrok-free.app`;
    const send = (port: number, base: string) => sendSquare(port, base, key);
    assert.equal(await send(behind, 'https://tidings.example.org'), 401);
    assert.equal(await send(server.port, tunnel), 401);
    assert.equal(await send(behind, tunnel), 200);
    // The same event again, by the other address.
    assert.equal(await send(server.port, 'https://tidings.example.org'), 200);
  });

  test('the reserved domain may be set once; a wrong authtoken is said and never printed', async () => {
    await using dir = await dataDir();
    await installNgrok(dir.path);
    await using server = await beginInProcess(NGROK, dir.path, { ...AUTH, NGROK_DOMAIN: 'hooks.ngrok.app' });
    await server.printed(/Webhook {4}https:\/\/hooks\.ngrok\.app\/webhooks\/github/);
    const wrong = await inProcess(NGROK, dir.path, { NGROK_AUTHTOKEN: 'one-that-is-unknown', PORT: '0' });
    assert.equal(wrong.code, 4);
    assert.match(
      wrong.stderr,
      /ngrok: authentication failed.*\[secret\].*ERR_NGROK_107 Set NGROK_AUTHTOKEN to the one at/,
    );
    assert.doesNotMatch(wrong.stderr, /one-that-is-unknown/);
  });

  test('at a terminal the authtoken is asked for once, hidden, and kept in .env', async () => {
    await using dir = await dataDir();
    await installNgrok(dir.path);
    const settings = { PORT: '0', GITHUB_WEBHOOK_SECRET: SECRET };
    await using first = runInTerminal(NGROK, dir.path, settings);
    await first.answer(/Your ngrok authtoken/, AUTH.NGROK_AUTHTOKEN);
    await first.shows(/Kept as NGROK_AUTHTOKEN in .*\.env[^]*Connect: /);
    first.press('ctrl-c');
    assert.equal(await first.ended, 0);
    assert.doesNotMatch(first.raw, /a-token-that-ngrok-knows/);
    assert.match(readFileSync(join(dir.path, '.env'), 'utf8'), /^NGROK_AUTHTOKEN=a-token-that-ngrok-knows$/m);
    await using second = runInTerminal(NGROK, dir.path, settings);
    await second.shows(/Connect: /);
    assert.doesNotMatch(second.text, /Your ngrok authtoken/);
  });

  test('without the package or the authtoken: what to type', async () => {
    await using dir = await dataDir();
    const missing = await inProcess(NGROK, dir.path, { ...AUTH, PORT: '0' });
    assert.equal(missing.code, 4, missing.stderr);
    assert.match(missing.stderr, /npm install @ngrok\/ngrok/);
    const unasked = await inProcess(NGROK, dir.path);
    assert.equal(unasked.code, 2, unasked.stderr);
    assert.match(unasked.stderr, /set NGROK_AUTHTOKEN/);
  });
});

test('what cannot be meant is a usage error that says what can', async () => {
  await using dir = await dataDir();
  const cases: readonly (readonly [argv: readonly string[], says: RegExp])[] = [
    [['start', '--tunnel', 'cloudflare'], /Did you mean cloudflared\?/],
    [['start', '--tunnel', 'ssh'], /Choose one of cloudflared, ngrok, smee/],
    [['receive', '--update-hook', 'acme/api'], /--update-hook goes with a tunnel/],
    [['start', '--tunnel', 'smee', '--update-hook', 'acme/api/x'], /neither a repository/],
    [['start', '--tunnel', 'smee', '--tunnel-url', 'smee.io/abc'], /begins with https/],
    [
      ['start', '--tunnel', 'cloudflared', '--tunnel-url', 'https://x.example.org'],
      /PUBLIC_URL: see docs\/tunnels\.md/,
    ],
    [['work', '--tunnel', 'smee'], /unknown option/],
  ];
  for (const [argv, says] of cases) {
    const { code, stderr } = await inProcess(argv, dir.path);
    assert.equal(code, 2, argv.join(' '));
    assert.match(stderr, says);
  }
});
