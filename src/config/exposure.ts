import { statSync } from 'node:fs';
import { isLoopback, parseListen } from './listen.ts';

/** Whether every user of this machine may read the file (mode o+r). A file that is not there is read by nobody. */
export function isOpenToAll(file: string): boolean {
  return ((statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & 0o004) !== 0;
}

/** A sentence for a secret that is not kept from others. It is told, and no reason to refuse the start: in a container only one user lives. */
export function exposed(pointer: string, file: string): string {
  return `${pointer}: ${file} holds a secret and every user of this machine may read it; chmod 640 it, and chgrp it to the group of the daemon.`;
}

export const IN_THE_CLEAR =
  'http.insecureLan is on: API keys and texts cross the network in the clear, for everybody on it to read. `simpost tls init` makes a certificate.';

/** Whether other machines reach the API, and without TLS: somebody has decided so, and is reminded wherever the box says how it is (X12). */
export function isInTheClear({ listen, certFile }: { readonly listen: string; readonly certFile?: string }): boolean {
  const address = parseListen(listen);
  return certFile === undefined && address !== undefined && !isLoopback(address.host);
}
