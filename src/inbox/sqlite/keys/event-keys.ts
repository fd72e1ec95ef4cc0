import type { EventId } from '../../../model/event.ts';
import { deliveryKey, digestKey, type Key } from '../../keys/key.ts';
import { all, type Database } from '../database.ts';

/** What keys find. The numbers are stored. */
export type KeyKind = 1 | 2;
export const DELIVERIES: KeyKind = 1;
export const DIGESTS: KeyKind = 2;

export interface EventKey {
  readonly id: EventId;
  /** Null: it was never decided, and gets one when it is. */
  readonly key: Key | null;
}

/** Events from `first` to `last` in order, at most `limit`. */
export type EventKeys = (first: EventId, last: EventId, limit: number) => readonly EventKey[];

const WITHIN = 'FROM events WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?';

/** The keys that events have by what is stored of them. */
export function eventKeys(db: Database, kind: KeyKind): EventKeys {
  return kind === DELIVERIES ? deliveriesOf(db) : digestsOf(db);
}

function deliveriesOf(db: Database): EventKeys {
  const select = db.prepare(`SELECT id, source, delivery_id AS deliveryId, guid ${WITHIN}`);
  type Row = { readonly id: EventId; readonly source: string; readonly deliveryId: string; readonly guid: string };
  return (first, last, limit) =>
    all<Row>(select, first, last, limit).map(({ id, source, deliveryId, guid }) => ({
      id,
      key: deliveryKey(source, deliveryId, guid),
    }));
}

function digestsOf(db: Database): EventKeys {
  const select = db.prepare(`SELECT id, substr(body_digest, 1, 8) AS digest ${WITHIN}`);
  type Row = { readonly id: EventId; readonly digest: Uint8Array | null };
  return (first, last, limit) =>
    all<Row>(select, first, last, limit).map(({ id, digest }) => ({ id, key: digest && digestKey(digest) }));
}
