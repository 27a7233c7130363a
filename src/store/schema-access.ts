/** What an API key may and may not. Keys of before saw everything with `read`, and go on to. */
export const KEYS_SCHEMA = `
ALTER TABLE api_keys ADD COLUMN expires_at INTEGER;
ALTER TABLE api_keys ADD COLUMN allow_from TEXT NOT NULL DEFAULT '';      -- networks, separated by spaces; '' for anywhere
ALTER TABLE api_keys ADD COLUMN per_hour INTEGER NOT NULL DEFAULT 0;      -- messages; 0 for no cap
ALTER TABLE api_keys ADD COLUMN per_day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE api_keys ADD COLUMN last_used_at INTEGER;
UPDATE api_keys SET scopes = trim(replace(' ' || scopes || ' ', ' read ', ' read:all '));

CREATE INDEX messages_key ON messages(key_id);
`;
