-- Pending events that are held to settle: until when, and what was learned of their thread meanwhile. Here while the event is
-- pending, no longer. With until it is not in `pending`; without, it was brought back and is there too.
CREATE TABLE tidings.settling (
  event_id    bigint  PRIMARY KEY,
  until       bigint,
  thread      text,
  labels      text,                    -- JSON
  labels_from bigint  NOT NULL,        -- the event that says so; its own: nothing was learned
  is_draft    boolean,
  draft_from  bigint  NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX settling_due ON tidings.settling (until, event_id) WHERE until IS NOT NULL;
CREATE INDEX settling_by_thread ON tidings.settling (thread) WHERE thread IS NOT NULL;

-- Quiet hours. A row here is what keeps a queued notification out of `outbox`.
CREATE TABLE tidings.held (
  notification_id bigint PRIMARY KEY,
  not_before      bigint NOT NULL,
  destination     text   NOT NULL,
  event_id        bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX held_due ON tidings.held (not_before, event_id);

-- How what runs again and again ended, event by event. Byte order is the order in which a copy reads both engines.
CREATE TABLE tidings.results (
  key      text COLLATE "C" NOT NULL,
  event_id bigint  NOT NULL,
  run      text    NOT NULL,
  passed   boolean NOT NULL,
  PRIMARY KEY (key, event_id)
);

-- Asked about once a second by every worker: by index, whatever the planner believes (see pending_from).
CREATE FUNCTION tidings.is_anything_due(bigint) RETURNS boolean LANGUAGE sql STABLE
  SET enable_seqscan = off SET enable_bitmapscan = off
  AS 'SELECT EXISTS (SELECT FROM tidings.settling WHERE until <= $1) OR EXISTS (SELECT FROM tidings.held WHERE not_before <= $1)';
