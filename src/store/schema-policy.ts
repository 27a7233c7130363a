/** What policy goes by when it is asked again: reminders, what is welcome at any hour, and how often a recipient is written to. */
export const POLICY_SCHEMA = `
ALTER TABLE messages ADD COLUMN not_after INTEGER;                        -- of a reminder: what it reminds of
ALTER TABLE messages ADD COLUMN sends_anyway INTEGER NOT NULL DEFAULT 0;  -- 1: at a forbidden hour rather than not at all
ALTER TABLE messages ADD COLUMN exempt TEXT;                              -- 'answer' or 'released'
ALTER TABLE messages ADD COLUMN claimed_at INTEGER;                       -- when it last began to be sent, from its first segment on
UPDATE messages SET claimed_at = sent_at WHERE sent_at > unixepoch() * 1000 - 8 * 86400000;
CREATE INDEX messages_claimed ON messages(recipient, claimed_at) WHERE claimed_at IS NOT NULL;
CREATE INDEX calls_caller ON calls(caller, seq) WHERE caller IS NOT NULL;
`;
