import type { Broken, Lease } from '../model/inbox/lanes.ts';
import type { Clock } from '../shared/clock.ts';
import { Wake } from '../shared/wake.ts';

/** A lane this worker owns: the lease, how long it surely lasts, and the wake-up of the loop that works on it. */
export class OwnedLane {
  readonly lease: Lease;
  readonly wake = new Wake();
  readonly #clock: Clock;
  readonly #stopping: AbortSignal;
  readonly #lost = new AbortController();
  #acquired: Instant | undefined;
  #broken: Broken | null;
  #renewed = Number.NEGATIVE_INFINITY;
  #expiresMonotonic = 0;
  #expiresWall = 0;

  constructor(lease: Lease, clock: Clock, stopping: AbortSignal) {
    this.lease = lease;
    this.#broken = lease.broken;
    this.#clock = clock;
    this.#stopping = stopping;
  }

  /**
   * The lease lasts `ttlMs` from the moment it was asked for: the store's count starts later, so ours ends first. `broken`: what the
   * store said of the lane.
   */
  renew(asked: Instant, ttlMs: number, broken: Broken | null): void {
    this.#acquired ??= asked;
    this.#renewed = asked.monotonic;
    this.#broken = broken;
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
    return this.#broken === null && this.#renewed > since;
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
