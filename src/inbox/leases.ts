import { LEASE_TTL_MS } from '../model/inbox/lanes.ts';

/**
 * A lease that ends later than this from now was given by a clock that ran ahead. Its owner may be long dead, and nobody
 * would work on the lane before that time comes. Twice as long as a lease lasts: neither a clock that is set back a little
 * nor a call that waited for its turn takes a lane from a worker that lives.
 */
export function longestLeaseMs(ttlMs: number = LEASE_TTL_MS): number {
  return 2 * ttlMs;
}
