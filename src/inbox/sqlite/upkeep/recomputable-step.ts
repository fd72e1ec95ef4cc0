import type { Fenced, Lease } from '../../../model/inbox/lanes.ts';
import { type Database, recomputable } from '../database.ts';
import type { Fence } from '../lanes.ts';

/** One transaction of the lane's owner, whose commit does not wait for the disk. Without a lease it is a person's wish. */
export function recomputableStep(db: Database, fence: Fence) {
  return <T>(lease: Lease | null, work: () => T): T | Fenced =>
    recomputable(db, () => (lease === null || fence(lease) ? work() : 'fenced'));
}
