/** Dialogues with clients: what they are, how far each is, and the things and bids that several of them are about. */
export const DIALOGUES_SCHEMA = `
CREATE TABLE dialogue_definitions (
  name TEXT NOT NULL,
  version INTEGER NOT NULL,           -- a dialogue goes on by the version that it began with
  body TEXT NOT NULL,                 -- JSON, see dialogues/definition.ts
  active INTEGER NOT NULL,            -- 1 for the one that new dialogues begin with
  at INTEGER NOT NULL,
  PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE dialogues (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  definition TEXT NOT NULL,
  version INTEGER NOT NULL,
  contact TEXT NOT NULL,
  iccid TEXT NOT NULL,                -- '' until it is known
  state TEXT NOT NULL,
  outcome TEXT,                       -- NULL while it goes on
  run TEXT NOT NULL,                  -- JSON, see records/dialogue.ts
  begun_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  due_at INTEGER,                     -- when silence is an answer, or its time is up
  ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX dialogues_open ON dialogues(contact, iccid) WHERE outcome IS NULL;
CREATE INDEX dialogues_due ON dialogues(due_at) WHERE outcome IS NULL AND due_at IS NOT NULL;
CREATE INDEX dialogues_contact ON dialogues(contact, seq);

-- Things of which there is one each: a seat, a bicycle, a table at seven.
CREATE TABLE stock (
  pool TEXT NOT NULL,
  thing TEXT NOT NULL,
  label TEXT NOT NULL,
  secret TEXT,                        -- what opens it
  place INTEGER NOT NULL,             -- the order in which they are offered
  dialogue_seq INTEGER REFERENCES dialogues(seq),  -- who has it; NULL while it is free
  sold INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (pool, thing)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_dialogue ON stock(dialogue_seq) WHERE dialogue_seq IS NOT NULL;

CREATE TABLE auctions (
  definition TEXT PRIMARY KEY,
  best INTEGER NOT NULL,
  leader_seq INTEGER NOT NULL REFERENCES dialogues(seq),
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE events ADD COLUMN dialogue TEXT;               -- JSON: a dialogue as it was right after
CREATE INDEX events_dialogue ON events(json_extract(dialogue, '$.contact')) WHERE dialogue IS NOT NULL;
`;
