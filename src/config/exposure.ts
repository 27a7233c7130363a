import { statSync } from 'node:fs';

/** Whether every user of this machine may read the file (mode o+r). A file that is not there is read by nobody. */
export function isOpenToAll(file: string): boolean {
  return ((statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & 0o004) !== 0;
}

/** A sentence for a secret that is not kept from others. It is told, and no reason to refuse the start: in a container only one user lives. */
export function exposed(pointer: string, file: string): string {
  return `${pointer}: ${file} holds a secret and every user of this machine may read it; chmod 640 it, and chgrp it to the group of the daemon.`;
}
