/** Calls by who called. */
export const CALLERS_SCHEMA = `
CREATE INDEX calls_caller ON calls(caller, seq) WHERE caller IS NOT NULL;
`;
