import type { Archive, LaneDepth } from '../../../model/inbox/archive.ts';
import type { AttemptRecord, EventRecord, NotificationRecord } from '../../../model/inbox/records.ts';
import { recordedBody } from '../../cut-out.ts';
import { type StandingRow, withStanding } from '../../standing.ts';
import { parsedOrNull } from '../../stored-json.ts';
import { IS_LIVING, STANDING } from '../lanes.ts';
import { pgText } from '../pg-text.ts';
import type { Database } from '../server/database.ts';
import { bytesReader, type Place } from '../stored-bytes.ts';
import { HAS_BODY } from '../upkeep/conditions.ts';
import { fatesReader } from './list.ts';
import { FROM, SUMMARY } from './read.ts';

const RECORD = `
  SELECT ${SUMMARY}, e.guid, encode(d.body_digest, 'hex') AS "bodyDigest", e.stored_at AS "storedAt",
         d.expanded_at AS "expandedAt", e.secret_no AS "secretNo", coalesce(d.replays, 0) AS replays,
         d.suspect_of AS "suspectOf", s.until AS "settlesAt", d.trace, e.segment_id AS "segmentId", e.segment_offset AS "segmentOffset",
         e.headers_size AS "headersSize", e.body_size AS "bodySize", ${HAS_BODY} AS "hasBody"
  ${FROM} WHERE e.id = $1`;

const NOTIFICATIONS = `
  SELECT n.id, n.destination, n.rule, n.state, n.reason, n.tries, n.merged_into AS "mergedInto", n.is_replay AS "isReplay",
         h.not_before AS "notBefore", n.settled_at AS "settledAt", n.dismissed_at AS "dismissedAt"
  FROM tidings.notifications n LEFT JOIN tidings.held h ON h.notification_id = n.id WHERE n.event_id = $1 ORDER BY n.id`;

const ATTEMPTS = `
  SELECT an.notification_id AS "notificationId", a.id, a.started_at AS "startedAt", a.ended_at AS "endedAt", a.outcome,
         a.request, a.detail, a.size
  FROM tidings.attempt_notifications an JOIN tidings.attempts a ON a.id = an.attempt_id
  WHERE an.notification_id = ANY($1::bigint[]) ORDER BY a.id`;

const EVENT_OF = 'SELECT event_id AS id FROM tidings.notifications WHERE id = $1';

const KNOWN = 'SELECT guid FROM tidings.known_guids($1, $2::text[]) AS guid';

const EXPAND_DEPTH = `
  SELECT 'expand' AS lane, q.depth, e.received_at AS "oldestReceivedAt"
  FROM (SELECT count(*) AS depth, min(event_id) AS first FROM tidings.pending) q
  LEFT JOIN tidings.events e ON e.id = q.first`;

const LANE_DEPTHS = `
  SELECT q.lane, q.depth, e.received_at AS "oldestReceivedAt"
  FROM (SELECT destination AS lane, count(*) AS depth, min(event_id) AS first FROM tidings.outbox GROUP BY destination) q
  JOIN tidings.events e ON e.id = q.first`;

const LEASES = `
  SELECT lane, CASE WHEN ${IS_LIVING} THEN owner END AS owner, CASE WHEN ${IS_LIVING} AND owner IS NOT NULL THEN expires_at END AS "leaseExpiresAt",
         not_before AS "notBefore", failures, ${STANDING},
         sent_at AS "sentAt" FROM tidings.lanes`;

const CARDS_BEHIND = `
  SELECT destination AS lane, count(*) AS "cardsBehind" FROM tidings.cards WHERE shown < wanted AND state <> 'gone' GROUP BY destination`;

type LeaseRow = Omit<LaneDepth, 'depth' | 'oldestReceivedAt' | 'cardsBehind' | 'broken' | 'held'> & StandingRow;

type CardsRow = Pick<LaneDepth, 'lane' | 'cardsBehind'>;

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

type RecordRow = Omit<EventRecord, 'headers' | 'body' | 'damage' | 'trace' | 'fates' | 'notifications'> &
  Place & { readonly trace: string | null; readonly hasBody: boolean };
type AttemptRow = AttemptRecord & { readonly notificationId: number };
type NotificationRow = Omit<NotificationRecord, 'attempts'>;

/** Reading: what people ask for. */
export function archiveOps(db: Database): Pick<Archive, 'show' | 'eventOf' | 'known' | 'depths'> {
  const read = bytesReader(db);
  const fatesOf = fatesReader(db);

  async function notificationsOf(eventId: number): Promise<readonly NotificationRecord[]> {
    const rows = await db.rows<NotificationRow>(NOTIFICATIONS, [eventId]);
    const attempts = await db.rows<AttemptRow>(ATTEMPTS, [rows.map(({ id }) => id)]);
    return rows.map((row) => ({
      ...row,
      attempts: attempts
        .filter(({ notificationId }) => notificationId === row.id)
        .map(({ id, startedAt, endedAt, outcome, request, detail, size }) => {
          return { id, startedAt, endedAt, outcome, request, detail, size };
        }),
    }));
  }

  return {
    async show(id) {
      const [row] = await db.rows<RecordRow>(RECORD, [id]);
      if (row === undefined) return null;
      const { segmentId, segmentOffset, headersSize, hasBody, trace, ...event } = row;
      const place = { id, segmentId, segmentOffset, headersSize, bodySize: event.bodySize };
      const [stored = null] = hasBody ? await read([place]) : [];
      return {
        ...event,
        trace: parsedOrNull(trace),
        ...recordedBody(stored, headersSize),
        fates: (await fatesOf([id])).get(id) ?? [],
        notifications: await notificationsOf(id),
      };
    },

    async eventOf(notification) {
      const [row] = await db.rows<{ id: number }>(EVENT_OF, [notification]);
      return row?.id ?? null;
    },

    async known(source, guids) {
      const rows = await db.rows<{ guid: string }>(KNOWN, [source, guids.map(pgText)]);
      return new Set(rows.map(({ guid }) => guid));
    },

    async depths() {
      type Depth = Pick<LaneDepth, 'lane' | 'depth' | 'oldestReceivedAt'>;
      const [expand, lanes, leases, cards] = await Promise.all([
        db.rows<Depth>(EXPAND_DEPTH),
        db.rows<Depth>(LANE_DEPTHS),
        db.rows<LeaseRow>(LEASES),
        db.rows<CardsRow>(CARDS_BEHIND),
      ]);
      const depths = new Map([...expand, ...lanes].map((each) => [each.lane, each]));
      const leaseOf = new Map(leases.map((each) => [each.lane, withStanding(each)]));
      const cardsOf = new Map(cards.map((each) => [each.lane, each]));
      return [...new Set([...depths.keys(), ...leaseOf.keys(), ...cardsOf.keys()])]
        .toSorted()
        .map((lane) => ({ lane, ...EMPTY_LANE, ...leaseOf.get(lane), ...depths.get(lane), ...cardsOf.get(lane) }));
    },
  };
}
