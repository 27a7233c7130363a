/** What an owner lets go through a SIM past its caps. */
export const ALLOWANCES_SCHEMA = `
CREATE TABLE sim_allowances (
  iccid TEXT PRIMARY KEY,
  segments INTEGER NOT NULL,
  until INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
