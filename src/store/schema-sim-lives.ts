/** What must be known of a SIM so that it lives long: since when it is here, its last top-up, and of what somebody was told. */
export const SIM_LIVES_SCHEMA = `
CREATE TABLE sim_lives (
  iccid TEXT PRIMARY KEY,
  since INTEGER,                      -- when it was first in a modem here; NULL for one of before this was kept
  topped_up_at INTEGER                -- as a person said
) STRICT, WITHOUT ROWID;
INSERT INTO sim_lives (iccid) SELECT iccid FROM sims;

CREATE TABLE sim_alerts (
  seq INTEGER PRIMARY KEY,
  iccid TEXT NOT NULL,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  sentence TEXT NOT NULL,
  over_at INTEGER                     -- when it was so no more
) STRICT;
CREATE INDEX sim_alerts_open ON sim_alerts(iccid, kind) WHERE over_at IS NULL;

ALTER TABLE events ADD COLUMN alert_seq INTEGER REFERENCES sim_alerts(seq);
`;
