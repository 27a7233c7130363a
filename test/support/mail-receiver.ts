import { createServer, type Server } from 'node:net';
import { type Deferred, deferred } from '../../src/base/waits.ts';
import { portOf } from './port-of.ts';

/** Somebody's mail server on the loopback, as far as a client that sends notices it (RFC 5321). */
export class MailReceiver {
  /** Each mail as it came, headers and all; quoted-printable and base64 are left as they are. */
  readonly mails: { readonly from: string; readonly to: readonly string[]; readonly data: string }[] = [];
  /** What it says to the greeting of a client; anything but 2xx sends it away. */
  greeting = '250 well met';
  #news: Deferred<void> = deferred();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(): Promise<MailReceiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const receiver = new MailReceiver(server, portOf(server));
    server.on('connection', (socket) => {
      let [buffer, from, data, inData] = ['', '', '', false];
      let to: string[] = [];
      const say = (line: string): void => void socket.write(`${line}\r\n`);
      say('220 mail.test');
      socket.on('error', () => {});
      socket.on('data', (chunk: Buffer) => {
        buffer += chunk.toString('latin1');
        for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
          const line = buffer.slice(0, end);
          buffer = buffer.slice(end + 2);
          if (inData) {
            if (line === '.') {
              receiver.#take({ from, to, data });
              [inData, data, to] = [false, '', []];
              say('250 taken');
            } else data += `${line.startsWith('..') ? line.slice(1) : line}\n`;
            continue;
          }
          const word = line.slice(0, 4).toUpperCase();
          if (word === 'EHLO' || word === 'HELO') say(receiver.greeting);
          else if (word === 'MAIL') {
            from = /<(.*?)>/.exec(line)?.[1] ?? '';
            say('250 ok');
          } else if (word === 'RCPT') {
            to.push(/<(.*?)>/.exec(line)?.[1] ?? '');
            say('250 ok');
          } else if (word === 'DATA') {
            inData = true;
            say('354 go on');
          } else if (word === 'QUIT') {
            say('221 bye');
            socket.end();
          } else say('502 no');
        }
      });
    });
    return receiver;
  }

  /** Resolves when so many mails have come in all. */
  async until(count: number): Promise<void> {
    while (this.mails.length < count) await this.#news.promise;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  #take(mail: (typeof this.mails)[number]): void {
    this.mails.push(mail);
    const news = this.#news;
    this.#news = deferred();
    news.resolve();
  }
}

/** The text of a mail of one part. */
export function mailText(data: string): string {
  const at = data.indexOf('\n\n');
  const [head, body] = [data.slice(0, at), data.slice(at + 2)];
  if (/^content-transfer-encoding: base64/im.test(head)) return Buffer.from(body, 'base64').toString();
  if (!/^content-transfer-encoding: quoted-printable/im.test(head)) return Buffer.from(body, 'latin1').toString();
  const octets = body
    .replaceAll('=\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(octets, 'latin1').toString();
}
