-- What people did and asked: src/model/inbox/audits.ts. Rows of `forget` have a detail alone, and stay.
ALTER TABLE tidings.audit
  ADD COLUMN who text,
  ADD COLUMN came_from text,
  ADD COLUMN about text,
  ADD COLUMN outcome text;
CREATE INDEX audit_by_time ON tidings.audit (at) WHERE who IS NOT NULL;
