import { BYTES_AT_ONCE, MARKER, type Row, type Table, type Value } from './tables.ts';

export type Parameter = Value;

/**
 * Where a row of TABLES is several here. An event is pending while a row in `pending` or `settling` says so, whatever was
 * decided before.
 */
const EVENT: Readonly<Record<string, string>> = {
  state: "CASE WHEN p.event_id IS NULL AND s.event_id IS NULL THEN coalesce(d.state, 'pending') ELSE 'pending' END",
  reason: unlessPending('reason'),
  trace: unlessPending('trace'),
  expanded_at: unlessPending('expanded_at'),
  suspect_of: unlessPending('suspect_of'),
  action: 'd.action',
  repo: 'd.repo',
  actor: 'd.actor',
  about: 'd.about',
  body_digest: 'd.body_digest',
  replays: 'coalesce(d.replays, 0)',
  released: 'coalesce(d.released, false)::integer',
};

function unlessPending(column: string): string {
  return `CASE WHEN p.event_id IS NULL AND s.event_id IS NULL THEN d.${column} END`;
}

const SELECTS: Readonly<Record<string, (table: Table, where: string, limit: string) => string>> = {
  segments: (table, where, limit) => `
    SELECT ${table.columns.map((column) => `t.${column}`).join()} FROM (
      SELECT t.id, sum(octet_length(t.data)) OVER (ORDER BY t.id) - octet_length(t.data) AS before
      FROM (SELECT t.id, t.data FROM tidings.segments t WHERE ${where} ORDER BY t.id ${limit}) t) s
    JOIN tidings.segments t ON t.id = s.id WHERE s.before < ${BYTES_AT_ONCE} ORDER BY t.id`,
  events: (table, where, limit) => `
    SELECT ${table.columns.map((column) => EVENT[column] ?? `t.${column}`).join()}
    FROM (SELECT * FROM tidings.events t WHERE ${where} ORDER BY t.id ${limit}) t
    LEFT JOIN tidings.decisions d ON d.event_id = t.id LEFT JOIN tidings.pending p ON p.event_id = t.id
    LEFT JOIN tidings.settling s ON s.event_id = t.id ORDER BY t.id`,
  notifications: (table, where, limit) => `
    SELECT ${table.columns.map((column) => NOTIFICATION[column] ?? `t.${column}`).join()}
    FROM (SELECT * FROM tidings.notifications t WHERE ${where} ORDER BY t.id ${limit}) t
    LEFT JOIN tidings.activities a ON a.notification_id = t.id LEFT JOIN tidings.held h ON h.notification_id = t.id ORDER BY t.id`,
};

const NOTIFICATION: Readonly<Record<string, string>> = {
  activity: 'a.activity',
  is_replay: 't.is_replay::integer',
  not_before: 'h.not_before',
};

/** 1 and 0 here, yes and no in Postgres. */
const YES_OR_NO = new Set(['is_draft', 'passed']);

/** Names are ordered byte by byte, as SQLite does it. */
export function collation(column: string): string {
  return TEXTS.has(column) ? 'COLLATE "C"' : '';
}

/** With `isAfter` its parameters are a key. */
export function selectSql(table: Table, isAfter: boolean): string {
  const keys = table.columns.slice(0, table.keys);
  const ordered = keys.map((key) => `t.${key} ${collation(key)}`).join();
  const after = isAfter ? `(${ordered}) > (${keys.map((_, index) => `$${index + 1}`).join()})` : 'true';
  const where = table.name === 'cursors' ? `t.name <> '${MARKER}' AND ${after}` : after;
  const limit = `LIMIT ${table.rowsAtOnce}`;
  const special = SELECTS[table.name];
  if (special !== undefined) return special(table, where, limit);
  const columns = table.columns.map((column) => `t.${column}${YES_OR_NO.has(column) ? '::integer' : ''}`).join();
  return `SELECT ${columns} FROM tidings.${table.name} t WHERE ${where} ORDER BY ${ordered} ${limit}`;
}

/** One statement, so that all of the rows are committed or none. */
export function insertSql(table: Table, rows: readonly Row[]): { readonly sql: string; readonly values: Parameter[] } {
  if (table.name === 'segments') return insertSegments(table, rows);
  const given = `given AS MATERIALIZED (SELECT * FROM json_to_recordset($1::json) AS r (${typed(table)}))`;
  const json = JSON.stringify(
    rows.map((row) => Object.fromEntries(table.columns.map((name, at) => [name, hex(row[at])]))),
  );
  const sql = INSERTS[table.name]?.(given) ?? `WITH ${given} ${insertInto(table.name, table.columns)}`;
  return { sql, values: [json] };
}

/** Bytes go out as they are, which JSON cannot. */
function insertSegments({ columns }: Table, rows: readonly Row[]): { sql: string; values: Parameter[] } {
  const values: Parameter[] = [];
  const places = rows.map((row) => `(${row.map((value) => `$${values.push(value)}`).join()})`);
  return { sql: `INSERT INTO tidings.segments (${columns.join()}) VALUES ${places.join()}`, values };
}

const EVENT_COLUMNS =
  'id source delivery_id guid type origin body_size headers_size segment_id segment_offset secret_no received_at stored_at';
const NOTIFICATION_COLUMNS =
  'id event_id destination rule state reason dedup_key echo_key origin tries merged_into settled_at dismissed_at';

const INSERTS: Readonly<Record<string, (given: string) => string>> = {
  // What was decided before a replay is kept without its state, which nobody asks for while the event is pending.
  events: (given) => `
    WITH ${given},
    decided AS (
      INSERT INTO tidings.decisions (event_id, state, reason, action, repo, trace, body_digest, source, expanded_at, replays,
                                     released, suspect_of, actor, about)
      SELECT id, CASE state WHEN 'pending' THEN 'skipped' ELSE state END, reason, action, repo, trace,
             decode(body_digest, 'hex'), source, expanded_at, replays, released = 1, suspect_of, actor, about
      FROM given WHERE body_digest IS NOT NULL),
    waiting AS (INSERT INTO tidings.pending (event_id) SELECT id FROM given WHERE state = 'pending')
    ${insertInto('events', EVENT_COLUMNS.split(' '))}`,
  notifications: (given) => `
    WITH ${given},
    told AS (
      INSERT INTO tidings.activities (notification_id, activity)
      SELECT id, activity FROM given WHERE activity IS NOT NULL),
    waiting AS (
      INSERT INTO tidings.outbox (destination, event_id, notification_id)
      SELECT destination, event_id, id FROM given WHERE state = 'queued' AND not_before IS NULL),
    held AS (
      INSERT INTO tidings.held (notification_id, not_before, destination, event_id)
      SELECT id, not_before, destination, event_id FROM given WHERE not_before IS NOT NULL)
    INSERT INTO tidings.notifications (${NOTIFICATION_COLUMNS.replaceAll(' ', ', ')}, is_replay)
    OVERRIDING SYSTEM VALUE SELECT ${NOTIFICATION_COLUMNS.replaceAll(' ', ', ')}, is_replay = 1 FROM given`,
  // Their events came first, into the queue.
  settling: (given) => `
    WITH ${given},
    out_of_sight AS (DELETE FROM tidings.pending p USING given g WHERE p.event_id = g.event_id AND g.until IS NOT NULL)
    ${insertInto('settling', 'event_id until thread labels labels_from is_draft draft_from'.split(' '))}`,
};

function insertInto(name: string, columns: readonly string[]): string {
  const overriding = name === 'attempts' || name === 'audit' ? 'OVERRIDING SYSTEM VALUE' : '';
  const values = columns.map((column) => (YES_OR_NO.has(column) ? `${column} = 1` : column));
  return `INSERT INTO tidings.${name} (${columns.join()}) ${overriding} SELECT ${values.join()} FROM given`;
}

const TEXTS = new Set(
  (
    'source delivery_id guid type origin state reason action repo trace body_digest destination rule activity dedup_key echo_key ' +
    'lane request outcome detail broken_reason held_by name value key run thread labels receipt what checks facts hash whom wished_by ' +
    'who came_from about actor'
  ).split(' '),
);

function typed({ columns }: Table): string {
  return columns.map((column) => `${column} ${TEXTS.has(column) ? 'text' : 'bigint'}`).join();
}

function hex(value: Value | undefined): string | number | null {
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : (value ?? null);
}
