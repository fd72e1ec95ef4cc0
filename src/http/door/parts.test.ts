import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '../../shared/clock.ts';
import { textWithin } from './changes.ts';
import { ownPath, prefixOf, withoutPrefix } from './prefix.ts';
import { createTries, placeOf } from './tries.ts';
import { whileOpen } from './while-open.ts';

test('the prefix is the path of PUBLIC_URL, where that is plain', () => {
  assert.equal(prefixOf('https://ops.example.org/tidings'), '/tidings');
  assert.equal(prefixOf('https://ops.example.org/a/b-c_d.e~f/'), '/a/b-c_d.e~f');
  for (const none of [
    null,
    'https://ops.example.org',
    'https://ops.example.org/',
    'https://o/a//b',
    'https://o/a%2Fb',
  ]) {
    assert.equal(prefixOf(none), '', String(none));
  }
});

test('it is taken away once, and only where it is whole', () => {
  const cases = {
    '/tidings': '/',
    '/tidings/': '/',
    '/tidings?x=1': '/?x=1',
    '/tidings/webhooks/github?x=1': '/webhooks/github?x=1',
    '/webhooks/github': '/webhooks/github',
    '/tidingsx/webhooks/github': '/tidingsx/webhooks/github',
    '/tidings/tidings/x': '/tidings/x',
    '/tidings//evil.example': '//evil.example',
    '/tidings%2Fwebhooks/github': '/tidings%2Fwebhooks/github',
    '/tidings/../webhooks/github': '/../webhooks/github',
    '/TIDINGS/x': '/TIDINGS/x',
    '//tidings/x': '//tidings/x',
  };
  for (const [url, bare] of Object.entries(cases)) assert.equal(withoutPrefix(url, '/tidings'), bare, url);
  assert.equal(withoutPrefix('/webhooks/github', '/webhooks'), '/webhooks/github');
  assert.equal(withoutPrefix('/webhooks/webhooks/github', '/webhooks'), '/webhooks/github');
  assert.equal(withoutPrefix('/webhooks/login', '/webhooks'), '/webhooks/login');
});

test('where to go on stays as it was, if it is ours', () => {
  for (const path of ['/', '/events/42?x=1&y=%2F#z', '/events?state=failed', '/a:b@c'])
    assert.equal(ownPath(path), path);
  for (const path of [undefined, '', 'x', '//x', '/\\x', '/x\ny', '/x\\y', '/ä', 'http://x/']) {
    assert.equal(ownPath(path), '/', String(path));
  }
});

test('an IPv6 address stands for all that its owner has; an IPv4 address for itself, however it is written', () => {
  assert.equal(placeOf('2001:db8:1:2::1'), placeOf('2001:0DB8:1:2:ffff:ffff:ffff:ffff'));
  assert.notEqual(placeOf('2001:db8:1:2::1'), placeOf('2001:db8:1:3::1'));
  assert.equal(placeOf('::ffff:192.0.2.1'), placeOf('192.0.2.1'));
  assert.notEqual(placeOf('192.0.2.1'), placeOf('192.0.2.2'));
  assert.equal(placeOf('fe80::1%eth0'), placeOf('fe80::2'));
  assert.equal(placeOf('::1'), '0:0:0:0');
});

test('a flood from everywhere is remembered no longer than there is room', () => {
  const tries = createTries({ monotonic: () => 0 }, 100);
  for (let i = 0; i < 10_000; i++) tries.failed(`192.0.${i >> 8}.${i & 255}`);
  assert.equal(tries.size, 100);
  const slow = createTries({ monotonic: () => 0 });
  for (let i = 0; i < 1_000; i++) slow.failed('192.0.2.1');
  assert.equal(slow.waitOf('192.0.2.1'), 60_000);
});

test('an answer that goes on ends with the session that asked for it', async () => {
  let now = 0;
  let isOpen = true;
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const clock = { ...systemClock, monotonic: () => now };
  const reader = whileOpen(new Response(readable), async () => isOpen, clock).body?.getReader();
  const piece = new Uint8Array([1]);
  const told = async () => {
    void writer.write(piece).catch(() => undefined);
    return (await reader?.read())?.done;
  };
  assert.equal(await told(), false);
  now += 10_000;
  assert.equal(await told(), false);
  isOpen = false;
  now += 10_000;
  assert.equal(await told(), true);
});

test('half a form, and then nothing: no text, and no error', async () => {
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.error(new Error('aborted')),
    start: (controller) => controller.enqueue(new Uint8Array([116])),
  });
  const request = new Request('http://localhost/login', { method: 'POST', body, duplex: 'half' });
  assert.equal(await textWithin(request, 100), null);
});
