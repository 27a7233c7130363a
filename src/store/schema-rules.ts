/** What sites have answered by themselves: rules over clients' texts, what they did, and what waits to be said. */
export const RULES_SCHEMA = `
CREATE TABLE rules (
  seq INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL,                 -- JSON, see records/rule.ts
  changed_at INTEGER NOT NULL
) STRICT;

ALTER TABLE inbound ADD COLUMN rule TEXT;                  -- the rule that took it
ALTER TABLE inbound ADD COLUMN tag TEXT;

-- Of replies whose words stand in no catalogue. The text goes when it is in the queue, where it is kept as long as others.
ALTER TABLE own_replies ADD COLUMN text TEXT;
ALTER TABLE own_replies ADD COLUMN purpose TEXT;
ALTER TABLE own_replies ADD COLUMN topic TEXT;
ALTER TABLE own_replies ADD COLUMN until INTEGER;          -- it is worth nothing after
CREATE INDEX own_replies_inbound ON own_replies(inbound_seq) WHERE inbound_seq IS NOT NULL;
`;
