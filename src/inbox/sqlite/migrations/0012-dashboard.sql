-- What an event is about and who did it, once it is decided: src/model/inbox/records.ts. Null for what was decided before this is kept.
ALTER TABLE events ADD COLUMN actor TEXT;
ALTER TABLE events ADD COLUMN about TEXT;

-- Events of one destination, newest first. Written once with each notification: what becomes of it changes nothing here. Every id is above
-- 0, and who means this index says so: without statistics SQLite would take it for a lane's queue, and read all that was ever told there.
CREATE INDEX notifications_by_destination ON notifications (destination, event_id) WHERE id > 0;

-- What happened in each hour, by name: src/model/inbox/counts.ts.
CREATE TABLE hours (
  hour  INTEGER NOT NULL,
  what  TEXT    NOT NULL,
  name  TEXT    NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (hour, what, name)
) STRICT, WITHOUT ROWID;

-- Who is logged in at a browser, or was: src/model/inbox/sessions.ts.
CREATE TABLE sessions (
  id_hash     TEXT    NOT NULL PRIMARY KEY,
  role        TEXT    NOT NULL,
  token_print TEXT    NOT NULL,
  came_from   TEXT    NOT NULL,
  started_at  INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL,
  is_ended    INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
