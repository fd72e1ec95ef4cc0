import { isIPv6 } from 'node:net';
import type { Clock } from '../../shared/clock.ts';

/** So many wrong ones in a row cost nothing: people mistype. */
const FREE = 5;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** After this long without a wrong one all is forgotten. */
const FORGOTTEN_MS = 15 * 60_000;
/** Addresses remembered, about 100 bytes each. Beyond it the one that tried longest ago goes. */
const MOST_ADDRESSES = 10_000;

interface Failed {
  readonly count: number;
  readonly at: number;
  readonly until: number;
}

/** Wrong tokens at the form, by whence they came: each address waits for itself, so that nobody keeps somebody else out. */
export interface Tries {
  /** How long whoever comes from there has to wait, in ms. 0: not at all. */
  waitOf(from: string): number;
  failed(from: string): void;
  succeeded(from: string): void;
  readonly size: number;
}

export function createTries(clock: Pick<Clock, 'monotonic'>, mostAddresses = MOST_ADDRESSES): Tries {
  const failed = new Map<string, Failed>();
  return {
    waitOf(from) {
      const known = failed.get(placeOf(from));
      return known === undefined ? 0 : Math.max(0, known.until - clock.monotonic());
    },
    failed(from) {
      const place = placeOf(from);
      const now = clock.monotonic();
      const known = failed.get(place);
      const count = (known === undefined || now - known.at > FORGOTTEN_MS ? 0 : known.count) + 1;
      const wait = count < FREE ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (count - FREE), LONGEST_WAIT_MS);
      // A map keeps the order in which keys came: what is set anew goes to its end.
      failed.delete(place);
      failed.set(place, { count, at: now, until: now + wait });
      const [oldest] = failed.keys();
      if (failed.size > mostAddresses && oldest !== undefined) failed.delete(oldest);
    },
    succeeded: (from) => void failed.delete(placeOf(from)),
    get size() {
      return failed.size;
    },
  };
}

/** Who has one IPv6 address has the 64 bits behind it too: https://www.rfc-editor.org/rfc/rfc6177 */
export function placeOf(address: string): string {
  const bare = address.replace(/%.*$/s, '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(bare)) return bare;
  const [head = '', tail] = bare.toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : 8 - before.length - after.length - (bare.includes('.') ? 1 : 0);
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
