/** Occasions, what is told of them, and the sequences that a site has changed. */
export const OCCASIONS_SCHEMA = `
CREATE TABLE occasions (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  key_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  external_id TEXT NOT NULL,
  recipient TEXT NOT NULL,
  contact TEXT,
  name TEXT,
  language TEXT,
  time_zone TEXT,
  starts_at INTEGER,
  all_day INTEGER NOT NULL,
  repeats TEXT,
  status TEXT,
  status_at INTEGER NOT NULL,
  resource TEXT,
  data TEXT NOT NULL,
  slots TEXT NOT NULL,
  question TEXT,
  answer TEXT,
  attendance TEXT,
  moves INTEGER NOT NULL,
  heard_at INTEGER,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  replan_at INTEGER,
  UNIQUE (kind, external_id)
) STRICT;
CREATE INDEX occasions_recipient ON occasions(recipient);
CREATE INDEX occasions_starts ON occasions(starts_at) WHERE starts_at IS NOT NULL;
CREATE INDEX occasions_status ON occasions(kind, status) WHERE status IS NOT NULL;
CREATE INDEX occasions_replan ON occasions(replan_at) WHERE replan_at IS NOT NULL;

-- One row for each thing that is told, so that nothing is told twice: it becomes a message in the transaction that says so.
CREATE TABLE occasion_steps (
  seq INTEGER PRIMARY KEY,
  occasion_seq INTEGER NOT NULL REFERENCES occasions(seq) ON DELETE CASCADE,
  instance TEXT NOT NULL,
  step TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  due_at INTEGER NOT NULL,
  take_at INTEGER,                    -- NULL unless planned
  joins TEXT,
  revision INTEGER NOT NULL,
  message_id TEXT,
  about INTEGER,
  variant TEXT,
  saying TEXT,
  UNIQUE (occasion_seq, instance)
) STRICT;
CREATE INDEX occasion_steps_due ON occasion_steps(take_at) WHERE take_at IS NOT NULL;
CREATE INDEX occasion_steps_message ON occasion_steps(message_id) WHERE message_id IS NOT NULL;
CREATE INDEX occasion_steps_joins ON occasion_steps(joins) WHERE joins IS NOT NULL;

CREATE TABLE ratings (
  seq INTEGER PRIMARY KEY,
  occasion_seq INTEGER NOT NULL REFERENCES occasions(seq) ON DELETE CASCADE,
  rating INTEGER NOT NULL,
  inbound_id TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX ratings_occasion ON ratings(occasion_seq);

-- What an event showed, so that it reads the same whenever it is delivered.
CREATE TABLE occasion_events (
  seq INTEGER PRIMARY KEY,
  occasion_seq INTEGER REFERENCES occasions(seq) ON DELETE SET NULL,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  shown TEXT NOT NULL
) STRICT;
CREATE INDEX occasion_events_occasion ON occasion_events(occasion_seq);
ALTER TABLE events ADD COLUMN occasion_event_seq INTEGER;

-- Times that were given back, for whoever waits for one.
CREATE TABLE freed_slots (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  resource TEXT,
  starts_at INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;

-- News for many: it waits a minute in which it can be undone.
CREATE TABLE occasion_notices (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  key_id TEXT NOT NULL,
  what TEXT NOT NULL,
  refs TEXT NOT NULL,
  at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;
CREATE INDEX occasion_notices_waiting ON occasion_notices(due_at) WHERE state = 'waiting';

CREATE TABLE sequences (
  kind TEXT PRIMARY KEY,
  sequence TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;

ALTER TABLE tasks ADD COLUMN occasion TEXT;
`;
