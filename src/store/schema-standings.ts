/** How each SIM stands with its operator, all changes in order. */
export const STANDINGS_SCHEMA = `
CREATE TABLE sim_standings (
  seq INTEGER PRIMARY KEY,
  iccid TEXT NOT NULL,
  at INTEGER NOT NULL,
  standing TEXT NOT NULL,             -- well, barred, silent
  cause TEXT
) STRICT;
CREATE INDEX sim_standings_iccid ON sim_standings(iccid, seq);

ALTER TABLE events ADD COLUMN standing_seq INTEGER REFERENCES sim_standings(seq);
`;
