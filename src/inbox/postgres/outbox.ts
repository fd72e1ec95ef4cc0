import type { Fenced, LanePause, Lease } from '../../model/inbox/lanes.ts';
import type { AttemptEnd, AttemptStart, BeginOptions, Outbox } from '../../model/inbox/outbox.ts';
import type { AttemptId, Content, Notification } from '../../model/notification.ts';
import { INTERRUPTED } from '../reasons.ts';
import { fromStored } from '../stored-activity.ts';
import { fence } from './fence.ts';
import { close, tell, uncount } from './final-states.ts';
import { IS_HELD, NOW } from './lanes.ts';
import { pgText } from './pg-text.ts';
import { QueueStart } from './queue-start.ts';
import { keepReceipts, receiptOps } from './receipts.ts';
import type { Database, Query } from './server/database.ts';

const WAITING = `
  SELECT n.id, n.event_id AS "eventId", n.destination, n.rule, a.activity, n.tries, n.is_replay AS "isReplay",
         e.received_at AS "receivedAt", e.stored_at AS "storedAt",
         (SELECT max(t.id) FROM tidings.attempt_notifications an JOIN tidings.attempts t ON t.id = an.attempt_id
          WHERE an.notification_id = n.id AND t.outcome = 'unknown') AS "maybeToldBy"
  FROM tidings.outbox_from($1, $2, $3) q
  JOIN tidings.notifications n ON n.id = q.notification_id JOIN tidings.activities a ON a.notification_id = n.id
  JOIN tidings.events e ON e.id = n.event_id ORDER BY n.event_id, n.id`;

/** A backlog larger than this is told in pieces anyway; counting on would only cost time. */
const COUNTED_AT_MOST = 100_000;
const COUNT = 'SELECT count(*) AS total FROM tidings.outbox_from($1, $2, $3)';

/**
 * One statement, so one way there and back while a message waits for it. Without the lease it does nothing, and answers no row.
 * Nor does it where a person paused the lane, or one of the messages waits no more, or where the server has lost what was read, and may
 * have given its ids to others since: then it answers no attempt. What waits is locked behind its lane, as `drain` does: one that
 * it gave up while this waited for the lane is seen as it is then.
 * It waits for the disk, and for a standby, as the server's own setting says, unless it says not at all.
 */
const BEGIN = `
  WITH owned AS MATERIALIZED (
    SELECT lane, epoch, (${IS_HELD} AND NOT $7::boolean) AS held FROM tidings.lanes
    WHERE lane = $1 AND owner = $2 AND epoch = $3 AND ($6::bigint IS NULL OR expires_at >= ${NOW} + $6) FOR UPDATE
  ), starts AS MATERIALIZED (
    SELECT x.n, x.request, x.notifications, x.events
    FROM json_to_recordset($4::json) AS x (n bigint, request text, notifications bigint[], events bigint[])
  ), given AS MATERIALIZED (
    SELECT g.id, g.event_id FROM owned CROSS JOIN starts s CROSS JOIN LATERAL unnest(s.notifications, s.events) AS g (id, event_id)
  ), mine AS MATERIALIZED (
    SELECT n.id FROM given g JOIN tidings.notifications n ON n.id = g.id AND n.event_id = coalesce(g.event_id, n.event_id)
    WHERE n.destination = $1 AND n.state = 'queued' FOR NO KEY UPDATE OF n
  ), begun AS (
    INSERT INTO tidings.attempts (lane, epoch, request, size, started_at)
    SELECT o.lane, o.epoch, s.request, cardinality(s.notifications), $5 FROM owned o CROSS JOIN starts s
    WHERE NOT o.held AND (SELECT count(*) FROM given) = (SELECT count(*) FROM mine) ORDER BY s.n RETURNING id
  ), numbered AS (
    SELECT id, row_number() OVER (ORDER BY id) AS n FROM begun
  ), carried AS (
    INSERT INTO tidings.attempt_notifications (attempt_id, notification_id)
    SELECT b.id, unnest(s.notifications) FROM numbered b JOIN starts s USING (n) RETURNING notification_id
  ), counted AS (
    UPDATE tidings.notifications n SET tries = n.tries + 1 FROM carried c WHERE n.id = c.notification_id AND n.state = 'queued'
  )
  SELECT b.id, o.held, set_config('synchronous_commit', CASE current_setting('synchronous_commit')
    WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, true)
  FROM owned o LEFT JOIN begun b ON true ORDER BY b.id`;

/**
 * `$6`: whether it says why nothing can arrive, `$7`, or that something can; `$9`: whether something was sent now, `$8`. `$10`: an attempt
 * that found so. One that began before somebody said otherwise does not count.
 */
const COUNTS = '$6 AND ($7::text IS NULL OR $10::bigint IS NULL OR $10 > coalesce(resumed_after, 0))';
const PAUSE = `
  UPDATE tidings.lanes SET not_before = $4, failures = $5, sent_at = CASE WHEN $9 THEN $8 ELSE sent_at END,
    broken_at = CASE WHEN NOT (${COUNTS}) THEN broken_at WHEN $7 IS NULL THEN NULL ELSE coalesce(broken_at, $8::bigint) END,
    broken_reason = CASE WHEN ${COUNTS} THEN $7 ELSE broken_reason END
  WHERE lane = $1 AND owner = $2 AND epoch = $3 RETURNING lane`;

/** The server may have lost how an attempt began, and have given its number to one of another lane since. */
const END = `
  UPDATE tidings.attempts a SET ended_at = $2, outcome = x.outcome, detail = x.detail
  FROM json_to_recordset($1::json) AS x (id bigint, outcome text, detail text) WHERE a.id = x.id AND a.lane = $3 RETURNING a.id`;

const ADOPTED = `
  SELECT n.id FROM tidings.attempts a
  JOIN tidings.attempt_notifications an ON an.attempt_id = a.id JOIN tidings.notifications n ON n.id = an.notification_id
  WHERE a.lane = $1 AND a.outcome IS NULL AND a.epoch <= $2 AND n.state = 'queued'`;

const CLOSE_OPEN = `
  UPDATE tidings.attempts SET ended_at = $3, outcome = 'unknown', detail = '${INTERRUPTED}'
  WHERE lane = $1 AND outcome IS NULL AND epoch <= $2`;

const SKIP_IDS = `
  SELECT setval(s.name, nextval(s.name) + $1)
  FROM (SELECT pg_get_serial_sequence('tidings.notifications', 'id')::regclass AS name) s`;

const FIRST_TO_COME = `
  SELECT coalesce((SELECT min(event_id) FROM tidings.pending), (SELECT max(id) FROM tidings.events), 0) AS id`;

type WaitingRow = Omit<Notification, keyof Content> & { readonly activity: string };

/** The lanes' side: claim, commit, send, end. Every write checks the lease inside its transaction. */
export function outboxOps(db: Database, now: () => number): Outbox & { forget(): void } {
  const queues = new Map<string, QueueStart>();

  function queueOf(lane: string): QueueStart {
    const queue = queues.get(lane) ?? new QueueStart(now);
    queues.set(lane, queue);
    return queue;
  }

  return {
    // A crash of the server takes what is not on its disk, and the messages are told again without a word.
    mayLoseAttempts: false,

    forget: () => queues.clear(),

    async waiting(lane, limit, countUpTo = COUNTED_AT_MOST) {
      const queue = queueOf(lane);
      const begin = queue.begin();
      const next = begin === 0 ? await firstToCome(db) : begin;
      const rows = await db.rows<WaitingRow>(WAITING, [lane, begin, limit]);
      queue.found(begin, rows[0]?.eventId ?? next);
      const notifications = rows.map(({ activity, ...row }) => ({ ...row, ...fromStored(activity) }));
      if (rows.length < limit || countUpTo <= limit) return { notifications, total: rows.length };
      const [counted] = await db.rows<{ total: number }>(COUNT, [lane, begin, countUpTo]);
      return { notifications, total: counted?.total ?? rows.length };
    },

    ...receiptOps(db),

    begin: (lease, starts, options) => beginAll(db, lease, starts, { ...options, now: now() }),

    end: (lease, ends, pause) => db.transaction((tx) => endIn(tx, lease, ends, pause, now())),

    adopt: (lease, policy) =>
      fenced(db, lease, async (tx) => {
        const uncertain = await tx.rows<{ id: number }>(ADOPTED, [lease.lane, lease.epoch]);
        const ids = uncertain.map(({ id }) => id);
        if (policy === 'hold') await close(tx, { ids, state: 'unknown', reason: INTERRUPTED, now: now() });
        await tx.rows(CLOSE_OPEN, [lease.lane, lease.epoch, now()]);
        return ids.length;
      }),

    async skipIds(count) {
      await db.rows(SKIP_IDS, [count]);
    },
  };
}

/** Asked before the look: what gets into a lane after it comes from what is pending now, or from what is newer still. */
async function firstToCome(db: Query): Promise<number> {
  const [row] = await db.rows<{ id: number }>(FIRST_TO_COME);
  return row?.id ?? 0;
}

function fenced<T>(db: Database, lease: Lease, work: (tx: Query) => Promise<T>): Promise<T | Fenced> {
  return db.transaction(async (tx) => ((await fence(tx, lease)) ? work(tx) : 'fenced'));
}

async function beginAll(
  db: Database,
  { lane, owner, epoch }: Lease,
  starts: readonly AttemptStart[],
  { now, leastMs, evenPaused = false }: Partial<BeginOptions> & { readonly now: number },
): Promise<readonly AttemptId[] | 'held' | Fenced> {
  const described = starts.map(({ request, notifications, events }, index) => {
    return { n: index + 1, request: pgText(request), notifications, events };
  });
  const values = [lane, owner, epoch, JSON.stringify(described), now, leastMs ?? null, evenPaused];
  const rows = await db.rows<{ id: AttemptId | null; held: boolean }>(BEGIN, values);
  const [first] = rows;
  if (first === undefined) return 'fenced';
  if (first.held) return 'held';
  return rows.flatMap(({ id }) => id ?? []);
}

async function endIn(
  tx: Query,
  { lane, owner, epoch }: Lease,
  ends: readonly AttemptEnd[],
  { notBefore, failures, breakdown }: LanePause,
  now: number,
): Promise<'done' | Fenced> {
  const isSent = ends.some(({ state }) => state === 'sent');
  const broken = [breakdown !== undefined, pgText(breakdown ?? null)];
  const values = [Math.round(notBefore), failures, ...broken, now, isSent, ends[0]?.attemptId ?? null];
  if ((await tx.rows(PAUSE, [lane, owner, epoch, ...values])).length === 0) return 'fenced';
  await endAll(tx, lane, ends, now);
  await keepReceipts(tx, lane, ends, now);
  return 'done';
}

async function endAll(tx: Query, lane: string, all: readonly AttemptEnd[], now: number): Promise<void> {
  if (all.length === 0) return;
  const ended = all.map(({ attemptId, outcome, detail }) => ({
    id: attemptId,
    outcome,
    detail: pgText(detail.slice(0, 500)),
  }));
  const own = await tx.rows<{ id: AttemptId }>(END, [JSON.stringify(ended), now, lane]);
  const ends = all.filter(({ attemptId }) => own.some(({ id }) => id === attemptId));
  const sent = ends.filter(({ state }) => state === 'sent').map(({ attemptId }) => attemptId);
  if (sent.length > 0) await tell(tx, sent, now);
  for (const { attemptId, state, reason, exhausted, isUncounted } of ends) {
    if (isUncounted) await uncount(tx, attemptId);
    else if (state === 'queued') await close(tx, { ids: exhausted, state: 'dead', reason, now });
    else if (state !== 'sent') await close(tx, { attemptId, state, reason, now });
  }
}
