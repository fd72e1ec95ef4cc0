-- What is known of issues, pull requests, incidents and commits, each by its thread: src/model/known/card.ts. Byte order is the order in
-- which a copy reads both engines.
CREATE TABLE tidings.subjects (
  thread   text   COLLATE "C" NOT NULL PRIMARY KEY,
  version  bigint NOT NULL,
  checks   text   COLLATE "C",         -- the thread that its fact of this name says
  heard_at bigint NOT NULL,
  facts    text   NOT NULL             -- JSON: ../../known/stored-facts.ts
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX subjects_by_checks ON tidings.subjects (checks) WHERE checks IS NOT NULL;

-- What each destination shows of them: src/model/inbox/cards.ts.
CREATE TABLE tidings.cards (
  thread       text   COLLATE "C" NOT NULL,
  destination  text   COLLATE "C" NOT NULL,
  state        text   NOT NULL,
  receipt      text,                   -- JSON
  posts        bigint NOT NULL,
  wanted       bigint NOT NULL,
  shown        bigint NOT NULL,
  hash         text,
  reason       text,
  behind_since bigint NOT NULL,        -- where it shows less than is wanted
  PRIMARY KEY (thread, destination)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX cards_behind ON tidings.cards (destination, behind_since) WHERE shown < wanted AND state <> 'gone';

-- src/model/inbox/mutes.ts
CREATE TABLE tidings.mutes (
  thread    text   COLLATE "C" NOT NULL,
  whom      text   COLLATE "C" NOT NULL,
  until     bigint,
  wished_by text   NOT NULL,
  at        bigint NOT NULL,
  PRIMARY KEY (thread, whom)
);

-- What was said when: src/model/inbox/reminders.ts.
CREATE TABLE tidings.reminders (
  name        text   COLLATE "C" NOT NULL,
  due_at      bigint NOT NULL,
  owner       text,
  taken_until bigint,
  tries       bigint NOT NULL,
  outcome     text,
  detail      text,
  ended_at    bigint,
  PRIMARY KEY (name, due_at)
);
