-- What people did and asked: src/model/inbox/audits.ts. Rows of `forget` have a detail alone, and stay.
ALTER TABLE audit ADD COLUMN who TEXT;
ALTER TABLE audit ADD COLUMN came_from TEXT;
ALTER TABLE audit ADD COLUMN about TEXT;
ALTER TABLE audit ADD COLUMN outcome TEXT;
CREATE INDEX audit_by_time ON audit (at) WHERE who IS NOT NULL;
