import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asking } from '../../../tests/support/asked-api.ts';
import { ADMIN, askingV1, VIEWER } from '../../../tests/support/asked-v1.ts';
import { heldToSchema } from '../../../tests/support/held-to-schema.ts';
import { exampleOf } from '../../../tests/support/v1-examples.ts';
import { ROUTES } from './routes.ts';

for (const row of ROUTES) {
  const { method, path: pattern, role } = row;
  const isStream = row.contentType === 'text/event-stream';

  test(`${method} ${pattern} answers an admin as it says`, async () => {
    const { asks } = askingV1();
    const { path, body } = exampleOf(row);
    const response = await asks(method, path, { body });
    const text = isStream ? '' : await response.text();
    if (isStream) await response.body?.cancel();
    const { status, headers } = response;
    heldToSchema(method, path, { status, contentType: headers.get('content-type'), text });
    // Without a running system, and with one event stored, some have nothing to ask.
    assert.ok(status < 500 || status === 501, `${status} ${text}`);
    if (method === 'GET' && row.params === undefined) assert.ok(status === 200 || status === 501, `${status} ${text}`);
  });

  test(`${method} ${pattern} is ${role === 'admin' ? 'not ' : ''}for a viewer, and not for a stranger`, async () => {
    const { asks } = askingV1();
    const { path, body } = exampleOf(row);
    const response = await asks(method, path, { body, caller: VIEWER });
    await response.body?.cancel();
    assert.equal(response.status === 403, role === 'admin');
    if (method !== 'GET') return;
    const stranger = await asking()(`/api/v1${path}`, {}, '203.0.113.9');
    assert.equal(stranger.status, 401);
    heldToSchema(method, path, {
      status: 401,
      contentType: stranger.headers.get('content-type'),
      text: stranger.text,
    });
  });

  test(`${method} ${pattern} says what is wrong with a question`, async () => {
    const { ask } = askingV1();
    const { path, body } = exampleOf(row);
    for (const query of ['nobody_knows=1', '__proto__=1', 'constructor=1', 'limit=1&limit=2', '%00=%ff']) {
      const answer = await ask(method, `${path}${path.includes('?') ? '&' : '?'}${query}`, { body });
      assert.equal(answer.status, 400, query);
    }
    for (const other of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'].filter((each) => each !== method)) {
      if (ROUTES.some((each) => each.path === pattern && each.method === other)) continue;
      const answer = await ask(other, path);
      assert.equal(answer.status, 405, other);
      assert.match(answer.headers.get('allow') ?? '', new RegExp(`\\b${method}\\b`));
    }
    if (method === 'GET') {
      const head = await ask('HEAD', path);
      assert.ok(head.status < 300 || head.status === 501 || row.params !== undefined);
      assert.equal(head.text, '');
    }
  });

  if (row.params !== undefined) {
    test(`${method} ${pattern} takes no id for one that is none`, async () => {
      const { ask } = askingV1();
      for (const id of ['x', '-1', '1e9', '0x7', '%00', '%ff', '..%2f..', '9'.repeat(400), 'constructor', '7%20']) {
        const answer = await ask(method, pattern.replace(/:\w+/, id), { body: row.body && exampleOf(row).body });
        assert.ok([404, 501, 403].includes(answer.status), `${id}: ${answer.status}`);
      }
    });
  }

  if (row.body !== undefined) {
    test(`${method} ${pattern} takes no body that it did not ask for`, async () => {
      const { ask, asks } = askingV1();
      const { path } = exampleOf(row);
      const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
      for (const wrong of [
        '{',
        'null',
        '7',
        '"text"',
        '[]',
        '{"__proto__":{"a":1}}',
        '{"nobody":1}',
        deep,
        `{"a":${deep}}`,
      ]) {
        assert.equal((await ask(method, path, { body: wrong })).status, 400, wrong.slice(0, 40));
      }
      assert.equal((await ask(method, path, { body: new Uint8Array([0x7b, 0xff, 0x7d]) })).status, 400);
      assert.equal((await ask(method, path, { body: `"${'a'.repeat(2 * 1024 * 1024)}"` })).status, 413);
      // Who may not is told so first.
      assert.equal((await asks(method, path, { body: 'x', caller: VIEWER })).status, role === 'admin' ? 403 : 400);
    });
  }
}

test('what nobody serves is 404, by whatever method', async () => {
  const { ask } = askingV1();
  for (const method of ['GET', 'POST', 'DELETE', 'HEAD']) {
    for (const path of ['', '/', '/events/', '/nothing', '/events/7/nothing', '/%2e%2e/readyz', '//events']) {
      assert.equal((await ask(method, path)).status, 404, `${method} ${path}`);
    }
  }
});

test('a question is answered in so many words, however much was asked', async () => {
  const { ask } = askingV1();
  const names = Array.from({ length: 2_000 }, (_, index) => `k${index}=${'x'.repeat(20)}`).join('&');
  const answer = await ask('GET', `/events?${names}`, { caller: ADMIN });
  assert.equal(answer.status, 400);
  assert.ok(answer.text.length < 1_000);
});
