import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { type BehindProxy, behindProxy, LAYOUTS, type ProxyName } from '../support/behind-proxy.ts';
import { headersOf } from '../support/github.ts';
import { issueOpened } from '../support/payloads.ts';
import { lacksServer } from '../support/real-server.ts';

const ADMIN_TOKEN = 'an-admin-token-for-this-test';
const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };

for (const proxy of ['nginx', 'caddy'] as const) {
  for (const layout of LAYOUTS) {
    const where = { root: 'at the root', kept: 'below a path', stripped: 'below a path that it takes away' }[layout];
    test(`behind ${proxy}, ${where}: webhooks, login, pages, changes`, { skip: lacksServer(proxy) }, async (t) => {
      const place = await behindProxy(t, proxy, layout, { ADMIN_TOKEN });
      await takesWebhooks(place);
      const cookie = await letsIn(place);
      await changesByOwnPagesAlone(place, cookie);
      await letsNobodyElseIn(place);
    });
  }
  test(`behind ${proxy}: what happens is heard as it happens`, { skip: lacksServer(proxy) }, (t) => hears(t, proxy));
}

async function takesWebhooks({ ask }: BehindProxy): Promise<void> {
  const sent = issueOpened(1);
  const post = (body: Buffer, headers: Record<string, string>) =>
    ask('/webhooks/github', { method: 'POST', headers: { ...headers, 'content-length': `${body.length}` }, body });
  const taken = await post(sent.body, headersOf(sent));
  assert.deepEqual([taken.status, JSON.parse(taken.text).status], [200, 'accepted']);
  // More than proxies let through by themselves.
  const large = issueOpened(2, 'x'.repeat(3_000_000));
  assert.equal((await post(large.body, headersOf(large))).status, 200);
  const unsigned = { ...headersOf(sent), 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` };
  assert.equal((await post(sent.body, unsigned)).status, 401);
  assert.equal((await ask('/healthz')).status, 200);
}

/** As a browser goes there. */
async function letsIn({ ask, publicUrl }: BehindProxy): Promise<string> {
  const { origin, pathname } = new URL(publicUrl);
  const base = pathname === '/' ? '' : pathname;
  const away = await ask('/events/1', { headers: { accept: 'text/html' } });
  assert.deepEqual([away.status, away.headers.location], [303, `${base}/login?next=%2Fevents%2F1`]);
  const form = await ask('/login');
  assert.match(form.text, new RegExp(`action="${base}/login"`));
  const style = new RegExp(`href="${base}(/assets/[^"]+css)"`).exec(form.text)?.[1] ?? '';
  assert.equal((await ask(style)).headers['content-type'], 'text/css; charset=utf-8');
  const body = new URLSearchParams({ token: ADMIN_TOKEN, next: '/events/1' }).toString();
  const headers = { ...FORM, origin, 'sec-fetch-site': 'same-origin' };
  const inside = await ask('/login', { method: 'POST', headers, body });
  assert.deepEqual([inside.status, inside.headers.location], [303, `${base}/events/1`]);
  const [given = ''] = inside.headers['set-cookie'] ?? [];
  const name = base === '' ? '__Host-tidings' : '__Secure-tidings';
  assert.match(
    given,
    new RegExp(`^${name}=[^;]+; Max-Age=43200; Path=${base || '/'}; HttpOnly; Secure; SameSite=Strict$`),
  );
  return given.split(';')[0] ?? '';
}

async function changesByOwnPagesAlone({ ask, publicUrl }: BehindProxy, cookie: string): Promise<void> {
  const page = await ask('/', { headers: { cookie, accept: 'text/html' } });
  assert.equal(page.status, 200);
  const csrf = /data-csrf="([\w-]+)"/.exec(page.text)?.[1] ?? '';
  const { origin } = new URL(publicUrl);
  const change = (headers: Record<string, string>) => {
    const sent = { 'content-type': 'application/json', cookie, ...headers };
    return ask('/api/v1/replays', { method: 'POST', headers: sent, body: '{"selection":{"ids":[1]},"dry_run":true}' });
  };
  assert.notEqual((await change({ origin, 'x-csrf-token': csrf })).status, 401);
  assert.notEqual((await change({ origin, 'x-csrf-token': csrf })).status, 403);
  assert.equal((await change({ origin })).status, 403);
  for (const foreign of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
    const { status, text } = await change({ 'x-csrf-token': csrf, ...foreign });
    assert.deepEqual([status, JSON.parse(text).error.code], [403, 'foreign_origin']);
  }
}

/** The proxy connects from loopback, and says so of everybody. */
async function letsNobodyElseIn({ ask, server }: BehindProxy): Promise<void> {
  for (const headers of [{}, { host: 'localhost' }, { 'x-forwarded-for': '127.0.0.1' }, { cookie: 'tidings=x' }]) {
    assert.equal((await ask('/api/v1/events', { headers })).status, 401, JSON.stringify(headers));
  }
  assert.equal((await fetch(`${server.url}/api/v1/events`)).status, 401);
  const hidden = [
    '/webhooks/../api/v1/events',
    '/webhooks/..%2fapi/v1/events',
    '//api/v1/events',
    '/webhooks/%2e%2e/metrics',
  ];
  for (const path of hidden) {
    const { status } = await ask(path);
    assert.ok(status >= 300 && status !== 500, `${path}: ${status}`);
  }
}

async function hears(t: TestContext, proxy: ProxyName): Promise<void> {
  const { ask, listen } = await behindProxy(t, proxy, 'kept', { ADMIN_TOKEN });
  const stream = await listen('/api/v1/events/stream', { authorization: `Bearer ${ADMIN_TOKEN}` });
  t.after(() => stream.destroy());
  assert.equal(stream.statusCode, 200);
  let heard = '';
  stream.setEncoding('utf8').on('data', (piece: string) => (heard += piece));
  const sent = issueOpened(1);
  await ask('/webhooks/github', { method: 'POST', headers: headersOf(sent), body: sent.body });
  while (!/event: (?:new|changed)\n/.test(heard)) await once(stream, 'data');
  assert.match(heard, /"repo":"acme\/|"type":"issues"/);
}
