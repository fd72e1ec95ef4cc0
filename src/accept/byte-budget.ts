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

/** What one request holds of the budget. */
export interface Share {
  /** So many more bytes have come. */
  heard(bytes: number): void;
  /** True when `bytes` in all are now held, for which slower senders may have been cut off; false changes nothing. */
  growTo(bytes: number): boolean;
  /** All has come: from now on this one is not cut off. */
  arrived(): void;
  /** Gives everything back. May be called more than once. */
  giveBack(): void;
}

interface Reading {
  held: number;
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
  readonly #readings = new Set<Reading>();
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
    const reading: Reading = { held: 0, pace: createPace(this.#clock), onCutOff };
    this.#readings.add(reading);
    this.#checkLater();
    return {
      heard: (bytes) => reading.pace.heard(bytes),
      growTo: (total) => this.#grow(reading, total),
      arrived: () => void this.#readings.delete(reading),
      giveBack: () => this.#giveBack(reading),
    };
  }

  #grow(reading: Reading, total: number): boolean {
    const more = total - reading.held;
    if (more <= 0) return true;
    const missing = this.#used + more - (total <= SMALL_BODY ? this.#max : this.#maxForLarge);
    if (missing > 0 && !this.#freeBytes(missing, reading)) return false;
    reading.held = total;
    this.#used += more;
    return true;
  }

  #giveBack(reading: Reading): void {
    this.#readings.delete(reading);
    this.#used -= reading.held;
    reading.held = 0;
  }

  /** Cuts nobody off for a sender that would not fit even then. */
  #freeBytes(wanted: number, asker: Reading): boolean {
    let missing = wanted;
    const leaving: Reading[] = [];
    for (const reading of this.#slowerThan(asker)) {
      if (missing <= 0) break;
      missing -= reading.held;
      leaving.push(reading);
    }
    if (missing > 0) return false;
    for (const reading of leaving) this.#cutOff(reading, 'over_budget');
    return true;
  }

  #slowerThan(asker: Reading): readonly Reading[] {
    const late = asker.pace.lateMs();
    return [...this.#readings]
      .filter((reading) => reading !== asker && reading.held > 0 && reading.pace.lateMs() > late)
      .toSorted((a, b) => b.pace.lateMs() - a.pace.lateMs());
  }

  #cutOff(reading: Reading, why: CutOff): void {
    this.#giveBack(reading);
    reading.onCutOff(why);
  }

  #checkLater(): void {
    if (this.#isChecking || this.#readings.size === 0) return;
    this.#isChecking = true;
    this.#clock.after(CHECK_MS, () => this.#check());
  }

  #check(): void {
    for (const reading of this.#readings) {
      if (reading.pace.lateMs() > LATE_MS) this.#cutOff(reading, 'too_slow');
    }
    this.#isChecking = false;
    this.#checkLater();
  }
}
