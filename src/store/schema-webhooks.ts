/** Webhooks that were added by API, and a way to read what was called of each. */
export const WEBHOOKS_SCHEMA = `
CREATE TABLE webhooks (
  id TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  events TEXT NOT NULL,               -- types, separated by spaces
  secret_turn INTEGER NOT NULL,       -- how often its secret was changed; the secret itself is kept nowhere
  previous_until INTEGER,             -- until when the one of before signs too
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX outbox_endpoint ON outbox(endpoint, id);
`;
