/** One-time codes that were sent, for the API to check what a client types in. Never the code itself: see `records/code.ts`. */
export const CODES_SCHEMA = `
CREATE TABLE codes (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  key_id TEXT NOT NULL,
  recipient TEXT NOT NULL,
  message_id TEXT NOT NULL,
  state TEXT NOT NULL,
  mac TEXT,                           -- NULL once it is of no use
  tries_left INTEGER NOT NULL,
  wrong INTEGER NOT NULL DEFAULT 0,   -- tries that were wrong, and when the last of them was
  wrong_at INTEGER,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  boot_id TEXT NOT NULL,              -- the start of the machine, and the time since then, that it is good until
  ends_at REAL NOT NULL
) STRICT;
CREATE INDEX codes_recipient ON codes(recipient, key_id);
`;
