-- What was done to what is kept, by whom it may be asked for later: texts that were forgotten, for instance.
CREATE TABLE audit (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  at     INTEGER NOT NULL,
  what   TEXT    NOT NULL,
  detail TEXT    NOT NULL              -- JSON
) STRICT;
