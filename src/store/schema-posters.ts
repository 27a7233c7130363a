/** Posters with a word of their own: who texts YES with it agrees to the words that hang there. */
export const POSTERS_SCHEMA = `
CREATE TABLE posters (
  word TEXT PRIMARY KEY,
  kind TEXT NOT NULL,                 -- consent, optOut
  wording TEXT NOT NULL,
  number TEXT NOT NULL,               -- that is texted to
  language TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
