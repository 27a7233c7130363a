import { getSystemErrorName } from 'node:util';
import { errorCode } from './error-code.ts';

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the far side closed',
  ENOENT: 'it does not run',
  ENOTFOUND: 'nobody knows the name',
  EAI_AGAIN: 'the name cannot be looked up now',
  EHOSTUNREACH: 'no way leads there',
  ENETUNREACH: 'no way leads there',
  ETIMEDOUT: 'no answer came',
  EACCES: 'this user may not',
  EPERM: 'this user may not',
};

/** Why a connection did not come about, for the end of a sentence: what the system says of it is for programmers. */
export function whyUnreached(error: Error): string {
  return WORDS[codeOf(error)] ?? error.message;
}

/** Some libraries put a code of their own in the place of that of the system, and leave its number. */
const codeOf = (error: Error): string =>
  'errno' in error && typeof error.errno === 'number' && error.errno < 0 ? getSystemErrorName(error.errno) : (errorCode(error) ?? '');
