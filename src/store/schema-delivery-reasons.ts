/** Why the last try of a delivery failed, for programs; NULL for what was tried by an older Simpost. */
export const DELIVERY_REASONS_SCHEMA = `
ALTER TABLE outbox ADD COLUMN reason TEXT;
`;
