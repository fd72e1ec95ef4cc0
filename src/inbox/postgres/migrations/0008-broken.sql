-- Since when nothing can arrive at a lane's destination, and why: src/model/inbox/lanes.ts. Null: something can, as far as is known.
ALTER TABLE tidings.lanes ADD COLUMN broken_at bigint, ADD COLUMN broken_reason text;
-- When something was last sent there. Null: nothing since this is kept.
ALTER TABLE tidings.lanes ADD COLUMN sent_at bigint;
-- The last attempt before somebody said that something can arrive there: what began by then, and finds nothing, says no more of it.
ALTER TABLE tidings.lanes ADD COLUMN resumed_after bigint;

-- The pace that lanes share: src/model/inbox/accounts.ts. account is a fingerprint; what it is of may be secret.
CREATE TABLE tidings.accounts (
  account   text    PRIMARY KEY,
  asked_at  bigint  NOT NULL,
  next_at   bigint  NOT NULL,
  slowdowns integer NOT NULL DEFAULT 0
) WITH (fillfactor = 50);
