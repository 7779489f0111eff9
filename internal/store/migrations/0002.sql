-- Chunks of postings become as small as a page, and so many that a segment's
-- number moves up to make room: n << 20 | place becomes n << 32 | place. From
-- the end, so that no number is taken when another moves there.
CREATE TEMP TABLE moved AS SELECT n, data FROM posting_chunk;
DELETE FROM posting_chunk;
INSERT INTO posting_chunk (n, data) SELECT ((n >> 20) << 32) | (n & 1048575), data FROM moved ORDER BY n;
DROP TABLE moved;

-- What whole texts are found again by, as segments like those of postings: see
-- sketch.go. The program fills them when it takes this step.
CREATE TABLE sketch_tail (n INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE sketch_segment (
  n        INTEGER PRIMARY KEY AUTOINCREMENT,
  level    INTEGER NOT NULL,
  postings INTEGER NOT NULL,
  firsts   BLOB NOT NULL
);
CREATE TABLE sketch_chunk (n INTEGER PRIMARY KEY, data BLOB NOT NULL);
