/** Campaigns: a row for each, and one for each who is to get it. */
export const CAMPAIGNS_SCHEMA = `
CREATE TABLE campaigns (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  key_id TEXT NOT NULL,
  plan TEXT NOT NULL,                 -- JSON
  state TEXT NOT NULL,
  reason TEXT,
  spent INTEGER NOT NULL,             -- millionths, as expected when they were handed over
  next_at INTEGER,                    -- by the pacing
  first_inbound INTEGER NOT NULL,     -- what was heard before is no answer to it
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX campaigns_active ON campaigns(state) WHERE state NOT IN ('draft', 'finished');

CREATE TABLE campaign_recipients (
  campaign_seq INTEGER NOT NULL,
  n INTEGER NOT NULL,
  contact TEXT NOT NULL,
  recipient TEXT NOT NULL,
  variant INTEGER NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  message_id TEXT,
  cost INTEGER,
  PRIMARY KEY (campaign_seq, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX campaign_recipients_state ON campaign_recipients(campaign_seq, state, n);
CREATE INDEX campaign_recipients_recipient ON campaign_recipients(campaign_seq, recipient);
`;
