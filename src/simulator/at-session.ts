import type { Duplex } from 'node:stream';
import { type AtCommand, parseLine, withoutControls } from './at-line.ts';
import type { CommandTable } from './command-table.ts';
import { run } from './command-table.ts';
import { CME_TEXTS } from './error-texts.ts';
import { ERROR, errorOf, type Final, type Me, MUTE, OK, type Verdict } from './me.ts';
import { NOISE } from './noise.ts';

/** What hangs, and what wakes it. */
export type Wakes = 'replug' | 'reset' | 'escape';

/** A line longer than this is not a command. */
const LONGEST_LINE = 2048;
/** A TPDU of 164 octets behind a SMSC prefix of 12, in hexadecimal, with room for mistakes. */
const LONGEST_TEXT = 4096;
/** What comes while a command is under way waits, up to so much. */
const LONGEST_INPUT = 65_536;

const CTRL_Z = '\x1a';
const ESC = '\x1b';

/** V.250 6.2.1 result codes in numbers, for ATV0. */
const NUMERIC: Record<string, string> = { OK: '0', RING: '2', 'NO CARRIER': '3', ERROR: '4' };

/**
 * A host at the modem's port: octets in, octets out.
 *
 * States: `command` gathers a line up to its CR and runs it; `busy` waits for the end of a command, and what comes
 * meanwhile waits in the input; `unprompted` has a prompt due, input waits too; `text` gathers what follows the prompt,
 * up to Ctrl-Z or ESC, and unsolicited lines wait until that is over; `closed` is over.
 * A modem that hangs (`silence`) takes all input and says nothing, except that what wakes it wakes it.
 */
export class AtSession {
  #state: 'command' | 'busy' | 'unprompted' | 'text' | 'closed' = 'command';
  #input = '';
  #lastLine = '';
  #take: ((text: string) => Verdict) | undefined;
  #heldBack: string[] = [];
  #noise: readonly string[] | undefined;
  #silent: Wakes | undefined;

  constructor(
    private readonly me: Me,
    private readonly table: CommandTable,
    private readonly stream: Duplex,
    private readonly closed: () => void,
  ) {
    stream.on('data', (chunk: Buffer) => this.#receive(chunk));
    stream.on('error', () => this.#close());
    stream.on('end', () => this.#close());
    stream.on('close', () => this.#close());
  }

  /** Ends the session as a pulled plug does. */
  destroy(): void {
    this.#close();
    this.stream.destroy();
  }

  /** The modem hangs until that. */
  sleep(wakes: Wakes): void {
    this.#silent = wakes;
  }

  /** It hangs no more. */
  wake(): void {
    this.#silent = undefined;
    this.#pump();
  }

  /** A line that answers nothing: `+CMTI: "SM",1`. */
  unsolicited(line: string): void {
    this.#say(this.me.settings.verbose ? `\r\n${line}\r\n` : `${NUMERIC[line] ?? line}\r\n`);
  }

  /** Writes, or keeps until the host has given its text: modems do not talk into it. */
  #say(text: string): void {
    if (this.#state === 'text') this.#heldBack.push(text);
    else this.#write(text);
  }

  #close(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.closed();
  }

  #write(text: string | Buffer): void {
    if (this.#state === 'closed' || this.#silent !== undefined || this.stream.destroyed || text.length === 0) return;
    this.stream.write(typeof text === 'string' ? Buffer.from(text, 'latin1') : text);
  }

  #receive(chunk: Buffer): void {
    this.#input = (this.#input + chunk.toString('latin1')).slice(-LONGEST_INPUT);
    this.#pump();
  }

  #pump(): void {
    for (;;) {
      if (this.#silent !== undefined) {
        this.#sleep(this.#silent);
        return;
      }
      if (this.#state === 'command') {
        if (!this.#pumpLine()) return;
      } else if (this.#state === 'text') {
        if (!this.#pumpText()) return;
      } else return;
    }
  }

  /** Input while the modem hangs: dropped, unless it wakes it. */
  #sleep(wakes: Wakes): void {
    const input = this.#input;
    if (wakes === 'escape' && input.includes(ESC)) {
      this.#input = input.slice(input.lastIndexOf(ESC) + 1);
      this.#state = 'command';
      this.me.wake();
      return;
    }
    // Enough to know a command by whose octets come one by one.
    this.#input = input.slice(-32);
    if (wakes === 'reset' && /AT\+CFUN=1,1\r/i.test(input)) this.me.reboot();
  }

  /** Runs the next whole line of the input. False when there is none. */
  #pumpLine(): boolean {
    const end = this.#input.indexOf('\r');
    if (end < 0) {
      if (this.#input.length > LONGEST_LINE) this.#input = '';
      return false;
    }
    const raw = this.#input.slice(0, end);
    this.#input = this.#input.slice(end + 1);
    if (this.me.settings.echo) this.#write(`${raw.replaceAll('\n', '')}\r`);
    // Leading rubbish, LF of the line before and a stray ESC or Ctrl-Z are not part of a command (V.250 5.2.1).
    const line = withoutControls(raw).trim();
    if (/^A\/$/i.test(line)) this.#runLine(this.#lastLine);
    else if (/^AT/i.test(line)) {
      this.#lastLine = line.slice(2);
      this.#runLine(this.#lastLine);
    }
    return true;
  }

  /** Looks for the end of the text. False when it has not come. */
  #pumpText(): boolean {
    const z = this.#input.indexOf(CTRL_Z);
    const esc = this.#input.indexOf(ESC);
    const cancelled = esc >= 0 && (z < 0 || esc < z);
    const end = cancelled ? esc : z;
    if (end < 0) {
      if (this.#input.length > LONGEST_TEXT) this.#input = this.#input.slice(-LONGEST_TEXT);
      return false;
    }
    const text = this.#input.slice(0, end);
    this.#input = this.#input.slice(end + 1);
    if (this.me.settings.echo) this.#write(text);
    const take = this.#take;
    this.#take = undefined;
    this.#state = 'command';
    this.#releaseHeld();
    // ESC ends the dialogue with OK: Quectel EC25&EC21 AT Commands Manual, "AT+CMGS" ("<ESC> quits sending").
    this.#follow(cancelled || !take ? OK : take(text), []);
    return true;
  }

  #releaseHeld(): void {
    const texts = this.#heldBack;
    this.#heldBack = [];
    for (const text of texts) this.#write(text);
  }

  #runLine(body: string): void {
    const commands = parseLine(body);
    const noise = this.me.faults.take('noise', { modem: this.me.name });
    this.#noise = noise ? (noise.lines ?? NOISE) : this.#ownNoise;
    if (!commands || commands.length === 0) {
      this.#follow(commands ? (this.#fault('AT') ?? OK) : ERROR, []);
      return;
    }
    const lines: string[] = [];
    for (const command of commands) {
      const verdict = this.#fault(command.name) ?? this.#runOne(command);
      // After +CMGS and its like, what stands behind on the line is ignored (TS 27.005 3.5.1).
      if (verdict.kind !== 'ok' || command === commands.at(-1)) {
        this.#follow(verdict, lines);
        return;
      }
      lines.push(...verdict.lines);
      verdict.then?.();
    }
  }

  /** What this make of modem says by itself. */
  get #ownNoise(): readonly string[] | undefined {
    const { noise } = this.me.model;
    return noise.length > 0 && this.me.settings.noisy ? noise : undefined;
  }

  #runOne(command: AtCommand): Verdict {
    return run(this.table, this.me, command);
  }

  /** The answer of a scripted fault to this command, if one strikes. */
  #fault(command: string): Final | undefined {
    const spec = this.me.faults.take('command', { modem: this.me.name, command });
    switch (spec?.fault) {
      case undefined:
        return undefined;
      case 'commandUnanswered':
        return MUTE;
      case 'rubbish':
        return { kind: 'rubbish', octets: this.me.random.bytes(spec.octets) };
      case 'silence':
        this.me.fallSilent(spec);
        return MUTE;
      case 'commandFails':
      case 'deleteFails':
        return errorOf(spec);
    }
  }

  /** @param lines information of the commands before this one on the same line */
  #follow(verdict: Verdict, lines: readonly string[]): void {
    if (this.#state === 'closed') return;
    if (verdict.kind === 'prompt') {
      if (lines.length > 0) this.#write(this.#information(lines));
      this.#state = 'unprompted';
      this.me.after(verdict.afterMs, () => this.#prompt(verdict));
    } else if (verdict.kind === 'later') {
      if (lines.length > 0) this.#write(this.#information(lines));
      this.#wait(verdict);
    } else this.#end(verdict, lines);
  }

  #prompt(verdict: Extract<Verdict, { kind: 'prompt' }>): void {
    if (this.#state !== 'unprompted') return;
    // <CR><LF><greater_than><space> (TS 27.005 3.5.1)
    if (verdict.shown) this.#write(`${this.#noisy([])}\r\n> `);
    this.#take = (text) => verdict.take(text);
    this.#state = 'text';
    // A host that has not waited has its text in the input already.
    if (verdict.afterMs > 0) this.#pump();
  }

  #wait(verdict: Extract<Verdict, { kind: 'later' }>): void {
    this.#write(this.#noisy([]));
    if (verdict.blocking) this.#state = 'busy';
    let within = true;
    let over = false;
    verdict.run((final) => {
      if (over) return;
      over = true;
      if (verdict.blocking && this.#state === 'busy') this.#state = 'command';
      this.#end(final, []);
      if (!within) this.#pump();
    });
    within = false;
  }

  /** Writes the end of an answer. */
  #end(final: Final, before: readonly string[]): void {
    if (final.kind === 'mute') return;
    if (final.kind === 'rubbish') {
      this.#write(final.octets);
      return;
    }
    const lines = final.kind === 'ok' ? [...before, ...final.lines] : before;
    this.#say(this.#information(lines) + this.#result(final));
    this.#noise = undefined;
    if (final.kind === 'ok') final.then?.();
  }

  #information(lines: readonly string[]): string {
    const pieces = lines.map((line) => (this.me.settings.verbose ? `\r\n${line}\r\n` : `${line}\r\n`));
    return this.#noise ? this.#noisy(pieces) : pieces.join('');
  }

  #noisy(pieces: readonly string[]): string {
    const noise = (this.#noise ?? []).map((line) => `\r\n${line}\r\n`).join('');
    return noise + pieces.map((piece) => piece + noise).join('');
  }

  #result(final: Exclude<Final, { kind: 'mute' | 'rubbish' }>): string {
    const { quiet, verbose, cmee } = this.me.settings;
    if (quiet) return '';
    // TS 27.005 3.2.5: +CMS ERROR does not depend on +CMEE. TS 27.007 9.1: +CME ERROR does.
    if (final.kind === 'cms') return `\r\n+CMS ERROR: ${final.code}\r\n`;
    if (final.kind === 'cme' && final.code === 4 && this.me.model.unknownCommand !== undefined)
      return `\r\n${this.me.model.unknownCommand}\r\n`;
    if (final.kind === 'cme' && cmee > 0) return `\r\n+CME ERROR: ${cmee === 2 ? (CME_TEXTS[final.code] ?? 'unknown') : final.code}\r\n`;
    const word = final.kind === 'ok' ? 'OK' : 'ERROR';
    return verbose ? `\r\n${word}\r\n` : `${NUMERIC[word]}\r`;
  }
}
