-- Since when nothing can arrive at a lane's destination, and why: src/model/inbox/lanes.ts. Null: something can, as far as is known.
ALTER TABLE lanes ADD COLUMN broken_at INTEGER;
ALTER TABLE lanes ADD COLUMN broken_reason TEXT;
-- When something was last sent there. Null: nothing since this is kept.
ALTER TABLE lanes ADD COLUMN sent_at INTEGER;
