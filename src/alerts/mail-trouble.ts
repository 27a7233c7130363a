import { errorCode } from '../base/error-code.ts';
import { whyUnreached } from '../base/unreached.ts';

/** What a mail server said is shown so far, UTF-16 units. */
const SHOWN = 200;

/** What nodemailer found, by its codes: what is wrong, and what to do. */
const WORDS: Readonly<Record<string, string>> = {
  ETIMEDOUT: 'does not answer; look at host and port',
  ECONNECTION: 'hung up; look at port and security',
  EPROTOCOL: 'does not want to talk; look at host and port',
  EAUTH: 'does not take the user and the password; correct them',
  ENOAUTH: 'wants a user and a password; give them',
  EENVELOPE: 'does not take the mail; look at mailFrom and mailTo',
  EMESSAGE: 'does not take the mail; look at mailFrom and mailTo',
  ETLS: 'begins no TLS when it is asked to; look at port and security',
  ESOCKET: 'lets no secure connection come about; look at port, security and its certificate',
};

/** Why a mail did not go: one sentence for whoever wrote `[alerts]`. */
export function mailTrouble(error: unknown, { host, port }: { readonly host: string; readonly port: number }): string {
  const server = `The mail server ${host}:${port}`;
  if (!(error instanceof Error)) return `${server} cannot be used.`;
  if ('errno' in error && error.errno !== undefined)
    return `${server} cannot be reached: ${whyUnreached(error)}; look at host and port in [alerts].`;
  const said = 'response' in error && typeof error.response === 'string' ? error.response.replaceAll(/\s+/g, ' ').slice(0, SHOWN) : '';
  const what = WORDS[errorCode(error) ?? ''] ?? `cannot be used (${error.message.slice(0, SHOWN)}); look at it`;
  return `${server} ${what} in [alerts].${said === '' ? '' : ` It said: ${said}`}`;
}
