import type { EventId } from '../../../model/event.ts';
import type { Key } from '../../keys/key.ts';
import type { KeyRuns } from '../../keys/key-runs.ts';
import { type Database, one, type Statement } from '../database.ts';

interface Delivery {
  readonly source: string;
  readonly deliveryId: string;
}

/** Finds the event that a delivery came as before. Within a transaction in which `deliveries` is open. */
export function firstDelivery(db: Database, deliveries: KeyRuns): (delivery: Delivery, key: Key) => EventId | null {
  const isIt = db.prepare('SELECT 1 FROM events WHERE id = ? AND source = ? AND delivery_id = ?');
  let byOldIndex: Statement | undefined;

  return ({ source, deliveryId }, key) => {
    if (deliveries.broughtUpTo === null) {
      return deliveries.find(key, Number.POSITIVE_INFINITY, (id) => one(isIt, id, source, deliveryId) !== undefined);
    }
    byOldIndex ??= db.prepare(
      'SELECT id FROM events INDEXED BY events_by_delivery WHERE source = ? AND delivery_id = ?',
    );
    return one<{ id: EventId }>(byOldIndex, source, deliveryId)?.id ?? null;
  };
}
