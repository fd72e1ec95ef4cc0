import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAnswer } from './answer.ts';

function outcome(status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return readAnswer({ kind: 'answered', status, headers: new Headers(headers), text }, 0).outcome;
}

test('asked to slow down, it waits as long as header or body say, whatever the status', () => {
  const limited = { errcode: 'M_LIMIT_EXCEEDED', error: 'Too Many Requests', retry_after_ms: 1_500 };
  const wait = (status: number, headers = {}) => {
    const answer = outcome(status, limited, headers);
    return answer.kind === 'retry' && answer.retryAfterMs;
  };
  assert.deepEqual([wait(429), wait(429, { 'retry-after': '4' }), wait(400)], [1_500, 4_000, 1_500]);
});

const ANSWERS: readonly (readonly [status: number, errcode: string, kind: string, says: RegExp])[] = [
  [401, 'M_UNKNOWN_TOKEN', 'broken', /revoked .*set access_token/],
  [403, 'M_FORBIDDEN', 'broken', /invite the bot, .*power level/],
  [401, 'M_USER_LOCKED', 'broken', /locked/],
  [403, 'M_USER_SUSPENDED', 'broken', /suspended/],
  [404, 'M_NOT_FOUND', 'broken', /check room_id/],
  [404, 'M_UNRECOGNIZED', 'broken', /check homeserver/],
  [400, 'M_BAD_JSON', 'rejected', /refused the message \(400 M_BAD_JSON no\); please report/],
  [413, 'M_TOO_LARGE', 'rejected', /refused/],
  [403, 'M_RESOURCE_LIMIT_EXCEEDED', 'retry', /slow down/],
  [500, 'M_UNKNOWN', 'retry', /has a problem/],
];
for (const [status, errcode, kind, says] of ANSWERS) {
  test(`${status} ${errcode} is ${kind} and says what to do`, () => {
    const answer = outcome(status, { errcode, error: 'no' });
    assert.equal(answer.kind, kind);
    assert.match('reason' in answer ? answer.reason : '', says);
  });
}

test('what is no homeserver is said', () => {
  assert.equal(outcome(200, '<html>Sign in</html>').kind, 'retry');
  const lost = outcome(404, '<html>not here</html>');
  assert.deepEqual(lost, {
    kind: 'broken',
    reason: "no answer of a homeserver's (404 an HTML page): check homeserver",
  });
  assert.equal(outcome(302, '').kind, 'broken');
});
