import { EXPAND_LANE, type Lease } from '../model/inbox/lanes.ts';
import { Wake } from '../shared/wake.ts';
import type { JobContext } from './context.ts';
import { type Instant, instant, OwnedLane } from './owned-lane.ts';
import { persisting } from './persist.ts';

/** Works on one lane until it is over. */
export type LaneLoop = (owned: OwnedLane) => Promise<void>;

/**
 * Which lanes this worker owns, and the loops that work on them.
 *
 * 1. Every `renewMs` it asks for all lanes it can serve: what it owns is renewed, what is free is taken.
 * 2. A lane gained starts its loop; a lane lost stops its loop.
 * 3. While others own some of them, a wake-up (a lease given back) asks sooner, at most every `regainMs`.
 * 4. While the worker stops, it renews only the lanes whose loops still run, until the last has ended.
 */
export class Leases {
  readonly #context: JobContext;
  readonly #owner: string;
  readonly #loops: ReadonlyMap<string, LaneLoop>;
  readonly #running = new Map<string, OwnedLane>();
  readonly #wake = new Wake();
  #cancelRegain: (() => void) | undefined;
  #lastOwnedAt: number | null = null;

  constructor(context: JobContext, owner: string, loops: ReadonlyMap<string, LaneLoop>) {
    this.#context = context;
    this.#owner = owner;
    this.#loops = loops;
  }

  /** Ends when the worker stops and the last loop has ended, or at `quitting`. */
  async run(): Promise<void> {
    const { inbox, clock, timing, shutdown } = this.#context;
    const isOver = () => shutdown.quitting.aborted || (shutdown.stopping.aborted && this.#running.size === 0);
    const persist = persisting(this.#context, isOver);
    while (!isOver()) {
      const lanes = shutdown.stopping.aborted ? [...this.#running.keys()] : [...this.#loops.keys()];
      let asked = instant(clock);
      const acquire = () => {
        asked = instant(clock);
        return inbox.acquire(this.#owner, lanes, timing.leaseTtlMs);
      };
      const leases = await persist('renewing the leases', acquire);
      if (leases === undefined) break;
      const isFirst = this.#lastOwnedAt === null;
      this.#lastOwnedAt = clock.now();
      this.#follow(leases, asked);
      if (isFirst && leases.length < lanes.length) await this.#sayWhoOwnsThem(leases);
      if (!isOver()) await this.#wake.wait(clock, timing.renewMs);
    }
    this.#cancelRegain?.();
  }

  /** ms since 1970 of the last time the database confirmed our leases. */
  get lastOwnedAt(): number | null {
    return this.#lastOwnedAt;
  }

  /**
   * Somebody committed something. The expander, where it is ours, wakes the lanes it writes to; only without it can
   * another process have written to ours. That keeps idle lanes from asking the database at every receipt.
   */
  committed(): void {
    const expander = this.#running.get(EXPAND_LANE);
    if (expander === undefined) this.wakeLanes();
    else expander.wake.raise();
    if (this.#running.size < this.#loops.size && this.#cancelRegain === undefined) {
      this.#cancelRegain = this.#context.clock.after(this.#context.timing.regainMs, () => {
        this.#cancelRegain = undefined;
        this.#wake.raise();
      });
    }
  }

  wakeLanes(names: Iterable<string> = this.#running.keys()): void {
    for (const name of names) this.#running.get(name)?.wake.raise();
  }

  /** Wakes everything, this loop too: used when the worker stops. */
  wakeAll(): void {
    this.wakeLanes();
    this.#wake.raise();
  }

  #follow(leases: readonly Lease[], asked: Instant): void {
    const owned = new Map(leases.map((lease) => [lease.lane, lease]));
    for (const [name, mine] of this.#running) {
      const lease = owned.get(name);
      if (lease !== undefined && lease.epoch === mine.lease.epoch) {
        mine.renew(asked, this.#context.timing.leaseTtlMs, lease);
      } else if (!mine.lost.aborted) {
        this.#context.log.warn({ lane: name }, 'lane lost to another worker; stopped working on it');
        mine.lose();
      }
    }
    if (this.#context.shutdown.stopping.aborted) return;
    for (const lease of leases) if (!this.#running.has(lease.lane)) this.#start(lease, asked);
  }

  /** A start that tells nothing for ten seconds looks broken, unless somebody says why. */
  async #sayWhoOwnsThem(mine: readonly Lease[]): Promise<void> {
    const { inbox, log, timing } = this.#context;
    try {
      const owners = (await inbox.owners()).filter(
        ({ lane }) => this.#loops.has(lane) && !mine.some((lease) => lease.lane === lane),
      );
      if (owners.length === 0) return;
      const lanes = owners.map(
        ({ lane, owner, expiresAt }) => `${lane} (${owner}, until ${new Date(expiresAt).toISOString()})`,
      );
      log.info(
        { lanes: owners.map(({ lane }) => lane) },
        `other workers hold lanes of this one: ${lanes.join(', ')}. They come free when those stop; a worker that was killed gives them up within ${timing.leaseTtlMs / 1000} s, one that lives keeps renewing them.`,
      );
    } catch (error) {
      // Safe to go on: only the explanation is lost, and the next renewal reports an inbox that is away.
      log.debug({ err: error }, 'could not look who holds the other lanes');
    }
  }

  #start(lease: Lease, asked: Instant): void {
    const { clock, log, shutdown, timing } = this.#context;
    const loop = this.#loops.get(lease.lane);
    if (loop === undefined) return;
    const owned = new OwnedLane(lease, clock, shutdown.stopping);
    owned.renew(asked, timing.leaseTtlMs, lease);
    log.debug({ lane: lease.lane, epoch: lease.epoch }, 'lane taken');
    this.#running.set(lease.lane, owned);
    void loop(owned)
      .catch((error: unknown) =>
        log.error({ err: error, lane: lease.lane }, 'lane loop ended by a bug; starting it again'),
      )
      .finally(() => {
        this.#running.delete(lease.lane);
        // A loop that was fenced, or that ended by a bug, is taken up again with the next renewal, not in a hot circle.
        if (shutdown.stopping.aborted) this.#wake.raise();
      });
  }
}
