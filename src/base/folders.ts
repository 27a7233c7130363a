import { mkdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * Makes a folder and those above it that are not there, for this user alone. One by one, because the recursive way of Node 20 never
 * returns where the system says that the parent is not there although it is (below /proc).
 * @throws what the system says against it
 */
export function makeFolder(path: string): void {
  const parts = resolve(path).split('/').slice(1);
  for (let n = 1; n <= parts.length; n += 1) {
    const folder = `/${parts.slice(0, n).join('/')}`;
    try {
      mkdirSync(folder, { mode: 0o700 });
    } catch (error) {
      if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
    }
  }
}
