/**
 * The tables. Three habits run through them:
 *
 * - A row that changes often is short, and what never changes (texts) stands apart, since a commit writes whole pages.
 * - The queue is no table: it is the partial indexes of `messages`, so that a message has one row to be true in, and an
 *   index holds live messages only. `ready` is 1 for what a claim may take, 0 for what waits, NULL for what is not queued.
 * - Sequence numbers grow and are the order of every list; the newest row of a table is never deleted, so that none comes twice.
 *
 * `lane` says who may claim a message: '' any SIM, an ICCID that SIM alone, '!' and an ICCID any SIM but that one.
 */
export const FIRST_SCHEMA = `
CREATE TABLE messages (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  key_id TEXT NOT NULL,
  recipient TEXT NOT NULL,
  rank INTEGER NOT NULL,              -- purpose, 0 otp .. 3 promotional
  status TEXT NOT NULL,
  reason TEXT,
  alphabet TEXT NOT NULL,
  flash INTEGER NOT NULL,
  transliterated INTEGER NOT NULL,
  possible_duplicate INTEGER NOT NULL DEFAULT 0,
  segment_count INTEGER NOT NULL,
  sim_requested TEXT,
  sim TEXT,                           -- the SIM of the latest attempt
  begun INTEGER NOT NULL DEFAULT 0,   -- 1 once a segment was sent or may have been: bound to sim
  ready INTEGER,
  lane TEXT,
  left INTEGER NOT NULL,              -- segments still to be sent, while queued
  due_at INTEGER,                     -- when a waiting one is ready, or an avoided SIM may take it again
  avoid_sim TEXT,
  avoid_until INTEGER,
  ref INTEGER,                        -- concatenation reference, on sim, last used at ref_at
  ref_bits INTEGER,
  ref_at INTEGER,
  send_at INTEGER,
  accepted_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  sent_at INTEGER                     -- when the latest segment was sent
) STRICT;
CREATE INDEX messages_ready ON messages(lane, rank, begun DESC, seq, left) WHERE ready = 1;
CREATE INDEX messages_due ON messages(due_at, ready, left) WHERE due_at IS NOT NULL;
CREATE INDEX messages_expiry ON messages(expires_at) WHERE ready IS NOT NULL;
CREATE INDEX messages_status ON messages(status, rank);
CREATE INDEX messages_recipient ON messages(recipient);
CREATE INDEX messages_ref ON messages(recipient, sim, ref_at) WHERE ref_at IS NOT NULL;

CREATE TABLE message_texts (
  message_seq INTEGER PRIMARY KEY REFERENCES messages(seq),
  text TEXT NOT NULL,
  sent_text TEXT,                     -- as it is sent, when that is not text
  reference TEXT,
  policy TEXT NOT NULL
) STRICT;

CREATE TABLE segments (
  message_seq INTEGER NOT NULL REFERENCES messages(seq),
  n INTEGER NOT NULL,                 -- 1-based
  chars INTEGER NOT NULL,             -- UTF-16 units of the text as it is sent
  state TEXT NOT NULL,
  PRIMARY KEY (message_seq, n)
) STRICT, WITHOUT ROWID;

-- id is message seq * 2^20 + n * 2^12 + try, so that the attempts of a message and of a segment are a range of it.
CREATE TABLE attempts (
  id INTEGER PRIMARY KEY,
  iccid TEXT NOT NULL,
  imei TEXT NOT NULL,
  at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  cause TEXT,
  mr INTEGER,                         -- TP-MR: the predicted one until mr_known is 1
  mr_known INTEGER NOT NULL DEFAULT 0,
  report TEXT,                        -- 'delivered' or 'undelivered' once a final status report came
  tp_status INTEGER,                  -- and what it said
  decide_at INTEGER,                  -- when an uncertain one is decided
  settled_at INTEGER
) STRICT;
CREATE INDEX attempts_mr ON attempts(iccid, mr, at);
CREATE INDEX attempts_decide ON attempts(decide_at) WHERE decide_at IS NOT NULL;

CREATE TABLE reports (
  id INTEGER PRIMARY KEY,
  iccid TEXT NOT NULL,
  mr INTEGER NOT NULL,
  recipient TEXT NOT NULL,
  tp_status INTEGER NOT NULL,
  meaning TEXT NOT NULL,
  smsc_at INTEGER,
  discharged_at INTEGER,
  received_at INTEGER NOT NULL,
  pdu TEXT NOT NULL,
  attempt_id INTEGER,
  copies INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX reports_mr ON reports(iccid, mr, received_at);

CREATE TABLE inbound (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  iccid TEXT NOT NULL,
  sender TEXT NOT NULL,
  text TEXT,
  complete INTEGER NOT NULL,
  visible INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  smsc_time TEXT,
  answers TEXT,
  ref INTEGER,
  ref_bits INTEGER,
  total INTEGER NOT NULL,
  problem TEXT
) STRICT;
CREATE INDEX inbound_sender ON inbound(sender);
CREATE INDEX inbound_group ON inbound(sender, ref, ref_bits, total, iccid) WHERE ref IS NOT NULL;
CREATE INDEX inbound_hidden ON inbound(received_at) WHERE visible = 0;

-- Every TPDU as it came, duplicates too.
CREATE TABLE received (
  id INTEGER PRIMARY KEY,
  inbound_seq INTEGER REFERENCES inbound(seq),
  n INTEGER NOT NULL,
  duplicate INTEGER NOT NULL,
  iccid TEXT NOT NULL,
  imei TEXT NOT NULL,
  sender TEXT NOT NULL,
  text TEXT NOT NULL,
  alphabet TEXT NOT NULL,
  smsc_at INTEGER,
  received_at INTEGER NOT NULL,
  pdu TEXT NOT NULL,
  pdu_hash INTEGER NOT NULL
) STRICT;
CREATE INDEX received_inbound ON received(inbound_seq);
CREATE INDEX received_pdu ON received(pdu_hash);

-- A message or a received one as it was after a change: what can change of it stands in the event's own columns.
CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  message_seq INTEGER REFERENCES messages(seq),
  status TEXT,
  reason TEXT,
  sim TEXT,
  possible_duplicate INTEGER,
  inbound_seq INTEGER REFERENCES inbound(seq),
  revision INTEGER,
  upto INTEGER                        -- the last row of received that was there
) STRICT;
CREATE INDEX events_message ON events(message_seq) WHERE message_seq IS NOT NULL;
CREATE INDEX events_inbound ON events(inbound_seq) WHERE inbound_seq IS NOT NULL;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  endpoint TEXT NOT NULL,
  event_seq INTEGER NOT NULL,
  due_at INTEGER,                     -- NULL once it is settled
  tries INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  settled_at INTEGER,
  answer INTEGER,                     -- HTTP status
  error TEXT
) STRICT;
CREATE INDEX outbox_due ON outbox(endpoint, due_at) WHERE due_at IS NOT NULL;

CREATE TABLE idempotency (
  id INTEGER PRIMARY KEY,
  key_id TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  status INTEGER NOT NULL,
  response TEXT NOT NULL,
  location TEXT,
  at INTEGER NOT NULL,
  UNIQUE (key_id, idempotency_key)
) STRICT;

CREATE TABLE sims (
  iccid TEXT PRIMARY KEY,
  imsi TEXT,
  number TEXT,
  seen_at INTEGER,
  sent INTEGER NOT NULL DEFAULT 0,
  delivered INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  received INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  prefix TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT;

-- The smallest seq of each five minutes: with it "since" is a bound on seq, and needs no index of its own in every list.
CREATE TABLE slots (
  list TEXT NOT NULL,
  slot INTEGER NOT NULL,
  first_seq INTEGER NOT NULL,
  PRIMARY KEY (list, slot)
) STRICT, WITHOUT ROWID;
`;

/** What is told not to be sent, and whose turn it is: pauses, and keys with their shares in the order of the queue. */
export const TURNS_SCHEMA = `
-- What is not to be sent now: of one purpose or all (rank -1), on one SIM or all ('').
CREATE TABLE pauses (
  rank INTEGER NOT NULL,
  sim TEXT NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (rank, sim)
) STRICT, WITHOUT ROWID;

-- How often the process died of, or at, a message that alone was on its way.
ALTER TABLE messages ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0;

ALTER TABLE api_keys ADD COLUMN weight INTEGER NOT NULL DEFAULT 1;

DROP INDEX messages_ready;
CREATE INDEX messages_ready ON messages(lane, rank, begun DESC, key_id, seq, left) WHERE ready = 1;
`;

/** PINs that were tried (M06). */
export const PINS_SCHEMA = `
CREATE TABLE pin_tries (
  iccid TEXT NOT NULL,
  mark INTEGER NOT NULL,              -- one octet of its digest, so that a copy of this file does not tell the PIN
  taken INTEGER NOT NULL,             -- 0: refused, or nobody knows
  at INTEGER NOT NULL,
  PRIMARY KEY (iccid, mark)
) STRICT, WITHOUT ROWID;
`;

/** Calls, and what is left on a SIM. */
export const TELEPHONE_SCHEMA = `
CREATE TABLE calls (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  iccid TEXT NOT NULL,
  caller TEXT,                        -- NULL where it was not told
  withheld INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  rings INTEGER NOT NULL,
  duration INTEGER,                   -- NULL while it rings
  hung_up INTEGER NOT NULL,
  UNIQUE (iccid, started_at)
) STRICT;
CREATE INDEX calls_ringing ON calls(seq) WHERE duration IS NULL;

CREATE TABLE balances (
  seq INTEGER PRIMARY KEY,
  iccid TEXT NOT NULL,
  at INTEGER NOT NULL,
  amount REAL,
  currency TEXT,
  package_left REAL,
  package_unit TEXT,
  low INTEGER NOT NULL                -- 1 while below the threshold
) STRICT;
CREATE INDEX balances_iccid ON balances(iccid, seq);

ALTER TABLE events ADD COLUMN call_seq INTEGER REFERENCES calls(seq);
ALTER TABLE events ADD COLUMN balance_seq INTEGER REFERENCES balances(seq);
`;

/** Notifications of MMS. */
export const MMS_SCHEMA = `
ALTER TABLE inbound ADD COLUMN mms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE inbound ADD COLUMN mms_from TEXT;
ALTER TABLE inbound ADD COLUMN mms_size INTEGER;   -- octets
`;

/** When texts were erased, and up to which row each list is done. */
export const RETENTION_SCHEMA = `
ALTER TABLE message_texts ADD COLUMN erased_at INTEGER;
ALTER TABLE inbound ADD COLUMN erased_at INTEGER;

CREATE TABLE retention_marks (
  list TEXT PRIMARY KEY,              -- a purpose, or 'inbound'
  upto INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** What is known of the clock, so that durations outlive its jumps and the process; and what was missed while the box was off. */
export const TIME_SCHEMA = `
CREATE TABLE clock (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  boot_id TEXT NOT NULL,
  first_seq INTEGER NOT NULL,         -- the first message accepted in this boot
  base INTEGER NOT NULL,              -- wall time less the time since the boot
  trusted INTEGER NOT NULL,
  alive_at INTEGER                    -- when trusted time was last looked at
) STRICT;

CREATE INDEX messages_missed ON messages(rank, seq) WHERE status = 'held' AND reason = 'missed';
`;

/** What went through each SIM of late, for its caps: by plan time (`plan-time.ts`), numbered so that a window is two numbers. */
export const CAPS_SCHEMA = `
CREATE TABLE plan_clock (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  boot TEXT NOT NULL,                 -- which start of the machine
  at REAL NOT NULL,                   -- plan time, when this process began
  monotonic REAL NOT NULL,            -- and both clocks then
  wall INTEGER NOT NULL
) STRICT;

CREATE TABLE sim_sends (
  iccid TEXT NOT NULL,
  at INTEGER NOT NULL,
  n INTEGER NOT NULL,                 -- segments through this SIM so far
  offers INTEGER NOT NULL,            -- and how many of them were offers
  wall INTEGER NOT NULL,
  PRIMARY KEY (iccid, at, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE sim_recipients (
  iccid TEXT NOT NULL,
  recipient TEXT NOT NULL,
  at INTEGER NOT NULL,                -- the last segment to it, and the last offer
  offer_at INTEGER,
  PRIMARY KEY (iccid, recipient)
) STRICT, WITHOUT ROWID;
CREATE INDEX sim_recipients_at ON sim_recipients(iccid, at);
CREATE INDEX sim_recipients_offer ON sim_recipients(iccid, offer_at) WHERE offer_at IS NOT NULL;
`;

/** Which SIM a message is left to, and why an attempt went through its own. */
export const CHOICE_SCHEMA = `
-- 1 once it was left to the SIM that its client knows; that is done once.
ALTER TABLE messages ADD COLUMN waited INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN choice TEXT;
`;
