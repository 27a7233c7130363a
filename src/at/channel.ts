import { ReadlineParser } from '@serialport/parser-readline';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { Alarm, type Deferred, deferred } from '../base/waits.ts';
import { type Assembly, assemble, EMPTY, quiet, quietAfter } from './assembler.ts';
import { type Command, permitted, permittedPdu } from './commands.ts';
import { advance, newExchange } from './exchange.ts';
import type { Effect, Ending, Exchange, Input, Patience, Submit, Transmission } from './exchange-state.ts';
import { LateReferences } from './late-references.ts';
import type { Info, Line } from './lines.ts';
import { PromptSplitter } from './prompt-splitter.ts';
import type { FinalResult } from './result-codes.ts';
import type { Trace } from './trace.ts';
import { onceGone, type Transport } from './transport.ts';

/** What a modem answered to a command: its result, which may be an error, and the lines that it gave before. */
export interface Answer {
  readonly result: FinalResult;
  readonly info: readonly Info[];
}

/**
 * Who goes first when several wait for the line: an acknowledgement, which the network waits for; then segments and the
 * reading of stored messages as they come; then questions that nobody waits for.
 */
export type Urgency = 'acknowledgement' | 'traffic' | 'idle';

const RANK: Readonly<Record<Urgency, number>> = { acknowledgement: 0, traffic: 1, idle: 2 };

export interface ChannelEvents {
  /** Everything that the modem says unasked, in the order in which it said it. */
  onUnsolicited(info: Info): void;
  /** An answer is overdue, so no command is written until the modem is in step again; the caller may tell others. */
  onOutOfStep?(): void;
  onInStep?(): void;
  /** The modem has forgotten its settings, or its SIM may be another: no segment goes out until `settled` is called. */
  onStartedAnew?(): void;
  /** The end of the session, once: the port is closed by then and all waiters are told. */
  onGone(fault: Fault): void;
}

type Job =
  | { readonly kind: 'command'; readonly rank: number; readonly command: Command; readonly done: Deferred<Answer> }
  | { readonly kind: 'submit'; readonly rank: number; readonly submit: Submit; readonly done: Deferred<Transmission> };

const ESC = '\x1b';
const CTRL_Z = '\x1a';

/**
 * Drives `exchange.ts` over a transport: writes, sets the timer, keeps the queue. Every wait ends once, with an answer,
 * with a Fault (`modemMute`: no answer in time; `portGone`, `closed`), or, for a segment, with its `Transmission`.
 */
export class Channel {
  readonly #port: Transport;
  readonly #events: ChannelEvents;
  readonly #trace: Trace | undefined;
  readonly #clock: Clock;
  readonly #alarm: Alarm;
  readonly #quiet: Alarm;
  readonly #closed = deferred<void>();
  readonly #waiting: Job[] = [];
  #current: Job | undefined;
  #exchange: Exchange;
  #assembly: Assembly = EMPTY;
  readonly #late = new LateReferences();
  readonly #watchers = new Set<() => void>();
  readonly #allowed = new Set<string>();
  #noise: readonly string[] = [];
  #over: Fault | undefined;
  #heard = 0;

  /** @param parts.port must be open and not yet read from */
  constructor(parts: { port: Transport; clock: Clock; events: ChannelEvents; trace?: Trace; patience?: Patience }) {
    this.#port = parts.port;
    this.#events = parts.events;
    this.#trace = parts.trace;
    this.#clock = parts.clock;
    this.#exchange = newExchange(parts.patience);
    this.#alarm = new Alarm(parts.clock, () => this.#feed({ type: 'overdue' }));
    this.#quiet = new Alarm(parts.clock, () => this.#letGo());
    // latin1, so that each octet is one character and a damaged one damages nothing else.
    const lines = new ReadlineParser({ delimiter: '\n', encoding: 'latin1' });
    lines.on('data', (line: string) => this.#hear(line));
    parts.port.pipe(new PromptSplitter()).pipe(lines);
    onceGone(parts.port, (error) => {
      // What the system says of it ("bad file descriptor") is for the log.
      const why = 'The port is gone: the modem was unplugged, or the far side closed.';
      this.#end(new Fault('portGone', why, [], error ? { cause: error } : undefined));
    });
  }

  /** Whether the modem answers in order, as far as we know. */
  get inStep(): boolean {
    const { at } = this.#exchange.phase;
    return at !== 'outOfStep' && at !== 'settling' && at !== 'closed';
  }

  /** Why the session is over, once it is. */
  get over(): Fault | undefined {
    return this.#over;
  }

  /** Calls `fn` when the session is over. Returns what takes that back. */
  whenOver(fn: () => void): () => void {
    this.#watchers.add(fn);
    return () => this.#watchers.delete(fn);
  }

  /** Lines heard in this session: a port that says much and answers nothing is not a modem's. */
  get linesHeard(): number {
    return this.#heard;
  }

  /** There is a modem; by its serial number, if it has told one, a lost answer can be told from the next one. */
  know(serial: string | undefined): void {
    this.#feed({ type: 'known', serial });
  }

  /** Lines of the profile of this modem, which may be written besides those of the grammar. */
  allow(lines: Iterable<string>): void {
    for (const line of lines) this.#allowed.add(line);
  }

  /** Lines that begin so are of no meaning with this modem: nobody hears of them, and they are no part of an answer. */
  ignore(beginnings: readonly string[]): void {
    this.#noise = beginnings;
  }

  /** The settings are made, so segments may go out (again). */
  settled(): void {
    this.#feed({ type: 'settled' });
  }

  /** Asks one command. Resolves with its answer, an error included; rejects when there is none. */
  ask(command: Command, urgency: Urgency = 'traffic'): Promise<Answer> {
    const done = deferred<Answer>();
    if (this.#over) done.reject(this.#over);
    else this.#enqueue({ kind: 'command', rank: RANK[urgency], command, done });
    return done.promise;
  }

  /** Puts one segment on the air. Resolves always; the PDU is written only after the modem's prompt. */
  transmit(submit: Submit): Promise<Transmission> {
    if (!permittedPdu(submit.pdu)) throw new Fault('internal', 'What was to be sent is not the hex of a PDU.');
    const done = deferred<Transmission>();
    if (this.#over) done.resolve({ kind: 'goneBefore' });
    else this.#enqueue({ kind: 'submit', rank: RANK.traffic, submit, done });
    return done.promise;
  }

  /**
   * Waits for the reference of a segment whose outcome was left open: TP-MR, or undefined when the session ends.
   * @param predictedMr the TP-MR that it should get, by which several such segments are told apart
   */
  lateReference(predictedMr: number | null): Promise<number | undefined> {
    return this.#over ? Promise.resolve(undefined) : this.#late.await(predictedMr);
  }

  /** Ends the session. Resolves when the port is closed; whoever waits is told before. */
  async close(): Promise<void> {
    this.#end(closedFault());
    await this.#closed.promise;
  }

  // ---- the machine ------------------------------------------------------------------------------------------------

  #enqueue(job: Job): void {
    const before = this.#waiting.findIndex((w) => w.rank > job.rank);
    if (before < 0) this.#waiting.push(job);
    else this.#waiting.splice(before, 0, job);
    this.#pump();
  }

  #pump(): void {
    while (this.#exchange.phase.at === 'idle' && !this.#current) {
      const job = this.#waiting.shift();
      if (!job) return;
      this.#current = job;
      this.#feed(job.kind === 'command' ? { type: 'run', command: job.command } : { type: 'submit', submit: job.submit });
    }
  }

  #feed(input: Input): void {
    const { state, effects } = advance(this.#exchange, input);
    this.#exchange = state;
    for (const effect of effects) this.#perform(effect);
    if (effects.length > 0) this.#pump();
  }

  #perform(effect: Effect): void {
    switch (effect.type) {
      case 'command':
        if (!permitted(effect.line) && !this.#allowed.has(effect.line))
          throw new Fault('internal', 'A command outside of the grammar was about to be written.');
        this.#write(`${effect.line}\r`, effect.line);
        return;
      case 'pdu':
        this.#write(effect.pdu + CTRL_Z, effect.pdu);
        return;
      case 'escape':
        this.#write(ESC, '<ESC>');
        return;
      case 'timer':
        if (effect.ms === undefined) this.#alarm.cancel();
        else this.#alarm.in(effect.ms);
        return;
      case 'ended':
        this.#ended(effect.ending);
        return;
      case 'transmitted':
        this.#transmitted(effect.transmission);
        return;
      case 'unsolicited':
        this.#events.onUnsolicited(effect.info);
        return;
      case 'late':
        this.#late.arrive(effect.mr);
        return;
      case 'outOfStep':
        this.#events.onOutOfStep?.();
        return;
      case 'inStep':
        this.#late.passAll();
        this.#events.onInStep?.();
        return;
      case 'startedAnew':
        this.#events.onStartedAnew?.();
        return;
      case 'mute':
        this.#end(new Fault('modemMute', 'The modem does not answer any more.'));
        return;
    }
  }

  #write(octets: string, traced: string): void {
    this.#trace?.add(this.#clock.now(), 'sent', traced);
    // A failure comes as the transport's error.
    this.#port.write(octets, 'latin1');
  }

  #hear(raw: string): void {
    if (this.#over) return;
    this.#heard += 1;
    this.#trace?.add(this.#clock.now(), 'heard', raw);
    const before = this.#assembly.quote?.opening;
    const { state, lines } = assemble(this.#assembly, raw);
    this.#assembly = state;
    const wait = quietAfter(state);
    if (wait === undefined) this.#quiet.cancel();
    // From when it was opened, so that whoever talks on cannot hold the line for ever.
    else if (state.quote?.opening !== before) this.#quiet.in(wait);
    this.#say(lines);
  }

  #letGo(): void {
    const { state, lines } = quiet(this.#assembly);
    this.#assembly = state;
    this.#say(lines);
  }

  #say(lines: readonly Line[]): void {
    for (const line of lines) if (!this.#isNoise(line)) this.#feed({ type: 'line', line });
  }

  #isNoise(line: Line): boolean {
    return line.kind === 'info' && line.pdu === undefined && this.#noise.some((beginning) => line.text.startsWith(beginning));
  }

  #ended(ending: Ending): void {
    const job = this.#current;
    this.#current = undefined;
    if (job?.kind !== 'command') return;
    if (ending.kind === 'answered') job.done.resolve({ result: ending.result, info: ending.info });
    else if (ending.kind === 'gone') job.done.reject(this.#over ?? closedFault());
    else {
      const asked = job.command.line.replaceAll(/"[^"]*"/g, '"*"');
      job.done.reject(new Fault('modemMute', `The modem did not answer ${asked} within ${job.command.limit / 1000} s.`));
    }
  }

  #transmitted(transmission: Transmission): void {
    const job = this.#current;
    this.#current = undefined;
    if (transmission.kind === 'accepted') this.#late.taken(transmission.mr);
    if (job?.kind === 'submit') job.done.resolve(transmission);
  }

  // ---- the end ----------------------------------------------------------------------------------------------------

  #end(fault: Fault): void {
    if (this.#over) return;
    this.#over = fault;
    this.#quiet.cancel();
    this.#feed({ type: 'gone' });
    this.#alarm.cancel();
    const waiting = this.#waiting.splice(0);
    for (const job of waiting) {
      if (job.kind === 'submit') job.done.resolve({ kind: 'goneBefore' });
      else job.done.reject(fault);
    }
    this.#late.end();
    for (const watcher of [...this.#watchers]) watcher();
    void this.#shut().then(() => this.#events.onGone(fault));
  }

  /** Closes the port and waits for its `close`, but not for ever: a driver may hold a vanished device. */
  async #shut(): Promise<void> {
    const { promise, resolve } = deferred<void>();
    const alarm = new Alarm(this.#clock, () => resolve());
    if (this.#port.closed) resolve();
    else {
      this.#port.once('close', () => resolve());
      alarm.in(2_000);
      this.#port.destroy();
    }
    await promise;
    alarm.cancel();
    this.#closed.resolve();
  }
}

const closedFault = (): Fault => new Fault('closed', 'The session with the modem has ended.');
