import type { Destination, Message } from '../model/destination.ts';
import type { CardToShow } from '../model/inbox/cards.ts';
import { AccountTurn } from './account-turn.ts';
import { sendAll } from './attempt.ts';
import { begin, type Lane } from './begin.ts';
import { LaneCards } from './cards/lane-cards.ts';
import { compose, composeLimit, countLimit } from './compose.ts';
import type { JobContext } from './context.ts';
import { fenced } from './held-lane.ts';
import { type Attempted, type Judgement, judge, type LaneState, stateAfter } from './judge.ts';
import { type Instant, instant, type OwnedLane } from './owned-lane.ts';
import { becamePaused, pauseByPerson } from './paused.ts';
import { persistingIn } from './persist.ts';
import { recordAttempts } from './record-attempts.ts';
import { longestPauseMs } from './retry.ts';
import { settleAll } from './settle.ts';

interface PausedLane extends LaneState {
  /** When its pause is over, by the clock that nobody sets. */
  readonly resumesAt: number;
  /** When its pace allows another message, by the same. */
  readonly pacedUntil: number;
  /** When its destination was recorded as broken, by the same: until somebody says otherwise, it holds all it has. Null: it sends. */
  readonly heldSince: number | null;
}

/**
 * The story of one destination's lane, as long as this worker owns it:
 *
 * 1. Adopt what an earlier owner began and never ended; it may have arrived this moment, so the pace counts from here.
 * 2. Wait until the lane may send (its pace, or a pause) and something waits.
 * 3. Compose: one digest when much waits, else singles; one alone while the destination is away, or was broken for an earlier owner.
 *    Where others ask its account too, wait for its turn among them, and compose again.
 *    Between messages one card that shows less than is known; before a message, the card below which it goes.
 * 4. Settle: where the destination can say whether a message arrived whose answer nobody knows, ask it. What had arrived is not sent.
 * 5. Begin: look up the receipts of earlier messages, and record the attempts, so that a crash from here on is known to the
 *    next owner.
 * 6. Send, unless the lease runs short. No transaction is open.
 * 7. End: record how it ended and how long the lane pauses, then say so. Where nothing can arrive, it holds what it has until somebody
 *    says that it can (`tidings resume`), or another owner asks.
 *
 * While a person has it paused, nothing begins: the store says so where an attempt would be recorded, and each renewal of the lease.
 */
export async function runLane(
  context: JobContext,
  destination: Destination,
  owned: OwnedLane,
  showsCards = false,
): Promise<void> {
  const { account, cards: rack } = destination;
  const turn = account === undefined ? null : new AccountTurn(context, account);
  const held = { context, destination, owned, turn, ...persistingIn(context, owned) };
  const lane = { ...held, cards: showsCards && rack !== undefined ? new LaneCards(held, rack) : null };
  const isPaused = pauseByPerson(lane);
  const adopted = await adopt(lane);
  if (adopted === undefined) return;
  let state = firstState(lane, adopted);
  while (!owned.over) {
    if ((await isPaused()) || (await isHeld(lane, state))) continue;
    const waitMs = waitMsOf(lane, state);
    const messages = waitMs > 0 ? [] : await nextMessages(lane, state);
    const card = (await nextCard(lane, state, waitMs > 0 ? null : messages)) ?? null;
    if (card !== null) {
      const shown = await showCard(lane, card, state);
      if (shown === undefined) return;
      state = shown;
      continue;
    }
    if (messages.length === 0) {
      const longestMs = waitMs > 0 ? waitMs : context.timing.pollMs;
      if (!owned.over) await owned.wake.wait(context.clock, Math.min(longestMs, lane.cards?.waitMs ?? longestMs));
      continue;
    }
    const going = messages.slice(0, await inTurn(lane, messages.length, state));
    const begun = await begin(lane, await settleAll(lane, going));
    if (begun?.length === 0) continue;
    if (begun === undefined || !(await leaseIsLong(lane))) return;
    const attempts = await sendAll(context, owned, destination, begun);
    const ended = instant(context.clock);
    const judgement = judge(destination, state, attempts, ended.wall, context.random);
    await heed(lane, attempts);
    if (!(await end(lane, judgement, attempts))) return;
    await lane.cards?.told(begun, attempts);
    recordAttempts(context, destination, attempts, judgement);
    const pacedUntil = ended.monotonic + destination.intervalMs;
    state = { ...paused(judgement.next, ended, pacedUntil), heldSince: heldSince(lane, judgement.next) };
  }
}

function firstState(lane: Lane, adopted: number): PausedLane {
  const { context, destination, owned } = lane;
  const { notBefore, failures, epoch, broken } = owned.lease;
  const isAway = failures > 0 || broken !== null;
  const state = { notBefore, failures, digestLimit: destination.digestMax, isAway };
  // What an earlier owner sent may have arrived this moment: the pause it stored was by another clock, or by this one before it was set.
  const hadOwner = adopted > 0 || epoch > 1;
  const pacedUntil = context.clock.monotonic() + (hadOwner ? destination.intervalMs : 0);
  return paused(withinReach(lane, state), owned.acquired, pacedUntil);
}

/** What a destination asked an earlier owner for is kept no longer than this: a minute too early costs one request. */
const ASKED_EARLIER_MS = 60_000;

/** A pause longer than those failures make was stored by a clock that was ahead, if no `Retry-After` was. */
function withinReach({ destination, owned }: Lane, state: LaneState): LaneState {
  const { intervalMs, retry } = destination;
  const backoffMs = state.failures === 0 ? 0 : Math.max(ASKED_EARLIER_MS, longestPauseMs(retry, state.failures));
  const latest = owned.acquired.wall + Math.max(intervalMs, backoffMs);
  return state.notBefore <= latest ? state : { ...state, notBefore: latest };
}

/**
 * A pause that began at `from` ends by either clock: one can be set back, the other stands still with the machine. The pace is kept by
 * the other alone: the first can be set ahead.
 */
function paused(state: LaneState, from: Instant, pacedUntil: number): PausedLane {
  return { ...state, resumesAt: from.monotonic + state.notBefore - from.wall, pacedUntil, heldSince: null };
}

/** After the record: what was asked of the store before knows nothing of it. */
function heldSince({ context, destination }: Lane, { breakdown }: LaneState): number | null {
  if (typeof breakdown !== 'string') return null;
  const { name } = destination;
  context.log.warn(
    { destination: name, reason: breakdown },
    `nothing can arrive at ${name}: what is for it waits until its settings change, Tidings starts anew, or \`tidings resume ${name}\``,
  );
  return context.clock.monotonic();
}

/** Waits once while nothing can arrive. Every renewal of the lease wakes it, and knows whether somebody said that something can. */
async function isHeld({ context, owned }: Lane, { heldSince: since }: PausedLane): Promise<boolean> {
  if (since === null || owned.isResumed(since)) return false;
  await owned.wake.wait(context.clock, context.timing.renewMs);
  return true;
}

/** How many notifications it concerns; undefined when the lane is lost. */
async function adopt(lane: Lane): Promise<number | undefined> {
  const { context, destination, owned, toBegin } = lane;
  const { inbox, log, telemetry } = context;
  const canSettle = destination.settle !== undefined;
  const work = () => inbox.adopt(owned.lease, canSettle ? 'resend' : destination.onUnknown);
  const count = await toBegin(`taking over lane ${destination.name}`, work);
  if (count === 'fenced') fenced(lane, 'taking it over');
  if (count === undefined || count === 'fenced') return undefined;
  if (count === 0) return 0;
  if (canSettle) {
    log.warn(
      { destination: destination.name, count },
      'an earlier worker died while sending; looking whether it arrived',
    );
  } else if (destination.onUnknown === 'resend') {
    telemetry.uncertain(destination.name, count);
    log.warn(
      { destination: destination.name, count },
      'an earlier worker died while sending; telling again, perhaps twice',
    );
  } else {
    log.warn(
      { destination: destination.name, count },
      'an earlier worker died while sending; held as unknown (tidings replay --state unknown tells again)',
    );
  }
  return count;
}

/** ms until the lane may send. By then anything may have happened: the caller looks again. */
function waitMsOf({ context, owned, turn }: Lane, state: PausedLane): number {
  const { wall, monotonic } = instant(context.clock);
  const pausedMs = Math.min(state.notBefore - wall, state.resumesAt - monotonic);
  const waitMs = Math.max(pausedMs, state.pacedUntil - monotonic, turn?.waitMs ?? 0);
  return waitMs <= 0 && owned.remainingMs() < context.timing.minLeaseMs ? context.timing.pollMs : waitMs;
}

/** `messages`: those that wait to be sent. Null: messages keep their pace, which is none of edits'. */
async function nextCard({ cards }: Lane, { failures }: PausedLane, messages: readonly Message[] | null) {
  if (messages !== null) return cards?.next(messages);
  return failures === 0 ? cards?.nextEdit() : null;
}

/** A wait for its turn that is longer than this is said, as a pause is: a lane in which nothing moves looks ill. */
const LONG_WAIT_MS = 30_000;

/** How many messages may go now, where others ask its account too. */
async function inTurn(lane: Lane, count: number, { failures }: LaneState): Promise<number> {
  const { context, destination, owned, turn, toBegin } = lane;
  if (turn === null) return count;
  const taking = `taking a turn at the account of ${destination.name}`;
  const slots = await toBegin(taking, () => turn.take(count));
  if (slots === 0 && turn.waitMs > LONG_WAIT_MS) {
    const notBefore = Math.ceil(context.clock.now() + turn.waitMs);
    const said = await toBegin(taking, () => context.inbox.end(owned.lease, [], { notBefore, failures }));
    if (said === 'fenced') fenced(lane, 'waiting for its turn');
  }
  return slots ?? 0;
}

async function heed(
  { destination, turn, toEnd }: Lane,
  attempts: readonly Pick<Attempted, 'outcome'>[],
): Promise<void> {
  if (turn !== null) await toEnd(`slowing down the account of ${destination.name}`, () => turn.heed(attempts));
}

async function nextMessages(lane: Lane, state: LaneState): Promise<readonly Message[]> {
  const { context, destination, owned, toBegin } = lane;
  // What is committed from here on raises it again.
  owned.wake.lower();
  const work = () => context.inbox.waiting(destination.name, composeLimit(destination), countLimit(destination));
  const waiting = await toBegin(`reading lane ${destination.name}`, work);
  if (waiting === undefined || owned.over) return [];
  const messages = compose(waiting, destination, state.digestLimit);
  const apart = (await lane.cards?.apart(messages)) ?? null;
  return probed(apart === null ? messages : compose(apart, destination, state.digestLimit), state);
}

/** One message asks whether a destination is back; each of those that would go at once in turn, so that no bad one stands in the way. */
function probed(messages: readonly Message[], { isAway, failures }: LaneState): readonly Message[] {
  if (!isAway || messages.length < 2) return messages;
  const first = failures % messages.length;
  return messages.slice(first, first + 1);
}

/** Undefined: the lane is lost. A new message keeps the pace of messages, an edit that of its own. */
async function showCard(lane: Lane, card: CardToShow, state: PausedLane): Promise<PausedLane | undefined> {
  const { context, destination, owned, cards, toEnd } = lane;
  const isEdit = card.receipt !== null;
  if (cards === null || (!isEdit && (await inTurn(lane, 1, state)) === 0)) return state;
  if (!(await leaseIsLong(lane))) return undefined;
  if (await becamePaused(lane)) return state;
  const outcome = await cards.show(card);
  if (outcome === undefined) return undefined;
  const ended = instant(context.clock);
  if (!isEdit) await heed(lane, [{ outcome }]);
  const terms = { retry: destination.retry, intervalMs: isEdit ? 0 : destination.intervalMs };
  const next = stateAfter(terms, state, [outcome], ended.wall, context.random);
  const isWell = next.failures === 0 && typeof next.breakdown !== 'string';
  if (!isWell || state.isAway || state.failures > 0) {
    const work = () => context.inbox.end(owned.lease, [], next);
    const result = await toEnd(`recording how ${destination.name} is`, work);
    if (result === 'fenced') fenced(lane, 'showing a card');
    if (result !== 'done') return undefined;
  }
  const pacedUntil = isEdit ? state.pacedUntil : ended.monotonic + destination.intervalMs;
  return { ...paused(next, ended, pacedUntil), heldSince: heldSince(lane, next) };
}

/**
 * Never send on a lease that may run out meanwhile: two owners would tell the same. Waits for a renewal; false when the
 * lane is lost. Then the recorded attempts stay open, and the next owner adopts them.
 */
async function leaseIsLong({ context, owned }: Lane): Promise<boolean> {
  const isOver = () => owned.lost.aborted || context.shutdown.quitting.aborted;
  while (!isOver() && owned.remainingMs() < context.timing.minLeaseMs) {
    await owned.wake.wait(context.clock, context.timing.pollMs);
  }
  return !isOver();
}

/**
 * Keeps trying while the lane is ours: an answer that is never recorded is told twice. The store fences it off as soon
 * as somebody else holds the lane, so trying on past the expiry is safe.
 */
async function end(lane: Lane, judgement: Judgement, attempts: readonly Attempted[]): Promise<boolean> {
  const { context, destination, owned, toEnd } = lane;
  const work = () => context.inbox.end(owned.lease, judgement.ends, judgement.next);
  const result = await toEnd(`recording how attempts to ${destination.name} ended`, work);
  if (result === 'done') return true;
  const outcomes = attempts.map(({ attemptId, outcome }) => ({ attemptId, outcome: outcome.kind }));
  context.log.warn(
    { destination: destination.name, outcomes },
    'attempts ended unrecorded; the next owner takes them as unknown',
  );
  return result === 'fenced' ? fenced(lane, 'recording an answer') : false;
}
