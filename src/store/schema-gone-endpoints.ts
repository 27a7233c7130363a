/** Webhooks, of the configuration or not, that said that they are gone (HTTP 410): they are called no more until somebody says so. */
export const GONE_ENDPOINTS_SCHEMA = `
CREATE TABLE gone_endpoints (
  endpoint TEXT PRIMARY KEY,          -- as in the outbox
  since INTEGER NOT NULL
) STRICT;
`;
