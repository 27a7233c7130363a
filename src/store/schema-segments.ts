/** Segments of contacts that a site has saved. */
export const SEGMENTS_SCHEMA = `
CREATE TABLE contact_segments (
  name TEXT PRIMARY KEY,
  condition TEXT NOT NULL,            -- JSON, as it was given
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
