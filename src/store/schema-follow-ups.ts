/** Texts after which something may follow: 0 until it has. What was there before is followed by nothing. */
export const FOLLOW_UPS_SCHEMA = `
ALTER TABLE inbound ADD COLUMN followed INTEGER NOT NULL DEFAULT 1;
CREATE INDEX inbound_to_follow ON inbound(seq) WHERE followed = 0;
`;
