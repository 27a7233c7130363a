/** What each attempt cost, as it was when it was made: later prices change nothing of it. */
export const COSTS_SCHEMA = `
ALTER TABLE attempts ADD COLUMN price INTEGER;      -- of its segment, millionths of the currency; NULL where it was not known
ALTER TABLE attempts ADD COLUMN currency TEXT;
ALTER TABLE attempts ADD COLUMN packaged INTEGER NOT NULL DEFAULT 0;  -- 1 where it came out of the SIM's package
`;
