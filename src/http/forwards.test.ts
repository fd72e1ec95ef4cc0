import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capturedLog } from '../accept/kit.test.ts';
import { watchForwards } from './forwards.ts';

const HERE = '127.0.0.1';

function watched(over: { publicUrl?: string; loopbackOpen?: boolean } = {}) {
  const { log, lines } = capturedLog();
  return { forwards: watchForwards({ publicUrl: null, loopbackOpen: true, log, ...over }), lines };
}

test('a Host of somebody else over loopback is said once, and stays said', () => {
  const { forwards, lines } = watched();
  for (const host of ['localhost:3000', '127.0.0.1', '[::1]:3000', '']) {
    forwards.notice({ remoteAddress: HERE, headers: { host } });
  }
  forwards.notice({ remoteAddress: '203.0.113.9', headers: { host: 'tidings.example.org' } });
  forwards.notice({ remoteAddress: HERE, headers: {} });
  assert.equal(lines.length, 0);
  assert.equal(forwards.words(), 'open to this machine; the admin token opens it from elsewhere');
  for (const host of ['0.tcp.ngrok.io:17264', 'other.example']) {
    forwards.notice({ remoteAddress: '::ffff:127.0.0.1', headers: { host } });
  }
  assert.equal(lines.length, 1);
  assert.match(
    forwards.words(),
    /^requests for 0\.tcp\.ngrok\.io:17264 come in over loopback: .*PUBLIC_URL, or LOOPBACK_OPEN=false$/,
  );
});

test('where loopback proves nothing anyway there is nothing to warn of', () => {
  for (const over of [{ publicUrl: 'https://tidings.example.org' }, { loopbackOpen: false }]) {
    const { forwards, lines } = watched(over);
    forwards.notice({ remoteAddress: HERE, headers: { host: 'tidings.example.org' } });
    assert.deepEqual([lines.length, /the admin token opens it, from everywhere/.test(forwards.words())], [0, true]);
  }
});

test('a Host made up to be read in the log is not; a long one is cut', () => {
  const { forwards } = watched();
  for (const host of ['a\u001b[31mb', 'a b', '[', '"']) forwards.notice({ remoteAddress: HERE, headers: { host } });
  assert.match(forwards.words(), /^open to this machine/);
  forwards.notice({ remoteAddress: HERE, headers: { host: `a${'b'.repeat(500)}` } });
  assert.match(forwards.words(), /^requests for ab{99} come in/);
});
