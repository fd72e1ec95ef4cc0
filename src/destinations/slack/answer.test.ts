import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Outcome } from '../../model/destination.ts';
import { outcomeOf } from './answer.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');
function answered(status: number, text: string, retryAfter?: string): Outcome {
  const headers = new Headers(retryAfter === undefined ? {} : { 'retry-after': retryAfter });
  return outcomeOf({ kind: 'answered', status, headers, text }, NOW);
}

test('200 ok is sent', () => assert.deepEqual(answered(200, 'ok'), { kind: 'sent', answer: '200 ok' }));

test('429 waits as long as Slack says, in seconds or until a date; without a word the backoff decides', () => {
  const wait = (retryAfter?: string) => {
    const outcome = answered(429, 'rate_limited', retryAfter);
    return outcome.kind === 'retry' ? outcome.retryAfterMs : outcome.kind;
  };
  assert.equal(wait('30'), 30_000);
  assert.equal(wait('Thu, 01 Jan 2026 00:00:05 GMT'), 5000);
  assert.equal(wait('Wed, 31 Dec 2025 00:00:00 GMT'), 0);
  assert.equal(wait('99999999999'), 86_400_000);
  assert.equal(wait('soon'), undefined);
  assert.equal(wait(), undefined);
});

const KINDS: readonly (readonly [status: number, text: string, kind: Outcome['kind'], says: RegExp])[] = [
  [500, 'rollup_error', 'retry', /problem/],
  [503, '', 'retry', /503/],
  [400, 'invalid_payload', 'rejected', /report/],
  [400, 'invalid_blocks', 'rejected', /layout/],
  [400, 'no_text', 'rejected', /text/],
  [403, 'action_prohibited', 'broken', /administrator/],
  [404, 'channel_not_found', 'broken', /another channel/],
  [404, 'no_service', 'broken', /create a new one/],
  [410, 'channel_is_archived', 'broken', /unarchive/],
  [403, 'invalid_token', 'broken', /copy it again/],
  [404, 'team_disabled', 'broken', /disabled/],
  [404, 'never heard of it', 'broken', /check webhook_url/],
  [410, '', 'broken', /410\); check webhook_url/],
  [400, 'constructor', 'rejected', /check webhook_url/],
  [418, 'teapot', 'rejected', /418 teapot.*check webhook_url/],
];
for (const [status, text, kind, says] of KINDS) {
  test(`${status} ${text} is ${kind} and says what to do`, () => {
    const outcome = answered(status, text);
    assert.equal(outcome.kind, kind);
    assert.match('reason' in outcome ? outcome.reason : '', says);
  });
}

const YES: readonly (readonly [who: string, status: number, text: string])[] = [
  ['Slack, Discord', 200, 'ok'],
  ['Mattermost', 200, 'ok\n'],
  ['Rocket.Chat', 200, '{"success":true}'],
  ['Zulip', 200, '{"result":"success","msg":"","ok":true}'],
  ['an older Zulip', 200, '{"result":"success","msg":""}'],
];
for (const [who, status, text] of YES) {
  test(`${who}: ${status} ${text.trim()} is a yes`, () => assert.equal(answered(status, text).kind, 'sent'));
}

const FOREIGN: readonly (readonly [status: number, text: string, says: RegExp])[] = [
  [
    200,
    '<!DOCTYPE html><title>Sign in</title>',
    /^answered 200 with an HTML page, not as Slack does; check webhook_url$/,
  ],
  [200, '\n<html lang="en">ok</html>', /an HTML page/],
  [200, '', /^answered 200 with nothing, not/],
  [204, '', /^answered 204 with nothing, not/],
  [200, 'OKAY', /with "OKAY"/],
  [200, '{"ok":false}', /with "{"ok":false}"/],
  [200, '{"success":"true"}', /success/],
  [200, '{"result":"success","ok":false}', /result/],
  [200, '"ok"', /with/],
  [200, 'null', /with "null"/],
  [202, 'accepted', /202 with "accepted"/],
  [403, '<!doctype html><h1>Blocked by your organisation</h1>', /403 with an HTML page/],
  [404, '<html><body>Not found</body></html>', /404 with an HTML page/],
];
for (const [status, text, says] of FOREIGN) {
  test(`${status} ${text.trim()} is no answer of Slack’s: tried again, with a word`, () => {
    const outcome = answered(status, text);
    assert.equal(outcome.kind, 'retry');
    assert.match('reason' in outcome ? outcome.reason : '', says);
  });
}

test('a redirect is followed nowhere: it holds the lane, whatever page comes with it', () => {
  for (const text of ['', '<html>moved</html>']) {
    const outcome = answered(302, text);
    assert.equal(outcome.kind, 'broken');
    assert.match(
      'reason' in outcome ? outcome.reason : '',
      /redirects \(302.*\): set webhook_url to the final address/,
    );
  }
});

test('what never left is tried again; what may have arrived is unknown', () => {
  assert.equal(outcomeOf({ kind: 'unreachable', reason: 'ECONNREFUSED' }, NOW).kind, 'retry');
  assert.equal(outcomeOf({ kind: 'lost', reason: 'no answer within 10 s' }, NOW).kind, 'unknown');
});

test('an answer cannot write control sequences into the record', () => {
  for (const status of [200, 400]) {
    const outcome = answered(status, '\u001b[2J\nboom'.repeat(100));
    assert.doesNotMatch('reason' in outcome ? outcome.reason : '', /\p{Cc}/u);
  }
});
