/** Bodies up to this size may use the whole room; larger ones leave the last sixteenth free. */
const SMALL_BODY = 64 * 1024;

/** What one request holds of the room. `release` may be called more than once. */
export interface Reservation {
  /** True when `bytes` in all are now reserved; false leaves the reservation as it was. */
  growTo(bytes: number): boolean;
  release(): void;
}

export interface Room {
  /** Null when there is no room for so many bytes now. */
  reserve(bytes: number): Reservation | null;
  usedBytes(): number;
}

/**
 * Bounds the bytes of all requests that are not answered yet. A declared length is reserved before its first byte
 * arrives, so a few senders that declare 25 MiB and send nothing could take everything: the last sixteenth is kept for
 * small bodies, which ordinary deliveries are (GitHub: about 12 kB).
 */
export function createRoom(limits: { readonly maxInFlightBytes: number; readonly maxBodyBytes: number }): Room {
  const forLarge = Math.max(limits.maxInFlightBytes - limits.maxInFlightBytes / 16, limits.maxBodyBytes);
  let used = 0;

  const fits = (more: number, total: number): boolean =>
    used + more <= (total <= SMALL_BODY ? limits.maxInFlightBytes : forLarge);

  return {
    reserve(bytes) {
      if (!fits(bytes, bytes)) return null;
      let held = bytes;
      used += bytes;
      return {
        growTo(total) {
          const more = total - held;
          if (more <= 0) return true;
          if (!fits(more, total)) return false;
          held = total;
          used += more;
          return true;
        },
        release() {
          used -= held;
          held = 0;
        },
      };
    },
    usedBytes: () => used,
  };
}
