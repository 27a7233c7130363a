/** People, who use the box with a name and a password. */
export const USERS_SCHEMA = `
CREATE TABLE users (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  role TEXT NOT NULL,
  password TEXT NOT NULL,             -- scrypt, with its parameters and salt
  created_at INTEGER NOT NULL
) STRICT;
`;
