/** What users show besides the password, where they want it so. */
export const SECOND_FACTORS_SCHEMA = `
ALTER TABLE users ADD COLUMN factor_seed TEXT;                             -- NULL: none. With the key in the data folder it makes the secret
ALTER TABLE users ADD COLUMN factor_step INTEGER;                          -- the time step of the last code that counted
ALTER TABLE users ADD COLUMN factor_recovery TEXT NOT NULL DEFAULT '';     -- SHA-256 of recovery codes not used yet, separated by spaces
`;
