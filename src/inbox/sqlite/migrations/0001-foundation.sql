-- Times are milliseconds since 1970. States and their meaning: src/model/event.ts, src/model/notification.ts.

-- Bodies and headers of the events that were committed together, compressed as one: GitHub's payloads repeat each
-- other, so a commit of 16 shrinks about 40x where a body alone shrinks 6x. Written once, never updated.
CREATE TABLE segments (
  id       INTEGER PRIMARY KEY,
  codec    INTEGER NOT NULL,           -- 0 raw, 1 zstd with dictionary 1, 2 zstd
  raw_size INTEGER NOT NULL,
  data     BLOB    NOT NULL
) STRICT;

-- One row per verified request. The row is small because it is updated; what is large lies in segments.
CREATE TABLE events (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  source         TEXT    NOT NULL,
  delivery_id    TEXT    NOT NULL,
  guid           TEXT    NOT NULL,
  type           TEXT    NOT NULL,
  action         TEXT,
  repo           TEXT,
  state          TEXT    NOT NULL DEFAULT 'pending'
                 CHECK (state IN ('pending', 'routed', 'skipped', 'failed', 'quarantined')),
  reason         TEXT,
  trace          TEXT,                 -- JSON, src/model/rule.ts
  body_digest    BLOB,                 -- SHA-256 of the body as received, once it is decided
  body_size      INTEGER NOT NULL,
  headers_size   INTEGER NOT NULL,     -- the headers stand before the body, as JSON
  segment_id     INTEGER NOT NULL,     -- no foreign key: checking it would scan events at every new segment
  segment_offset INTEGER NOT NULL,
  secret_no      INTEGER NOT NULL,     -- which of the source's secrets verified it, from 1
  suspect_of     INTEGER,              -- when quarantined: the first event with this body, under another guid
  released       INTEGER NOT NULL DEFAULT 0, -- it was quarantined, and somebody said that it is genuine
  replays        INTEGER NOT NULL DEFAULT 0,
  received_at    INTEGER NOT NULL,
  stored_at      INTEGER NOT NULL,
  expanded_at    INTEGER
) STRICT;

CREATE UNIQUE INDEX events_by_delivery ON events (source, delivery_id);
-- Eight bytes find the candidates, the row decides: a quarter of the size of an index over the whole digest. Pending events
-- are left out: a random page less to write before each acknowledgement, and the expander decides them in order.
CREATE INDEX events_by_digest ON events (substr(body_digest, 1, 8)) WHERE state <> 'pending';
CREATE INDEX events_pending ON events (id) WHERE state = 'pending';
CREATE INDEX events_in_trouble ON events (state, id) WHERE state IN ('failed', 'quarantined');

CREATE TABLE notifications (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id    INTEGER NOT NULL REFERENCES events (id),
  destination TEXT    NOT NULL,
  rule        TEXT    NOT NULL,
  state       TEXT    NOT NULL DEFAULT 'queued'
              CHECK (state IN ('queued', 'sent', 'merged', 'dead', 'unknown')),
  reason      TEXT,
  activity    TEXT,                    -- JSON until it is told; then NULL: it can be made again from the body
  dedup_key   TEXT    NOT NULL,
  is_replay   INTEGER NOT NULL,
  tries       INTEGER NOT NULL DEFAULT 0,
  merged_into INTEGER REFERENCES notifications (id),
  settled_at  INTEGER
) STRICT;

CREATE UNIQUE INDEX notifications_by_dedup_key ON notifications (destination, dedup_key);
CREATE INDEX notifications_by_event ON notifications (event_id);
CREATE INDEX notifications_queued ON notifications (destination, event_id, id) WHERE state = 'queued';
CREATE INDEX notifications_in_trouble ON notifications (state, id) WHERE state IN ('dead', 'unknown');

-- The ordered queue in front of one destination, or the expander. epoch grows with every new owner and fences late
-- writers off.
CREATE TABLE lanes (
  lane       TEXT    PRIMARY KEY,
  owner      TEXT,
  epoch      INTEGER NOT NULL DEFAULT 0,
  expires_at INTEGER NOT NULL DEFAULT 0,
  not_before INTEGER NOT NULL DEFAULT 0,
  failures   INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- One try to send. It is written before the request leaves, so that a crash in between is seen afterwards.
CREATE TABLE attempts (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  lane       TEXT    NOT NULL,
  epoch      INTEGER NOT NULL,
  request    TEXT    NOT NULL,
  size       INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at   INTEGER,
  outcome    TEXT CHECK (outcome IN ('sent', 'retry', 'rejected', 'unknown')),
  detail     TEXT
) STRICT;

CREATE INDEX attempts_open ON attempts (lane) WHERE outcome IS NULL;

CREATE TABLE attempt_notifications (
  attempt_id      INTEGER NOT NULL REFERENCES attempts (id),
  notification_id INTEGER NOT NULL REFERENCES notifications (id),
  PRIMARY KEY (attempt_id, notification_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX attempts_by_notification ON attempt_notifications (notification_id);
