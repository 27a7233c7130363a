import { join } from 'node:path';
import Database from 'better-sqlite3';

/**
 * Makes many of the one message that lies in a closed store, behind the store's back: two of three delivered, the rest queued.
 * @param rows how many there are then
 */
export function multiplyMessages(folder: string, rows: number): void {
  const db = new Database(join(folder, 'simpost.db'));
  const columns = (table: string, but: string): string =>
    db
      .prepare<[string], string>('SELECT name FROM pragma_table_info(?)')
      .pluck()
      .all(table)
      .filter((name) => !but.split(' ').includes(name))
      .join(', ');
  const count = `WITH RECURSIVE n (i) AS (VALUES (2) UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})`;
  const message = columns('messages', 'seq id status');
  db.exec(
    `${count} INSERT INTO messages (seq, id, status, ${message}) SELECT i, 'm' || i, iif(i % 3 = 0, 'queued', 'delivered'), ${message} FROM n, messages WHERE seq = 1`,
  );
  const texts = columns('message_texts', 'message_seq');
  db.exec(`${count} INSERT INTO message_texts (message_seq, ${texts}) SELECT i, ${texts} FROM n, message_texts WHERE message_seq = 1`);
  db.close();
}
