import type { EventId } from '../../../model/event.ts';
import { deliveryKey } from '../../keys/key.ts';
import type { Database } from '../database.ts';
import { DELIVERIES } from '../keys/event-keys.ts';
import { keyRuns } from '../keys/key-tables.ts';
import { isCorrupt } from './corrupt.ts';

interface Keyed {
  readonly id: EventId;
  readonly source: string;
  readonly deliveryId: string;
  readonly guid: string;
}

export interface FoundByKeys {
  /** Within the transaction in which is asked. */
  open(): void;
  isFound(event: Keyed): boolean;
}

/** Whether events are found by the keys of their deliveries. While an upgrade is being brought over, an index answers for them. */
export function foundByKeys(db: Database): FoundByKeys {
  const deliveries = keyRuns(db, DELIVERIES);
  let isBroken = false;

  return {
    open() {
      try {
        deliveries.open();
        isBroken = false;
      } catch (error) {
        if (!isCorrupt(error)) throw error;
        deliveries.forget();
        isBroken = true;
      }
    },

    isFound({ id, source, deliveryId, guid }) {
      if (isBroken) return false;
      if (deliveries.broughtUpTo !== null) return true;
      const key = deliveryKey(source, deliveryId, guid);
      return deliveries.find(key, id + 1, (found) => found === id) === id;
    },
  };
}
