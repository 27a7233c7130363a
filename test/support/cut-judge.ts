import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { seededRandom } from '../../src/base/random.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import type { PromisesMade } from './promises-made.ts';

/** Rows that stand for half of something. */
const HALVES = `
SELECT 'a message without its text' FROM messages WHERE seq NOT IN (SELECT message_seq FROM message_texts)
UNION ALL SELECT 'a message without all its segments' FROM messages m
  WHERE segment_count <> (SELECT count(*) FROM segments WHERE message_seq = m.seq)
UNION ALL SELECT 'a message without an event' FROM messages WHERE seq NOT IN (SELECT message_seq FROM events WHERE message_seq IS NOT NULL)
UNION ALL SELECT 'an attempt without a message' FROM attempts WHERE id / 1048576 NOT IN (SELECT seq FROM messages)
UNION ALL SELECT 'a text that came in without its TPDU' FROM inbound WHERE seq NOT IN (SELECT inbound_seq FROM received WHERE inbound_seq IS NOT NULL)
UNION ALL SELECT 'half a batch' FROM message_texts WHERE reference IS NOT NULL GROUP BY reference HAVING count(*) <> CAST(reference AS INTEGER)`;

/** So long may a store take to open after a power cut, milliseconds (S02). */
const OPENS_WITHIN = 2000;

/**
 * Opens what a power cut has left and holds it against what was promised before.
 * @returns a sentence for each promise that was broken
 */
export async function judgeCut(folder: string, made: PromisesMade, clock: Clock = systemClock): Promise<string[]> {
  const problems: string[] = [];
  const began = clock.monotonic();
  const store = await openSqliteStore({
    path: folder,
    clock,
    random: seededRandom(1),
    daemon: true,
    onFatal: (error) => problems.push(`the store failed: ${error.message}`),
  }).catch((error: unknown) => String(error));
  if (typeof store === 'string') return [`the store does not open: ${store}`];
  const took = clock.monotonic() - began;
  if (took > OPENS_WITHIN) problems.push(`the store took ${Math.round(took)} ms to open`);
  try {
    const db = new Database(join(folder, 'simpost.db'), { readonly: true });
    const column = (sql: string): string[] => db.prepare<[], string>(sql).pluck().all();
    problems.push(...column('PRAGMA integrity_check').filter((word) => word !== 'ok'), ...column(HALVES));
    const known = new Map(db.prepare<[], [string, string]>('SELECT id, status FROM messages').raw().all());
    const tried = new Set(
      column("SELECT m.recipient || ' ' || (a.id % 1048576 / 4096) FROM attempts a JOIN messages m ON m.seq = a.id / 1048576"),
    );
    const kept = Number(column('SELECT (SELECT count(*) FROM received) + (SELECT coalesce(sum(copies), 0) FROM reports)')[0]);
    db.close();
    for (const id of made.accepted) if (!known.has(id)) problems.push(`${id} was accepted and is gone`);
    for (const id of made.sent) if (known.get(id) !== 'sent') problems.push(`${id} was sent and is ${known.get(id) ?? 'gone'}`);
    for (const segment of made.handedOver) if (!tried.has(segment)) problems.push(`${segment} was handed to a modem, and nobody knows it`);
    if (kept < made.forgotten) problems.push(`${made.forgotten} texts and reports were taken from the SIMs, and ${kept} are kept`);
  } catch (error) {
    problems.push(`the store cannot be read: ${String(error)}`);
  }
  await store.close();
  return problems;
}
