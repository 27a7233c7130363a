import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Fault } from '../base/fault.ts';

interface Outbox {
  readonly id: number;
  readonly to: string | null;
  readonly text: string | null;
  readonly class: number | null;
}

interface Inbox {
  readonly id: number;
  readonly from: string;
  readonly text: string;
  readonly udh: string;
  readonly receivedAt: string;
}

/**
 * The SQLite database of a gammu-smsd that is stopped, or one made from its database server (docs/moving-in.md), where every column is text; read as a
 * stranger's: nothing in it is changed or run.
 * @throws Fault `requestInvalid` when it is not there or is none
 */
export function readGammuDatabase(file: string): { outbox: Outbox[]; further: { id: number; text: string | null }[]; inbox: Inbox[] } {
  if (!existsSync(file))
    throw new Fault('requestInvalid', `The database of gammu-smsd is not at ${file}; dbdir and database of its configuration say where.`);
  const db = new Database(file, { readonly: true });
  try {
    db.pragma('trusted_schema = OFF');
    return {
      outbox: db
        .prepare<[], Outbox>(
          'SELECT CAST("ID" AS INTEGER) AS id, CAST("DestinationNumber" AS TEXT) AS "to", nullif(CAST("TextDecoded" AS TEXT), \'\') AS text, CAST(nullif("Class", \'\') AS INTEGER) AS class FROM outbox ORDER BY CAST("ID" AS INTEGER)',
        )
        .all(),
      further: db
        .prepare<[], { id: number; text: string | null }>(
          'SELECT CAST("ID" AS INTEGER) AS id, CAST("TextDecoded" AS TEXT) AS text FROM outbox_multipart ORDER BY CAST("ID" AS INTEGER), CAST("SequencePosition" AS INTEGER)',
        )
        .all(),
      inbox: db
        .prepare<[], Inbox>(
          'SELECT CAST("ID" AS INTEGER) AS id, CAST("SenderNumber" AS TEXT) AS "from", CAST("TextDecoded" AS TEXT) AS text, CAST(coalesce("UDH", \'\') AS TEXT) AS udh, CAST("ReceivingDateTime" AS TEXT) AS receivedAt FROM inbox ORDER BY CAST("ID" AS INTEGER)',
        )
        .all(),
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Fault('requestInvalid', `${file} is not read as a database of gammu-smsd (${why}).`, [], { cause: error });
  } finally {
    db.close();
  }
}
