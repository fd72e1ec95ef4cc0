import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAnswer } from './answer.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');

function outcome(status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return readAnswer({ kind: 'answered', status, headers: new Headers(headers), text }, NOW).outcome;
}

const no = (description: string, parameters = {}) => ({ ok: false, description, parameters });

test('429 waits as long as the body says, or the header where that is longer', () => {
  const limited = no('Too Many Requests: retry after 35', { retry_after: 35 });
  const asked = outcome(429, limited, { 'retry-after': '20' });
  assert.equal(asked.kind === 'retry' && asked.retryAfterMs, 35_000);
  assert.equal(outcome(500, no('Internal Server Error')).kind, 'retry');
  assert.equal(outcome(200, '<html>Sign in</html>').kind, 'retry');
});

const BROKEN: readonly (readonly [status: number, body: object, says: RegExp])[] = [
  [401, no('Unauthorized'), /token was revoked .*@BotFather/],
  [404, no('Not Found'), /no bot has this token/],
  [403, no('Forbidden: bot was kicked from the supergroup chat'), /add the bot to the chat/],
  [403, no('Forbidden: bot was blocked by the user'), /add the bot/],
  [400, no('Bad Request: chat not found'), /check chat_id/],
  [
    400,
    no('Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: -1009 }),
    /set chat_id to "-1009"/,
  ],
  [400, no('Bad Request: message thread not found'), /check topic_id/],
  [400, no('Bad Request: not enough rights to send text messages to the chat'), /let the bot post/],
  [302, no(''), /redirects \(302\): set TELEGRAM_API_URL/],
];
for (const [status, body, says] of BROKEN) {
  test(`${status} ${JSON.stringify(body)} holds what waits and says what to do`, () => {
    const answer = outcome(status, body);
    assert(answer.kind === 'broken');
    assert.match(answer.reason, says);
  });
}

test('what is wrong with the message alone is the end of that message', () => {
  assert.equal(outcome(400, no('Bad Request: message is too long')).kind, 'rejected');
});
