/** What somebody at the desk has seen of what clients wrote, and of their calls. What was there before counts as seen. */
export const CONVERSATIONS_SCHEMA = `
ALTER TABLE inbound ADD COLUMN seen_at INTEGER;
ALTER TABLE calls ADD COLUMN seen_at INTEGER;
UPDATE inbound SET seen_at = received_at;
UPDATE calls SET seen_at = started_at;
CREATE INDEX inbound_unseen ON inbound(sender) WHERE seen_at IS NULL;
CREATE INDEX calls_unseen ON calls(caller) WHERE seen_at IS NULL;
`;
