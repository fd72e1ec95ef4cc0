import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message, Outcome } from '../model/destination.ts';
import type { Notification } from '../model/notification.ts';
import { judge, type LaneState } from './judge.ts';

const TERMS = {
  intervalMs: 1_000,
  digestMax: 100,
  onUnknown: 'resend',
  retry: { baseMs: 1_000, capMs: 60_000, maxTries: 3 },
} as const;
const STATE: LaneState = { notBefore: 0, failures: 2, digestLimit: 100, isAway: true };
const END = 50_000;

const notification = (id: number, tries = 0) => ({ id, tries }) as Notification;
const single = (id: number, tries = 0): Message => ({ kind: 'single', notification: notification(id, tries) });
const digest = (...ids: number[]): Message => ({ kind: 'digest', notifications: ids.map((id) => notification(id)) });

function judged(outcome: Outcome, options: { message?: Message; terms?: Parameters<typeof judge>[0] } = {}) {
  const { message = single(1), terms = TERMS } = options;
  const attempt = { attemptId: 7, message, outcome, endedAt: END, durationMs: 5 };
  const { ends, next } = judge(terms, STATE, [attempt], END, () => 0.5);
  return { end: ends[0], next };
}

test('sent: told, the failures are forgotten, and the pace counts from the end of the attempt', () => {
  const { end, next } = judged({ kind: 'sent', answer: 'ok' });
  assert.equal(end?.state, 'sent');
  assert.deepEqual(next, { notBefore: END + 1_000, failures: 0, digestLimit: 100, isAway: false, breakdown: null });
});

test('the receipt is kept for the thread it is about: not a long one, not of a long thread, and none of a digest', () => {
  const about = (thread: string | null) =>
    ({ id: 1, tries: 0, activity: { keys: { thread } } }) as unknown as Notification;
  const keptOf = (message: Message, receipt = { id: 'x' }) =>
    judged({ kind: 'sent', answer: 'ok', receipt }, { message }).end?.receipt;
  const of = (thread: string | null): Message => ({ kind: 'single', notification: about(thread) });
  assert.deepEqual(keptOf(of('acme/api#1')), { thread: 'acme/api#1', value: { id: 'x' } });
  assert.equal(keptOf(of(null)), undefined);
  assert.equal(keptOf(of('x'.repeat(401))), undefined);
  assert.equal(keptOf(of('acme/api#1'), { id: 'x'.repeat(1_000) }), undefined);
  assert.equal(keptOf({ kind: 'digest', notifications: [about('acme/api#1')] }), undefined);
});

test('retry with Retry-After: the lane pauses exactly so long, and the notification waits', () => {
  const { end, next } = judged({ kind: 'retry', reason: '429', retryAfterMs: 30_000 });
  assert.deepEqual([end?.state, end?.exhausted], ['queued', []]);
  assert.deepEqual([next.notBefore, next.failures], [END + 30_000, 3]);
});

test('retry without Retry-After: backoff by the failures so far, never under the pace', () => {
  assert.equal(judged({ kind: 'retry', reason: '500' }).next.notBefore, END + 2_660);
  const patient = { ...TERMS, intervalMs: 9_000 };
  assert.equal(judged({ kind: 'retry', reason: '500' }, { terms: patient }).next.notBefore, END + 9_000);
});

test('out of tries: that notification is dead with the reason in words', () => {
  const { end } = judged({ kind: 'retry', reason: 'HTTP 500' }, { message: single(1, 2) });
  assert.deepEqual(end?.exhausted, [1]);
  assert.match(end?.reason ?? '', /gave up after 3 tries, the last: HTTP 500.*tidings replay/);
});

test('a digest out of tries for some kills those and keeps the others', () => {
  const message: Message = { kind: 'digest', notifications: [notification(1, 2), notification(2, 0)] };
  const { end } = judged({ kind: 'retry', reason: 'HTTP 500' }, { message });
  assert.deepEqual([end?.state, end?.exhausted], ['queued', [1]]);
});

test('rejected: that message is dead, the lane goes on at its pace', () => {
  const { end, next } = judged({ kind: 'rejected', reason: 'invalid_blocks' });
  assert.deepEqual([end?.state, end?.reason], ['dead', 'invalid_blocks']);
  assert.deepEqual([next.notBefore, next.failures], [END + 1_000, 0]);
});

test('a rejected digest is taken apart until the bad one stands alone; a success makes digests whole again', () => {
  const { end, next } = judged({ kind: 'rejected', reason: 'invalid_blocks' }, { message: digest(1, 2, 3, 4, 5) });
  assert.deepEqual([end?.state, end?.outcome, next.digestLimit], ['queued', 'rejected', 2]);
  const attempt = {
    attemptId: 1,
    message: digest(1, 2),
    outcome: { kind: 'sent', answer: 'ok' },
    endedAt: END,
    durationMs: 1,
  } as const;
  assert.equal(judge(TERMS, next, [attempt], END, () => 0).next.digestLimit, 100);
});

test('a lost answer is told again with backoff, or held as unknown, as the destination says', () => {
  const lost = { kind: 'unknown', reason: 'no answer within 10 s' } as const;
  const resent = judged(lost);
  assert.deepEqual([resent.end?.state, resent.end?.outcome], ['queued', 'unknown']);
  const held = judged(lost, { terms: { ...TERMS, onUnknown: 'hold' } });
  assert.deepEqual([held.end?.state, held.end?.reason], ['unknown', 'no answer within 10 s']);
  for (const { next } of [resent, held]) assert.deepEqual([next.notBefore, next.failures], [END + 2_660, 3]);
});

test('broken: the lane is, and its message waits as if it had not been tried', () => {
  const { end, next } = judged({ kind: 'broken', reason: 'webhook deleted' }, { message: single(1, 2) });
  assert.deepEqual([end?.state, end?.outcome, end?.isUncounted, end?.exhausted], ['queued', 'retry', true, []]);
  assert.deepEqual(next, {
    notBefore: END + 1_000,
    failures: 0,
    digestLimit: 100,
    isAway: true,
    breakdown: 'webhook deleted',
  });
});

test('what is known of a breakdown holds until something arrives, or is refused for what it says', () => {
  assert.equal(judged({ kind: 'retry', reason: '503' }).next.breakdown, undefined);
  assert.equal(judged({ kind: 'unknown', reason: 'no answer' }).next.breakdown, undefined);
  assert.equal(judged({ kind: 'rejected', reason: 'too long' }).next.breakdown, null);
});

test('several at once: each ends by its own outcome, and the longest pause holds for the lane', () => {
  const outcomes: Outcome[] = [
    { kind: 'sent', answer: 'ok' },
    { kind: 'retry', reason: '429', retryAfterMs: 7_000 },
    { kind: 'rejected', reason: '404' },
  ];
  const attempts = outcomes.map((outcome, index) => ({
    attemptId: index,
    message: single(index),
    outcome,
    durationMs: 1,
    endedAt: END + index,
  }));
  const { ends, next } = judge(TERMS, STATE, attempts, END + 2, () => 0.5);
  assert.deepEqual(
    ends.map(({ state }) => state),
    ['sent', 'queued', 'dead'],
  );
  assert.deepEqual([next.notBefore, next.failures, next.isAway], [END + 2 + 7_000, 3, false]);
});

test('of several, one ended by a clock that was a day ahead: the lane does not wait until then', () => {
  const outcome: Outcome = { kind: 'retry', reason: '503' };
  const attempts = [END + 86_400_000, END].map((endedAt, index) => {
    return { attemptId: index, message: single(index), outcome, durationMs: 1, endedAt };
  });
  assert.ok(judge(TERMS, STATE, attempts, END, () => 0.5).next.notBefore < END + 60_000);
});

test('a destination that answers nothing of a batch but "not now" is away', () => {
  for (const outcome of [{ kind: 'retry', reason: '503' } as const, { kind: 'unknown', reason: 'no answer' } as const])
    assert.equal(judged(outcome).next.isAway, true);
  assert.equal(judged({ kind: 'rejected', reason: '404' }).next.isAway, false);
});

test('a detail is cut at 500 characters', () => {
  assert.equal(judged({ kind: 'rejected', reason: 'x'.repeat(900) }).end?.detail.length, 500);
});
