/** A value of a row as both engines give it: numbers for integers and yes or no (1, 0), bytes for blobs. */
export type Value = string | number | null | Uint8Array;
export type Row = readonly Value[];

/** The first `keys` columns order the rows and name each of them. */
export interface Table {
  readonly name: string;
  readonly keys: 1 | 2 | 3;
  readonly columns: readonly string[];
  /** How many rows are read and written at once, at most. */
  readonly rowsAtOnce: number;
}

/**
 * All that an inbox keeps, in the order it is copied, each table as SQLite has it: one event is one row with what was
 * decided about it, and a notification carries its activity. Left out on purpose: the leases of lanes and reminders,
 * which die with their owners; accounts, which are no more than pace; sessions, which people open anew; and MARKER.
 */
export const TABLES: readonly Table[] = [
  table('segments', 1, 1_000, 'id codec raw_size data'),
  table(
    'events',
    1,
    2_000,
    'id source delivery_id guid type origin body_size headers_size segment_id segment_offset secret_no received_at ' +
      'stored_at state reason action repo trace body_digest expanded_at replays released suspect_of actor about',
  ),
  table(
    'notifications',
    1,
    2_000,
    'id event_id destination rule state reason activity dedup_key echo_key origin is_replay tries merged_into settled_at ' +
      'not_before dismissed_at',
  ),
  table('settling', 1, 2_000, 'event_id until thread labels labels_from is_draft draft_from'),
  table('results', 2, 5_000, 'key event_id run passed'),
  table('receipts', 2, 2_000, 'destination thread receipt kept_at'),
  table('subjects', 1, 500, 'thread version checks heard_at facts'),
  table('cards', 2, 2_000, 'thread destination state receipt posts wanted shown hash reason behind_since'),
  table('mutes', 2, 2_000, 'thread whom until wished_by at'),
  table('reminders', 2, 2_000, 'name due_at tries outcome detail ended_at'),
  table('attempts', 1, 2_000, 'id lane epoch request size started_at ended_at outcome detail'),
  table('attempt_notifications', 2, 5_000, 'attempt_id notification_id'),
  table('audit', 1, 1_000, 'id at what detail who came_from about outcome'),
  table('hours', 3, 5_000, 'hour what name count'),
  table('lanes', 1, 1_000, 'lane epoch not_before failures broken_at broken_reason sent_at held_by held_at held_until'),
  table('cursors', 1, 1_000, 'name value'),
];

/** The cursor in the target that says which copy it is, and whether it is finished. It is no row of the copy. */
export const MARKER = 'tidings migrate';

/** Segments are read until they hold this much. */
export const BYTES_AT_ONCE = 4 * 1024 * 1024;

function table(name: string, keys: 1 | 2 | 3, rowsAtOnce: number, columns: string): Table {
  return { name, keys, rowsAtOnce, columns: columns.split(' ') };
}

export function keyOf({ keys }: Table, row: Row): Row {
  return row.slice(0, keys);
}
