import type { Clock } from '../shared/clock.ts';
import { createPace, type Pace } from './pace.ts';

/** Bodies up to this size may use the whole room; larger ones leave the last sixteenth free. */
const SMALL_BODY = 64 * 1024;
/** A sender that is so late is turned away, whether there is room or not. */
const LATE_MS = 10_000;
/** How often that is looked at. */
const CHECK_MS = 1_000;

export type TurnedAway = 'no_room' | 'too_slow';

export interface RoomLimits {
  readonly maxInFlightBytes: number;
  readonly maxBodyBytes: number;
}

/** What one request holds of the room. */
export interface Guest {
  /** So many more bytes have come. */
  heard(bytes: number): void;
  /** True when `bytes` in all are now held, for which slower senders may have been turned away; false changes nothing. */
  growTo(bytes: number): boolean;
  /** All has come: from now on this one is not turned away. */
  arrived(): void;
  /** Gives everything back. May be called more than once. */
  leave(): void;
}

export interface Room {
  /** `turnAway` is called once at most, with everything given back by then, and never after `arrived` or `leave`. */
  enter(turnAway: (why: TurnedAway) => void): Guest;
  usedBytes(): number;
}

interface Reading {
  held: number;
  readonly pace: Pace;
  readonly turnAway: (why: TurnedAway) => void;
}

/**
 * Bounds the bytes of all requests that are not answered yet. Room is taken by what has come, never by what is only
 * declared. Who needs room that is not there gets it from senders that are slower than itself, the slowest first: to hold
 * room somebody has to keep sending, and what comes whole at once finds room beside any number who do not. The last
 * sixteenth is kept for small bodies, which ordinary deliveries are (GitHub: about 12 kB).
 */
export function createRoom({ maxInFlightBytes, maxBodyBytes }: RoomLimits, clock: Clock): Room {
  const forLarge = Math.max(maxInFlightBytes - maxInFlightBytes / 16, maxBodyBytes);
  const readings = new Set<Reading>();
  let used = 0;
  let isChecking = false;

  function giveBack(reading: Reading): void {
    readings.delete(reading);
    used -= reading.held;
    reading.held = 0;
  }

  function turnAway(reading: Reading, why: TurnedAway): void {
    giveBack(reading);
    reading.turnAway(why);
  }

  /** Turns nobody away for a sender that would not fit even then. */
  function makeRoom(wanted: number, asker: Reading): boolean {
    let missing = wanted;
    const leaving: Reading[] = [];
    for (const reading of slowerThan(asker)) {
      if (missing <= 0) break;
      missing -= reading.held;
      leaving.push(reading);
    }
    if (missing > 0) return false;
    for (const reading of leaving) turnAway(reading, 'no_room');
    return true;
  }

  function slowerThan(asker: Reading): readonly Reading[] {
    const late = asker.pace.lateMs();
    return [...readings]
      .filter((reading) => reading !== asker && reading.held > 0 && reading.pace.lateMs() > late)
      .toSorted((a, b) => b.pace.lateMs() - a.pace.lateMs());
  }

  function check(): void {
    for (const reading of readings) {
      if (reading.pace.lateMs() > LATE_MS) turnAway(reading, 'too_slow');
    }
    isChecking = false;
    checkLater();
  }

  function checkLater(): void {
    if (isChecking || readings.size === 0) return;
    isChecking = true;
    clock.after(CHECK_MS, check);
  }

  return {
    enter(turnAwayThis) {
      const reading: Reading = { held: 0, pace: createPace(clock), turnAway: turnAwayThis };
      readings.add(reading);
      checkLater();
      return {
        heard: (bytes) => reading.pace.heard(bytes),
        growTo(total) {
          const more = total - reading.held;
          if (more <= 0) return true;
          const missing = used + more - (total <= SMALL_BODY ? maxInFlightBytes : forLarge);
          if (missing > 0 && !makeRoom(missing, reading)) return false;
          reading.held = total;
          used += more;
          return true;
        },
        arrived: () => void readings.delete(reading),
        leave: () => giveBack(reading),
      };
    },
    usedBytes: () => used,
  };
}
