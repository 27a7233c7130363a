/** What somebody at the desk asks of the others about a client. */
export const OWN_TASKS_SCHEMA = `
ALTER TABLE tasks ADD COLUMN text TEXT;                       -- in their own words; NULL where the kind says it all
`;
