import { join } from 'node:path';
import Database from 'better-sqlite3';

const columnsOf = (db: Database.Database, table: string, but: string): string =>
  db
    .prepare<[string], string>('SELECT name FROM pragma_table_info(?)')
    .pluck()
    .all(table)
    .filter((name) => !but.split(' ').includes(name))
    .join(', ');

/** The numbers from 2 to `rows`, as `n (i)`. */
const countTo = (rows: number): string => `WITH RECURSIVE n (i) AS (VALUES (2) UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})`;

/**
 * Makes many of the one message that lies in a closed store, behind the store's back: two of three delivered, the rest queued.
 * @param rows how many there are then
 */
export function multiplyMessages(folder: string, rows: number): void {
  const db = new Database(join(folder, 'simpost.db'));
  const columns = (table: string, but: string): string => columnsOf(db, table, but);
  const count = countTo(rows);
  const message = columns('messages', 'seq id status');
  db.exec(
    `${count} INSERT INTO messages (seq, id, status, ${message}) SELECT i, 'm' || i, iif(i % 3 = 0, 'queued', 'delivered'), ${message} FROM n, messages WHERE seq = 1`,
  );
  const texts = columns('message_texts', 'message_seq');
  db.exec(`${count} INSERT INTO message_texts (message_seq, ${texts}) SELECT i, ${texts} FROM n, message_texts WHERE message_seq = 1`);
  db.close();
}

/**
 * Makes many of the one text that a client wrote, in the same way, a second apart until now: every second of them from that client, each other
 * from somebody else.
 */
export function multiplyInbound(folder: string, rows: number): void {
  const db = new Database(join(folder, 'simpost.db'));
  const same = columnsOf(db, 'inbound', 'seq id sender text received_at');
  db.prepare('UPDATE inbound SET received_at = received_at - ?').run(rows * 1000);
  db.exec(
    `${countTo(rows)} INSERT INTO inbound (seq, id, sender, text, received_at, ${same})
     SELECT i, 'in_' || i, iif(i % 2 = 1, sender, '+380' || (500000000 + i)), 'text ' || i, received_at + i * 1000, ${same} FROM n, inbound WHERE seq = 1`,
  );
  db.close();
}
