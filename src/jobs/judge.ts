import { carried } from '../model/carried.ts';
import {
  type Destination,
  LONGEST_RECEIPT,
  type Message,
  type Outcome,
  type Settlement,
} from '../model/destination.ts';
import type { LanePause } from '../model/inbox/lanes.ts';
import type { AttemptEnd } from '../model/inbox/outbox.ts';
import type { AttemptId } from '../model/notification.ts';
import type { Random } from '../shared/ids.ts';
import { threadOf } from './compose.ts';
import { isLastTry, pauseMs } from './retry.ts';

/** One try to send, ended. */
export interface Attempted {
  readonly attemptId: AttemptId;
  readonly message: Message;
  readonly outcome: Outcome;
  /** What was known of its earlier tries. Absent, or null: nobody was asked. */
  readonly settlement?: Settlement | null;
  /** ms since 1970 */
  readonly endedAt: number;
  readonly durationMs: number;
}

/** What a lane remembers between attempts. What is a LanePause is stored and holds across owners. */
export interface LaneState extends LanePause {
  /** Most notifications the next digest carries: less than `digestMax` while a rejected one is taken apart. */
  readonly digestLimit: number;
  /** Nothing of the last batch was answered with more than "not now", or "never again": one message asks whether it is back. */
  readonly isAway: boolean;
}

export interface Judgement {
  readonly ends: readonly AttemptEnd[];
  readonly next: LaneState;
}

type Terms = Pick<Destination, 'intervalMs' | 'digestMax' | 'onUnknown' | 'retry' | 'settle'>;

const DETAIL_LIMIT = 500;

/**
 * What the outcomes of one batch mean for the notifications and for the lane. Pure. `endedAt`: when the last of them ended, ms since 1970
 * by the clock as it goes now: each says when it ended by the clock of then, which may have been set since.
 *
 * | outcome           | notifications                 | lane                                        |
 * |-------------------|-------------------------------|---------------------------------------------|
 * | sent              | sent (the rest merged)        | its pace; failures 0                        |
 * | retry             | queued, or dead: out of tries | Retry-After exactly, else backoff; failures + 1 |
 * | rejected          | dead                          | its pace; failures 0: it answered, so it is well |
 * | rejected (digest) | queued                        | its pace; the next digest is half as large  |
 * | broken            | queued; the try does not count | broken, which holds it; failures 0: it answered |
 * | unknown, resend   | as retry                      | backoff; failures + 1                       |
 * | unknown, hold     | unknown; queued while it can be looked up | backoff; failures + 1: the next would be lost too |
 */
export function judge(
  destination: Terms,
  state: LaneState,
  attempts: readonly Attempted[],
  endedAt: number,
  random: Random,
): Judgement {
  const outcomes = attempts.map(({ outcome }) => outcome);
  const digestLimit = attempts.reduce(
    (limit, attempt) => digestLimitAfter(destination, limit, attempt),
    state.digestLimit,
  );
  return {
    ends: attempts.map((attempt) => endOf(destination, attempt)),
    next: { ...stateAfter(destination, state, outcomes, endedAt, random), digestLimit },
  };
}

/** What outcomes mean for the lane, whatever was sent. Pure. */
export function stateAfter(
  destination: Pick<Terms, 'intervalMs' | 'retry'>,
  state: LaneState,
  outcomes: readonly Outcome[],
  endedAt: number,
  random: Random,
): LaneState {
  const failures = outcomes.filter(({ kind }) => kind === 'retry' || kind === 'unknown').length;
  const yeses = outcomes.filter(({ kind }) => kind === 'sent' || kind === 'rejected').length;
  const pauses = outcomes.map((outcome) => laneWaitMs(destination, state.failures, outcome, random));
  return {
    notBefore: Math.ceil(endedAt + Math.max(destination.intervalMs, ...pauses)),
    failures: failures > 0 ? state.failures + 1 : 0,
    digestLimit: state.digestLimit,
    isAway: yeses === 0,
    breakdown: outcomes.map(breakdownOf).find((why) => why !== undefined) ?? (yeses > 0 ? null : undefined),
  };
}

function laneWaitMs({ retry }: Pick<Terms, 'retry'>, failures: number, outcome: Outcome, random: Random): number {
  if (outcome.kind === 'retry') return pauseMs(retry, failures, outcome.retryAfterMs, random);
  if (outcome.kind === 'unknown') return pauseMs(retry, failures, undefined, random);
  return 0;
}

function breakdownOf(outcome: Outcome): string | undefined {
  return outcome.kind === 'broken' ? outcome.reason.slice(0, DETAIL_LIMIT) : undefined;
}

function endOf(destination: Terms, attempt: Attempted): AttemptEnd {
  const { attemptId, message, outcome, settlement } = attempt;
  const detail = (outcome.kind === 'sent' ? outcome.answer : outcome.reason).slice(0, DETAIL_LIMIT);
  // The record knows what became of the message, not of the place: it was not taken, and goes again.
  const kind = outcome.kind === 'broken' ? 'retry' : outcome.kind;
  const base = { attemptId, outcome: kind, detail, exhausted: [], reason: null } as const;
  if (outcome.kind === 'sent') return { ...base, state: 'sent', receipt: receiptOf(message, outcome) };
  if (outcome.kind === 'rejected') {
    // One bad notification must not kill the hundreds told with it: halves find it, alone it dies.
    return message.kind === 'digest' ? { ...base, state: 'queued' } : { ...base, state: 'dead', reason: detail };
  }
  if (outcome.kind === 'broken') return { ...base, state: 'queued', isUncounted: true };
  const isFinal = destination.settle === undefined || settlement?.kind === 'unknowable';
  if (outcome.kind === 'unknown' && destination.onUnknown === 'hold' && isFinal) {
    return { ...base, state: 'unknown', reason: detail };
  }
  return { ...base, state: 'queued', ...givenUp(destination, message, detail) };
}

/** Longer threads are not kept apart by every engine's index. */
const LONGEST_THREAD = 400;

function receiptOf(message: Message, { receipt }: Extract<Outcome, { kind: 'sent' }>): AttemptEnd['receipt'] {
  if (receipt === undefined) return undefined;
  const thread = threadOf(message);
  if (thread === null || thread.length > LONGEST_THREAD) return undefined;
  return JSON.stringify(receipt).length > LONGEST_RECEIPT ? undefined : { thread, value: receipt };
}

function givenUp(destination: Terms, message: Message, detail: string): Pick<AttemptEnd, 'exhausted' | 'reason'> {
  const last = carried(message).filter((notification) => isLastTry(destination.retry, notification.tries));
  if (last.length === 0) return { exhausted: [], reason: null };
  const tries = Math.max(...last.map((notification) => notification.tries + 1));
  return {
    exhausted: last.map((notification) => notification.id),
    reason: `gave up after ${tries} ${tries === 1 ? 'try' : 'tries'}, the last: ${detail} (tidings replay --state dead tries again)`,
  };
}

function digestLimitAfter(destination: Terms, limit: number, { message, outcome }: Attempted): number {
  if (outcome.kind === 'sent') return destination.digestMax;
  if (outcome.kind === 'rejected' && message.kind === 'digest') return Math.floor(message.notifications.length / 2);
  return limit;
}
