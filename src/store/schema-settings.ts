/** What was changed while the box runs, in place of the file, by the path of the option. */
export const SETTINGS_SCHEMA = `
CREATE TABLE settings (
  name TEXT PRIMARY KEY,              -- quietHours, site.country
  value TEXT NOT NULL,                -- JSON
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
