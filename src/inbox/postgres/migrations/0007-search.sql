-- By what decided events are found: hashes of what src/inbox/search/tokens.ts says. One index holds all of it and compares several lists
-- at once, but gives what it finds in no order. So a hash is that of a token within 16,384 events (a word: 65,536), its era: whoever
-- asks goes from the newest era back, and is soon done where there is much, and quick where there is none. Eras come again after 16
-- million events, because such an index never forgets a key, only what it led to.
CREATE TABLE tidings.search (
  event_id bigint   PRIMARY KEY,
  tokens   bigint[] NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
-- Without a list of what is yet to be sorted in: every question would read all of it, once for each era.
CREATE INDEX search_by_tokens ON tidings.search USING gin (tokens) WITH (fastupdate = off);

CREATE FUNCTION tidings.search_keys_1(tokens text[], event_id bigint) RETURNS bigint[] LANGUAGE sql IMMUTABLE
  AS $$SELECT coalesce(array_agg(hashtextextended(
         t, CASE WHEN t LIKE 'w%' THEN (event_id >> 16) % 256 ELSE 1024 + (event_id >> 14) % 1024 END)), '{}')
       FROM unnest(tokens) t$$;

-- Events that have all of these tokens, from the newest back. By the index always, which the planner would leave for the ids' own.
CREATE FUNCTION tidings.search_1(tokens text[], low bigint, high bigint, most bigint)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE
  SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  few bigint;
  keys bigint[];
BEGIN
  FOR era IN REVERSE (least(high, (SELECT last_value FROM tidings.event_ids) + 1) - 1) >> 14 .. low >> 14 LOOP
    keys := tidings.search_keys_1(tokens, era::bigint << 14);
    RETURN QUERY
      SELECT s.event_id FROM tidings.search s
      WHERE s.tokens @> keys AND s.event_id + 0 BETWEEN greatest(low, era::bigint << 14) AND least(high, (era::bigint + 1) << 14) - 1
      ORDER BY s.event_id DESC LIMIT most;
    GET DIAGNOSTICS few = ROW_COUNT;
    most := most - few;
    EXIT WHEN most <= 0;
  END LOOP;
END
$$;

-- Events with an id below that were decided before are not in it yet.
CREATE TABLE tidings.search_rest (below bigint NOT NULL);
INSERT INTO tidings.search_rest (below) SELECT coalesce(max(id), 0) + 1 FROM tidings.events;
