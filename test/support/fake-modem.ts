import type { Duplex } from 'node:stream';

/** An SMS-DELIVER of 30 octets behind an SMSC address of 8, told apart by its last octet. */
export const deliver = (n: number): string =>
  `07918380000005F1040C918350214365870000621122010000000CC8329BFD065DDF72363904${n.toString(16).padStart(2, '0').toUpperCase()}`;

/** What a fake modem does with one CMGS: lines to say, or null to stay silent. */
export type Outcome = (pdu: string, mr: number) => readonly string[] | null;

/**
 * A modem in a hundred lines, written from the text of TS 27.005 and importing nothing of Simpost, so that a mistake
 * of the modem layer's author about what modems say is not made twice. It has no timers: whatever comes late comes
 * when a test calls `say`.
 */
export class FakeModem {
  imei = '356938035643809';
  iccid = '89380062300123456789';
  imsi = '255061234567890';
  echo = true;
  registration = '0,1';
  storage = new Map<number, { stat: number; pdu: string }>();
  /** Everything that was asked, line by line; a PDU stands as `PDU:…`, an ESC as `ESC`. */
  readonly heard: string[] = [];
  /** TPDUs that were taken, in hex as they came. */
  readonly taken: string[] = [];
  mr = 41;
  prompt: 'at once' | 'never' = 'at once';
  outcome: Outcome = (_pdu, mr) => [`+CMGS: ${mr}`, 'OK'];
  /** Answers instead of the usual ones, by the beginning of the command, the longest that fits; null is silence. */
  readonly instead = new Map<string, readonly string[] | null>();
  #input = '';
  #writing = false;
  readonly #line: Duplex;
  readonly #watchers = new Set<() => void>();

  constructor(line: Duplex) {
    this.#line = line;
    line.on('error', () => undefined);
    line.on('data', (chunk: Buffer) => this.#take(chunk.toString('latin1')));
  }

  /** Says lines as a modem does: each with a line end before and behind it. */
  say(...lines: readonly string[]): void {
    this.raw(lines.map((line) => `\r\n${line}\r\n`).join(''));
  }

  raw(octets: string): void {
    if (!this.#line.destroyed) this.#line.write(Buffer.from(octets, 'latin1'));
  }

  /** Prompts for the text of a message, asked or not. */
  askForText(): void {
    this.#writing = true;
    this.raw('\r\n> ');
  }

  unplug(): void {
    this.#line.destroy();
  }

  /** Resolves when something was heard that begins so; counts from `from`. */
  async until(beginning: string, from = 0): Promise<void> {
    while (!this.heard.slice(from).some((line) => line.startsWith(beginning))) {
      await new Promise<void>((resolve) => this.#watchers.add(resolve));
    }
  }

  #note(line: string): void {
    this.heard.push(line);
    const watchers = [...this.#watchers];
    this.#watchers.clear();
    for (const watcher of watchers) watcher();
  }

  #take(octets: string): void {
    for (const octet of octets) {
      if (octet === '\x1b') {
        this.#note('ESC');
        this.#writing = false;
        this.#input = '';
      } else if (octet === (this.#writing ? '\x1a' : '\r')) {
        const line = this.#input;
        this.#input = '';
        if (this.#writing) this.#submitted(line);
        else this.#command(line);
      } else this.#input += octet;
    }
  }

  #submitted(pdu: string): void {
    this.#writing = false;
    this.#note(`PDU:${pdu}`);
    const lines = this.outcome(pdu, this.mr);
    if (lines?.[0]?.startsWith('+CMGS:')) {
      this.taken.push(pdu);
      this.mr = (this.mr + 1) % 256;
    }
    if (lines) this.say(...lines);
  }

  #command(line: string): void {
    this.#note(line);
    if (this.echo) this.raw(`${line}\r`);
    const fitting = [...this.instead].filter(([beginning]) => line.startsWith(beginning));
    const special = fitting.sort(([a], [b]) => b.length - a.length)[0];
    if (special) {
      if (special[1]) this.say(...special[1]);
      return;
    }
    if (line.startsWith('AT+CMGS=')) {
      if (this.prompt === 'at once') this.askForText();
      return;
    }
    this.say(...this.#answer(line));
  }

  #answer(line: string): readonly string[] {
    const slot = Number(/\d+$/.exec(line)?.[0]);
    const stored = this.storage.get(slot);
    const size = (pdu: string): number => pdu.length / 2 - 1 - Number.parseInt(pdu.slice(0, 2), 16);
    if (line === 'ATE0') this.echo = false;
    if (line === 'AT+CGSN') return [this.imei, 'OK'];
    if (line === 'AT+CGMI') return ['Fake', 'OK'];
    if (line === 'AT+CGMM') return ['F100', 'OK'];
    if (line === 'AT+CPIN?') return ['+CPIN: READY', 'OK'];
    if (line === 'AT+CCID') return [`+CCID: "${this.iccid}"`, 'OK'];
    if (line === 'AT+CIMI') return [this.imsi, 'OK'];
    if (line === 'AT+CNUM') return ['+CNUM: ,"+380501112233",145', 'OK'];
    if (line === 'AT+CSCA?') return ['+CSCA: "+380500000501",145', 'OK'];
    if (line === 'AT+CREG?') return [`+CREG: ${this.registration}`, 'OK'];
    if (line === 'AT+COPS?') return ['+COPS: 0,0,"Fakecom",2', 'OK'];
    if (line === 'AT+CSQ') return ['+CSQ: 20,99', 'OK'];
    if (line === 'AT+CPMS=?') return ['+CPMS: ("SM"),("SM"),("SM")', 'OK'];
    if (line.startsWith('AT+CPMS')) {
      const use = line.endsWith('?') ? `"SM",${this.storage.size},20` : `${this.storage.size},20`;
      return [`+CPMS: ${use},${use},${use}`, 'OK'];
    }
    if (line === 'AT+CMGL=4') return [...[...this.storage].map(([i, m]) => `+CMGL: ${i},${m.stat},,${size(m.pdu)}\r\n${m.pdu}`), 'OK'];
    if (line.startsWith('AT+CMGR='))
      return stored ? [`+CMGR: ${stored.stat},,${size(stored.pdu)}\r\n${stored.pdu}`, 'OK'] : ['+CMS ERROR: 321'];
    if (line.startsWith('AT+CMGD=')) return this.storage.delete(slot) ? ['OK'] : ['+CMS ERROR: 321'];
    if (/^AT(?:E0|\+(?:CMEE|CMGF|CSMS|CNMI|CREG|COPS|CNMA)\b.*)?$/.test(line)) return ['OK'];
    return ['ERROR'];
  }
}
