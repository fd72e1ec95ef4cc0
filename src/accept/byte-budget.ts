import type { Clock } from '../shared/clock.ts';
import { createPace, type Pace } from './pace.ts';

/** Bodies up to this size may use the whole budget; larger ones leave the last sixteenth free. */
const SMALL_BODY = 64 * 1024;
/** A sender that is so late is cut off, whether bytes are left or not. */
const LATE_MS = 10_000;
/** How often that is looked at. */
const CHECK_MS = 1_000;

/** Why a sender is not listened to any longer: faster ones need the bytes, or it is too slow in any case. */
export type CutOff = 'over_budget' | 'too_slow';

export interface ByteLimits {
  readonly maxInFlightBytes: number;
  readonly maxBodyBytes: number;
}

/** What one request takes of the budget. */
export interface Share {
  /** So many more bytes have come. */
  heard(bytes: number): void;
  /** True when `bytes` in all are now taken, for which slower senders may have been cut off; false changes nothing. */
  growTo(bytes: number): boolean;
  /** All has come: from now on this one is not cut off. */
  arrived(): void;
  /** Gives everything back. May be called more than once. */
  giveBack(): void;
}

interface Sender {
  taken: number;
  readonly pace: Pace;
  readonly onCutOff: (why: CutOff) => void;
}

/**
 * Bounds the bytes of all requests that are not answered yet. They are taken by what has come, never by what is only
 * declared. Who needs bytes that are not there gets them from senders that are slower than itself, the slowest first: to hold
 * them somebody has to keep sending, and what comes whole at once finds bytes beside any number who do not. The last
 * sixteenth is kept for small bodies, which ordinary deliveries are (GitHub: about 12 kB).
 */
export class ByteBudget {
  readonly #max: number;
  readonly #maxForLarge: number;
  readonly #clock: Clock;
  readonly #senders = new Set<Sender>();
  #used = 0;
  #isChecking = false;

  constructor({ maxInFlightBytes, maxBodyBytes }: ByteLimits, clock: Clock) {
    this.#max = maxInFlightBytes;
    this.#maxForLarge = Math.max(maxInFlightBytes - maxInFlightBytes / 16, maxBodyBytes);
    this.#clock = clock;
  }

  get usedBytes(): number {
    return this.#used;
  }

  /** `onCutOff` is called once at most, with everything given back by then, and never after `arrived` or `giveBack`. */
  open(onCutOff: (why: CutOff) => void): Share {
    const sender: Sender = { taken: 0, pace: createPace(this.#clock), onCutOff };
    this.#senders.add(sender);
    this.#checkLater();
    return {
      heard: (bytes) => sender.pace.heard(bytes),
      growTo: (total) => this.#grow(sender, total),
      arrived: () => void this.#senders.delete(sender),
      giveBack: () => this.#giveBack(sender),
    };
  }

  #grow(sender: Sender, total: number): boolean {
    const more = total - sender.taken;
    if (more <= 0) return true;
    const missing = this.#used + more - (total <= SMALL_BODY ? this.#max : this.#maxForLarge);
    if (missing > 0 && !this.#freeBytes(missing, sender)) return false;
    sender.taken = total;
    this.#used += more;
    return true;
  }

  #giveBack(sender: Sender): void {
    this.#senders.delete(sender);
    this.#used -= sender.taken;
    sender.taken = 0;
  }

  /** Cuts nobody off for a sender that would not fit even then. */
  #freeBytes(wanted: number, asker: Sender): boolean {
    let missing = wanted;
    const leaving: Sender[] = [];
    for (const sender of this.#slowerThan(asker)) {
      if (missing <= 0) break;
      missing -= sender.taken;
      leaving.push(sender);
    }
    if (missing > 0) return false;
    for (const sender of leaving) this.#cutOff(sender, 'over_budget');
    return true;
  }

  #slowerThan(asker: Sender): readonly Sender[] {
    const late = asker.pace.lateMs();
    return [...this.#senders]
      .filter((sender) => sender !== asker && sender.taken > 0 && sender.pace.lateMs() > late)
      .toSorted((a, b) => b.pace.lateMs() - a.pace.lateMs());
  }

  #cutOff(sender: Sender, why: CutOff): void {
    this.#giveBack(sender);
    sender.onCutOff(why);
  }

  #checkLater(): void {
    if (this.#isChecking || this.#senders.size === 0) return;
    this.#isChecking = true;
    this.#clock.after(CHECK_MS, () => this.#check());
  }

  #check(): void {
    for (const sender of this.#senders) {
      if (sender.pace.lateMs() > LATE_MS) this.#cutOff(sender, 'too_slow');
    }
    this.#isChecking = false;
    this.#checkLater();
  }
}
