import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Process numbers for programs that do not run. Linux gives none above 2^22, so none of them is ever the process of the test
 * itself, which what is tested leaves out: on a machine that has just booted, any small number may be.
 */
export const [MINICOM, PPPD, MODEM_MANAGER] = [4_194_401, 4_194_402, 4_194_403];

/** A program in the `/proc` of a folder, and the files that it has open. */
export function runsIn(root: string, pid: number, name: string, opens: readonly string[]): void {
  const folder = join(root, 'proc', String(pid));
  mkdirSync(join(folder, 'fd'), { recursive: true });
  writeFileSync(join(folder, 'comm'), `${name}\n`);
  for (const [fd, target] of opens.entries()) symlinkSync(target, join(folder, 'fd', String(fd)));
}
