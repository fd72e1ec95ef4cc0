import { fromStoredOrNull } from '../stored-activity.ts';
import { aroundLane } from './damage/around-lane.ts';
import { rowOrNull } from './damage/corrupt.ts';
import { lastEventId } from './damage/event-ids.ts';
import { AT_MOST, all, type Database, one, scalar } from './database.ts';
import type { PackedWaiting, WaitingRow } from './thread/packed.ts';

const waitingAs = (maybeToldBy: string) => `
  SELECT n.id, n.event_id AS eventId, n.destination, n.rule, n.activity, n.tries, n.is_replay AS isReplay,
         e.received_at AS receivedAt, e.stored_at AS storedAt, ${maybeToldBy} AS maybeToldBy
  FROM notifications n JOIN events e ON e.id = n.event_id
  WHERE n.destination = ? AND n.state = 'queued' AND n.not_before IS NULL`;

const MAYBE_TOLD_BY = `
  (SELECT max(a.id) FROM attempt_notifications an JOIN attempts a ON a.id = an.attempt_id
   WHERE an.notification_id = n.id AND a.outcome = 'unknown')`;

const IN_ORDER = `ORDER BY n.event_id, n.id ${AT_MOST}`;

/** A backlog larger than this is told in pieces anyway; counting on would only cost time. */
const COUNTED_AT_MOST = 100_000;

const COUNT = `
  SELECT count(*) FROM (
    SELECT 1 FROM notifications WHERE destination = ? AND state = 'queued' AND not_before IS NULL LIMIT ?)`;

/** Reads the head of a lane; see Outbox. `isCareful`: something in it could not be read before. */
export function waitingReader(
  db: Database,
): (lane: string, limit: number, countUpTo?: number, isCareful?: boolean) => PackedWaiting {
  const selectPage = db.prepare(`${waitingAs(MAYBE_TOLD_BY)} ${IN_ORDER}`);
  // Without the attempts: damage in those keeps nothing from being told.
  const selectNext = db.prepare(`${waitingAs('NULL')} AND (n.event_id, n.id) > (?, ?) ${IN_ORDER}`);
  const selectCount = db.prepare(COUNT);

  /** What cannot be counted is taken for what was read. */
  function counted(rows: readonly WaitingRow[], lane: string, limit: number, countUpTo: number): number {
    if (rows.length < limit || countUpTo <= limit) return rows.length;
    return rowOrNull(() => scalar(selectCount, lane, countUpTo)) ?? rows.length;
  }

  return (lane, limit, countUpTo = COUNTED_AT_MOST, isCareful = false) => {
    const page = isCareful ? null : rowOrNull(() => all<WaitingRow>(selectPage, lane, limit));
    const { rows, hurt } = page?.every(hasItsTypes)
      ? { rows: page, hurt: [] }
      : aroundLane<WaitingRow>({
          next: (eventId, id) => one<WaitingRow>(selectNext, lane, eventId, id, 1),
          isSound: (row) => hasItsTypes(row) && fromStoredOrNull(row.activity) !== null,
          limit,
          last: lastEventId(db),
        });
    return { rows, total: counted(rows, lane, limit, countUpTo), hurt };
  };
}

const NUMBERS = ['id', 'eventId', 'tries', 'isReplay', 'receivedAt', 'storedAt'] as const;

function hasItsTypes(row: WaitingRow): boolean {
  return (
    NUMBERS.every((name) => typeof row[name] === 'number') &&
    typeof row.rule === 'string' &&
    typeof row.activity === 'string'
  );
}
