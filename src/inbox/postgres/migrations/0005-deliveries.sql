-- What of a guid is indexed: shorter where it is a UUID, and in the order of time where it holds one. A UUID of version 1, as
-- GitHub's are, has the fast digits of its time in front, so that each would dirty a page of its own. Not unique: who asks
-- compares the event too.
CREATE FUNCTION tidings.guid_order(guid text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN octet_length(guid) <> 36 THEN guid
    WHEN substr(guid, 15, 1) = '1' THEN substr(guid, 16, 3) || substr(guid, 10, 4) || substr(guid, 1, 8)
    ELSE substr(guid, 1, 8) || substr(guid, 10, 4) || substr(guid, 16, 3)
  END COLLATE "C"
$$;

-- As append_1, for the index over guid_order (../deliveries-index.ts): a delivery has one guid, so its event is found by that, and by
-- the key over deliveries while there is no such index yet. Appends take turns, so that what is not there now is not there when it
-- is written. A batch names a delivery once. Says of each what its event is, and whether it is new.
CREATE FUNCTION tidings.append_2(batch json, parts json, bytes bytea, append_lock bigint, now_ms bigint)
RETURNS TABLE (nth integer, event_id bigint, is_new boolean) LANGUAGE plpgsql
-- By index, also when the table was empty as the plan was made.
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
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
    WITH asked AS MATERIALIZED (
      SELECT b.*, earlier.id AS earlier_id
      FROM json_to_recordset(batch) AS b (n integer, s text, d text, g text, t text, o text, h integer, b integer, p integer,
                                          f integer, r bigint, k integer)
      LEFT JOIN LATERAL (
        SELECT e.id FROM tidings.events e
        WHERE tidings.guid_order(e.guid) = tidings.guid_order(b.g) AND e.source = b.s AND e.delivery_id = b.d LIMIT 1
      ) earlier ON true
    ), fresh AS MATERIALIZED (
      SELECT nextval('tidings.event_ids') AS id, a.* FROM (SELECT * FROM asked WHERE earlier_id IS NULL ORDER BY n) a
    ), stored AS (
      INSERT INTO tidings.events (id, source, delivery_id, guid, type, origin, body_size, headers_size, segment_id,
                                  segment_offset, secret_no, received_at, stored_at)
      SELECT a.id, a.s, a.d, a.g, a.t, a.o, a.b, a.h, first_segment + a.p, a.f, a.k, a.r, now_ms FROM fresh a
    ), queued AS (
      INSERT INTO tidings.pending SELECT a.id FROM fresh a
    ), kept AS (
      INSERT INTO tidings.segments (id, codec, raw_size, data)
      SELECT first_segment + s.p, s.c, s.z, substring(bytes FROM s.at + 1 FOR s.l)
      FROM json_to_recordset(parts) AS s (p integer, c integer, z integer, at integer, l integer)
      WHERE s.p IN (SELECT a.p FROM fresh a)
    )
    SELECT a.n, a.id, true FROM fresh a UNION ALL SELECT a.n, a.earlier_id, false FROM asked a WHERE a.earlier_id IS NOT NULL;
  PERFORM pg_notify('tidings', 'event');
END
$$;

-- Programs of the version before call this one while machines are upgraded. It does without the key over deliveries, too.
CREATE OR REPLACE FUNCTION tidings.append_1(batch json, parts json, bytes bytea, append_lock bigint, now_ms bigint)
RETURNS TABLE (part integer, at integer, event_id bigint) LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY
    WITH once AS MATERIALIZED (
      SELECT DISTINCT ON (b.value ->> 's', b.value ->> 'd') b.value
      FROM json_array_elements(batch) AS b ORDER BY b.value ->> 's', b.value ->> 'd', (b.value ->> 'n')::integer
    ), appended AS MATERIALIZED (
      SELECT a.* FROM tidings.append_2((SELECT json_agg(once.value) FROM once), parts, bytes, append_lock, now_ms) a
    )
    SELECT (once.value ->> 'p')::integer, (once.value ->> 'f')::integer, a.event_id
    FROM appended a JOIN once ON (once.value ->> 'n')::integer = a.nth WHERE a.is_new;
END
$$;

-- Which of these were accepted. Until the index is there, every event of the source is read.
CREATE FUNCTION tidings.known_guids(asked_source text, guids text[]) RETURNS SETOF text LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  IF EXISTS (SELECT FROM pg_index i WHERE i.indexrelid = to_regclass('tidings.events_by_guid') AND i.indisvalid) THEN
    RETURN QUERY
      SELECT a.guid FROM unnest(guids) AS a (guid) WHERE EXISTS (
        SELECT FROM tidings.events e
        WHERE tidings.guid_order(e.guid) = tidings.guid_order(a.guid) AND e.source = asked_source AND e.guid = a.guid);
  ELSE
    RETURN QUERY SELECT e.guid FROM tidings.events e WHERE e.source = asked_source AND e.guid = ANY(guids);
  END IF;
END
$$;
