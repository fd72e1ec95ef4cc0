import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADMIN, atTheDoor, cookieIn, FAR, VIEWER } from '../../../tests/support/at-the-door.ts';
import { Secret } from '../../shared/secret.ts';
import { newCode } from './one-time-code.ts';

const PAGE = { accept: 'text/html' };

test('who comes from elsewhere is led to the form, and from there to where they were going', async () => {
  const { ask, post } = atTheDoor();
  const away = await ask('/events/42?x=1', { headers: PAGE });
  assert.deepEqual([away.status, away.headers.get('location')], [303, '/login?next=%2Fevents%2F42%3Fx%3D1']);
  const form = await ask('/login?next=%2Fevents%2F42%3Fx%3D1');
  assert.match(form.text, /name="next" value="\/events\/42\?x=1"/);
  const inside = await post('/login', { token: ADMIN, next: '/events/42?x=1' });
  assert.deepEqual([inside.status, inside.headers.get('location')], [303, '/events/42?x=1']);
  const answer = await ask('/api/v1/events', { headers: { cookie: cookieIn(inside.headers) } });
  assert.equal(answer.status, 200);
});

test('the API tells no form: 401 as ever', async () => {
  const { ask } = atTheDoor();
  for (const path of ['/api/v1/events', '/readyz', '/metrics']) {
    assert.equal((await ask(path, { headers: PAGE })).status, 401, path);
  }
});

test('the cookie is out of reach of scripts and of other pages, and of clear text behind TLS', async () => {
  const plain = await atTheDoor().post('/login', { token: ADMIN });
  assert.match(
    plain.headers.get('set-cookie') ?? '',
    /^tidings=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  const tls = await atTheDoor({ publicUrl: 'https://ops.example.org' }).post('/login', { token: ADMIN });
  assert.match(tls.headers.get('set-cookie') ?? '', /^__Host-tidings=.*; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
  const below = await atTheDoor({ publicUrl: 'https://ops.example.org/tidings' }).post('/login', { token: ADMIN });
  assert.match(below.headers.get('set-cookie') ?? '', /^__Secure-tidings=.*; Path=\/tidings; HttpOnly; Secure;/);
  assert.equal(below.headers.get('location'), '/tidings/');
});

test('nothing that opens a session is kept: a copy of the database opens none', async () => {
  const { login, sessions } = atTheDoor();
  const [, id = ''] = (await login()).split('=');
  const kept = JSON.stringify([...sessions.kept]);
  assert.ok(!kept.includes(id));
  assert.ok(!kept.includes(ADMIN));
});

test('a session ends by logging out, and whoever copied its cookie is out too', async () => {
  const { ask, post, login } = atTheDoor();
  const cookie = await login();
  const csrf = /data-csrf="([\w-]+)"/.exec((await ask('/', { headers: { ...PAGE, cookie } })).text)?.[1] ?? '';
  const out = await post('/logout', { csrf }, { headers: { cookie } });
  assert.deepEqual([out.status, out.headers.get('location')], [303, '/login']);
  assert.match(out.headers.get('set-cookie') ?? '', /^tidings=; Max-Age=0/);
  assert.equal((await ask('/api/v1/events', { headers: { cookie } })).status, 401);
});

test('a session ends after twelve hours', async () => {
  const { ask, login, world } = atTheDoor();
  const cookie = await login();
  world.now += 12 * 3_600_000 - 1;
  assert.equal((await ask('/api/v1/events', { headers: { cookie } })).status, 200);
  world.now += 1;
  assert.equal((await ask('/api/v1/events', { headers: { cookie } })).status, 401);
});

test('a session ends with the token that opened it, and with no other', async () => {
  const { ask, login, world } = atTheDoor();
  const [admin, viewer] = [await login(ADMIN), await login(VIEWER)];
  world.admin = 'another-admin-token-from-now-on';
  assert.equal((await ask('/api/v1/events', { headers: { cookie: admin } })).status, 401);
  assert.equal((await ask('/api/v1/events', { headers: { cookie: viewer } })).status, 200);
  world.viewer = null;
  assert.equal((await ask('/api/v1/events', { headers: { cookie: viewer } })).status, 401);
});

test('a session outlives the receiver that opened it, and is good at the next', async () => {
  const { ask, login, restart } = atTheDoor();
  const cookie = await login();
  restart();
  assert.equal((await ask('/api/v1/events', { headers: { cookie } })).status, 200);
});

test('a made-up cookie, one of another name, and one that is there twice open nothing', async () => {
  const { ask, login } = atTheDoor({ publicUrl: 'https://ops.example.org' });
  const good = await login();
  const [, id = ''] = good.split('=');
  const bad = [`__Host-tidings=${'A'.repeat(43)}`, `tidings=${id}`, `__Host-tidings=${id.slice(1)}`];
  for (const cookie of [...bad, `__Host-tidings=x; ${good}`, `${good}; ${good}`, `${good}x`, '=', ';']) {
    assert.equal((await ask('/api/v1/events', { headers: { cookie } })).status, 401, JSON.stringify(cookie));
  }
});

test('logging in gives a new session: one that somebody slipped in before is not taken over', async () => {
  const { ask, post, login } = atTheDoor();
  const slipped = await login();
  const inside = await post('/login', { token: ADMIN }, { headers: { cookie: slipped } });
  assert.notEqual(cookieIn(inside.headers), slipped);
  assert.equal((await ask('/api/v1/events', { headers: { cookie: slipped } })).status, 401);
});

test('a wrong token is told so, and tokens are tried ever more slowly from one address, never from another', async () => {
  const { post, world } = atTheDoor();
  for (let i = 0; i < 5; i++) assert.equal((await post('/login', { token: `wrong-${i}` })).status, 401);
  const slowed = await post('/login', { token: ADMIN });
  assert.deepEqual([slowed.status, slowed.headers.get('retry-after')], [429, '1']);
  assert.equal((await post('/login', { token: ADMIN }, { from: '203.0.113.10' })).status, 303);
  world.now += 1_000;
  assert.equal((await post('/login', { token: 'wrong' })).status, 401);
  assert.equal((await post('/login', { token: ADMIN })).headers.get('retry-after'), '2');
  world.now += 2_000;
  assert.equal((await post('/login', { token: ADMIN })).status, 303);
});

test('who sets the clock keeps nobody waiting, and nobody from waiting', async () => {
  const { post, world } = atTheDoor();
  for (let i = 0; i < 5; i++) await post('/login', { token: `wrong-${i}` });
  for (const setBy of [-3_600_000, 3_600_000]) {
    world.setBy = setBy;
    assert.equal((await post('/login', { token: ADMIN })).headers.get('retry-after'), '1');
  }
  world.now += 1_000;
  assert.equal((await post('/login', { token: ADMIN })).status, 303);
});

test('a code that is over is not good again when the clock is set back', async () => {
  const { post, world } = atTheDoor();
  const code = newCode(new Secret(ADMIN), world.now);
  world.setBy = -3_600_000;
  assert.equal((await post('/login', { code })).status, 401);
  world.setBy = -30_000;
  assert.equal((await post('/login', { code })).status, 303);
});

test('another page logs nobody in', async () => {
  const { post, sessions } = atTheDoor();
  for (const headers of [
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: 'http://ops.example.org' },
    { origin: 'null' },
  ]) {
    assert.equal((await post('/login', { token: ADMIN }, { headers })).status, 403, JSON.stringify(headers));
  }
  assert.equal(sessions.kept.size, 0);
});

test('where to go on is a path of ours, or the front page', async () => {
  const hosts = ['//evil.example', '/\\evil.example', 'https://evil.example', '/%09/evil.example', 'javascript:x'];
  const { post } = atTheDoor();
  for (const next of [...hosts, '/\t/evil.example', '/./\\evil.example', '/x/..//evil.example', '\\\\evil.example']) {
    const location = (await post('/login', { token: ADMIN, next })).headers.get('location') ?? '';
    assert.equal(new URL(location, 'http://ops.example.org').origin, 'http://ops.example.org', next);
    assert.doesNotMatch(location, /^\/[/\\]/, next);
  }
});

test('a code opens once, whoever looks at its address before', async () => {
  const { ask, post, world } = atTheDoor();
  const code = newCode(new Secret(ADMIN), world.now);
  for (let i = 0; i < 3; i++) assert.match((await ask(`/login?code=${code}`)).text, new RegExp(`value="${code}"`));
  const inside = await post('/login', { code });
  assert.equal(inside.status, 303);
  assert.equal((await ask('/api/v1/events', { headers: { cookie: cookieIn(inside.headers) } })).status, 200);
  const again = await post('/login', { code });
  assert.deepEqual([again.status, again.headers.get('set-cookie')], [401, null]);
  assert.match(again.text, /used already/);
});

test('a code stays used after its session ended', async () => {
  const { ask, post, world } = atTheDoor();
  const code = newCode(new Secret(ADMIN), world.now);
  const cookie = cookieIn((await post('/login', { code })).headers);
  const csrf = /data-csrf="([\w-]+)"/.exec((await ask('/', { headers: { ...PAGE, cookie } })).text)?.[1] ?? '';
  await post('/logout', { csrf }, { headers: { cookie } });
  assert.equal((await post('/login', { code })).status, 401);
});

test('a code that is late, forged, cut, or of another token opens nothing', async () => {
  const { post, world, sessions } = atTheDoor();
  const code = newCode(new Secret(ADMIN), world.now);
  const changed = Array.from(
    { length: code.length },
    (_, i) => code.slice(0, i) + (code[i] === 'A' ? 'B' : 'A') + code.slice(i + 1),
  );
  const others = [newCode(new Secret(VIEWER), world.now), newCode(new Secret('x'), world.now), 'x', `${code}A`];
  for (const forged of [...changed, ...others, code.slice(1)]) {
    assert.equal((await post('/login', { code: forged })).status, 401, forged);
  }
  world.now += 60_001;
  assert.match((await post('/login', { code })).text, /a minute, which is over/);
  assert.equal(sessions.kept.size, 0);
});

test('who came in, and by what, is in the audit list; who did not is not', async () => {
  const { login, post, audited, world } = atTheDoor();
  await login(VIEWER);
  await post('/login', { code: newCode(new Secret(ADMIN), world.now) });
  await post('/login', { token: 'wrong' });
  const from = `${FAR}, dashboard`;
  assert.deepEqual(
    audited.map((each) => ({ ...each, at: 0 })),
    [
      { at: 0, who: 'viewer token', from, what: 'log in', about: null, outcome: 'by the viewer token' },
      { at: 0, who: 'admin token', from, what: 'log in', about: null, outcome: 'by a one-time code' },
    ],
  );
});

test('a program logs in by JSON, and is answered so', async () => {
  const { ask } = atTheDoor();
  const headers = { 'content-type': 'application/json' };
  const inside = await ask('/login', { method: 'POST', headers, body: JSON.stringify({ token: VIEWER }) });
  assert.deepEqual([inside.status, inside.text], [200, '{"role":"viewer"}']);
  for (const body of ['{}', 'null', '[]', '{"token":1}', '{', '"x"']) {
    const answer = await ask('/login', { method: 'POST', headers, body });
    assert.equal(answer.status, 401, body);
  }
  const long = JSON.stringify({ token: 'x'.repeat(10_000) });
  assert.equal((await ask('/login', { method: 'POST', headers, body: long })).status, 413);
});
