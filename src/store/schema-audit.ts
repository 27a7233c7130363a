/** Who did what that only a person in charge may do (X32). */
export const AUDIT_SCHEMA = `
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,            -- 1, 2, 3 ... without a gap
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT,
  detail TEXT NOT NULL,               -- JSON, its fields in order of their names
  hash TEXT NOT NULL                  -- of the hash before and of this row; see audit.ts
) STRICT;

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
`;
