-- Since when nothing can arrive at a lane's destination, and why: src/model/inbox/lanes.ts. Null: something can, as far as is known.
ALTER TABLE lanes ADD COLUMN broken_at INTEGER;
ALTER TABLE lanes ADD COLUMN broken_reason TEXT;
