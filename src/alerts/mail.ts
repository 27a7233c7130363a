import { createTransport } from 'nodemailer';
import { Fault } from '../base/fault.ts';
import { alertPhrase } from '../texts/alerts.ts';
import { mailTrouble } from './mail-trouble.ts';
import type { Telling } from './telling.ts';
import type { Channel } from './watch.ts';

/** Milliseconds for each step of the dialogue with the mail server. */
const PATIENCE = 20_000;

export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first octet, `starttls` after a word in the clear, `none` only where the server is this machine or its network is trusted. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly user?: string;
  readonly password?: string;
  readonly from: string;
  readonly to: readonly string[];
}

export interface MailParts {
  readonly settings: MailSettings;
  readonly site: string;
  readonly language: string;
  sentence(alert: Telling['raised'][number]): string;
}

/** Tells by e-mail: what is wrong, and what is over. */
export class MailChannel implements Channel {
  readonly name = 'mail';
  readonly tellsOver = true;
  readonly #parts: MailParts;

  constructor(parts: MailParts) {
    this.#parts = parts;
  }

  tell({ raised, over }: Telling): Promise<void> {
    const { site, language, sentence } = this.#parts;
    const phrase = (name: 'subject' | 'greeting' | 'isOver'): string =>
      alertPhrase(name, { site, count: raised.length + over.length }, language);
    const lines = [
      ...(raised.length === 0 ? [] : [phrase('greeting'), ...raised.map((alert) => `- ${sentence(alert)}`), '']),
      ...(over.length === 0 ? [] : [phrase('isOver'), ...over.map((alert) => `- ${sentence(alert)}`), '']),
    ];
    return this.#send(phrase('subject'), lines.join('\n'));
  }

  /** Shows that mail arrives. */
  test(): Promise<void> {
    const { site, language } = this.#parts;
    return this.#send(alertPhrase('subject', { site, count: 1 }, language), alertPhrase('test', {}, language));
  }

  async #send(subject: string, text: string): Promise<void> {
    const { host, port, security, user, password, from, to } = this.#parts.settings;
    const transport = createTransport({
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
      connectionTimeout: PATIENCE,
      greetingTimeout: PATIENCE,
      socketTimeout: PATIENCE,
      // Nothing of a mail is read from the disk or the network.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      await transport.sendMail({ from, to: [...to], subject, text });
    } catch (error) {
      throw new Fault('unavailable', mailTrouble(error, { host, port }), [], { cause: error });
    } finally {
      transport.close();
    }
  }
}
