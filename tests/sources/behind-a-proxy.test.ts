import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { Secret } from '../../src/shared/secret.ts';
import { signedHeaders as bySquare } from '../../src/sources/square/sign.ts';
import { signedHeaders as byTwilio } from '../../src/sources/twilio/sign.ts';
import { dataDir } from '../support/data-dir.ts';
import { beginInProcess } from '../support/in-process.ts';
import { BANNER, type RunningTidings, ready } from '../support/tidings-process.ts';

// Twilio and Square sign the address that they call. Here they call a proxy, which says so.

const KEYS = { TWILIO_AUTH_TOKEN: 'a-token-of-twilio', SQUARE_WEBHOOK_SIGNATURE_KEY: 'a-key-of-square' };
const HOST = 'hooks.example.org';
const BY_PROXY = { 'X-Forwarded-For': '203.0.113.9', 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': HOST };

type Headers = Readonly<Record<string, string>>;

/** It may be closed to this machine, all but its health. */
async function receiver(path: string, env: Headers): Promise<RunningTidings> {
  const server = await beginInProcess(['receive'], path, env);
  await server.printed(BANNER);
  await ready(server, 'healthz');
  return server;
}

function ofTwilio(base: string, forwarded: Headers, no = 1): string {
  const path = `/webhooks/twilio?no=${no}`;
  const body = `MessageSid=SM${no}&MessageStatus=delivered`;
  const headers = byTwilio(Buffer.from(body), base + path, new Secret(KEYS.TWILIO_AUTH_TOKEN));
  return raw(path, { ...headers, ...forwarded }, body);
}

function ofSquare(base: string, forwarded: Headers, no = 1): string {
  const path = '/webhooks/square';
  const body = `{"type":"payment.created","event_id":"event-${no}"}`;
  const headers = bySquare(base + path, Buffer.from(body), new Secret(KEYS.SQUARE_WEBHOOK_SIGNATURE_KEY));
  return raw(path, { ...headers, ...forwarded }, body);
}

function raw(path: string, headers: Headers, body: string): string {
  const all = { Host: 'inner:3000', ...headers, 'Content-Length': String(body.length) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** The status of each, one after the other over one connection, each in one piece. */
async function statuses(port: number, requests: readonly string[]): Promise<readonly number[]> {
  const socket = connect(port, '127.0.0.1');
  const found: number[] = [];
  for (const request of requests) {
    socket.write(request);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    found.push(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer.toString())?.[1]));
  }
  socket.destroy();
  return found;
}

test('what a trusted proxy says is the address that was called, by every way in and by both spellings', async () => {
  await using dir = await dataDir();
  await using server = await receiver(dir.path, { ...KEYS, TRUSTED_PROXIES: 'loopback' });
  const base = `https://${HOST}`;
  const standard = { Forwarded: `for=203.0.113.9;proto=https;host=${HOST}` };
  const good = [
    ofTwilio(base, BY_PROXY, 1),
    ofSquare(base, BY_PROXY, 1),
    ofSquare(base, BY_PROXY, 2),
    ofTwilio(base, standard, 2),
    ofSquare(`${base}:8443`, { ...BY_PROXY, 'X-Forwarded-Port': '8443' }, 3),
    ofSquare(base, { ...BY_PROXY, 'X-Forwarded-Host': `evil.example, ${HOST}` }, 4),
  ];
  assert.deepEqual(await statuses(server.port, good), [200, 200, 200, 200, 200, 200]);
  const bad = [
    ofSquare('https://evil.example', BY_PROXY, 5),
    ofTwilio(base, { ...BY_PROXY, Forwarded: 'proto=https;host=evil.example' }, 5),
    ofSquare('http://inner:3000', {}, 6),
  ];
  assert.deepEqual(await statuses(server.port, bad), [401, 401, 401]);
  // The log names who called the proxy.
  await server.printed(/"from":"203\.0\.113\.9"/);
});

test('nobody else is believed, and PUBLIC_URL counts before every proxy', async () => {
  await using dir = await dataDir();
  {
    await using server = await receiver(dir.path, { ...KEYS, TRUSTED_PROXIES: '10.0.0.0/8,192.0.2.1' });
    const base = `https://${HOST}`;
    assert.deepEqual(await statuses(server.port, [ofTwilio(base, BY_PROXY), ofSquare(base, BY_PROXY)]), [401, 401]);
    await server.printed(/"from":"127\.0\.0\.1"/);
  }
  const set = { ...KEYS, TRUSTED_PROXIES: 'loopback', PUBLIC_URL: 'https://public.example.org' };
  await using server = await receiver(dir.path, set);
  const asked = [ofSquare('https://public.example.org', BY_PROXY, 1), ofSquare(`https://${HOST}`, BY_PROXY, 2)];
  assert.deepEqual(await statuses(server.port, asked), [200, 401]);
});

test('to name a proxy lets nobody read: this machine needs the token then, and no header makes up for it', async () => {
  await using dir = await dataDir();
  const token = { authorization: 'Bearer the-admin-token' };
  const forged: readonly Headers[] = [
    {},
    { 'x-forwarded-for': '127.0.0.1' },
    { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http', 'x-forwarded-host': 'localhost' },
    { forwarded: 'for=127.0.0.1;proto=http;host=localhost' },
    { forwarded: 'for="[::1]"' },
  ];
  const asked = async (url: string, headers: Headers) => (await fetch(`${url}/metrics`, { headers })).status;
  const env = { ...KEYS, ADMIN_TOKEN: 'the-admin-token', TRUSTED_PROXIES: 'loopback' };
  {
    await using server = await receiver(dir.path, env);
    for (const headers of forged) assert.equal(await asked(server.url, headers), 401, JSON.stringify(headers));
    assert.equal(await asked(server.url, { ...token, ...BY_PROXY }), 200);
  }
  // Opened on purpose, it is as without a proxy: what was forwarded is not this machine.
  await using server = await receiver(dir.path, { ...env, LOOPBACK_OPEN: 'true' });
  assert.deepEqual(await Promise.all(forged.map((headers) => asked(server.url, headers))), [200, 401, 401, 401, 401]);
});
