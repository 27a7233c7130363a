/** The texts of a site, over those that Simpost ships. */
export const TEMPLATES_SCHEMA = `
CREATE TABLE templates (
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (name, language)
) STRICT, WITHOUT ROWID;
`;
