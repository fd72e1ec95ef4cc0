-- What an event is about and who did it: src/model/inbox/records.ts. Null for what was decided before this is kept.
ALTER TABLE tidings.decisions ADD COLUMN actor text, ADD COLUMN about text;

-- Events of one destination, newest first.
CREATE INDEX notifications_by_destination ON tidings.notifications (destination, event_id);

-- Events that were put to a destination, from the newest back, or from the oldest on. By the index always: see pending_from.
CREATE FUNCTION tidings.put_to_1(asked text, low bigint, high bigint, most bigint) RETURNS SETOF bigint LANGUAGE sql STABLE
  SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET enable_hashagg = off
  AS 'SELECT event_id FROM tidings.notifications WHERE destination = asked AND event_id >= low AND event_id < high
      GROUP BY event_id ORDER BY event_id DESC LIMIT most';
CREATE FUNCTION tidings.put_to_up_1(asked text, low bigint, high bigint, most bigint) RETURNS SETOF bigint LANGUAGE sql STABLE
  SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET enable_hashagg = off
  AS 'SELECT event_id FROM tidings.notifications WHERE destination = asked AND event_id >= low AND event_id < high
      GROUP BY event_id ORDER BY event_id LIMIT most';

-- As search_1, from the oldest on.
CREATE FUNCTION tidings.search_up_1(tokens text[], low bigint, high bigint, most bigint)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE
  SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  few bigint;
  keys bigint[];
BEGIN
  FOR era IN low >> 14 .. (least(high, (SELECT last_value FROM tidings.event_ids) + 1) - 1) >> 14 LOOP
    keys := tidings.search_keys_1(tokens, era::bigint << 14);
    RETURN QUERY
      SELECT s.event_id FROM tidings.search s
      WHERE s.tokens @> keys AND s.event_id + 0 BETWEEN greatest(low, era::bigint << 14) AND least(high, (era::bigint + 1) << 14) - 1
      ORDER BY s.event_id LIMIT most;
    GET DIAGNOSTICS few = ROW_COUNT;
    most := most - few;
    EXIT WHEN most <= 0;
  END LOOP;
END
$$;

-- What happened in each hour, by name: src/model/inbox/counts.ts. Byte order is the order in which a copy reads both engines.
CREATE TABLE tidings.hours (
  hour  bigint NOT NULL,
  what  text   COLLATE "C" NOT NULL,
  name  text   COLLATE "C" NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (hour, what, name)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);

-- Who is logged in at a browser, or was: src/model/inbox/sessions.ts.
CREATE TABLE tidings.sessions (
  id_hash     text    NOT NULL PRIMARY KEY,
  role        text    NOT NULL,
  token_print text    NOT NULL,
  came_from   text    NOT NULL,
  started_at  bigint  NOT NULL,
  expires_at  bigint  NOT NULL,
  is_ended    boolean NOT NULL DEFAULT false
);

-- The name under which something is counted: of one hour and kind 200 at most, nth of those that come now.
CREATE FUNCTION tidings.counted_as_1(bigint, text, text, nth bigint) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN EXISTS (SELECT FROM tidings.hours h WHERE h.hour = $1 AND h.what = $2 AND h.name = $3) THEN $3
    WHEN (SELECT count(*) FROM tidings.hours h WHERE h.hour = $1 AND h.what = $2) + nth <= 200 THEN $3
    ELSE '(others)' END
$$;
