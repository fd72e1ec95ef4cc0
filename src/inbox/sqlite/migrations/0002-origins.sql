-- How an event came: src/model/event.ts. What was stored before came by webhook.
ALTER TABLE events ADD COLUMN origin TEXT NOT NULL DEFAULT 'webhook' CHECK (origin IN ('webhook', 'poll', 'recovered'));
ALTER TABLE notifications ADD COLUMN origin TEXT NOT NULL DEFAULT 'webhook';
ALTER TABLE notifications ADD COLUMN echo_key TEXT;

-- One happening that came by webhook and by poll has two guids and two bodies; its echo key is one.
CREATE INDEX notifications_by_echo_key ON notifications (destination, echo_key) WHERE echo_key IS NOT NULL;

-- How far something has read elsewhere, by name.
CREATE TABLE cursors (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
