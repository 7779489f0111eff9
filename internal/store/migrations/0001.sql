-- The first schema. Numbers: an article has a number n; its i-th quotation
-- (from 1, in order of place) has the number n << 20 | i, so that the
-- quotations of one article are one range of keys and need no index.

CREATE TABLE page (
  n     INTEGER PRIMARY KEY,
  key   TEXT NOT NULL UNIQUE,  -- what its editions have in common
  url   TEXT NOT NULL,
  given TEXT NOT NULL,         -- the sender's own id
  file  TEXT NOT NULL
);
CREATE INDEX page_url ON page (url) WHERE url <> '';
CREATE INDEX page_given ON page (given) WHERE given <> '' AND url = '';

CREATE TABLE article (
  n         INTEGER PRIMARY KEY,  -- grows by one with each edition: "what is new since" is n > ?
  id        TEXT NOT NULL UNIQUE,
  page      INTEGER NOT NULL REFERENCES page (n),
  edition   INTEGER NOT NULL,
  url       TEXT NOT NULL,
  outlet    TEXT NOT NULL,
  title     TEXT NOT NULL,
  language  TEXT NOT NULL,
  published INTEGER,              -- seconds since 1970, for order and ranges; the exact interval is in head
  added     TEXT NOT NULL,
  sha       BLOB NOT NULL,        -- SHA-256 of the bytes as they came
  print     BLOB NOT NULL,        -- SHA-256 of the bytes and of what the sender said about them
  text_sha  BLOB NOT NULL,        -- SHA-256 of text
  sum       INTEGER NOT NULL,     -- near-duplicate signature
  packing   INTEGER NOT NULL,     -- how bytes are kept, see packing.go
  superseded INTEGER NOT NULL DEFAULT 0, -- 1: a later extractor made another text of the same bytes
  head      BLOB NOT NULL,        -- record.Article without its text
  given     BLOB NOT NULL,        -- record.Page without its bytes
  passed    BLOB NOT NULL,        -- Reading.Passed
  chains    BLOB NOT NULL,        -- Reading.Chains
  text      TEXT NOT NULL,
  bytes     BLOB
);
CREATE INDEX article_page ON article (page);
CREATE INDEX article_sha ON article (sha);
CREATE INDEX article_print ON article (print);
CREATE INDEX article_published ON article (published, id);

CREATE TABLE person (
  n    INTEGER PRIMARY KEY,
  id   TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  body BLOB NOT NULL             -- record.Person
);
CREATE TABLE person_name (
  folded TEXT NOT NULL,          -- lower case, no diacritics, one space between words
  person INTEGER NOT NULL REFERENCES person (n),
  kind   INTEGER NOT NULL,       -- 0 the name, 1 an alias, 2 a last word
  PRIMARY KEY (folded, person)
) WITHOUT ROWID;
CREATE INDEX person_name_person ON person_name (person);

-- Which person a chain of an article is: beside the quotations, never in them.
CREATE TABLE identity (
  article INTEGER NOT NULL REFERENCES article (n),
  chain   INTEGER NOT NULL,
  person  INTEGER NOT NULL REFERENCES person (n),
  said    INTEGER NOT NULL,      -- how many quotations of the article have this chain as their speaker
  PRIMARY KEY (article, chain)
) WITHOUT ROWID;
CREATE INDEX identity_person ON identity (person);

CREATE TABLE quotation (
  n       INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (n),
  words   INTEGER NOT NULL,      -- 64 bits of SHA-256 of its words, so that a changed text is noticed
  chain   INTEGER,               -- the speaker's chain
  speaker INTEGER REFERENCES person (n),  -- the speaker whom a correction names, whatever the chain is
  hidden  INTEGER NOT NULL DEFAULT 0,     -- 1: a correction says that it is no quotation
  body    BLOB NOT NULL          -- record.Quotation and its context
);
CREATE INDEX quotation_speaker ON quotation (speaker) WHERE speaker IS NOT NULL;

CREATE TABLE link (
  child    INTEGER PRIMARY KEY REFERENCES quotation (n),
  parent   INTEGER NOT NULL REFERENCES quotation (n),
  relation TEXT NOT NULL,
  bits     REAL NOT NULL,
  rule     TEXT NOT NULL
);
CREATE INDEX link_parent ON link (parent);

-- Postings of shingles, and of the ids of utterances, as sorted segments: see
-- postings.go. An index on random hashes would dirty a page for each quotation.
CREATE TABLE posting_tail (n INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE posting_segment (
  n        INTEGER PRIMARY KEY AUTOINCREMENT,
  level    INTEGER NOT NULL,
  postings INTEGER NOT NULL,
  firsts   BLOB NOT NULL         -- the first hash of each chunk, eight bytes
);
CREATE TABLE posting_chunk (n INTEGER PRIMARY KEY, data BLOB NOT NULL);

-- What people have put right, in order. Nothing is ever taken out.
CREATE TABLE correction (
  seq  INTEGER PRIMARY KEY AUTOINCREMENT,
  at   TEXT NOT NULL,
  by   TEXT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE TRIGGER correction_kept BEFORE DELETE ON correction
BEGIN SELECT raise(ABORT, 'corrections are only ever added'); END;
CREATE TRIGGER correction_fixed BEFORE UPDATE ON correction
BEGIN SELECT raise(ABORT, 'corrections are only ever added'); END;

CREATE TABLE outlet (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE counter (
  one        INTEGER PRIMARY KEY CHECK (one = 1),
  articles   INTEGER NOT NULL,
  outlets    INTEGER NOT NULL,
  quotations INTEGER NOT NULL,
  indexed    INTEGER NOT NULL    -- articles up to this number are in article_text
);
INSERT INTO counter VALUES (1, 0, 0, 0, 0);

-- The words of the articles, over the article rows themselves: the text is
-- kept once. Filled in batches, see search.go.
CREATE VIRTUAL TABLE article_text USING fts5 (
  text, content = 'article', content_rowid = 'n', columnsize = 0,
  tokenize = 'unicode61 remove_diacritics 2'
);
