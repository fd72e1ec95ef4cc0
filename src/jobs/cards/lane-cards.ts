import { isDeepStrictEqual } from 'node:util';
import type { CardRack, Message, Outcome, Settlement, Shown } from '../../model/destination.ts';
import type { CardNote, CardToShow } from '../../model/inbox/cards.ts';
import type { Waiting } from '../../model/inbox/outbox.ts';
import { isOver } from '../../model/known/is-over.ts';
import { AccountTurn } from '../account-turn.ts';
import { type Begun, sendUnrecorded } from '../attempt.ts';
import { fenced, type HeldLane } from '../held-lane.ts';
import type { Attempted } from '../judge.ts';
import { isLastTry } from '../retry.ts';
import { settlementOf } from '../settlement.ts';
import { cardThreadOf, ofOneCard } from './card-thread.ts';

/** Of those behind: how many are looked at before the next message goes. */
const LOOKED_AT = 20;
/** One that was deleted comes back once. Whoever deletes it again means it. */
const MOST_POSTS = 2;
const REASON = 500;

/**
 * The cards of one lane. Each is shown as is known at that moment, however much has happened since the last time; the one that waits
 * longest first. Between two messages goes one card, between two cards one message.
 */
export class LaneCards {
  readonly #lane: HeldLane;
  readonly #rack: CardRack;
  /** Null: nobody shares the limits of its edits. */
  readonly #turn: AccountTurn | null;
  readonly #tries = new Map<string, number>();
  #standing: ReadonlyMap<string, CardToShow> = new Map();
  #isMessagesTurn = false;

  constructor(lane: HeldLane, rack: CardRack) {
    this.#lane = lane;
    this.#rack = rack;
    this.#turn = rack.edits === undefined ? null : new AccountTurn(lane.context, rack.edits);
  }

  /** ms until the next edit may go, where one waits for its turn. */
  get waitMs(): number {
    const waitMs = this.#turn?.waitMs ?? 0;
    return waitMs > 0 ? waitMs : Number.POSITIVE_INFINITY;
  }

  /** The card of a thread, where it stands: of the messages that `next` was asked for last. */
  standing(thread: string | null): CardToShow | null {
    const card = thread === null ? undefined : this.#standing.get(thread);
    return card?.state === 'ready' ? card : null;
  }

  /** What of a digest is told now: no digest tells of several cards, since each has its news below it. Null: all of it. */
  async apart([message]: readonly Message[]): Promise<Waiting | null> {
    if (message?.kind !== 'digest') return null;
    const { context, destination, toBegin } = this.#lane;
    const { name } = destination;
    const threads = [...new Set(message.notifications.map(({ activity }) => activity.keys.thread))];
    const found = await toBegin(`reading the cards of lane ${name}`, () => context.inbox.cards(name, threads));
    const cards = (found ?? []).filter((card) => card !== null && card.state !== 'gone');
    return ofOneCard(message.notifications, new Set(cards.flatMap((card) => card?.thread ?? [])));
  }

  /** What is to be shown before these messages, which wait to be sent. Null: nothing, so they go. */
  async next(messages: readonly Message[]): Promise<CardToShow | null> {
    const { context, destination, toBegin } = this.#lane;
    const { name } = destination;
    const threads = messages.map(cardThreadOf).filter((thread) => thread !== null);
    const read = () => context.inbox.cards(name, threads);
    const found = threads.length === 0 ? [] : await toBegin(`reading the cards of lane ${name}`, read);
    const cards = (found ?? []).filter((card) => card !== null);
    this.#standing = new Map(cards.map((card) => [card.thread, card]));
    const unposted = cards.find(({ state }) => state === 'new' || state === 'creating');
    if (unposted !== undefined) return unposted;
    if (messages.length > 0 && this.#isMessagesTurn) {
      this.#isMessagesTurn = false;
      return null;
    }
    const due = await this.#due();
    this.#isMessagesTurn = due !== null;
    return due;
  }

  /** What is to be edited while messages keep their pace. */
  async nextEdit(): Promise<CardToShow | null> {
    return (this.#turn?.waitMs ?? 0) > 0 ? null : this.#due((card) => card.receipt !== null);
  }

  /** Undefined: the lane is lost. */
  async show(card: CardToShow): Promise<Outcome | undefined> {
    const { context, destination, owned } = this.#lane;
    const begun = await this.#begun(card);
    if (begun === undefined) return undefined;
    const hash = this.#hash(begun);
    const send = () => sendUnrecorded<Shown>(context, owned, destination, (given) => this.#rack.show(begun, given));
    const settlement = await this.#settlement(card);
    const isKnown = settlement?.kind === 'sent' || settlement?.kind === 'retry';
    const shown = isKnown ? settlement : await send();
    const outcome =
      shown.kind === 'rejected' || shown.kind === 'gone' || shown.kind === 'sent' ? shown : this.#lasting(begun, shown);
    this.#say(begun, outcome);
    const noted = noteAfter(begun, outcome, hash);
    // Begun before, it may have stood already, and show what was known then: it stays wanted.
    const mayBeOld = card.state === 'creating' && settlement?.kind !== 'absent';
    const isOld = mayBeOld && noted?.state === 'ready';
    const note = isOld ? { ...noted, shown: card.shown, hash: null } : noted;
    if (note !== null) {
      this.#tries.delete(card.thread);
      if (!(await this.#note(begun, note, 'toEnd'))) return undefined;
    }
    return await this.#forLane(begun, outcome);
  }

  /** What became of the message that was begun for it. Null: none was, or nobody can be asked. Where nobody knows, it is posted all the same. */
  async #settlement(card: CardToShow): Promise<Settlement | null> {
    if (card.state !== 'creating' || this.#rack.settle === undefined) return null;
    return settlementOf(this.#lane, { count: 1, isWanted: true }, async (given) => this.#rack.settle?.(card, given));
  }

  /** What was to go below a card and began another conversation says that the card stands no more. */
  async told(begun: readonly Begun[], attempts: readonly Pick<Attempted, 'outcome'>[]): Promise<void> {
    for (const [index, { message, thread }] of begun.entries()) {
      const outcome = attempts[index]?.outcome;
      const card = this.standing(thread === null ? null : cardThreadOf(message));
      if (card === null || outcome?.kind !== 'sent' || outcome.receipt === undefined) continue;
      if (isDeepStrictEqual({ ...outcome.receipt }, { ...card.receipt })) continue;
      const gone = { kind: 'gone', reason: 'what was to go below it stands by itself: it was deleted' } as const;
      this.#say(card, gone);
      await this.#note(card, noteAfter(card, gone, null), 'toEnd');
    }
  }

  async #due(isMeant: (card: CardToShow) => boolean = () => true): Promise<CardToShow | null> {
    const { context, destination, toBegin, owned } = this.#lane;
    const { name } = destination;
    const work = () => context.inbox.cardsBehind(name, LOOKED_AT);
    const behind = await toBegin(`reading what cards of lane ${name} are behind`, work);
    for (const card of (behind ?? []).filter(isMeant)) {
      if (owned.over) return null;
      if (card.receipt === null) return card;
      const hash = this.#hash(card);
      // What changed is not seen on it.
      if (hash === card.hash && hash !== null) await this.#note(card, { ...card, shown: card.wanted }, 'toBegin');
      else if (await this.#mayEdit()) return card;
    }
    return null;
  }

  async #mayEdit(): Promise<boolean> {
    const turn = this.#turn;
    if (turn === null) return true;
    if (turn.waitMs > 0) return false;
    const { destination, toBegin } = this.#lane;
    return (await toBegin(`taking a turn at the edits of ${destination.name}`, () => turn.take(1))) === 1;
  }

  /** On disk before it leaves. One that was begun before keeps its number: it may stand. */
  async #begun(card: CardToShow): Promise<CardToShow | undefined> {
    if (card.receipt !== null) return card;
    const posts = card.state === 'creating' ? card.posts : card.posts + 1;
    const creating: CardToShow = { ...card, state: 'creating', posts };
    return (await this.#note(card, creating, 'toBegin')) ? creating : undefined;
  }

  /** What fails for as long as messages are tried is not tried on: those below it would wait for ever. */
  #lasting(card: CardToShow, shown: Exclude<Shown, { kind: 'gone' }>): Shown {
    if (shown.kind === 'broken' || shown.kind === 'sent') return shown;
    const tries = this.#tries.get(card.thread) ?? 0;
    this.#tries.set(card.thread, tries + 1);
    if (!isLastTry(this.#lane.destination.retry, tries)) return shown;
    this.#tries.delete(card.thread);
    return { kind: 'rejected', reason: `gave up after ${tries + 1} tries, the last: ${shown.reason}` };
  }

  /** For how long its account asks edits to wait is no matter of messages. */
  async #forLane(card: CardToShow, outcome: Shown): Promise<Outcome> {
    const turn = card.receipt === null ? null : this.#turn;
    if (outcome.kind === 'gone') return { kind: 'rejected', reason: outcome.reason };
    if (turn === null || outcome.kind !== 'retry' || outcome.retryAfterMs === undefined) return outcome;
    const { destination, toEnd } = this.#lane;
    await toEnd(`slowing down the edits of ${destination.name}`, () => turn.heed([{ outcome }]));
    return { kind: 'rejected', reason: outcome.reason };
  }

  /** A card that cannot be rendered is told so by `show`. */
  #hash(card: CardToShow): string | null {
    try {
      return this.#rack.hash(card);
    } catch {
      return null;
    }
  }

  async #note({ thread }: CardToShow, note: CardNote | null, how: 'toBegin' | 'toEnd'): Promise<boolean> {
    if (note === null) return true;
    const { context, destination, owned } = this.#lane;
    const { state, receipt, posts, shown, hash, reason } = note;
    const kept = { state, receipt, posts, shown, hash, reason: reason?.slice(0, REASON).toWellFormed() ?? null };
    const work = () => context.inbox.noteCard(owned.lease, thread, kept);
    const result = await this.#lane[how](`recording a card of ${destination.name}`, work);
    if (result === 'fenced') fenced(this.#lane, 'showing a card');
    return result === 'done';
  }

  #say({ thread, receipt, posts, wanted }: CardToShow, outcome: Shown): void {
    const { context, destination } = this.#lane;
    const fields = { destination: destination.name, thread, posts, version: wanted, card: outcome.kind };
    const done = receipt === null ? 'posted' : 'edited';
    context.telemetry.showedCard(destination.name, outcome.kind === 'sent' ? done : 'not_shown');
    if (outcome.kind === 'sent') context.log.debug(fields, `card ${done}`);
    else context.log.warn({ ...fields, reason: outcome.reason }, 'card not shown');
  }
}

/** Null: it stays wanted as it is. */
function noteAfter(card: CardToShow, outcome: Shown, hash: string | null): CardNote | null {
  const { wanted: shown, receipt, posts } = card;
  switch (outcome.kind) {
    case 'sent': {
      const found = outcome.receipt ?? receipt;
      if (found === null) return { ...card, state: 'gone', shown, hash, reason: 'it cannot be found again' };
      return { state: 'ready', receipt: found, posts, shown, hash, reason: null };
    }
    case 'rejected': {
      const state = receipt === null ? 'gone' : 'ready';
      return { ...card, state, shown, reason: outcome.reason };
    }
    case 'gone': {
      const isBack = posts < MOST_POSTS && !isOver(card.subject);
      return { state: isBack ? 'new' : 'gone', receipt: null, posts, shown: 0, hash: null, reason: outcome.reason };
    }
    default:
      return null;
  }
}
