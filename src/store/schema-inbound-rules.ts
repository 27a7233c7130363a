/** What follows from what clients write: replies that are to go out, tasks for a person, and who agreed to what. */
export const INBOUND_RULES_SCHEMA = `
ALTER TABLE inbound ADD COLUMN meaning TEXT;

-- A reply is an intent first: it is written with the text that it answers, and goes through the queue after.
CREATE TABLE own_replies (
  seq INTEGER PRIMARY KEY,
  recipient TEXT NOT NULL,
  iccid TEXT NOT NULL,
  inbound_seq INTEGER REFERENCES inbound(seq),
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  outcome TEXT                        -- NULL until it is in the queue (then the id of the message) or given up (then why)
) STRICT;
CREATE INDEX own_replies_at ON own_replies(at);
CREATE INDEX own_replies_recipient ON own_replies(recipient, at);
CREATE INDEX own_replies_open ON own_replies(seq) WHERE outcome IS NULL;

CREATE TABLE tasks (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  contact TEXT NOT NULL,
  inbound_id TEXT,
  at INTEGER NOT NULL,
  done_at INTEGER,
  done_by TEXT
) STRICT;
CREATE INDEX tasks_open ON tasks(contact) WHERE done_at IS NULL;

-- Who agreed to what, when, how and to which words. Rows are added and never changed.
CREATE TABLE consents (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  recipient TEXT NOT NULL,
  purpose TEXT NOT NULL,
  topic TEXT,
  source TEXT NOT NULL,
  wording TEXT NOT NULL,
  actor TEXT NOT NULL,
  at INTEGER NOT NULL,
  until INTEGER,
  recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX consents_recipient ON consents(recipient);
`;
