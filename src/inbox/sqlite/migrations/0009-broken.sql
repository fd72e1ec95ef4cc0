-- Since when nothing can arrive at a lane's destination, and why: src/model/inbox/lanes.ts. Null: something can, as far as is known.
ALTER TABLE lanes ADD COLUMN broken_at INTEGER;
ALTER TABLE lanes ADD COLUMN broken_reason TEXT;
-- When something was last sent there. Null: nothing since this is kept.
ALTER TABLE lanes ADD COLUMN sent_at INTEGER;
-- The last attempt before somebody said that something can arrive there: what began by then, and finds nothing, says no more of it.
ALTER TABLE lanes ADD COLUMN resumed_after INTEGER;

-- The pace that lanes share: src/model/inbox/accounts.ts. account is a fingerprint; what it is of may be secret.
CREATE TABLE accounts (
  account   TEXT    PRIMARY KEY,
  asked_at  INTEGER NOT NULL,
  next_at   INTEGER NOT NULL,
  slowdowns INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
