-- The inbox of receiver-with-db, worker and receiver-with-hmac: what arrived, and what became of it.
--
--   pending ──▶ processed   the work is done
--           ──▶ skipped     nobody wants it; reason says why
--           ──▶ failed      it cannot be read; reason says why
--   held                    looks like a replay (receiver-with-hmac); the worker leaves it alone

CREATE TABLE IF NOT EXISTS events (
  id          INTEGER PRIMARY KEY,        -- order of arrival
  delivery_id TEXT    NOT NULL UNIQUE,    -- X-GitHub-Delivery: this constraint is the idempotency
  type        TEXT    NOT NULL,           -- X-GitHub-Event
  body        BLOB    NOT NULL,           -- the bytes as they came: a signature holds for these and no others
  signature   TEXT,                       -- X-Hub-Signature-256, where it was checked
  state       TEXT    NOT NULL DEFAULT 'pending'
              CHECK (state IN ('pending', 'processed', 'skipped', 'failed', 'held')),
  reason      TEXT,
  received_at TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  settled_at  TEXT
) STRICT;

-- "What is next?" stays one step also when a million events are done.
CREATE INDEX IF NOT EXISTS events_pending ON events (id) WHERE state = 'pending';
CREATE INDEX IF NOT EXISTS events_by_signature ON events (signature) WHERE signature IS NOT NULL;
