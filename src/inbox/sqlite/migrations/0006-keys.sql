-- Indexes that are written in the order of time: src/inbox/keys/key-runs.ts. Kind 1 finds deliveries and guids, 2 bodies by digest.
CREATE TABLE key_kinds (
  kind       INTEGER PRIMARY KEY,
  generation INTEGER NOT NULL,
  brought    INTEGER                   -- events up to this one are in; NULL: all are. Until then an index of before answers
) STRICT;

INSERT INTO key_kinds (kind, generation, brought) VALUES (1, 0, 0), (2, 0, 0);

-- The newest keys. Row n of a kind is kind * 2^32 + n.
CREATE TABLE key_log (
  id   INTEGER PRIMARY KEY,
  data BLOB NOT NULL
) STRICT;

CREATE TABLE key_runs (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  kind        INTEGER NOT NULL,
  level       INTEGER NOT NULL,
  state       TEXT    NOT NULL CHECK (state IN ('live', 'building', 'dead')),
  target      INTEGER,                 -- the run that it is being merged into
  first_event INTEGER NOT NULL,
  last_event  INTEGER NOT NULL,
  size        INTEGER NOT NULL         -- blocks
) STRICT;

-- Of run r, piece or block n is r * 2^16 + n.
CREATE TABLE key_pieces (
  id     INTEGER PRIMARY KEY,
  fences BLOB NOT NULL,
  filter BLOB NOT NULL
) STRICT;

CREATE TABLE key_blocks (
  id   INTEGER PRIMARY KEY,
  data BLOB NOT NULL
) STRICT;
