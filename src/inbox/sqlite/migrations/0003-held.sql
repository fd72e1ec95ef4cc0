-- Pending events that are held to settle: until when, and what was learned of their thread meanwhile. Here while the event is
-- pending, no longer; with until NULL it was brought back, and is in sight. The expander leaves the others out by a look here
-- for each: with 1,000 in front of the queue 0.06 ms a look.
CREATE TABLE settling (
  event_id    INTEGER PRIMARY KEY,
  until       INTEGER,
  thread      TEXT,
  labels      TEXT,                    -- JSON
  labels_from INTEGER NOT NULL,        -- the event that says so; its own: nothing was learned
  is_draft    INTEGER,
  draft_from  INTEGER NOT NULL
) STRICT;

CREATE INDEX settling_due ON settling (until, event_id) WHERE until IS NOT NULL;
CREATE INDEX settling_by_thread ON settling (thread) WHERE thread IS NOT NULL;

-- Quiet hours: queued, and not in its lane until then. NULL in every other state.
ALTER TABLE notifications ADD COLUMN not_before INTEGER;

DROP INDEX notifications_queued;
CREATE INDEX notifications_queued ON notifications (destination, event_id, id) WHERE state = 'queued' AND not_before IS NULL;
CREATE INDEX notifications_held ON notifications (not_before, event_id) WHERE not_before IS NOT NULL;

-- How what runs again and again ended, event by event.
CREATE TABLE results (
  key      TEXT    NOT NULL,
  event_id INTEGER NOT NULL,
  run      TEXT    NOT NULL,
  passed   INTEGER NOT NULL,
  PRIMARY KEY (key, event_id)
) STRICT, WITHOUT ROWID;
