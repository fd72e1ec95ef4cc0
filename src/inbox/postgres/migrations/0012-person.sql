-- Who paused a lane, since when and until when: src/model/inbox/lanes.ts. held_until NULL: until somebody resumes it.
ALTER TABLE tidings.lanes ADD COLUMN held_by text, ADD COLUMN held_at bigint, ADD COLUMN held_until bigint;

-- When a person said of what is dead or unknown that it shall not be sent again. It counts as no trouble, and nothing needs it.
ALTER TABLE tidings.notifications ADD COLUMN dismissed_at bigint;
-- Of notifications_in_trouble those that wait for a person: beside thousands that were dismissed the newest of them are found at once.
CREATE INDEX notifications_untold ON tidings.notifications (state, id) WHERE state IN ('dead', 'unknown') AND dismissed_at IS NULL;
