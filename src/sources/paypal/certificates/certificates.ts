import type { Trusted } from './chain.ts';
import { createLooking, type Found, type LookingOptions } from './looking.ts';

export interface Certificates {
  /** The one at this address, which is one of PayPal's hosts; a promise only where it has to be fetched. `now`: ms since 1970. */
  at(url: string, now: number): Found | Promise<Found>;
  /** What is known of it. Null: nothing. */
  known(url: string, now: number): Found | null;
}

/** How long it is left alone after it failed: short, as PayPal tries again soon. */
const FAILED_FOR_MS = 30_000;
/** Addresses are a stranger's word: of whatever they name, no more than this is fetched and kept. */
const FETCHES_A_MINUTE = 12;
const MOST_KEPT = 32;
const MOST_FAILED = 200;

/** PayPal's certificates: fetched once for each address, checked, and kept until they expire. */
export function createCertificates(options: LookingOptions): Certificates {
  const look = createLooking(options);
  const kept = new Map<string, Trusted>();
  const failed = new Map<string, { readonly found: Found; readonly at: number }>();
  const underWay = new Map<string, Promise<Found>>();
  const budget = createBudget();

  function known(url: string, now: number): Found | null {
    const trusted = kept.get(url);
    if (trusted !== undefined && now <= trusted.until) return atTime(trusted, now);
    kept.delete(url);
    const failure = failed.get(url);
    if (failure !== undefined && isWithin(failure.at, now, FAILED_FOR_MS)) return failure.found;
    failed.delete(url);
    return null;
  }

  async function fetched(url: string, now: number): Promise<Found> {
    const looked = await look(url, () => budget.take(now));
    const found = looked.kind === 'trusted' ? atTime(looked, now) : looked;
    if (found.kind === 'trusted') keep(kept, url, found, MOST_KEPT);
    else keep(failed, url, { found, at: now }, MOST_FAILED);
    return found;
  }

  return {
    known,
    at(url, now) {
      const found = known(url, now) ?? underWay.get(url);
      if (found !== undefined) return found;
      const promise = fetched(url, now).finally(() => underWay.delete(url));
      underWay.set(url, promise);
      return promise;
    },
  };
}

/** Whether one more may be fetched now. */
function createBudget(): { take(now: number): boolean } {
  let taken: readonly number[] = [];
  return {
    take(now) {
      taken = taken.filter((at) => isWithin(at, now, 60_000));
      if (taken.length >= FETCHES_A_MINUTE) return false;
      taken = [...taken, now];
      return true;
    },
  };
}

/** A clock that was set back must not make it last. */
function isWithin(at: number, now: number, ms: number): boolean {
  return Math.abs(now - at) < ms;
}

function atTime(trusted: Trusted, now: number): Found {
  if (now < trusted.from) return { kind: 'untrusted', problem: 'it is not valid yet' };
  return now > trusted.until ? { kind: 'untrusted', problem: 'it has expired' } : trusted;
}

/** The oldest gives way. */
function keep<V>(map: Map<string, V>, key: string, value: V, most: number): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
