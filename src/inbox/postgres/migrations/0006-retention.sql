-- What was done to what is kept, by whom it may be asked for later: texts that were forgotten, for instance.
CREATE TABLE tidings.audit (
  id     bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  at     bigint NOT NULL,
  what   text   NOT NULL,
  detail text   NOT NULL               -- JSON
);

-- What is deleted lies together, at the old end: room for what comes, as soon as a fiftieth of a table is such room.
ALTER TABLE tidings.segments SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0,
  toast.autovacuum_vacuum_scale_factor = 0.02, toast.autovacuum_vacuum_cost_delay = 0);
ALTER TABLE tidings.events SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE tidings.decisions SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0,
  toast.autovacuum_vacuum_scale_factor = 0.02, toast.autovacuum_vacuum_cost_delay = 0);
ALTER TABLE tidings.attempts SET (toast.autovacuum_vacuum_scale_factor = 0.02, toast.autovacuum_vacuum_cost_delay = 0);
ALTER TABLE tidings.attempt_notifications SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE tidings.results SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

-- The id from which on events lie in this segment or in a later one: both grow together. By halves, some 25 looks at the primary
-- key; an index would cost every receipt a page.
CREATE FUNCTION tidings.first_event_of(segment bigint) RETURNS bigint LANGUAGE plpgsql STABLE
  SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
  low    bigint := coalesce((SELECT min(id) FROM tidings.events), 1);
  high   bigint := coalesce((SELECT max(id) FROM tidings.events), 0) + 1;
  middle bigint;
BEGIN
  WHILE low < high LOOP
    middle := (low + high) / 2;
    IF (SELECT abs(e.segment_id) < segment FROM tidings.events e WHERE e.id >= middle ORDER BY e.id LIMIT 1) THEN
      low := middle + 1;
    ELSE
      high := middle;
    END IF;
  END LOOP;
  RETURN low;
END
$$;
