import { type Database, transaction } from '../database.ts';
import { isCorrupt } from './corrupt.ts';

/** Where each commit writes: at the end of every table and index, but for what is written by its name. */
const WRITES = [
  "INSERT INTO segments (id, codec, raw_size, data) SELECT coalesce(max(id), 0) + 1, 0, 0, x'' FROM segments",
  `INSERT INTO events (source, delivery_id, guid, type, body_size, headers_size, segment_id, segment_offset, secret_no, received_at,
     stored_at) VALUES ('', '', '', '', 0, 0, 0, 0, 0, 0, 0)`,
  `INSERT INTO notifications (event_id, destination, rule, dedup_key, is_replay) SELECT max(id), '', '', '', 0 FROM events`,
  "INSERT INTO attempts (lane, epoch, request, size, started_at) VALUES ('', 0, '', 1, 0)",
  `INSERT INTO attempt_notifications (attempt_id, notification_id)
     SELECT (SELECT max(id) FROM attempts), (SELECT max(id) FROM notifications)`,
  'SELECT * FROM lanes',
  'SELECT data FROM key_log ORDER BY id',
];

/** Thrown so that nothing of the rehearsal stays. */
const UNDO = new Error('undo');

/**
 * Rehearses a commit and takes it back. What is wrong where new events are stored, by SQLite's word; null: nothing. Anything else that keeps
 * it from being written, such as a lock, is not asked about.
 */
export function brokenForWriting(db: Database): string | null {
  try {
    transaction(db, () => {
      for (const sql of WRITES) db.prepare(sql).all();
      throw UNDO;
    });
  } catch (error) {
    if (isCorrupt(error)) return error.message;
  }
  return null;
}
