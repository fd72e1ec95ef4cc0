import type { EventId } from '../../../model/event.ts';
import type { CheckedPage, HurtEvent, HurtFacts } from '../../../model/inbox/integrity.ts';
import type { Place } from '../../cut-out.ts';
import { bodyDamage, hurtEvent } from '../../sound-body.ts';
import { fromStoredOrNull } from '../../stored-activity.ts';
import { all, type Database, one, snapshot } from '../database.ts';
import { segmentReader } from '../segments.ts';
import { around } from './around.ts';
import { isCorrupt, rowOrNull } from './corrupt.ts';
import { idsUp } from './event-ids.ts';
import { type FoundByKeys, foundByKeys } from './found-by-keys.ts';

const EVENT = `
  SELECT id, source, type, delivery_id AS deliveryId, guid, repo, state, received_at AS receivedAt, body_digest AS digest,
         segment_id AS segmentId, segment_offset AS segmentOffset, headers_size AS headersSize, body_size AS bodySize
  FROM events WHERE id = ?`;

/** A whole segment that is not there has gone by its age, but for what was not decided yet. */
const IS_GONE =
  "SELECT e.segment_id < 0 OR (e.state <> 'pending' AND NOT EXISTS (SELECT 1 FROM segments g WHERE g.id = e.segment_id)) AS isGone FROM events e WHERE e.id = ?";

const NOTIFICATIONS = 'SELECT id, state, activity FROM notifications WHERE event_id = ?';

const ATTEMPTS = `
  SELECT a.id FROM notifications n JOIN attempt_notifications an ON an.notification_id = n.id
  JOIN attempts a ON a.id = an.attempt_id WHERE n.event_id = ?`;

/** More of them say no more. */
const MOST_FINDINGS = 100;

interface Row extends HurtFacts, Place {
  readonly digest: Uint8Array | null;
}

/** On the reading thread. */
export function checkOps(db: Database) {
  let checker: ReturnType<typeof eventChecker> | undefined;

  return {
    checkStructure(): readonly string[] {
      try {
        const rows = all<{ integrity_check: string }>(db.prepare(`PRAGMA integrity_check(${MOST_FINDINGS})`));
        return rows.map((row) => row.integrity_check).filter((text) => text !== 'ok');
      } catch (error) {
        if (!isCorrupt(error)) throw error;
        return [error.message];
      }
    },

    checkEvents: (afterId: EventId, limit: number): CheckedPage =>
      snapshot(db, () => (checker ??= eventChecker(db))(afterId, limit)),
  };
}

function eventChecker(db: Database): (afterId: EventId, limit: number) => CheckedPage {
  const selectEvent = db.prepare(EVENT);
  const keys = foundByKeys(db);
  const damageOf = damageFinder(db, keys);

  return (afterId, limit) => {
    keys.open();
    const { rows, hurt: lost } = around({
      ids: () => idsUp(db, afterId + 1, Number.MAX_SAFE_INTEGER),
      read: (id) => one<Row>(selectEvent, id),
      limit,
    });
    const hurt = rows.flatMap((row) => hurtEvent(row, damageOf(row)));
    const unreadable = lost.map((id): HurtEvent => ({ id, damage: ['nothing of it can be read'], known: null }));
    const lastId = rows.length < limit ? null : (rows.at(-1)?.id ?? null);
    return { count: rows.length + lost.length, hurt: [...hurt, ...unreadable].toSorted((a, b) => a.id - b.id), lastId };
  };
}

function damageFinder(db: Database, keys: FoundByKeys): (row: Row) => readonly string[] {
  const isGone = db.prepare(IS_GONE);
  const selectNotifications = db.prepare(NOTIFICATIONS);
  const selectAttempts = db.prepare(ATTEMPTS);
  const read = segmentReader(db);

  function ofBody(row: Row): string | null {
    if (rowOrNull(() => one<{ isGone: number }>(isGone, row.id)?.isGone) === 1) return null;
    return bodyDamage(read(row), row.headersSize, row.digest);
  }

  function ofNotifications({ id }: Row): string | null {
    const rows = rowOrNull(() => all<{ state: string; activity: string | null }>(selectNotifications, id));
    if (rows === null) return 'what was to be told of it cannot be read';
    return rows.every(({ state, activity }) => state !== 'queued' || fromStoredOrNull(activity) !== null)
      ? null
      : 'what is to be told of it cannot be read';
  }

  return (row) => {
    const found = [
      ofBody(row),
      ofNotifications(row),
      rowOrNull(() => all(selectAttempts, row.id)) === null ? 'how it was told cannot be read' : null,
      keys.isFound(row) ? null : 'it is not found by its delivery: sent again, it would be taken for a new one',
    ];
    return found.filter((words) => words !== null);
  };
}
