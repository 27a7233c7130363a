/** How well each SIM heard its network, a sample every few minutes; in the order of time, so that a day touches few pages. */
export const SIGNALS_SCHEMA = `
CREATE TABLE signals (
  at INTEGER NOT NULL,
  sim TEXT NOT NULL,
  imei TEXT NOT NULL,                 -- of the modem that it was in
  dbm INTEGER,                        -- NULL: not registered, or not known
  PRIMARY KEY (at, sim)
) STRICT, WITHOUT ROWID;
`;
