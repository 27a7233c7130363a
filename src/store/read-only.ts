import { closeSync, openSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../base/error-code.ts';

const PROBE = '.writable';

/**
 * Whether the file system of a folder takes nothing now, as one that was mounted anew after an error of its disk: SQLite says only that
 * a write failed. Nothing of such a write is anywhere, so one may go on when it is over, as with a disk that is full.
 */
export function isReadOnly(folder: string): boolean {
  const probe = join(folder, PROBE);
  try {
    closeSync(openSync(probe, 'w', 0o600));
    unlinkSync(probe);
    return false;
  } catch (error) {
    return errorCode(error) === 'EROFS';
  }
}
