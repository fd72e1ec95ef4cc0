-- Times are milliseconds since 1970. States and their meaning: src/model/event.ts, src/model/notification.ts.
-- Rows that are large are written once; rows that change are small. docs/adr/0010-postgres-inbox.md says why.

CREATE SEQUENCE tidings.event_ids;
CREATE SEQUENCE tidings.segment_ids;

-- Bodies and headers of the events that were committed together, compressed as one. Written once.
CREATE TABLE tidings.segments (
  id       bigint  PRIMARY KEY,
  codec    integer NOT NULL,           -- src/inbox/segment-codec.ts
  raw_size integer NOT NULL,
  data     bytea   NOT NULL
);
-- It is compressed already.
ALTER TABLE tidings.segments ALTER COLUMN data SET STORAGE EXTERNAL;

-- What is known of a verified request when it is received. Never updated.
CREATE TABLE tidings.events (
  id             bigint  PRIMARY KEY,  -- in the order of commit: see append.ts
  source         text    NOT NULL,
  delivery_id    text    NOT NULL,
  guid           text    NOT NULL,
  type           text    NOT NULL,
  origin         text    NOT NULL CHECK (origin IN ('webhook', 'poll', 'recovered')),
  body_size      integer NOT NULL,
  headers_size   integer NOT NULL,     -- the headers stand before the body, as JSON
  segment_id     bigint  NOT NULL,
  segment_offset integer NOT NULL,
  secret_no      integer NOT NULL,
  received_at    bigint  NOT NULL,
  stored_at      bigint  NOT NULL,
  CONSTRAINT events_by_delivery UNIQUE (source, delivery_id)
);

-- The expander's queue. A row here is what makes an event `pending`; the row is as small as can be, because dead ones stay
-- as long as the oldest transaction of anybody looks on.
CREATE TABLE tidings.pending (
  event_id bigint PRIMARY KEY
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

-- What was decided about an event. Written by the expander, written over when it is decided again.
CREATE TABLE tidings.decisions (
  event_id    bigint  PRIMARY KEY,
  state       text    NOT NULL CHECK (state IN ('routed', 'skipped', 'failed', 'quarantined')),
  reason      text,
  action      text,
  repo        text,
  trace       text,                    -- JSON, src/model/rule.ts
  body_digest bytea   NOT NULL,        -- SHA-256 of the body as received
  source      text    NOT NULL,        -- as in events: who had this body first is asked for each source
  expanded_at bigint,
  replays     integer NOT NULL DEFAULT 0,
  released    boolean NOT NULL DEFAULT false, -- it was quarantined, and somebody said that it is genuine
  suspect_of  bigint                   -- when quarantined: the first event with this body, under another guid
);
-- Seven bytes find the candidates, the row decides; the id beside them, so that a body that came 100,000 times is one step.
CREATE INDEX decisions_by_digest ON tidings.decisions (substr(body_digest, 1, 7), event_id);
CREATE INDEX decisions_in_trouble ON tidings.decisions (state, event_id) WHERE state IN ('failed', 'quarantined');

CREATE TABLE tidings.notifications (
  id          bigint  PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  event_id    bigint  NOT NULL,
  destination text    NOT NULL,
  rule        text    NOT NULL,
  state       text    NOT NULL DEFAULT 'queued'
              CHECK (state IN ('queued', 'sent', 'merged', 'dead', 'unknown')),
  reason      text,
  dedup_key   text    NOT NULL,
  echo_key    text,
  origin      text    NOT NULL,
  is_replay   boolean NOT NULL,
  tries       integer NOT NULL DEFAULT 0,
  merged_into bigint,
  settled_at  bigint,
  CONSTRAINT notifications_by_dedup_key UNIQUE (destination, dedup_key)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX notifications_by_event ON tidings.notifications (event_id);
CREATE INDEX notifications_by_echo_key ON tidings.notifications (destination, echo_key) WHERE echo_key IS NOT NULL;
CREATE INDEX notifications_in_trouble ON tidings.notifications (state, id) WHERE state IN ('dead', 'unknown');

-- What a notification tells, as JSON, until it is told: then it can be made again from the body.
CREATE TABLE tidings.activities (
  notification_id bigint PRIMARY KEY,
  activity        text   NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

-- The lanes' queues. A row here is what makes a notification `queued`.
CREATE TABLE tidings.outbox (
  destination     text   NOT NULL,
  event_id        bigint NOT NULL,
  notification_id bigint NOT NULL,
  PRIMARY KEY (destination, event_id, notification_id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

-- The heads of both queues, by index always. Statistics count living rows only: left to itself the planner takes a table of
-- 640,000 dead rows and 60 living ones for a small one and reads all of it, 14 ms a look instead of 0.1.
CREATE FUNCTION tidings.pending_from(bigint, integer) RETURNS SETOF bigint LANGUAGE sql STABLE
  SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
  AS 'SELECT event_id FROM tidings.pending WHERE event_id >= $1 ORDER BY event_id LIMIT $2';

CREATE FUNCTION tidings.outbox_from(text, bigint, integer)
  RETURNS TABLE (event_id bigint, notification_id bigint) LANGUAGE sql STABLE
  SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
  AS 'SELECT event_id, notification_id FROM tidings.outbox WHERE destination = $1 AND event_id >= $2
      ORDER BY event_id, notification_id LIMIT $3';

-- Leases. epoch grows with every new owner and fences late writers off. expires_at is by the database's clock.
CREATE TABLE tidings.lanes (
  lane       text    PRIMARY KEY,
  owner      text,
  epoch      bigint  NOT NULL DEFAULT 0,
  expires_at bigint  NOT NULL DEFAULT 0,
  not_before bigint  NOT NULL DEFAULT 0,
  failures   integer NOT NULL DEFAULT 0
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);

-- One try to send. It is written before the request leaves, so that a crash in between is seen afterwards.
CREATE TABLE tidings.attempts (
  id         bigint  PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  lane       text    NOT NULL,
  epoch      bigint  NOT NULL,
  request    text    NOT NULL,
  size       integer NOT NULL,
  started_at bigint  NOT NULL,
  ended_at   bigint,
  outcome    text CHECK (outcome IN ('sent', 'retry', 'rejected', 'unknown')),
  detail     text
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX attempts_open ON tidings.attempts (lane) WHERE outcome IS NULL;

CREATE TABLE tidings.attempt_notifications (
  attempt_id      bigint NOT NULL,
  notification_id bigint NOT NULL,
  PRIMARY KEY (attempt_id, notification_id)
);
CREATE INDEX attempts_by_notification ON tidings.attempt_notifications (notification_id);

-- How far something has read elsewhere, by name.
CREATE TABLE tidings.cursors (
  name  text PRIMARY KEY,
  value text NOT NULL
);

-- The group commit, in one statement: no client holds a transaction, and so the lock, while it thinks. Ids are handed out
-- under the lock, which ends with the commit: they grow in the order of commit over all machines. A function, because its
-- plans are kept by the server also behind a pooler (planning the statement anew each time costs 10 % of the appends).
-- Its name carries its version: a program of the version before may still call that one while machines are upgraded.
--   batch: n, source s, delivery d, guid g, type t, origin o, headers size h, body size b, part p, offset f, received r, secret k
--   parts: part p, codec c, raw size z, and where in bytes it lies (from at, length l)
CREATE FUNCTION tidings.append_1(batch json, parts json, bytes bytea, append_lock bigint, now_ms bigint)
RETURNS TABLE (part integer, at integer, event_id bigint) LANGUAGE plpgsql AS $$
DECLARE
  first_segment bigint;
BEGIN
  -- Whatever the server is set to: the answer promises that it is on the disk.
  IF current_setting('synchronous_commit') = 'off' THEN
    PERFORM set_config('synchronous_commit', 'on', true);
  END IF;
  -- Less than the client's patience: one that gave up must not wait on here, holding a connection, to store it after all.
  PERFORM set_config('lock_timeout', '3s', true);
  PERFORM pg_advisory_xact_lock(append_lock);
  first_segment := nextval('tidings.segment_ids');
  FOR _ IN 2..json_array_length(parts) LOOP
    PERFORM nextval('tidings.segment_ids');
  END LOOP;
  RETURN QUERY
    WITH accepted AS (
      INSERT INTO tidings.events (id, source, delivery_id, guid, type, origin, body_size, headers_size, segment_id,
                                  segment_offset, secret_no, received_at, stored_at)
      SELECT nextval('tidings.event_ids'), b.s, b.d, b.g, b.t, b.o, b.b, b.h, first_segment + b.p, b.f, b.k, b.r, now_ms
      FROM (SELECT * FROM json_to_recordset(batch) AS e (n integer, s text, d text, g text, t text, o text, h integer,
                                                         b integer, p integer, f integer, r bigint, k integer)
            ORDER BY e.n) b
      ON CONFLICT (source, delivery_id) DO NOTHING
      RETURNING id, segment_id, segment_offset
    ), queued AS (
      INSERT INTO tidings.pending SELECT accepted.id FROM accepted
    ), kept AS (
      INSERT INTO tidings.segments (id, codec, raw_size, data)
      SELECT first_segment + s.p, s.c, s.z, substring(bytes FROM s.at + 1 FOR s.l)
      FROM json_to_recordset(parts) AS s (p integer, c integer, z integer, at integer, l integer)
      WHERE first_segment + s.p IN (SELECT accepted.segment_id FROM accepted)
    )
    SELECT (accepted.segment_id - first_segment)::integer, accepted.segment_offset, accepted.id FROM accepted;
  PERFORM pg_notify('tidings', 'event');
END
$$;
