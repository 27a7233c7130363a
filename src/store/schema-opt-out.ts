/**
 * Who does not want what. No number stands here: a mark is an HMAC of it, with a key that is in no backup
 * (`suppression-key.ts`), so that the list outlives everything else that is known of a person and tells nothing.
 */
export const OPT_OUT_SCHEMA = `
ALTER TABLE messages ADD COLUMN topic TEXT;
-- 1 for our answer to what the client did just now: an opt-out does not stop the confirmation of itself.
ALTER TABLE messages ADD COLUMN answer INTEGER NOT NULL DEFAULT 0;

CREATE TABLE suppressions (
  mark BLOB NOT NULL,
  scope TEXT NOT NULL,
  source TEXT NOT NULL,               -- 'reply', 'call', 'link', 'api', 'import'
  at INTEGER NOT NULL,
  PRIMARY KEY (mark, scope)
) STRICT, WITHOUT ROWID;

CREATE TABLE suppression_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  proof BLOB,                         -- the mark of no number, by which the key is known
  lost_at INTEGER                     -- since when the list is known not to be whole
) STRICT;

-- Offers wait until a person has read what the client meant.
CREATE TABLE offer_holds (
  mark BLOB PRIMARY KEY,
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
