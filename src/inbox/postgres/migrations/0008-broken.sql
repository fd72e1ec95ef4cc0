-- Since when nothing can arrive at a lane's destination, and why: src/model/inbox/lanes.ts. Null: something can, as far as is known.
ALTER TABLE tidings.lanes ADD COLUMN broken_at bigint, ADD COLUMN broken_reason text;
-- When something was last sent there. Null: nothing since this is kept.
ALTER TABLE tidings.lanes ADD COLUMN sent_at bigint;
