import { PRUNE_LANE } from '../../model/inbox/lanes.ts';
import type { Mark, Next } from '../../model/pruning/mark.ts';
import { estimateWords, prunedWords, waitWords } from '../../model/pruning/prune-words.ts';
import { CURSOR, freshState, NOTHING, type PruneState, parseState } from '../../model/pruning/state.ts';
import type { KeepAside, Retention } from '../../model/retention.ts';
import type { JobContext } from '../context.ts';
import type { OwnedLane } from '../owned-lane.ts';
import { persistingIn } from '../persist.ts';
import { estimate } from './estimate.ts';
import { excessOf } from './excess.ts';
import { nextMark } from './mark.ts';
import { DUTY, Pace } from './pace.ts';
import { inForceOf, pass, plain } from './pass.ts';
import { termsOf } from './terms.ts';
import { type Keeper, Stopped, save, type Tools } from './tools.ts';

export interface Pruner {
  readonly context: JobContext;
  readonly retention: Retention;
  /** Null: bodies go without being written down. */
  readonly keepAside: KeepAside | null;
}

const BROUGHT = 'the database is brought over';
/** Until then they make every receipt dearer. */
const RESTART =
  'its old indexes are too large to go while it is used: the next start drops them, so start again when it suits you';

/** A pass that takes longer than this is worked at harder. */
const BEHIND_MS = 600_000;

/** What the owner of the lane does, one thing after the other. Every method throws Stopped when the lane is another's. */
export class Looker {
  readonly #pruner: Pruner;
  readonly #owned: OwnedLane;
  readonly #pace: Pace;
  /** By the clock that nobody sets, when the mark was made. Null: not in this process. */
  #markedAt: number | null = null;
  #state: PruneState | null = null;

  constructor(pruner: Pruner, owned: OwnedLane, duty: number = DUTY.beside) {
    this.#pruner = pruner;
    this.#owned = owned;
    this.#pace = new Pace(pruner.context.clock, duty, () => owned.over);
  }

  async bringOver(): Promise<void> {
    const { log, inbox } = this.#pruner.context;
    const pace = new Pace(
      this.#pruner.context.clock,
      Math.max(DUTY.bringingOver, this.#pace.duty),
      () => this.#owned.over,
    );
    for (let steps = 0; ; steps++) {
      const result = await this.#persist('bringing the database over', () =>
        pace.step(() => inbox.bringOver(this.#owned.lease)),
      );
      if (result === 'fenced') this.#lost();
      if (result !== 'more') {
        if (steps > 0) log.info({ steps }, result === 'done' ? BROUGHT : `${BROUGHT}; ${RESTART}`);
        return;
      }
      if (steps === 0) log.info('the database is brought over to this version, step by step, while it is used');
    }
  }

  /** Until then, or until there is too much. */
  async idle(ms: number): Promise<void> {
    const { clock, timing } = this.#pruner.context;
    const until = clock.monotonic() + ms;
    let sizeAt = clock.monotonic() + timing.sizeEveryMs;
    while (!this.#owned.over && clock.monotonic() < until) {
      await this.#owned.wake.wait(clock, Math.min(until - clock.monotonic(), timing.sizeEveryMs));
      if (clock.monotonic() < sizeAt) continue;
      if (await this.#isTooMuch()) return;
      sizeAt = clock.monotonic() + timing.sizeEveryMs;
    }
  }

  async #isTooMuch(): Promise<boolean> {
    const state = this.#state;
    const maxBytes = state === null ? null : (inForceOf(state.mark)?.maxBytes ?? null);
    // What cannot be met, or cannot be written down first, is tried again in an hour.
    if (state === null || maxBytes === null || state.isOverLimit || state.trouble !== null) return false;
    const size = await this.#persist('asking for the size', () => this.#pruner.context.inbox.storedSize());
    return excessOf(size, maxBytes, state.credit.bytes) > 0;
  }

  /** @throws Stopped */
  async look(): Promise<void> {
    const { context, retention } = this.#pruner;
    const now = context.clock.now();
    const before = await this.#recalled();
    const elapsedMs = this.#markedAt === null ? null : context.clock.monotonic() - this.#markedAt;
    const isEmpty = await this.#isEmpty();
    const next = nextMark(before?.mark ?? null, termsOf(retention), { now, elapsedMs, isEmpty });
    this.#markedAt = context.clock.monotonic();
    const inForce = inForceOf(next.mark);
    const keeper = this.#keeper({ ...(before ?? freshState(next.mark)), mark: next.mark });
    const tools = this.#tools(keeper, now);
    if (next.why !== null) await this.#sayWhatWaits(next, next.why, now);
    if (inForce === null) await save(tools);
    else await this.#passing(tools, () => pass(tools, inForce));
    this.#state = keeper.state;
  }

  async passNow(): Promise<Keeper> {
    const { context, retention } = this.#pruner;
    const now = context.clock.now();
    const before = await this.#recalled();
    const wanted = termsOf(retention);
    const mark: Mark = { at: now, inForce: wanted, wanted, waitMs: 0 };
    const keeper = this.#keeper({ ...(before ?? freshState(mark)), mark });
    const tools = this.#tools(keeper, now);
    await this.#passing(tools, () => pass(tools, plain(wanted)));
    return keeper;
  }

  async #passing(tools: Tools, work: () => Promise<void>): Promise<void> {
    const { clock, log } = this.#pruner.context;
    const began = clock.monotonic();
    const duty = this.#pace.duty;
    const cancel = clock.after(BEHIND_MS, () => (this.#pace.duty = Math.max(duty, DUTY.behind)));
    try {
      await work();
    } finally {
      cancel();
      this.#pace.duty = duty;
      this.#state = tools.keeper.state;
      const { pruned } = tools.keeper;
      if (pruned.bodies + pruned.events + pruned.attempts + pruned.leftovers + pruned.bytes > 0) {
        log.info({ ...pruned, ms: Math.round(clock.monotonic() - began) }, `pruned: ${prunedWords(pruned)}`);
      }
    }
  }

  async #sayWhatWaits(next: Next, why: NonNullable<Next['why']>, now: number): Promise<void> {
    const { inbox, clock, log } = this.#pruner.context;
    const going = await this.#persist('reckoning what would go', () =>
      estimate(inbox, plain(next.mark.wanted), now, clock),
    );
    const words = estimateWords(going);
    if (words === null) return;
    const { bodies, events, early } = going;
    const counts = {
      bodies: bodies.count,
      events: events.count,
      bytes: Math.round(bodies.bytes + events.bytes + early.bytes),
    };
    log.warn(counts, waitWords(why, words));
  }

  async #recalled(): Promise<PruneState | null> {
    const { inbox } = this.#pruner.context;
    return this.#state ?? parseState(await this.#persist('asking how far pruning got', () => inbox.recall(CURSOR)));
  }

  async #isEmpty(): Promise<boolean> {
    const { inbox } = this.#pruner.context;
    return (await this.#persist('looking for events', () => inbox.keptEvents(0, 1))).length === 0;
  }

  #keeper(state: PruneState): Keeper {
    return { state, pruned: NOTHING, savedAt: this.#pruner.context.clock.monotonic(), lost: () => this.#lost() };
  }

  #tools(keeper: Keeper, now: number): Tools {
    const { context, keepAside } = this.#pruner;
    const { inbox, clock, log, telemetry } = context;
    const persist = <T>(what: string, work: () => Promise<T>) => this.#persist(what, work);
    return {
      inbox,
      clock,
      log,
      telemetry,
      lease: this.#owned.lease,
      pace: this.#pace,
      keepAside,
      persist,
      now,
      keeper,
    };
  }

  /** @throws Stopped */
  async #persist<T>(what: string, work: () => Promise<T>): Promise<T> {
    const { toBegin } = persistingIn(this.#pruner.context, this.#owned);
    const done = await toBegin(what, async () => ({ result: await work() }));
    if (done === undefined) throw new Stopped();
    return done.result;
  }

  #lost(): never {
    this.#pruner.context.log.warn({ lane: PRUNE_LANE }, 'another worker prunes now; stopped');
    this.#owned.lose();
    throw new Stopped();
  }
}
