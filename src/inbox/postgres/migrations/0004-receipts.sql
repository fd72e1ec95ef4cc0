-- By what each destination finds its last message about a thread again: src/model/destination.ts. Byte order is the order in
-- which a copy reads both engines.
CREATE TABLE tidings.receipts (
  destination text COLLATE "C" NOT NULL,
  thread      text COLLATE "C" NOT NULL,
  receipt     text   NOT NULL,         -- JSON
  kept_at     bigint NOT NULL,
  PRIMARY KEY (destination, thread)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
