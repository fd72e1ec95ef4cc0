-- By what decided events are found (../../search/tokens.ts): lists of event ids, one for each token, which FTS5 keeps and compares.
-- It takes over no text and merges nothing by itself: ../search/write.ts does, a little at a time.
CREATE VIRTUAL TABLE search USING fts5 (tokens, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');
INSERT INTO search (search, rank) VALUES ('automerge', 0);
INSERT INTO search (search, rank) VALUES ('crisismerge', 64);
-- What is deleted is merged away when it is half of a piece. From a tenth on, as FTS5 does by itself, merging takes four times as long.
INSERT INTO search (search, rank) VALUES ('deletemerge', 50);

-- What is to be put there, a few hundred events at once. It counts in place of what is there.
CREATE TABLE search_next (
  event_id INTEGER PRIMARY KEY,
  tokens   TEXT NOT NULL               -- with blanks between
) STRICT;

-- Events with an id below that were decided before are not in it yet: ../search/bring-over.ts.
CREATE TABLE search_rest (below INTEGER NOT NULL) STRICT;
INSERT INTO search_rest (below) SELECT coalesce(max(id), 0) + 1 FROM events;
