/** SIMs that send no more, and which one their clients know from then on. */
export const RETIREMENTS_SCHEMA = `
CREATE TABLE retirements (
  iccid TEXT PRIMARY KEY,
  successor TEXT NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
