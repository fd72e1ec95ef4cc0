import type { EventId } from '../../../model/event.ts';
import type { HourCount } from '../../../model/inbox/counts.ts';
import type { Checked } from '../../repeats.ts';
import { FIRST_PAIR, tokensOf } from '../../search/tokens.ts';
import { wordsAbout } from '../../search/words-about.ts';
import { asCounted, countSql } from '../hours.ts';
import { pgKey, pgText } from '../pg-text.ts';
import { putTokens } from '../search/write.ts';
import type { Query } from '../server/database.ts';

const DECIDE = `
  INSERT INTO tidings.decisions (event_id, state, reason, action, repo, actor, about, trace, body_digest, source, expanded_at, suspect_of)
  SELECT x.id, x.state, x.reason, x.action, x.repo, x.actor, x.about, x.trace, decode(x.digest, 'hex'), x.source, $2::bigint, x.suspect
  FROM json_to_recordset($1::json) AS x (id bigint, state text, reason text, action text, repo text, actor text, about text,
                                         trace text, digest text, source text, suspect bigint)
  ON CONFLICT (event_id) DO UPDATE SET
    state = excluded.state, reason = excluded.reason, action = excluded.action, repo = excluded.repo, actor = excluded.actor,
    about = excluded.about, trace = excluded.trace, body_digest = excluded.body_digest, expanded_at = excluded.expanded_at, suspect_of = excluded.suspect_of`;

const TELL = `
  WITH given AS MATERIALIZED (
    SELECT * FROM json_to_recordset($1::json) AS x (n integer, event_id bigint, destination text, rule text, dedup_key text,
                                                    echo_key text, origin text, is_replay boolean, activity text, not_before bigint)
  ), written AS (
    INSERT INTO tidings.notifications (event_id, destination, rule, dedup_key, echo_key, origin, is_replay)
    SELECT event_id, destination, rule, dedup_key, echo_key, origin, is_replay FROM given ORDER BY n
    RETURNING id, event_id, destination, dedup_key
  ), told AS (
    INSERT INTO tidings.activities (notification_id, activity)
    SELECT w.id, g.activity FROM written w JOIN given g USING (destination, dedup_key)
  ), queued AS (
    INSERT INTO tidings.outbox (destination, event_id, notification_id) SELECT w.destination, w.event_id, w.id
    FROM written w JOIN given g USING (destination, dedup_key) WHERE g.not_before IS NULL
  ), held AS (
    INSERT INTO tidings.held (notification_id, not_before, destination, event_id)
    SELECT w.id, g.not_before, w.destination, w.event_id
    FROM written w JOIN given g USING (destination, dedup_key) WHERE g.not_before IS NOT NULL
  )
  SELECT pg_notify('tidings', $2)`;

const TAKE = 'DELETE FROM tidings.pending WHERE event_id = ANY($1::bigint[])';

const TAKE_AND_COUNT = `WITH counted AS (${countSql('$2')}) ${TAKE}`;

/** One batch: the decisions, and what is to be told. */
export async function writeDecisions(tx: Query, checked: readonly Checked[], now: number): Promise<void> {
  if (checked.length === 0) return;
  await tx.rows(DECIDE, [JSON.stringify(checked.map(decisionOf)), now]);
  await putTokens(tx, checked.map(foundBy));
  const told = checked.flatMap(notificationsOf).map((each, n) => ({ n, ...each }));
  // What is told again has an id below what its lane has come to: whoever reads the lane must begin anew.
  const isAgain = checked.some(({ event }) => event.replays > 0 || event.released);
  if (told.length > 0) await tx.rows(TELL, [JSON.stringify(told), isAgain ? 'replay' : 'told']);
}

/** The end of their wait, and what is counted of it: one way there and back. */
export async function takeOut(tx: Query, ids: readonly EventId[], counts: readonly HourCount[] = []): Promise<void> {
  if (ids.length === 0) return;
  await (counts.length === 0 ? tx.rows(TAKE, [ids]) : tx.rows(TAKE_AND_COUNT, [ids, asCounted(counts)]));
}

function decisionOf({ event, expansion, suspectOf }: Checked) {
  const { state, reason, action, repo, trace, bodyDigest, searched } = expansion;
  return {
    id: event.id,
    state,
    reason: pgText(reason),
    action: pgText(action),
    repo: pgText(repo),
    ...wordsAbout(searched),
    // JSON inside JSON: what Postgres cannot store stays escaped in it.
    trace: trace && JSON.stringify(trace),
    digest: Buffer.from(bodyDigest).toString('hex'),
    source: event.source,
    suspect: suspectOf,
  };
}

function foundBy({ event, expansion }: Checked) {
  const { state, action, repo, searched } = expansion;
  return { id: event.id, tokens: tokensOf({ ...event, state, action, repo }, searched, FIRST_PAIR) };
}

function notificationsOf({ event, notifications }: Checked) {
  return notifications.map(({ destination, rule, dedupKey, echoKey, isReplay, notBefore, content }) => ({
    event_id: event.id,
    destination,
    rule: pgText(rule),
    dedup_key: pgKey(dedupKey),
    echo_key: pgKey(echoKey),
    origin: event.origin,
    is_replay: isReplay,
    activity: content,
    not_before: notBefore === null ? null : Math.ceil(notBefore),
  }));
}
