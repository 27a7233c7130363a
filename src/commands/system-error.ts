import { Fault } from '../base/fault.ts';
import { makeFolder } from '../base/folders.ts';

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
 * Makes a folder that a person named, and those above it, for this user alone.
 * @throws Fault `requestInvalid` when it cannot be had
 */
export function makeNamedFolder(path: string): void {
  try {
    makeFolder(path);
  } catch (error) {
    throw new Fault('requestInvalid', systemSentence(error) ?? `${path} cannot be made.`, [], { cause: error });
  }
}
