import type { LaneDepth } from '../../../model/inbox/archive.ts';
import type { AttemptRecord, EventRecord, NotificationRecord } from '../../../model/inbox/records.ts';
import { recordedBody } from '../../cut-out.ts';
import { type StandingRow, withStanding } from '../../standing.ts';
import { parsedOrNull } from '../../stored-json.ts';
import { rowOrNull } from '../damage/corrupt.ts';
import { all, type Database, one, snapshot } from '../database.ts';
import { IS_LIVING, STANDING } from '../lanes.ts';
import { segmentReader } from '../segments.ts';
import { HAS_BODY, MAY_HAVE_BODY } from '../upkeep/conditions.ts';
import { fatesReader } from './list.ts';
import { SUMMARY } from './read.ts';

const record = (hasBody: string) => `
  SELECT ${SUMMARY}, guid, body_digest AS bodyDigest, stored_at AS storedAt, expanded_at AS expandedAt,
         secret_no AS secretNo, replays, suspect_of AS suspectOf, trace,
         (SELECT until FROM settling WHERE event_id = e.id) AS settlesAt, ${hasBody} AS hasBody,
         segment_id AS segmentId, segment_offset AS segmentOffset, headers_size AS headersSize, body_size AS bodySize
  FROM events e WHERE id = ?`;

interface RecordRow
  extends Omit<EventRecord, 'headers' | 'body' | 'damage' | 'bodyDigest' | 'trace' | 'fates' | 'notifications'> {
  readonly bodyDigest: Uint8Array | null;
  readonly trace: string | null;
  readonly segmentId: number;
  readonly segmentOffset: number;
  readonly headersSize: number;
  readonly hasBody: number;
}

const NOTIFICATIONS = `
  SELECT id, destination, rule, state, reason, tries, merged_into AS mergedInto, is_replay AS isReplay,
         not_before AS notBefore, settled_at AS settledAt, dismissed_at AS dismissedAt
  FROM notifications WHERE event_id = ? ORDER BY id`;

interface NotificationRow extends Omit<NotificationRecord, 'isReplay' | 'attempts'> {
  readonly isReplay: number;
}

const ATTEMPTS = `
  SELECT a.id, a.started_at AS startedAt, a.ended_at AS endedAt, a.outcome, a.request, a.detail, a.size
  FROM attempt_notifications an JOIN attempts a ON a.id = an.attempt_id WHERE an.notification_id = ? ORDER BY a.id`;

const EXPAND_DEPTH = `
  SELECT 'expand' AS lane, count(*) AS depth, min(e.received_at) AS oldestReceivedAt
  FROM events e LEFT JOIN settling s ON s.event_id = e.id WHERE e.state = 'pending' AND s.until IS NULL`;

/** Only each lane's first row needs its event: the partial index keeps them in event order. */
const LANE_DEPTHS = `
  SELECT q.destination AS lane, q.depth, e.received_at AS oldestReceivedAt
  FROM (SELECT destination, count(*) AS depth, min(event_id) AS first
        FROM notifications WHERE state = 'queued' AND not_before IS NULL GROUP BY destination) q JOIN events e ON e.id = q.first`;

const LEASES = `
  SELECT lane, iif(${IS_LIVING}, owner, NULL) AS owner, iif(${IS_LIVING} AND owner IS NOT NULL, expires_at, NULL) AS leaseExpiresAt,
         not_before AS notBefore, failures, ${STANDING},
         sent_at AS sentAt FROM lanes`;

const CARDS_BEHIND = `
  SELECT destination AS lane, count(*) AS "cardsBehind" FROM cards WHERE shown < wanted AND state <> 'gone' GROUP BY destination`;

type LeaseRow = Omit<LaneDepth, 'depth' | 'oldestReceivedAt' | 'cardsBehind' | 'broken' | 'held'> & StandingRow;

type CardsRow = Pick<LaneDepth, 'lane' | 'cardsBehind'>;

/** Of damaged ones nothing is known: they are shown no more. */
function cardsBehind(db: Database): readonly CardsRow[] {
  return rowOrNull(() => all<CardsRow>(db.prepare(CARDS_BEHIND))) ?? [];
}

const EMPTY_LANE = {
  owner: null,
  leaseExpiresAt: null,
  notBefore: 0,
  failures: 0,
  broken: null,
  held: null,
  sentAt: null,
  depth: 0,
  oldestReceivedAt: null,
  cardsBehind: 0,
};

/** Reading: what people ask for. It runs on a connection and a thread of its own, so no search delays a commit. */
export function archiveOps(db: Database) {
  const selectRecord = db.prepare(record(HAS_BODY));
  const selectAnyway = db.prepare(record(MAY_HAVE_BODY));
  const selectNotifications = db.prepare(NOTIFICATIONS);
  const selectAttempts = db.prepare(ATTEMPTS);
  const selectEventOf = db.prepare('SELECT event_id AS id FROM notifications WHERE id = ?');
  // Asked only until an upgrade is brought over: from then on keys/known.ts answers.
  const selectKnown = db.prepare(
    'SELECT DISTINCT guid FROM events WHERE source = ? AND guid IN (SELECT value FROM json_each(?))',
  );
  const fatesOf = fatesReader(db);
  const read = segmentReader(db);

  function recordOf(id: number): EventRecord | null {
    const row = rowOrNull(() => one<RecordRow>(selectRecord, id)) ?? one<RecordRow>(selectAnyway, id);
    if (row === undefined) return null;
    const { segmentId, segmentOffset, headersSize, hasBody, ...event } = row;
    const place = { id, segmentId, segmentOffset, headersSize, bodySize: event.bodySize };
    const notifications = all<NotificationRow>(selectNotifications, id).map((notification) => ({
      ...notification,
      isReplay: notification.isReplay === 1,
      attempts: all<AttemptRecord>(selectAttempts, notification.id),
    }));
    return {
      ...event,
      bodyDigest: event.bodyDigest && Buffer.from(event.bodyDigest).toString('hex'),
      trace: parsedOrNull(event.trace),
      ...recordedBody(hasBody === 1 ? read(place) : null, headersSize),
      fates: fatesOf([id]).get(id) ?? [],
      notifications,
    };
  }

  return {
    show: (id: number): EventRecord | null => snapshot(db, () => recordOf(id)),

    eventOf: (notification: number): number | null => one<{ id: number }>(selectEventOf, notification)?.id ?? null,

    known(source: string, guids: readonly string[]): ReadonlySet<string> {
      const rows = all<{ guid: string }>(selectKnown, source, JSON.stringify(guids));
      return new Set(rows.map(({ guid }) => guid));
    },

    depths(now: number): readonly LaneDepth[] {
      type Depth = Pick<LaneDepth, 'lane' | 'depth' | 'oldestReceivedAt'>;
      const depths = new Map(
        [...all<Depth>(db.prepare(EXPAND_DEPTH)), ...all<Depth>(db.prepare(LANE_DEPTHS))].map((d) => [d.lane, d]),
      );
      const leases = new Map(all<LeaseRow>(db.prepare(LEASES), now).map((lease) => [lease.lane, withStanding(lease)]));
      const cards = new Map(cardsBehind(db).map((each) => [each.lane, each]));
      return [...new Set([...depths.keys(), ...leases.keys(), ...cards.keys()])].toSorted().map((lane) => ({
        lane,
        ...EMPTY_LANE,
        ...leases.get(lane),
        ...depths.get(lane),
        ...cards.get(lane),
      }));
    },
  };
}
