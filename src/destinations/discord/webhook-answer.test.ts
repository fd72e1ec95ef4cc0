import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusalWords } from './refusals.ts';
import { readAnswer } from './webhook-answer.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');

function answered(status: number, body: unknown = '', headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return readAnswer({ kind: 'answered', status, headers: new Headers(headers), text }, NOW);
}

test('429 waits as long as header or body say, whichever is longer; else until the bucket is full again', () => {
  const wait = (body: unknown, headers: Record<string, string> = {}) => {
    const answer = answered(429, body, headers);
    assert.equal(answer.kind, 'later');
    return answer.kind === 'later' ? answer.retryAfterMs : null;
  };
  const limited = (retry_after: number) => ({ message: 'You are being rate limited.', retry_after, global: false });
  assert.equal(wait(limited(64.57), { 'retry-after': '65' }), 65_000);
  assert.equal(wait(limited(1336.57), { 'retry-after': '1336' }), 1_336_570);
  assert.equal(wait(limited(0.3)), 300);
  assert.equal(wait('<html>', { 'retry-after': '40' }), 40_000);
  assert.equal(wait('', { 'x-ratelimit-reset-after': '1.5' }), 1_500);
  assert.equal(wait(''), undefined);
});

test('a yes that used the last of the rate asks for a rest', () => {
  const rest = (remaining: string) =>
    answered(200, { id: '1' }, { 'x-ratelimit-remaining': remaining, 'x-ratelimit-reset-after': '1.25' });
  assert.deepEqual(rest('0'), { kind: 'ok', status: 200, data: { id: '1' }, restMs: 1_250 });
  assert.deepEqual(rest('4'), { kind: 'ok', status: 200, data: { id: '1' }, restMs: 0 });
  assert.deepEqual(answered(204), { kind: 'ok', status: 204, data: {}, restMs: 0 });
});

const REFUSED: readonly (readonly [status: number, code: number, says: RegExp])[] = [
  [404, 10015, /webhook was deleted \(10015\): make a new one .*update webhook_url/],
  [401, 50027, /token was renewed \(50027\): copy it again/],
  [401, 0, /does not know this webhook \(401 no\): make a new one/],
  [404, 10003, /thread is gone \(10003\): check thread_id/],
  [400, 220001, /is a forum \(220001\): set follow_ups: thread, or thread_id/],
  [400, 220003, /no forum.*set follow_ups to post or edit/],
  [403, 160005, /locked \(160005\): unlock it/],
  [400, 200000, /AutoMod blocks the text \(200000\): allow it/],
  [413, 40005, /too large for Discord \(40005\); please report/],
  [400, 4711, /refused the message \(400 4711 no\); check webhook_url/],
  [301, 0, /redirects \(301 no\): set webhook_url to the final address/],
];
for (const [status, code, says] of REFUSED) {
  test(`${status} ${code} is refused and says what to do`, () => {
    const answer = answered(status, { message: 'no', ...(code > 0 && { code }) });
    assert(answer.kind === 'refused');
    assert.match(refusalWords(answer), says);
  });
}

test('a layout that is refused is said with its place', () => {
  const errors = { embeds: { 0: { title: { _errors: [{ code: 'X', message: 'Must be 256 or fewer in length.' }] } } } };
  const answer = answered(400, { code: 50035, message: 'Invalid Form Body', errors });
  assert(answer.kind === 'refused');
  assert.match(refusalWords(answer), /50035 Invalid Form Body embeds\.0\.title: Must be 256 .*please report/);
});

const PASSING: readonly (readonly [status: number, body: unknown])[] = [
  [500, ''],
  [502, '<html>bad gateway</html>'],
  [408, ''],
  [400, { code: 130000, message: 'API resource is currently overloaded' }],
  [403, { code: 40333, message: 'internal network error' }],
  [400, { code: 40004, message: 'Send messages has been temporarily disabled' }],
  [403, '<!DOCTYPE html><title>Access denied</title>'],
  [404, '<html>not here</html>'],
  [200, '<html>Sign in</html>'],
  [200, 'ok'],
];
for (const [status, body] of PASSING) {
  test(`${status} ${JSON.stringify(body)} is tried again`, () => assert.equal(answered(status, body).kind, 'later'));
}

test('Cloudflare is asked again slowly, and what is not Discord is said', () => {
  const answer = answered(403, '<!DOCTYPE html>');
  assert(answer.kind === 'later');
  assert.equal(answer.retryAfterMs, 600_000);
  assert.match(answer.reason, /^answered 403 with an HTML page, not as Discord does; check webhook_url$/);
});

test('an answer cannot write control sequences into the record', () => {
  const answer = answered(400, { message: '\u001b[2J\nboom'.repeat(100), code: 1 });
  assert(answer.kind === 'refused');
  assert.doesNotMatch(answer.detail, /\p{Cc}/u);
});
