/** What whoever looks after the box is told of. */
export const ALERTS_SCHEMA = `
CREATE TABLE alerts (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,              -- what it is about: an ICCID, a modem, a webhook, a key; '' for the box
  facts TEXT NOT NULL,                -- JSON: what its sentence names
  at INTEGER NOT NULL,
  over_at INTEGER,
  mailed_at INTEGER,                  -- when it was told, and whether that it is over was told too
  mailed_over INTEGER NOT NULL DEFAULT 0,
  texted_at INTEGER
) STRICT;
CREATE INDEX alerts_open ON alerts(kind, subject) WHERE over_at IS NULL;
`;
