import type { EventId } from '../../../model/event.ts';
import type { Expanded } from '../../../model/inbox/backlog.ts';
import type { Fenced } from '../../../model/inbox/lanes.ts';
import type { Database } from '../database.ts';
import { countLeftAlone, isCorrupt } from './corrupt.ts';
import { brokenForWriting } from './writable.ts';

interface OfEvent {
  readonly eventId: EventId;
}

/**
 * Stores what was decided about a batch; where damage keeps it from being stored, about each event by itself. Those that cannot be stored
 * then are passed over from now on, unless nothing can be: they wait as they are, and hold nobody up.
 */
export function passingOver<T extends OfEvent>(
  db: Database,
  store: (expansions: readonly T[]) => Expanded | Fenced,
  passedOver: Set<EventId>,
): (expansions: readonly T[]) => Expanded | Fenced {
  function eachAlone(expansions: readonly T[], problem: Error): 'done' | Fenced {
    const hurt: EventId[] = [];
    for (const each of expansions) {
      const leftAlone = countLeftAlone();
      try {
        if (store([each]) === 'fenced') return 'fenced';
      } catch (error) {
        if (!isCorrupt(error) || countLeftAlone() > leftAlone) throw error;
        hurt.push(each.eventId);
      }
    }
    if (hurt.length === expansions.length && brokenForWriting(db) !== null) throw problem;
    for (const id of hurt) passedOver.add(id);
    return 'done';
  }

  return (expansions) => {
    const leftAlone = countLeftAlone();
    try {
      return store(expansions);
    } catch (error) {
      if (!isCorrupt(error) || countLeftAlone() > leftAlone) throw error;
      return eachAlone(expansions, error);
    }
  };
}
