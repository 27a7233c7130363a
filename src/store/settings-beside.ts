import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { STORE_FILE } from './database.ts';
import type { Setting } from './records/setting.ts';
import { readSettings } from './settings.ts';

/** What was changed of the configuration, as the store in a folder has it, beside a daemon or without one; none where there is no store yet. */
export function settingsIn(folder: string): Setting[] {
  const file = join(folder, STORE_FILE);
  if (!existsSync(file)) return [];
  const db = new Database(file, { readonly: true, timeout: 5000 });
  try {
    db.pragma('trusted_schema = OFF');
    const isThere = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'settings'").get() !== undefined;
    return isThere ? readSettings(db) : [];
  } finally {
    db.close();
  }
}
