-- By what each destination finds its last message about a thread again: src/model/destination.ts.
CREATE TABLE receipts (
  destination TEXT    NOT NULL,
  thread      TEXT    NOT NULL,
  receipt     TEXT    NOT NULL,        -- JSON
  kept_at     INTEGER NOT NULL,
  PRIMARY KEY (destination, thread)
) STRICT, WITHOUT ROWID;
