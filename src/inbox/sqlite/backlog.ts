import type { Expansion, Fenced, Lease, NewNotification, ResultQuestion } from '../../model/inbox.ts';
import { alreadyTold, suspicion } from '../reasons.ts';
import { all, type Database, one, recomputable, scalar } from './database.ts';
import type { Fence } from './lanes.ts';
import type { PackedPending } from './packed.ts';
import { packer } from './packer.ts';
import { keptResults } from './results.ts';
import { settlingNotes } from './settling.ts';

const PENDING = `
  SELECT e.id, e.origin, e.source, e.delivery_id AS deliveryId, e.guid, e.type, e.received_at AS receivedAt,
         e.stored_at AS storedAt, e.replays, e.released, e.segment_id AS segmentId, e.segment_offset AS segmentOffset,
         e.headers_size AS headersSize, e.body_size AS bodySize,
         s.event_id IS NOT NULL AS isHeld, s.labels, s.is_draft AS isDraft
  FROM events e LEFT JOIN settling s ON s.event_id = e.id
  WHERE e.state = 'pending' AND e.id > ? AND s.until IS NULL ORDER BY e.id LIMIT ?`;

const DECIDE = `
  UPDATE events SET state = ?, reason = ?, action = ?, repo = ?, trace = ?, body_digest = ?, expanded_at = ?
  WHERE id = ? AND state = 'pending'`;

/**
 * The first event with this body, at a source that may have its key; one that contradicts itself is not it. A plus
 * keeps a column out of the choice of the index.
 */
const FIRST_WITH_BODY = `
  SELECT first.id, first.guid = e.guid AS sameGuid, first.type = e.type AS sameType
  FROM events e JOIN events AS first INDEXED BY events_by_digest
    ON substr(first.body_digest, 1, 8) = substr(e.body_digest, 1, 8) AND first.state <> 'pending'
   AND first.body_digest = e.body_digest AND +first.id < e.id
   AND first.source NOT IN (SELECT value FROM json_each(?2)) AND NOT (first.state = 'quarantined' AND first.suspect_of IS NULL)
  WHERE e.id = ?1 AND e.replays = 0 AND e.released = 0
  ORDER BY +first.id LIMIT 1`;

const QUARANTINE = `
  UPDATE events SET state = 'quarantined', reason = ?, suspect_of = ? WHERE id = ?`;

const NOTIFY = `
  INSERT INTO notifications (event_id, destination, rule, activity, dedup_key, is_replay, echo_key, not_before, origin)
  VALUES (?1, ?, ?, ?, ?, ?, ?, ?, (SELECT origin FROM events WHERE id = ?1)) ON CONFLICT (destination, dedup_key) DO NOTHING`;

/** Two webhooks, or two polled events, that look alike are two happenings; one of each is one happening told two ways. */
const ECHOED = `
  SELECT n.event_id AS eventId FROM notifications n
  WHERE n.destination = ? AND n.echo_key = ?
    AND (n.origin = 'poll') <> (SELECT origin = 'poll' FROM events WHERE id = ?) LIMIT 1`;

interface First {
  readonly id: number;
  readonly sameGuid: number;
  readonly sameType: number;
}

/** The expander's side: what is pending, and what was decided about it. */
export function backlogOps(db: Database, fence: Fence) {
  const selectPending = db.prepare(PENDING);
  const decide = db.prepare(DECIDE);
  const notify = db.prepare(NOTIFY);
  const toldAs = db.prepare('SELECT event_id AS eventId FROM notifications WHERE destination = ? AND dedup_key = ?');
  const echoOf = db.prepare(ECHOED);
  const firstWithBody = db.prepare(FIRST_WITH_BODY);
  const quarantine = db.prepare(QUARANTINE);
  const skip = db.prepare("UPDATE events SET state = 'skipped', reason = ? WHERE id = ?");
  const pack = packer(db);
  const settling = settlingNotes(db);
  const results = keptResults(db);

  /** The event it was told as before; null: it is written now. */
  function write(eventId: number, notification: NewNotification): number | null {
    const { destination, rule, activity, dedupKey, echoKey, isReplay, notBefore } = notification;
    const echoed =
      echoKey === null || isReplay ? undefined : one<{ eventId: number }>(echoOf, destination, echoKey, eventId);
    if (echoed !== undefined) return echoed.eventId;
    const json = JSON.stringify(activity);
    const until = notBefore === null ? null : Math.ceil(notBefore);
    const { changes } = notify.run(eventId, destination, rule, json, dedupKey, isReplay ? 1 : 0, echoKey, until);
    return changes === 1 ? null : scalar(toldAs, destination, dedupKey);
  }

  /** It looks forged, and is quarantined now. */
  function isHeldBack({ eventId, strangers }: Expansion): boolean {
    const original = one<First>(firstWithBody, eventId, JSON.stringify(strangers));
    if (original === undefined || (original.sameGuid === 1 && original.sameType === 1)) return false;
    quarantine.run(suspicion(original.id, { guid: original.sameGuid === 0 }), original.id, eventId);
    return true;
  }

  /** False: nothing it says is heard, as it is no longer pending, or quarantined. */
  function expandOne(expansion: Expansion, now: number): boolean {
    const { eventId, bodyDigest, state, reason, action, repo, trace, notifications } = expansion;
    if (state === 'pending') return settling.hold(expansion);
    const why = trace && JSON.stringify(trace);
    const { changes } = decide.run(state, reason, action, repo, why, bodyDigest, now, eventId);
    if (changes === 0) return false;
    settling.forget(eventId);
    if (notifications.length === 0) return state !== 'quarantined';
    if (isHeldBack(expansion)) return false;
    const earlier = notifications.map((notification) => write(eventId, notification));
    if (!earlier.includes(null)) skip.run(alreadyTold(earlier[0] ?? eventId), eventId);
    return true;
  }

  return {
    pending: (limit: number, afterId: number): PackedPending => pack(all(selectPending, afterId, limit)),

    expand(lease: Lease, expansions: readonly Expansion[], now: number): 'done' | Fenced {
      return recomputable(db, () => {
        if (!fence(lease)) return 'fenced';
        const heard = expansions.filter((expansion) => expandOne(expansion, now));
        settling.learn(heard);
        results.keep(heard);
        return 'done';
      });
    },

    resultsBefore: (questions: readonly ResultQuestion[]): readonly (boolean | null)[] => questions.map(results.before),
  };
}
