-- What is known of issues, pull requests, incidents and commits, each by its thread: src/model/known/card.ts.
CREATE TABLE subjects (
  thread   TEXT    NOT NULL PRIMARY KEY,
  version  INTEGER NOT NULL,
  checks   TEXT,                       -- the thread that its fact of this name says
  heard_at INTEGER NOT NULL,           -- before what may be long: retention reads no further
  facts    TEXT    NOT NULL            -- JSON: ../../known/stored-facts.ts
) STRICT;
CREATE INDEX subjects_by_checks ON subjects (checks) WHERE checks IS NOT NULL;

-- What each destination shows of them: src/model/inbox/cards.ts.
CREATE TABLE cards (
  thread       TEXT    NOT NULL,
  destination  TEXT    NOT NULL,
  state        TEXT    NOT NULL,
  receipt      TEXT,                   -- JSON
  posts        INTEGER NOT NULL,
  wanted       INTEGER NOT NULL,
  shown        INTEGER NOT NULL,
  hash         TEXT,
  reason       TEXT,
  behind_since INTEGER NOT NULL,       -- where it shows less than is wanted
  PRIMARY KEY (thread, destination)
) STRICT, WITHOUT ROWID;
CREATE INDEX cards_behind ON cards (destination, behind_since) WHERE shown < wanted AND state <> 'gone';

-- src/model/inbox/mutes.ts
CREATE TABLE mutes (
  thread    TEXT    NOT NULL,
  whom      TEXT    NOT NULL,
  until     INTEGER,
  wished_by TEXT    NOT NULL,
  at        INTEGER NOT NULL,
  PRIMARY KEY (thread, whom)
) STRICT, WITHOUT ROWID;

-- What was said when: src/model/inbox/reminders.ts.
CREATE TABLE reminders (
  name        TEXT    NOT NULL,
  due_at      INTEGER NOT NULL,
  owner       TEXT,
  taken_until INTEGER,
  tries       INTEGER NOT NULL,
  outcome     TEXT,
  detail      TEXT,
  ended_at    INTEGER,
  PRIMARY KEY (name, due_at)
) STRICT, WITHOUT ROWID;
