import type { Duplex } from 'node:stream';
import { deferred } from '../../../src/base/waits.ts';

/** A person at a modem's port: types, and waits for what is to come. */
export class Terminal {
  /** What has come and nobody has waited for yet. */
  unread = '';
  /** Everything that has come. */
  heard = '';
  closed = false;
  #wake: (() => void) | undefined;

  constructor(readonly stream: Duplex) {
    stream.on('data', (chunk: Buffer) => {
      const text = chunk.toString('latin1');
      this.unread += text;
      this.heard += text;
      this.#wake?.();
    });
    stream.on('error', () => {});
    stream.on('close', () => {
      this.closed = true;
      this.#wake?.();
    });
  }

  type(text: string): void {
    this.stream.write(Buffer.from(text, 'latin1'));
  }

  async #change(): Promise<void> {
    const { promise, resolve } = deferred<void>();
    this.#wake = resolve;
    await promise;
  }

  /** Waits for a text or pattern; gives what came up to its end and forgets it. */
  async expect(pattern: string | RegExp): Promise<string> {
    for (;;) {
      const at = typeof pattern === 'string' ? this.unread.indexOf(pattern) : this.unread.search(pattern);
      if (at >= 0) {
        const length = typeof pattern === 'string' ? pattern.length : (pattern.exec(this.unread)?.[0].length ?? 0);
        const got = this.unread.slice(0, at + length);
        this.unread = this.unread.slice(at + length);
        return got;
      }
      if (this.closed) throw new Error(`the port closed before ${pattern} came; there was ${JSON.stringify(this.unread)}`);
      await this.#change();
    }
  }

  /** Types a command line and waits for its final result code. */
  async ask(line: string): Promise<string> {
    this.type(`${line}\r`);
    return this.expect(/\r\n(?:OK|ERROR|\+CM[ES] ERROR: [^\r]*)\r\n/);
  }

  /** The lines of an answer, without empty ones. */
  async lines(line: string): Promise<string[]> {
    return (await this.ask(line)).split('\r\n').filter((text) => text !== '');
  }

  /** Echo off, numeric errors, PDU mode: where most dialogues begin. */
  async begin(...more: string[]): Promise<void> {
    for (const line of ['ATE0', 'AT+CMEE=1', 'AT+CMGF=0', ...more]) {
      const answer = await this.ask(line);
      if (!answer.endsWith('\r\nOK\r\n')) throw new Error(`${line} was answered ${JSON.stringify(answer)}`);
    }
  }

  /** The dialogue of +CMGS up to and with its final result code. */
  async send(submit: { readonly pdu: string; readonly tpduLength: number }): Promise<string> {
    this.type(`AT+CMGS=${submit.tpduLength}\r`);
    await this.expect('\r\n> ');
    this.type(`${submit.pdu}\x1a`);
    return this.expect(/\r\n(?:OK|ERROR|\+CM[ES] ERROR: [^\r]*)\r\n/);
  }

  /** Waits for the port to close. */
  async gone(): Promise<void> {
    while (!this.closed) await this.#change();
  }
}
