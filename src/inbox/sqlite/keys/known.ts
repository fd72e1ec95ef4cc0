import { guidKey } from '../../keys/key.ts';
import type { KeyRuns } from '../../keys/key-runs.ts';
import { type Database, one, snapshot } from '../database.ts';

/** On the writer's thread, which has the keys in memory. */
export function knownOps(db: Database, deliveries: KeyRuns) {
  const isIt = db.prepare('SELECT 1 FROM events WHERE id = ? AND source = ? AND guid = ?');

  function knownOf(source: string, guids: readonly string[]): readonly string[] | null {
    deliveries.open();
    if (deliveries.broughtUpTo !== null) return null;
    const isKnown = (guid: string) =>
      deliveries.has(guidKey(source, guid), (id) => one(isIt, id, source, guid) !== undefined);
    return guids.filter(isKnown);
  }

  return {
    /** Null: older events are not in the keys yet. */
    knownByKeys(source: string, guids: readonly string[]): readonly string[] | null {
      try {
        return snapshot(db, () => knownOf(source, guids));
      } catch (error) {
        deliveries.forget();
        throw error;
      }
    },
  };
}
