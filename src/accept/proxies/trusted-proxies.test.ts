import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Headers } from '../../model/headers.ts';
import { urlsBy } from './called-url.ts';
import { trustedProxies } from './trusted-proxies.ts';

const PEER = '10.0.0.1';
const CLIENT = '203.0.113.9';
const SAID = { 'x-forwarded-for': CLIENT, 'x-forwarded-proto': 'https', 'x-forwarded-host': 'hooks.example.org' };
const HOOKS = 'https://hooks.example.org';

function seen(headers: Headers, from: string | undefined = PEER, trusted: readonly string[] = ['10.0.0.0/8']) {
  const proxies = trustedProxies(trusted);
  const passed = { from, headers: { host: 'inner:3000', ...headers } };
  return [proxies.baseOf(passed), proxies.callerOf(passed)];
}

test('a proxy that is named is believed how it was called, and by whom', () => {
  assert.deepEqual(seen(SAID), [HOOKS, CLIENT]);
  assert.deepEqual(seen(SAID, '::ffff:10.0.0.1'), [HOOKS, CLIENT]);
  assert.deepEqual(seen({ forwarded: `for=${CLIENT};proto=https;host=hooks.example.org` }), [HOOKS, CLIENT]);
  assert.deepEqual(seen({ forwarded: `For="[2001:db8::1]:4711" ; Proto=HTTPS;by=_x;host="hooks.example.org"` }), [
    HOOKS,
    '2001:db8::1',
  ]);
});

test('nobody else is, whatever is sent', () => {
  const forwarded = `for=127.0.0.1;proto=https;host=hooks.example.org`;
  for (const headers of [SAID, { forwarded }, { ...SAID, forwarded }]) {
    for (const from of [CLIENT, '11.0.0.1', '127.0.0.1', '::ffff:11.0.0.1', '', 'x'])
      assert.deepEqual(seen(headers, from), [null, from]);
    assert.deepEqual(seen(headers, PEER, []), [null, PEER]);
  }
  const passed = { from: undefined, headers: SAID };
  assert.deepEqual([trustedProxies([PEER]).baseOf(passed), trustedProxies([PEER]).callerOf(passed)], [null, undefined]);
});

test('without a host of its own the request names it; without a scheme nobody knows the address', () => {
  assert.deepEqual(seen({ host: 'hooks.example.org', 'x-forwarded-proto': 'https' }), [HOOKS, PEER]);
  assert.deepEqual(seen({ host: 'hooks.example.org', forwarded: 'proto=https' }), [HOOKS, PEER]);
  assert.deepEqual(seen({ 'x-forwarded-for': CLIENT, 'x-forwarded-host': 'hooks.example.org' }), [null, CLIENT]);
  assert.deepEqual(seen({ host: 'hooks.example.org' }), [null, PEER]);
});

test('a port counts where the host names none; the usual one of the scheme is left out', () => {
  const at = (host: string, port: string, proto = 'https') =>
    seen({ ...SAID, 'x-forwarded-proto': proto, 'x-forwarded-host': host, 'x-forwarded-port': port })[0];
  assert.equal(at('a.example', '8443'), 'https://a.example:8443');
  assert.equal(at('a.example:9443', '8443'), 'https://a.example:9443');
  assert.equal(at('a.example:443', ''), 'https://a.example');
  assert.equal(at('a.example:80', '', 'http'), 'http://a.example');
  for (const port of ['443', '80', '', '0', 'x', '-1']) assert.equal(at('a.example', port), 'https://a.example', port);
  assert.equal(at('a.example', '99999'), null);
  assert.equal(at('[2001:db8::1]:8443', ''), 'https://[2001:db8::1]:8443');
});

test('from the right, as far as the writers are trusted: what a stranger sent ahead is not believed', () => {
  const chain = (by: string, proto: string, host: string) =>
    seen({ 'x-forwarded-for': by, 'x-forwarded-proto': proto, 'x-forwarded-host': host });
  // One proxy that appends, and a client that began the lists.
  assert.deepEqual(chain(`127.0.0.1, 10.9.9.9, ${CLIENT}`, 'http, https', 'evil.example, hooks.example.org'), [
    HOOKS,
    CLIENT,
  ]);
  // Two proxies: the outer one's words count.
  assert.deepEqual(chain(`${CLIENT}, 10.0.0.2`, 'https, http', 'hooks.example.org, inner:3000'), [HOOKS, CLIENT]);
  assert.deepEqual(
    chain(`192.0.2.66, ${CLIENT}, 10.0.0.2`, 'ftp, https, http', 'evil.example,hooks.example.org,inner'),
    [HOOKS, CLIENT],
  );
  // Two proxies, of which the inner one passes on what the outer one said.
  assert.deepEqual(chain(`${CLIENT}, 10.0.0.2`, 'https', 'hooks.example.org'), [HOOKS, CLIENT]);
  // What is hidden or no address ends the way.
  for (const hidden of ['unknown', '_secret', '', '1.2.3', 'evil.example', '10.0.0.3 x']) {
    assert.deepEqual(
      chain(`${CLIENT}, ${hidden}`, 'ftp, https', 'evil.example, hooks.example.org'),
      [HOOKS, PEER],
      hidden,
    );
  }
  const elements =
    'for=192.0.2.66;proto=http;host=evil.example, for=203.0.113.9;proto=https;host=hooks.example.org, for=10.0.0.2;proto=http;host=inner';
  assert.deepEqual(seen({ forwarded: elements }), [HOOKS, CLIENT]);
  assert.deepEqual(seen({ forwarded: 'for=203.0.113.9, for=10.0.0.2;proto=https;host=hooks.example.org' }), [
    null,
    CLIENT,
  ]);
});

test('two ways to say it that contradict each other are none', () => {
  const same = { ...SAID, forwarded: `for=${CLIENT};proto=https;host=hooks.example.org` };
  assert.deepEqual(seen(same), [HOOKS, CLIENT]);
  for (const forwarded of [
    `for=${CLIENT};proto=https;host=evil.example`,
    'for=127.0.0.1;proto=https;host=hooks.example.org',
    `for=${CLIENT};host=hooks.example.org`,
    'for=',
    '',
    ';',
    `for=${CLIENT};proto=https;proto=http;host=hooks.example.org`,
  ]) {
    assert.deepEqual(seen({ ...SAID, forwarded }), [null, PEER], forwarded);
  }
});

test('what is no host and no scheme makes no address', () => {
  for (const host of [
    'user@hooks.example.org',
    'user:pass@hooks.example.org',
    'hooks.example.org/path',
    'hooks.example.org?x',
    'hooks.example.org#x',
    'hooks.example.org\\evil',
    'hooks.example.org:',
    'hooks.example.org:0',
    'hooks.example.org:70000',
    'hooks.example.org:80:80',
    'hooks example.org',
    'hooks.example.org\r\nX: y',
    'hooks.exämple.org',
    '%68ooks.example.org',
    '.example.org',
    '[::1',
    '[]',
    '"hooks.example.org"',
    'a'.repeat(300),
    '',
  ]) {
    assert.equal(seen({ ...SAID, 'x-forwarded-host': host })[0], null, host);
  }
  for (const proto of ['', 'ftp', 'https://', 'https:', 'javascript', 'constructor', 'wss']) {
    assert.equal(seen({ ...SAID, 'x-forwarded-proto': proto })[0], null, proto);
  }
});

test('whatever stands there, it is an address with nothing behind the host, or none; the caller is an address', () => {
  const bit = fc.constantFrom(
    'for',
    'proto',
    'host',
    '=',
    ';',
    ',',
    '"',
    '\\',
    ' ',
    'https',
    'a.example',
    '10.0.0.2',
    '[::1]',
    ':80',
    '@',
    '/',
    '',
  );
  const text = fc.oneof(
    fc.array(bit, { maxLength: 14 }).map((bits) => bits.join('')),
    fc.string(),
  );
  const names = ['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'x-forwarded-port', 'forwarded', 'host'];
  fc.assert(
    fc.property(
      fc.record(Object.fromEntries(names.map((name) => [name, fc.option(text, { nil: undefined })]))),
      (headers) => {
        const [base, caller] = seen(headers);
        assert.match(caller ?? '', /^[\da-f:.]+(?:%.*)?$/i);
        if (base) assert.equal(`${new URL(base).protocol}//${new URL(base).username}`, `${base.split(':')[0]}://`);
        if (base) assert.match(base, /^https?:\/\/[^/?#@\s\\]+$/);
      },
    ),
  );
});

test('PUBLIC_URL counts before all, then what the edge knows', () => {
  const inbound = { url: '/webhooks/x?a=b', calledUrl: null, from: PEER, headers: SAID };
  const proxies = trustedProxies([PEER]);
  assert.equal(urlsBy('https://public.example', proxies)(inbound), 'https://public.example/webhooks/x?a=b');
  assert.equal(urlsBy(null, proxies)(inbound), `${HOOKS}/webhooks/x?a=b`);
  assert.equal(urlsBy(null, proxies)({ ...inbound, calledUrl: 'https://edge.example/y' }), 'https://edge.example/y');
  assert.equal(urlsBy(undefined, trustedProxies([]))(inbound), '/webhooks/x?a=b');
});
