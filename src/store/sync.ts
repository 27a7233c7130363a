import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Its name or contents are on the disk when this returns. */
export function sync(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
