import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { Fault } from '../base/fault.ts';

/** What the operating system refuses because of a path or an address that a person gave: no mistake of ours. */
const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'may not be used by this user; give the user the right to it, or name another',
  EPERM: 'may not be used by this user; give the user the right to it, or name another',
  EROFS: 'is on a disk that is read-only; name another',
  ENOSPC: 'cannot be written, because the disk is full; free some space',
  EDQUOT: 'cannot be written, because the quota of this user is used up; free some space',
  ENOENT: 'is not there; correct the name',
  ENOTDIR: 'cannot be used: a part of it is a file where a folder is needed; name another',
  EEXIST: 'is there already and is no folder; name another',
  EISDIR: 'is a folder, not a file; name another',
  ENAMETOOLONG: 'is too long a name; name a shorter one',
  ELOOP: 'is a link that leads to itself; name another',
};

/** The sentence for an error of the system about a path; undefined for every other error. */
export function systemSentence(error: unknown): string | undefined {
  if (!(error instanceof Error && 'code' in error && 'path' in error)) return undefined;
  const words = WORDS[String(error.code)];
  return words === undefined ? undefined : `${String(error.path)} ${words}.`;
}

/**
 * Makes a folder and those above it, for this user alone. One by one, because the recursive way of Node 20 never returns
 * where the system says that the parent is not there although it is (below /proc).
 * @throws Fault `requestInvalid` when it cannot be had
 */
export function makeFolder(path: string): void {
  const parts = resolve(path).split('/').slice(1);
  for (let n = 1; n <= parts.length; n += 1) {
    const folder = `/${parts.slice(0, n).join('/')}`;
    try {
      mkdirSync(folder, { mode: 0o700 });
    } catch (error) {
      const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      if (!isThere) throw new Fault('requestInvalid', systemSentence(error) ?? `${folder} cannot be made.`, [], { cause: error });
    }
  }
}
