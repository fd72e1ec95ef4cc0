import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Outcome } from '../../model/destination.ts';
import { outcomeOfPost } from './bot-answer.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');

function answered(status: number, body: unknown, retryAfter?: string): Outcome {
  const headers = new Headers(retryAfter === undefined ? {} : { 'retry-after': retryAfter });
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return outcomeOfPost({ kind: 'answered', status, headers, text }, { channel: '#releases', now: NOW });
}

const reason = (outcome: Outcome) => ('reason' in outcome ? outcome.reason : '');

test('ok with a timestamp is sent', () => {
  const outcome = answered(200, { ok: true, channel: 'C1', ts: '1503435956.000247' });
  const receipt = { channel: 'C1', ts: '1503435956.000247' };
  assert.deepEqual(outcome, { kind: 'sent', answer: '200 ok', receipt });
  const below = { ok: true, channel: 'C1', ts: '1503435957.000100', message: { thread_ts: '1503435956.000247' } };
  assert.deepEqual(answered(200, below), { kind: 'sent', answer: '200 ok', receipt });
  assert.deepEqual(answered(200, { ok: true }), { kind: 'sent', answer: '200 ok', receipt: undefined });
});

test('429, or ratelimited with any status, waits as long as Slack says', () => {
  for (const status of [429, 200]) {
    const outcome = answered(status, { ok: false, error: 'ratelimited' }, '30');
    assert.deepEqual(outcome.kind === 'retry' && outcome.retryAfterMs, 30_000);
    assert.match(reason(outcome), /slow down/);
  }
});

const BROKEN: readonly (readonly [error: string, says: RegExp])[] = [
  ['not_in_channel', /not in #releases .*\/invite /],
  ['channel_not_found', /no channel #releases/],
  ['is_archived', /#releases is archived .*unarchive/],
  ['invalid_auth', /does not know this token.*copy the Bot User OAuth Token/],
  ['token_revoked', /was revoked.*install the app again/],
  ['token_expired', /expired.*rotation/],
  ['account_inactive', /removed from the workspace/],
  ['not_authed', /no token/],
  ['restricted_action', /administrator/],
];
for (const [error, says] of BROKEN) {
  test(`200 ${error} is broken and says what to do`, () => {
    const outcome = answered(200, { ok: false, error });
    assert.equal(outcome.kind, 'broken');
    assert.match(reason(outcome), says);
  });
}

const REFUSED: readonly (readonly [error: string, says: RegExp])[] = [
  ['msg_too_long', /too long/],
  ['invalid_blocks', /layout/],
  ['constructor', /refused it \(constructor\)/],
  ['a_new_error', /refused it \(a_new_error\); check the token and the channel/],
];
for (const [error, says] of REFUSED) {
  test(`200 ${error} is rejected and says what to do`, () => {
    const outcome = answered(200, { ok: false, error });
    assert.equal(outcome.kind, 'rejected');
    assert.match(reason(outcome), says);
  });
}

test('a missing scope is named, with what the app has', () => {
  const body = { ok: false, error: 'missing_scope', needed: 'chat:write', provided: 'channels:read' };
  assert.match(reason(answered(200, body)), /lacks the scope chat:write .*it has channels:read.*reinstall/);
});

const PASSING: readonly (readonly [status: number, body: unknown])[] = [
  [200, { ok: false, error: 'internal_error' }],
  [200, { ok: false, error: 'fatal_error' }],
  [200, { ok: false, error: 'service_unavailable' }],
  [200, { ok: false, error: 'request_timeout' }],
  [503, 'upstream'],
  [500, { ok: false, error: 'anything' }],
  [408, ''],
  [200, '<html>back soon</html>'],
  [200, ''],
  [204, ''],
  [200, 'ok'],
  [403, '<!doctype html><h1>Blocked</h1>'],
];
for (const [status, body] of PASSING) {
  test(`${status} ${JSON.stringify(body)} is tried again`, () => assert.equal(answered(status, body).kind, 'retry'));
}

test('a redirect is followed nowhere: it holds the lane', () => {
  const outcome = answered(302, '<html>moved</html>');
  assert.equal(outcome.kind, 'broken');
  assert.match(reason(outcome), /redirects: set SLACK_API_URL to the final address/);
});

test('a login page is named, with what to look at', () => {
  assert.equal(
    reason(answered(200, '<html>Sign in</html>')),
    'answered 200 with an HTML page, not as Slack does; check SLACK_API_URL',
  );
});

test('what is no answer of Slack’s is rejected with what it said', () => {
  const outcome = answered(404, '\u001b[2Jnot found\nhere');
  assert.match(reason(outcome), /404 .*not found here/);
  assert.doesNotMatch(reason(outcome), /\p{Cc}/u);
});

test('what never left is tried again; what may have arrived is unknown', () => {
  const place = { channel: '#releases', now: NOW };
  assert.equal(outcomeOfPost({ kind: 'unreachable', reason: 'ECONNREFUSED' }, place).kind, 'retry');
  assert.equal(outcomeOfPost({ kind: 'lost', reason: 'no answer within 10 s' }, place).kind, 'unknown');
});
