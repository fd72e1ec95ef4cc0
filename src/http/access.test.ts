import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { FULL, tried } from '../../tests/support/long-form.ts';
import { Secret } from '../shared/secret.ts';
import { accessOf } from './access.ts';

const TERMS = {
  adminToken: () => new Secret('t0ken'),
  viewerToken: () => new Secret('l00k'),
  isLoopbackOpen: true,
};

function at(remoteAddress: string | undefined, headers: Record<string, string> = { host: 'localhost:3000' }) {
  return accessOf({ remoteAddress, headers }, TERMS);
}

test('somebody at this machine is believed, by every name of it', () => {
  for (const address of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1']) assert.equal(at(address), 'loopback');
  for (const host of ['localhost', 'LOCALHOST:80', '127.0.0.1:3000', '[::1]:3000', '[::1]']) {
    assert.equal(at('127.0.0.1', { host }), 'loopback', host);
  }
});

test('another machine is not, whatever Host it sends', () => {
  for (const address of ['192.168.0.2', '10.0.0.1', '172.17.0.1', '::ffff:10.0.0.1', '128.0.0.1', '', undefined]) {
    assert.equal(at(address), 'denied', String(address));
  }
});

test('a page that points its own name at this machine is not (DNS rebinding)', () => {
  const hosts = [
    'evil.example',
    'localhost.evil.example',
    'evil.example:3000',
    '127.0.0.1.nip.io',
    '127.0.0.1:3000@evil',
  ];
  for (const host of [...hosts, 'localhost.', '', 'xlocalhost']) {
    assert.equal(at('127.0.0.1', { host }), 'denied', host);
  }
  assert.equal(at('127.0.0.1', {}), 'denied', 'no Host at all');
});

test('whatever Host is made up of, who is believed asked for this machine by its name', (t) => {
  const numRuns = FULL ? 50_000 : 500;
  tried(t, numRuns, 'hosts');
  const pieces = [
    'localhost',
    '127.0.0.1',
    '[::1]',
    '::1',
    ':3000',
    ':',
    '@',
    '.',
    '/',
    '#',
    ' ',
    '%',
    '\n',
    '\u3002',
    '0',
    'x',
  ];
  const host = fc.array(fc.constantFrom(...pieces), { maxLength: 4 }).map((all) => all.join(''));
  const isThisMachine = (name: string) =>
    /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(`http://${name}`).hostname);
  fc.assert(
    fc.property(host, (name) => at('127.0.0.1', { host: name }) === 'denied' || isThisMachine(name)),
    { numRuns },
  );
});

test('what comes through a tunnel or proxy on this machine is not, even with a local Host', () => {
  const names = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'forwarded', 'cf-connecting-ip'];
  for (const name of [...names, 'x-real-ip', 'via', 'cf-ray', 'true-client-ip', 'cdn-loop', 'x-original-host']) {
    assert.equal(at('127.0.0.1', { host: 'localhost:3000', [name]: '127.0.0.1' }), 'denied', name);
  }
});

test('the token works through a tunnel', () => {
  const headers = { host: 'hooks.example', 'x-forwarded-for': '203.0.113.9', authorization: 'bearer  t0ken' };
  assert.equal(at('127.0.0.1', headers), 'admin');
  assert.equal(at('127.0.0.1', { ...headers, authorization: 'Bearer l00k' }), 'viewer');
  assert.equal(at('127.0.0.1', { ...headers, authorization: 'Bearer t0ken2' }), 'denied');
});

test('behind a public address loopback proves nothing: a proxy may look exactly like this machine', () => {
  const closed = { ...TERMS, isLoopbackOpen: false };
  // What nginx sends for `proxy_pass http://127.0.0.1:3000` and not a line more.
  const headers = { host: '127.0.0.1:3000', connection: 'close' };
  assert.equal(accessOf({ remoteAddress: '127.0.0.1', headers }, closed), 'denied');
  const authorization = 'Bearer t0ken';
  assert.equal(accessOf({ remoteAddress: '127.0.0.1', headers: { ...headers, authorization } }, closed), 'admin');
});

test('a page of another origin is not, whatever it makes a browser send', () => {
  const host = 'localhost:3000';
  const page = { host, 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' };
  for (const origin of ['https://evil.example', 'http://localhost:5173', 'http://127.0.0.1:3000', 'null', '']) {
    assert.equal(at('127.0.0.1', { host, origin }), 'denied', origin);
  }
  for (const site of ['cross-site', 'same-site', 'anything']) {
    assert.equal(at('127.0.0.1', { ...page, 'sec-fetch-site': site }), 'denied', site);
    // An image, a script, a frame.
    for (const dest of ['image', 'script', 'iframe']) {
      const headers = { host, 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': dest };
      assert.equal(at('127.0.0.1', headers), 'denied', dest);
    }
  }
  assert.equal(at('127.0.0.1', { ...page, 'sec-fetch-site': 'same-origin', origin: `http://${host}` }), 'loopback');
});

test('a link that a person follows leads here, and a form that a page sends does not', () => {
  const headers = {
    host: 'localhost:3000',
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  };
  const asker = { remoteAddress: '127.0.0.1', headers };
  assert.equal(accessOf({ ...asker, method: 'GET' }, TERMS), 'loopback');
  assert.equal(accessOf({ ...asker, method: 'POST' }, TERMS), 'denied');
});
