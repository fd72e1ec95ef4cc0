import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { chromium } from '../support/browser.ts';
import { deliver, delivery } from '../support/github.ts';
import { endsOf, stage } from './stage.ts';

const ADMIN_TOKEN = 'an-admin-token-for-this-test';
const VIEWER_TOKEN = 'a-viewer-token-for-this-test';

/** A page of somebody else's, under any name below `.test`. */
async function elsewhere(t: TestContext, host: string, html: string, headers: Readonly<Record<string, string>> = {}) {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(`<!doctype html>${html}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endsOf(t).defer(async () => server.close().closeAllConnections());
  return `http://${host}:${(server.address() as AddressInfo).port}/`;
}

async function window(t: TestContext): Promise<Page> {
  const context = await (await chromium()).newContext();
  endsOf(t).defer(() => context.close());
  return context.newPage();
}

async function loggedIn(page: Page, far: string, token = ADMIN_TOKEN): Promise<void> {
  await page.goto(`${far}/login`);
  await page.getByLabel('token').fill(token);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL(`${far}/`);
}

async function closed(t: TestContext) {
  const place = await stage(t, null, { ADMIN_TOKEN, VIEWER_TOKEN, LOOPBACK_OPEN: 'false' });
  await place.send('issues.opened');
  return { ...place, far: `http://ops.test:${place.server.port}` };
}

test('what a thief holds is worth nothing: a cookie after its logout, one of a sibling, a login that is not the person’s', async (t) => {
  const { far } = await closed(t);
  const page = await window(t);
  await loggedIn(page, far);
  const cookies = await page.context().cookies();
  assert.deepEqual(
    cookies.map(({ httpOnly, sameSite }) => [httpOnly, sameSite]),
    [[true, 'Strict']],
  );
  assert.equal(await page.evaluate('document.cookie'), '');
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.waitForURL(`${far}/login`);
  const thief = await window(t);
  await thief.context().addCookies(cookies);
  for (const path of ['/', '/events/1', '/rules']) {
    await thief.goto(`${far}${path}`);
    assert.equal(new URL(thief.url()).pathname, '/login', path);
  }
  assert.equal(await thief.evaluate('fetch("/api/v1/events").then((answer) => answer.status)'), 401);
  assert.equal(
    await thief.evaluate('fetch("/api/v1/setup/sample", { method: "POST" }).then((answer) => answer.status)'),
    401,
  );

  // A sibling may set cookies for all below the name that both have: then it is nobody's session, not the sibling's.
  await loggedIn(page, far);
  const own = await window(t);
  await loggedIn(own, far, VIEWER_TOKEN);
  const [theirs] = await own.context().cookies();
  const tossed = `${theirs?.name}=${theirs?.value}; Domain=ops.test; Path=/events`;
  await page.goto(await elsewhere(t, 'blog.ops.test', '<p>hello</p>', { 'set-cookie': tossed }));
  await page.goto(`${far}/events/1`);
  await page.getByText('Two cookies called tidings came along').waitFor();

  // Whoever is made to log in as somebody else would show them what they do.
  const victim = await window(t);
  const form = `<form method="post" action="${far}/login"><input name="token" value="${VIEWER_TOKEN}"></form>`;
  await victim.goto(await elsewhere(t, 'evil.test', form));
  await Promise.all([victim.waitForURL(/\/login/), victim.evaluate('document.forms[0].submit()')]);
  assert.deepEqual(await victim.context().cookies(far), []);
});

test('a page of another origin gets nothing by streams, sockets, scripts, styles, pictures, or the window it opens', async (t) => {
  const { url, send } = await stage(t, null);
  await send('issues.opened');
  const page = await window(t);
  await page.goto(await elsewhere(t, 'evil.test', '<p>hello</p>'));
  const got = await page.evaluate<string[]>(`(async () => {
    const url = ${JSON.stringify(url)};
    const ended = (target, good) => new Promise((resolve) => {
      for (const name of good) target.addEventListener(name, () => resolve(target.constructor.name + ' ' + name));
      for (const name of ['error', 'close']) target.addEventListener(name, () => resolve(''));
    });
    const element = (name, fields) => {
      const made = Object.assign(document.createElement(name), fields);
      const end = ended(made, ['load']);
      document.body.append(made);
      return end;
    };
    const paths = ['/api/v1/events', '/api/v1/events/1/payload', '/events/1'];
    return (await Promise.all([
      ended(new EventSource(url + '/api/v1/events/stream'), ['open', 'message', 'new']),
      ended(new EventSource(url + '/api/v1/events/stream', { withCredentials: true }), ['open', 'message', 'new']),
      ended(new WebSocket(url.replace('http', 'ws') + '/api/v1/events/stream'), ['open', 'message']),
      ...paths.map((path) => element('script', { src: url + path })),
      ...paths.map((path) => element('link', { rel: 'stylesheet', href: url + path })),
      ...paths.map((path) => element('img', { src: url + path })),
    ])).filter((each) => each !== '');
  })()`);
  assert.deepEqual(got, []);

  const [opened] = await Promise.all([
    page.context().waitForEvent('page'),
    page.evaluate(`void (globalThis.opened = open(${JSON.stringify(`${url}/events/1`)}, 'a name'))`),
  ]);
  await opened.getByRole('navigation', { name: 'Pages' }).waitFor();
  assert.equal(await opened.evaluate('window.opener === null'), true);
  assert.equal(await opened.evaluate('window.name'), '');
  assert.equal(await page.evaluate('opened.closed'), true, 'the two know nothing of one another');

  await t.test('nor does a payload become a script or a worker of ours', async () => {
    const sent = delivery('star', {}, { body: Buffer.from('{"a":1}') });
    await deliver(url, sent);
    const own = await window(t);
    await own.goto(`${url}/`);
    const workers = await own.evaluate<
      string[]
    >(`Promise.all(['/api/v1/events/1/payload', '/api/v1/events/2/payload', '/api/v1/events'].map((path) =>
      navigator.serviceWorker.register(path, { scope: '/' }).then(() => 'registered', () => 'refused')))`);
    assert.deepEqual(workers, ['refused', 'refused', 'refused']);
    const scripts = await own.evaluate<
      string[]
    >(`Promise.all(['/api/v1/events/1/payload', '/api/v1/events'].map((path) => new Promise((resolve) => {
      const script = Object.assign(document.createElement('script'), { src: path, onload: () => resolve('ran'), onerror: () => resolve('refused') });
      document.head.append(script);
    })))`);
    assert.deepEqual(scripts, ['refused', 'refused']);
  });
});

interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** As no browser asks: with whatever headers. */
async function got(port: number, path: string, headers: Readonly<Record<string, string>>): Promise<Got> {
  const asked = request({ port, host: '127.0.0.1', path, headers: { accept: 'text/html', ...headers } }).end();
  const [response] = (await once(asked, 'response')) as [import('node:http').IncomingMessage];
  return { status: response.statusCode ?? 0, headers: response.headers, text: await readText(response) };
}

const FORGED: readonly Readonly<Record<string, string>>[] = [
  { host: 'evil.test' },
  { host: 'localhost@evil.test' },
  { host: 'localhost:1/evil.test' },
  { 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'https' },
  { 'x-forwarded-prefix': '//evil.test' },
  { forwarded: 'host=evil.test;proto=https' },
  { 'x-original-url': '//evil.test', 'x-rewrite-url': '//evil.test' },
  { 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1' },
  { origin: 'http://evil.test' },
];

test('no header makes an answer that leads elsewhere, and nothing but assets is kept by anybody', async (t) => {
  const { server } = await closed(t);
  const open = await stage(t, null);
  await open.send('issues.opened');
  for (const port of [server.port, open.server.port]) {
    for (const headers of FORGED) {
      for (const path of [
        '/',
        '/events/1',
        '/login',
        '/events?x=//evil',
        '//evil.test/',
        '/api/v1/status',
        '/nowhere',
      ]) {
        const { status, headers: answered, text } = await got(port, path, { host: `localhost:${port}`, ...headers });
        const where = `${path} with ${JSON.stringify(headers)}`;
        const { location = '' } = answered;
        // Where to go on to is a path of ours, whatever it holds.
        assert.match(location, /^(?:\/(?:login\?next=%2F[^/\\]*|login)?)?$/, where);
        assert.doesNotMatch(JSON.stringify({ ...answered, location: '' }), /evil\.test/, where);
        assert.doesNotMatch(
          text.replaceAll('/login?next=%2F%2Fevil', ''),
          /(?:href|src|action)="[^"]*evil\.test/,
          where,
        );
        // What is no address at all is refused before anything is asked.
        if (status !== 400) assert.match(answered['cache-control'] ?? '', /no-store/, where);
        assert.equal(answered['access-control-allow-origin'], undefined, where);
      }
    }
  }
  const page = (await got(open.server.port, '/', { host: `localhost:${open.server.port}` })).text;
  const asset = /href="(\/assets\/[^"]+\.css)"/.exec(page)?.[1] ?? '';
  const plain = await got(open.server.port, asset, { host: `localhost:${open.server.port}` });
  assert.equal(plain.status, 200);
  assert.match(plain.headers['cache-control'] ?? '', /immutable/);
  for (const headers of FORGED) {
    const { status, text } = await got(open.server.port, asset, { host: `localhost:${open.server.port}`, ...headers });
    assert.ok(status !== 200 || text === plain.text, JSON.stringify(headers));
  }
});
