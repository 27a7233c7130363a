import { errorCode } from './error-code.ts';

const WORDS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there',
  EADDRNOTAVAIL: 'this machine has no such address',
  EACCES: 'this user may not; ports below 1024 are for root',
  EPERM: 'this user may not',
  ENOTFOUND: 'nobody knows the name',
  EAI_AGAIN: 'the name cannot be looked up now',
};

/** Why nothing can listen on an address, for the middle of a sentence: what the system says of it is for programmers. */
export function whyUnbound(error: unknown): string {
  return WORDS[errorCode(error) ?? ''] ?? (error instanceof Error ? error.message : String(error));
}
