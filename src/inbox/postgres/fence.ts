import type { Lease } from '../../model/inbox/lanes.ts';
import type { Query } from './server/database.ts';

const FENCE = 'SELECT 1 FROM tidings.lanes WHERE lane = $1 AND owner = $2 AND epoch = $3 FOR UPDATE';

/** True while nobody took the lane over; nobody can until the transaction ends. Asked before it writes anything. */
export async function fence(tx: Query, { lane, owner, epoch }: Lease): Promise<boolean> {
  return (await tx.rows(FENCE, [lane, owner, epoch])).length > 0;
}
