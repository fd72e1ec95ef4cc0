import type { Hold, Lease } from '../model/inbox/lanes.ts';
import type { Clock } from '../shared/clock.ts';
import { Wake } from '../shared/wake.ts';

/** What keeps a lane from sending. */
export type Standing = Pick<Lease, 'broken' | 'held'>;

/** A lane this worker owns: the lease, how long it surely lasts, and the wake-up of the loop that works on it. */
export class OwnedLane {
  readonly lease: Lease;
  readonly wake = new Wake();
  readonly #clock: Clock;
  readonly #stopping: AbortSignal;
  readonly #lost = new AbortController();
  #acquired: Instant | undefined;
  #standing: Standing;
  #isPaused: boolean;
  #renewed = Number.NEGATIVE_INFINITY;
  #expiresMonotonic = 0;
  #expiresWall = 0;

  constructor(lease: Lease, clock: Clock, stopping: AbortSignal) {
    this.lease = lease;
    this.#standing = lease;
    this.#isPaused = lease.held !== null;
    this.#clock = clock;
    this.#stopping = stopping;
  }

  /**
   * The lease lasts `ttlMs` from the moment it was asked for: the store's count starts later, so ours ends first. `standing`: what the
   * store said of the lane.
   */
  renew(asked: Instant, ttlMs: number, standing: Standing): void {
    this.#acquired ??= asked;
    this.#renewed = asked.monotonic;
    this.#standing = standing;
    this.#isPaused = standing.held !== null;
    this.#expiresMonotonic = asked.monotonic + ttlMs;
    this.#expiresWall = asked.wall + ttlMs;
    this.wake.raise();
  }

  /**
   * What is surely left of the lease, by the more pessimistic of two clocks: the monotonic one stands still while a
   * machine is suspended, the wall clock can be set back.
   */
  remainingMs(): number {
    return Math.min(this.#expiresMonotonic - this.#clock.monotonic(), this.#expiresWall - this.#clock.now());
  }

  /** It was recorded as broken before `since`, by the clock that nobody sets, and somebody said meanwhile that it no longer is. */
  isResumed(since: number): boolean {
    return this.#standing.broken === null && this.#renewed > since;
  }

  /** Who paused it, as the store said at the last renewal. */
  get hold(): Hold | null {
    return this.#standing.held;
  }

  /** A person paused it, as the store said last. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** The store began nothing, for a person paused it: so it is until a renewal says otherwise. */
  foundPaused(): void {
    this.#isPaused = true;
  }

  /** When the lane was asked for: its stored pause was looked at by that clock. */
  get acquired(): Instant {
    return this.#acquired ?? instant(this.#clock);
  }

  /** The lane is somebody else's now: its loop stops without writing. */
  lose(): void {
    this.#lost.abort();
    this.wake.raise();
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Nothing new may be begun: lost, or the worker stops. */
  get over(): boolean {
    return this.#lost.signal.aborted || this.#stopping.aborted;
  }
}

export interface Instant {
  readonly monotonic: number;
  readonly wall: number;
}

export function instant(clock: Clock): Instant {
  return { monotonic: clock.monotonic(), wall: clock.now() };
}
