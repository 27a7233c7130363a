/**
 * Contacts, and what they are found by. An import stages its rows beside those that are used: `stage` 1 is a row that is not seen
 * before the flip, 2 one that is not seen any more after it, 0 all others. The flip changes one number, whatever the size of the list.
 */
export const CONTACTS_SCHEMA = `
CREATE TABLE contacts (
  seq INTEGER PRIMARY KEY,
  external_id TEXT NOT NULL,
  name TEXT NOT NULL,
  sort_name TEXT NOT NULL,
  found_by TEXT NOT NULL,             -- the words of the name and the id, a blank before each
  first_name TEXT,
  numbers TEXT NOT NULL,              -- JSON, E.164
  language TEXT,
  time_zone TEXT,
  tags TEXT NOT NULL,                 -- JSON
  fields TEXT NOT NULL,               -- JSON
  preferred_channel TEXT NOT NULL,
  branch TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  stage INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX contacts_external_id ON contacts(external_id, stage);
CREATE INDEX contacts_name ON contacts(sort_name, external_id, stage, found_by);
CREATE INDEX contacts_zone ON contacts(seq) WHERE time_zone IS NOT NULL;
CREATE INDEX contacts_staged ON contacts(stage) WHERE stage <> 0;
CREATE INDEX contacts_name_length ON contacts(length(name));
CREATE INDEX contacts_first_name_length ON contacts(length(first_name));

-- consent: what the numbers of the import agreed to, JSON; written into the ledger with each row that becomes used.
CREATE TABLE contact_flip (flipped INTEGER NOT NULL, consent TEXT) STRICT;
INSERT INTO contact_flip (flipped) VALUES (0);

-- kind: number, tag, word (of the name, or the external id), branch.
CREATE TABLE contact_index (
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  contact_seq INTEGER NOT NULL,
  PRIMARY KEY (kind, value, contact_seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE resources (
  external_id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  address TEXT,
  phone TEXT,
  opening_hours TEXT,
  hide_name INTEGER NOT NULL,
  branch TEXT,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
