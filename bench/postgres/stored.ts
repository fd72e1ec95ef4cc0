/**
 * SQL that makes a database look as if `count` events had come, been decided and, every fourth, told: rows as wide as real
 * ones, random where real ones are random. Bodies are left out: nothing that is measured reads an old one.
 */
export function storedEvents(count: number): readonly string[] {
  const now = '1790000000000';
  const trace = JSON.stringify({
    kind: 'issues.labeled',
    rules: [
      {
        rule: 'classics',
        result: 'no_match',
        checks: [{ check: 'on', wanted: 'issues: opened', actual: 'issues.labeled', ok: false }],
        to: ['out'],
      },
    ],
  });
  return [
    `INSERT INTO tidings.events (id, source, delivery_id, guid, type, origin, body_size, headers_size, segment_id,
       segment_offset, secret_no, received_at, stored_at)
     SELECT n, 'github', '4711:' || g, g, 'issues', 'webhook', 12000, 240, n / 32, 0, 1, ${now} + n, ${now} + n
     FROM (SELECT nextval('tidings.event_ids') AS n, gen_random_uuid()::text AS g FROM generate_series(1, ${count})) made`,
    `INSERT INTO tidings.decisions (event_id, state, reason, action, repo, trace, body_digest, source, expanded_at)
     SELECT id, CASE WHEN id % 4 = 0 THEN 'routed' ELSE 'skipped' END,
       CASE WHEN id % 4 = 0 THEN NULL ELSE 'no rule is about issues.labeled' END, 'labeled', 'acme/api', '${trace}',
       sha256(guid::bytea), 'github', stored_at + 5
     FROM tidings.events`,
    `INSERT INTO tidings.notifications (event_id, destination, rule, state, dedup_key, origin, is_replay, tries, settled_at)
     SELECT id, 'out', 'news', 'sent', guid, 'webhook', false, 1, stored_at + 900 FROM tidings.events WHERE id % 4 = 0`,
    `INSERT INTO tidings.attempts (lane, epoch, request, size, started_at, ended_at, outcome, detail)
     SELECT 'out', 1, 'card', 1, settled_at - 300, settled_at, 'sent', 'ok' FROM tidings.notifications ORDER BY id`,
    `INSERT INTO tidings.attempt_notifications (attempt_id, notification_id)
     SELECT a, n FROM (SELECT row_number() OVER (ORDER BY id) AS r, id AS a FROM tidings.attempts) x
     JOIN (SELECT row_number() OVER (ORDER BY id) AS r, id AS n FROM tidings.notifications) y USING (r)`,
    'VACUUM (ANALYZE)',
    'CHECKPOINT',
  ];
}
