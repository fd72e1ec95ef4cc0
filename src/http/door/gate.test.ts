import assert from 'node:assert/strict';
import { test } from 'node:test';
import { archive } from '../../../tests/support/asked-api.ts';
import { ADMIN, atTheDoor, VIEWER } from '../../../tests/support/at-the-door.ts';
import { InboxUnavailableError } from '../../model/inbox.ts';
import { ROUTES } from '../api/routes.ts';

const HERE = '127.0.0.1';
const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };
/** Every row that changes something, with ids and names put in. */
const CHANGES = ROUTES.filter(({ role }) => role === 'admin').map(({ method, path }) => ({
  method,
  path: `/api/v1${path.replaceAll(/:\w+/g, '7')}`,
}));
/** A change that there is, whatever rows there are. */
const CHANGE = '/api/v1/replays';

async function csrfOf({ ask }: ReturnType<typeof atTheDoor>, cookie: string): Promise<string> {
  const { text } = await ask('/', { headers: { cookie, accept: 'text/html' } });
  return /data-csrf="([\w-]+)"/.exec(text)?.[1] ?? assert.fail('a page without its token');
}

/** Past the door: whatever is behind it answered. */
function isIn({ status, text }: { readonly status: number; readonly text: string }): boolean {
  return status !== 401 && !/csrf_|foreign_origin|viewer_only|token_needed/.test(text);
}

test('a viewer changes nothing, by token or by session, at any row', async () => {
  assert.ok(CHANGES.length > 0);
  const door = atTheDoor();
  const cookie = await door.login(VIEWER);
  const csrf = await csrfOf(door, cookie);
  for (const { method, path } of CHANGES) {
    for (const headers of [{ authorization: `Bearer ${VIEWER}` }, { cookie, 'x-csrf-token': csrf }]) {
      const answer = await door.ask(path, { method, headers: { ...JSON_TYPE, ...headers }, body: '{}' });
      assert.equal(answer.status, 403, `${method} ${path}`);
      assert.match(answer.text, /viewer_only/);
    }
  }
});

test('a viewer sees what the admin sees', async () => {
  const { ask } = atTheDoor();
  for (const path of ['/api/v1/events', '/api/v1/events/7', '/metrics']) {
    assert.equal((await ask(path, { headers: { authorization: `Bearer ${VIEWER}` } })).status, 200, path);
  }
});

test('a token at this machine counts: who asks there as a viewer is one', async () => {
  const { method, path } = CHANGES[0] ?? assert.fail();
  const headers = { ...JSON_TYPE, authorization: `Bearer ${VIEWER}` };
  assert.equal((await atTheDoor().ask(path, { method, from: HERE, headers, body: '{}' })).status, 403);
});

test('a change by a session needs the token of its own page, whatever its form', async () => {
  const door = atTheDoor();
  const [cookie, other] = [await door.login(), await door.login(ADMIN, { from: '203.0.113.10' })];
  const [csrf, others] = [await csrfOf(door, cookie), await csrfOf(door, other)];
  const change = (headers: Record<string, string>, body = '{}') =>
    door.ask(CHANGE, { method: 'POST', headers: { ...JSON_TYPE, cookie, ...headers }, body });
  assert.ok(isIn(await change({ 'x-csrf-token': csrf })));
  assert.ok(isIn(await change(FORM_TYPE, new URLSearchParams({ csrf }).toString())));
  const refused = [{}, { 'x-csrf-token': '' }, { 'x-csrf-token': others }, { 'x-csrf-token': csrf.toUpperCase() }];
  for (const headers of refused) assert.equal((await change(headers)).status, 403, JSON.stringify(headers));
  assert.equal((await change(FORM_TYPE, `csrf=${others}`)).status, 403);
  assert.equal((await change({ 'content-type': 'text/plain' }, `csrf=${csrf}`)).status, 403);
  assert.equal((await change({ 'content-type': 'multipart/form-data; boundary=x' }, `csrf=${csrf}`)).status, 403);
  assert.equal((await change(FORM_TYPE, `csrf=${others}&csrf=${csrf}`)).status, 403);
});

test('a page of another origin gets nothing by a session, with whatever it has', async () => {
  const door = atTheDoor();
  const cookie = await door.login();
  const csrf = await csrfOf(door, cookie);
  for (const foreign of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://ops.example.org.evil.example' },
    { origin: 'http://ops.example.org:81' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ]) {
    const headers = { ...JSON_TYPE, cookie, 'x-csrf-token': csrf, ...foreign };
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await door.ask(method === 'GET' ? '/api/v1/events' : CHANGE, {
        method,
        headers,
        ...(method === 'GET' ? {} : { body: '{}' }),
      });
      assert.equal(answer.status, 401, `${method} ${JSON.stringify(foreign)}`);
      assert.equal(answer.headers.get('access-control-allow-origin'), null);
    }
  }
});

test('behind TLS the page is the one by TLS', async () => {
  const door = atTheDoor({ publicUrl: 'https://ops.example.org' });
  const cookie = await door.login();
  const csrf = await csrfOf(door, cookie);
  const from = (origin: string, host = 'ops.example.org') =>
    door.ask(CHANGE, {
      method: 'POST',
      headers: { ...JSON_TYPE, cookie, host, origin, 'x-csrf-token': csrf },
      body: '{}',
    });
  assert.ok(isIn(await from('https://ops.example.org')));
  // A proxy that says its own name.
  assert.ok(isIn(await from('https://ops.example.org', '127.0.0.1:3000')));
  assert.equal((await from('http://ops.example.org')).status, 401);
});

test('at this machine a page of ours changes by its token, and a program by saying JSON', async () => {
  const { ask } = atTheDoor();
  const { text } = await ask('/', { from: HERE, headers: { accept: 'text/html' } });
  const csrf = /data-csrf="([\w-]+)"/.exec(text)?.[1] ?? '';
  const change = (headers: Record<string, string>, body = '{}') =>
    ask(CHANGE, { method: 'POST', from: HERE, headers, body });
  const own = { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' };
  assert.ok(isIn(await change({ ...own, ...JSON_TYPE, 'x-csrf-token': csrf })));
  assert.ok(isIn(await change({ ...own, ...FORM_TYPE }, new URLSearchParams({ csrf }).toString())));
  assert.ok(isIn(await change(JSON_TYPE)));
  assert.ok(isIn(await change({ 'content-type': 'Application/JSON; charset=utf-8' })));
  assert.equal((await change({ ...own, ...JSON_TYPE })).status, 403, 'a page without its token');
  assert.equal((await change(FORM_TYPE, 'x=1')).status, 403);
  assert.equal((await change({ 'content-type': 'text/plain' })).status, 403);
  assert.equal((await change({})).status, 403);
});

test('a page of another origin reads and changes nothing at this machine', async () => {
  const { ask } = atTheDoor();
  const { text } = await ask('/', { from: HERE, headers: { accept: 'text/html' } });
  const csrf = /data-csrf="([\w-]+)"/.exec(text)?.[1] ?? '';
  for (const foreign of [
    { origin: 'https://evil.example' },
    { origin: 'http://localhost:5173' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
    { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' },
    { host: 'rebound.example:3000', origin: 'http://rebound.example:3000' },
  ]) {
    const headers = { ...JSON_TYPE, 'x-csrf-token': csrf, ...foreign };
    const read = await ask('/api/v1/events', { from: HERE, headers });
    const changed = await ask(CHANGE, { method: 'POST', from: HERE, headers, body: '{}' });
    assert.ok([401, 403].includes(read.status) && [401, 403].includes(changed.status), JSON.stringify(foreign));
    assert.ok(!isIn(changed));
    assert.doesNotMatch(read.text, /acme/);
  }
});

test('a page that is open outlives a restart of its receiver', async () => {
  const { ask, restart } = atTheDoor();
  const { text } = await ask('/', { from: HERE, headers: { accept: 'text/html' } });
  const csrf = /data-csrf="([\w-]+)"/.exec(text)?.[1] ?? '';
  restart();
  const headers = { ...JSON_TYPE, 'x-csrf-token': csrf, origin: 'http://localhost:3000' };
  assert.ok(isIn(await ask(CHANGE, { method: 'POST', from: HERE, headers, body: '{}' })));
});

test('a token in a header needs no page', async () => {
  const { ask } = atTheDoor();
  for (const headers of [{}, FORM_TYPE, { origin: 'https://elsewhere.example' }]) {
    const asked = { ...JSON_TYPE, ...headers, authorization: `Bearer ${ADMIN}` };
    assert.ok(isIn(await ask(CHANGE, { method: 'POST', headers: asked, body: '{}' })));
  }
});

test('with PUBLIC_URL, or LOOPBACK_OPEN=false, this machine gets no page and changes nothing without a token', async () => {
  for (const over of [{ publicUrl: 'https://ops.example.org' }, { loopbackOpen: false }]) {
    const { ask } = atTheDoor(over);
    assert.equal((await ask('/', { from: HERE, headers: { accept: 'text/html' } })).status, 303);
    assert.equal((await ask(CHANGE, { method: 'POST', from: HERE, headers: JSON_TYPE, body: '{}' })).status, 401);
  }
});

test('who followed a link from elsewhere is asked again from our own page before they are led to the form', async () => {
  const door = atTheDoor({ publicUrl: 'https://ops.example.org/tidings' });
  const followed = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
  const first = await door.ask('/events/42?x="><b>', { headers: { ...followed, 'sec-fetch-site': 'cross-site' } });
  assert.equal(first.status, 200);
  assert.equal(first.headers.get('refresh'), '0;url=/tidings/events/42?x=%22%3E%3Cb%3E');
  const second = await door.ask('/events/42', { headers: { ...followed, 'sec-fetch-site': 'same-origin' } });
  assert.equal(second.status, 303);
  const asked = { ...followed, 'sec-fetch-site': 'same-origin', cookie: await door.login() };
  assert.equal((await door.ask('/', { headers: asked })).status, 200);
});

test('a form of somebody who is logged out by now says so, and is not done', async () => {
  const answer = await atTheDoor().post('/destinations/team/pause', { csrf: 'x' });
  assert.equal(answer.status, 401);
  assert.match(answer.text, /not logged in any more/);
});

test('every page says who may frame it, what it may load, and that nobody keeps it', async () => {
  const door = atTheDoor();
  const cookie = await door.login();
  for (const path of ['/', '/login', '/events/7', '/api/v1/events', '/nothing']) {
    const { headers } = await door.ask(path, { headers: { cookie, accept: 'text/html' } });
    const policy = headers.get('content-security-policy') ?? '';
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      "connect-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]) {
      assert.ok(policy.split('; ').includes(part), `${path}: ${part}`);
    }
    assert.equal(headers.get('x-frame-options'), 'DENY');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('referrer-policy'), 'same-origin');
    assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin');
    assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin');
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('strict-transport-security'), null);
  }
});

test('what pages are made of is there for everybody, and kept; nothing beside it is', async () => {
  const { ask } = atTheDoor();
  const form = await ask('/login');
  const style = /href="([^"]+style\.css)"/.exec(form.text)?.[1] ?? '';
  const answer = await ask(style);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('cache-control') ?? '', /immutable/);
  for (const path of ['/assets/../api/v1/events', '/assets/x/..%2f..%2fdashboard.ts', '/assets/', '/assets%2fx']) {
    const { status, text } = await ask(path);
    assert.ok([401, 404].includes(status), `${path}: ${status}`);
    assert.doesNotMatch(text, /import|acme/);
  }
});

test('a database that is away is said as a page, and lets nobody in', async () => {
  const away = () => Promise.reject(new InboxUnavailableError('/secret/path'));
  const sessions = { openSession: away, session: away, endSession: away };
  const { ask, post } = atTheDoor({ sessions, archive: archive({ list: away }) });
  const cookie = `tidings=${'A'.repeat(43)}`;
  const page = await ask('/', { headers: { cookie, accept: 'text/html' } });
  assert.equal(page.status, 503);
  assert.match(page.text, /The database does not answer/);
  assert.doesNotMatch(page.text, /secret/);
  assert.equal((await post('/login', { token: ADMIN })).status, 503);
  assert.equal((await ask('/api/v1/events', { headers: { cookie } })).status, 503);
});
