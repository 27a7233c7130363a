import { readIndication, readListed, readRead, readStorageUse, type StoredMessage } from '../at/answers.ts';
import type { Channel } from '../at/channel.ts';
import * as commands from '../at/commands.ts';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { Log } from '../base/log.ts';
import { Alarm } from '../base/waits.ts';
import { attempt, attemptOk } from './ask.ts';
import { type Memory, THE_ONE } from './settings.ts';

/**
 * Empties the modem's memories: what it announces, what it had when it was plugged in, and what it forgot to announce.
 * Reading, committing and deleting are one after the other for each message, and a message is deleted only when
 * `commit` has resolved (requirements I01, I08). One worker for all, since `+CPMS` chooses the memory for the next
 * command, whoever gives it.
 */
export class Storage {
  readonly #channel: Channel;
  readonly #log: Log;
  readonly #commit: (message: StoredMessage & { pdu: string }) => Promise<void>;
  /** The one into which messages come last, so that it is the one that stays chosen. */
  #lastFirst: readonly Memory[] = [];
  readonly #alarm: Alarm;
  readonly #clock: Clock;
  readonly #slotsLie: boolean;
  readonly #onTextMode: () => void;
  /** What is to be done, in order; a slot or a whole memory, each once. */
  readonly #tasks = new Map<string, Task>();
  /** Committed messages that the modem would not delete, by memory and slot. */
  readonly #undeleted = new Map<string, Undeleted>();
  /** Slots whose message the modem lists and does not show, or not whole, and how often. */
  readonly #unshown = new Map<string, number>();
  /** Percent in use, by memory. */
  readonly #filled = new Map<string, number>();
  /** Memories to be read again, and when, milliseconds of the monotonic clock. */
  readonly #due = new Set<string>();
  #dueAt = Number.POSITIVE_INFINITY;
  #working = false;
  #selected: string | undefined;
  /** Commits in a row that failed. */
  #failures = 0;

  /**
   * @param parts.slotsLie the slot that is announced for a report is not where it is
   * @param parts.onTextMode the modem has forgotten that it was set to PDU mode
   * @param parts.commit resolves when the message is on the disk
   */
  constructor(parts: {
    channel: Channel;
    clock: Clock;
    log: Log;
    slotsLie: boolean;
    onTextMode: () => void;
    commit: (message: StoredMessage & { pdu: string }) => Promise<void>;
  }) {
    this.#channel = parts.channel;
    this.#clock = parts.clock;
    this.#slotsLie = parts.slotsLie;
    this.#onTextMode = parts.onTextMode;
    this.#log = parts.log;
    this.#commit = parts.commit;
    this.#alarm = new Alarm(parts.clock, () => this.#retry());
    parts.channel.whenOver(() => this.#alarm.cancel());
  }

  /** Messages that are kept safe but still lie in the modem because it does not delete them. */
  get undeletable(): number {
    return [...this.#undeleted.values()].filter((u) => u.tries >= ALERT_AFTER).length;
  }

  /** Percent of the fullest memory that were in use when it was last looked at. */
  get filled(): number {
    return Math.max(0, ...this.#filled.values());
  }

  /** Takes a `+CMTI` or `+CDSI`; false for any other line. */
  hear(text: string): boolean {
    if (!INDICATION.test(text)) return false;
    const announced = readIndication(text);
    if (!announced) {
      // Something came, and it does not say where in a way that could be asked for.
      this.drain();
      return true;
    }
    const memory = this.#lastFirst.includes(THE_ONE) ? THE_ONE : announced.memory;
    this.#add(this.#slotsLie && text.startsWith('+CDSI') ? { kind: 'memory', memory } : { kind: 'slot', memory, index: announced.index });
    return true;
  }

  /** The settings were made: these memories can be read (`Settings.memories`), and the first of them is chosen. */
  use(memories: readonly Memory[]): void {
    this.#lastFirst = memories.toReversed();
    this.#selected = memories[0];
  }

  /** The modem may have chosen another memory by itself. */
  forgetSelection(): void {
    this.#selected = undefined;
  }

  /** Reads everything that is stored, in all memories. */
  drain(): void {
    for (const memory of this.#lastFirst) this.#add({ kind: 'memory', memory });
  }

  /** Looks how full the memories are and drains those that are not empty: the net under announcements that were lost. */
  look(): void {
    for (const memory of this.#lastFirst) this.#add({ kind: 'look', memory });
  }

  // ---- the worker -------------------------------------------------------------------------------------------------

  #add(task: Task): void {
    this.#tasks.set(keyOf(task), task);
    if (!this.#working) {
      this.#working = true;
      void this.#work();
    }
  }

  /** Never rejects: what fails is tried again later, and the end of the session ends it. */
  async #work(): Promise<void> {
    for (const task of this.#next()) {
      try {
        await this.#perform(task);
      } catch (error) {
        if (this.#channel.over) break;
        this.#log.warn({ err: error, memory: task.memory }, 'a stored message could not be taken over; it stays in the modem');
        this.#failures += 1;
        // Where only the disk is full, it is looked at every few seconds: the SIM fills up meanwhile.
        this.#later(task.memory, isPassing(error) ? Math.min(this.#failures, QUICKLY) : this.#failures);
      }
    }
    this.#working = false;
  }

  *#next(): Generator<Task> {
    for (;;) {
      const [first] = this.#tasks;
      if (!first || this.#channel.over) return;
      this.#tasks.delete(first[0]);
      yield first[1];
    }
  }

  async #perform(task: Task): Promise<void> {
    const use = await this.#select(task.memory, task.kind === 'look');
    if (use === 'refused') {
      // It was announced in a memory that is not there, so it lies in another.
      if (task.kind === 'slot') this.drain();
      return;
    }
    switch (task.kind) {
      case 'slot':
        if ((await this.#takeSlot(task.memory, task.index)) !== 'taken') this.#add({ kind: 'memory', memory: task.memory });
        return;
      case 'memory':
        await this.#takeAll(task.memory);
        return;
      case 'look':
        if (use === undefined || use > this.#stuck(task.memory)) await this.#takeAll(task.memory);
        return;
    }
  }

  /** How many messages lie in a memory that are not news. */
  #stuck(memory: string): number {
    return [...this.#undeleted.keys(), ...this.#unshown.keys()].filter((key) => key.startsWith(`${memory} `)).length;
  }

  /** Chooses the memory to read. Returns how many messages it holds, where that was asked for and told. */
  async #select(memory: string, count: boolean): Promise<number | undefined | 'refused'> {
    if (memory === THE_ONE || (this.#selected === memory && !count)) return undefined;
    const answer = await attemptOk(this.#channel, commands.selectStorages(memory), count ? 'idle' : 'traffic');
    if (!answer) return this.#selected === memory ? undefined : 'refused';
    this.#selected = memory;
    const use = readStorageUse(answer.info)[0];
    if (use && count) this.#filled.set(memory, use.total > 0 ? Math.round((100 * use.used) / use.total) : 0);
    return use?.used;
  }

  /**
   * Empty: its announcement was wrong, or the message was taken before. Serial lines lose octets, and what is
   * taken is deleted: one that is not as long as announced is read until two readings agree.
   * @param before how it was read last
   * @returns whether it was taken, or stays to be looked at again; empty or refused: there is nothing to be had
   */
  async #takeSlot(memory: string, index: number, before?: string): Promise<'taken' | 'empty' | 'refused'> {
    const slot = keyOf({ kind: 'slot', memory, index });
    let last = before;
    for (let left = READINGS; ; left -= 1) {
      const answer = await attempt(this.#channel, commands.readMessage(index));
      const stored = answer?.result.kind === 'ok' ? readRead(index, answer.info) : undefined;
      if (!stored) {
        // What could not be deleted before is gone after all.
        if (answer !== undefined && this.#undeleted.delete(slot)) return 'taken';
        return answer?.result.kind === 'ok' ? 'empty' : 'refused';
      }
      if (stored.isText) this.#onTextMode();
      else if (stored.whole || stored.pdu === last) {
        await this.#take(memory, stored);
        return 'taken';
      }
      if (stored.isText || left === 1) {
        // It stays there until the modem shows it whole, and as a PDU, unless it never does.
        if (this.#unshownFor(slot, memory, index) !== undefined) await this.#take(memory, stored);
        return 'taken';
      }
      last = stored.pdu;
    }
  }

  async #takeAll(memory: string): Promise<void> {
    const answer = await attemptOk(this.#channel, commands.listMessages());
    if (!answer) {
      await this.#scan(memory);
      return;
    }
    for (const row of answer.info) {
      const stored = readListed(row);
      if (!stored) continue;
      // What the list does not show, or not whole, reading it alone may.
      const isShown = stored.pdu !== undefined && stored.whole && !stored.isText;
      const slot = isShown ? 'refused' : await this.#takeSlot(memory, stored.index, stored.pdu);
      // Only what both say to be of no octets is nobody's message.
      if (slot !== 'taken') await this.#take(memory, stored, slot === 'empty' && stored.isEmpty);
    }
  }

  /** For modems without `+CMGL`: slot by slot, as many as the modem says it has, until as many are found as it says are used. */
  async #scan(memory: string): Promise<void> {
    const answer = await attemptOk(this.#channel, commands.storageUse());
    const use = answer && readStorageUse(answer.info).find((u) => u.memory === undefined || u.memory === memory);
    if (!use && memory !== THE_ONE) return;
    let left = use?.used ?? SLOTS_UNKNOWN;
    for (let index = 0; index <= Math.min(use?.total ?? SLOTS_UNKNOWN, MAX_SLOTS) && left > 0; index += 1) {
      if ((await this.#takeSlot(memory, index)) === 'taken') left -= 1;
    }
  }

  // ---- one message ------------------------------------------------------------------------------------------------

  /** @param isNothing a slot that is in use with nothing in it, which is removed and was never a message */
  async #take(memory: string, stored: StoredMessage, isNothing = false): Promise<void> {
    const key = keyOf({ kind: 'slot', memory, index: stored.index });
    const pdu = stored.pdu ?? this.#unshownFor(key, memory, stored.index);
    if (pdu === undefined) return;
    this.#unshown.delete(key);
    const known = this.#undeleted.get(key);
    // The same octets in the same slot are the message that is safe already; a later one there is a new message.
    if (known?.pdu !== pdu) {
      this.#undeleted.delete(key);
      if (!isNothing) await this.#commit({ ...stored, pdu });
      this.#failures = 0;
    }
    const tries = this.#undeleted.get(key)?.tries ?? 0;
    const answer = await attemptOk(this.#channel, commands.deleteMessage(stored.index));
    if (answer) {
      this.#undeleted.delete(key);
      return;
    }
    this.#undeleted.set(key, { memory, index: stored.index, pdu, tries: tries + 1 });
    if (tries + 1 === ALERT_AFTER) {
      this.#log.warn(
        { memory, slot: stored.index },
        'the modem does not delete a stored message; it is kept safe, but the memory may fill up',
      );
    }
    this.#later(memory, tries + 1);
  }

  /** A message that the modem does not show, or never twice alike: undefined while it still might; then that it was there is kept, as no octets. */
  #unshownFor(key: string, memory: Memory, slot: number): string | undefined {
    const looks = (this.#unshown.get(key) ?? 0) + 1;
    if (looks > LOOKS_AT_UNSHOWN) return '';
    if (looks === 1)
      this.#log.warn({ memory, slot }, 'the modem holds a message that it does not show, or not whole; it is looked at again');
    this.#unshown.set(key, looks);
    this.#later(memory, looks);
    return undefined;
  }

  // ---- again, later -----------------------------------------------------------------------------------------------

  /** @param failures how many there were in a row */
  #later(memory: string, failures: number): void {
    if (this.#channel.over) return;
    this.#due.add(memory);
    const wait = BACKOFF[Math.min(failures, BACKOFF.length) - 1] ?? 1_000;
    const at = this.#clock.monotonic() + wait;
    if (at >= this.#dueAt) return;
    this.#dueAt = at;
    this.#alarm.in(wait);
  }

  #retry(): void {
    this.#dueAt = Number.POSITIVE_INFINITY;
    const memories = [...this.#due];
    this.#due.clear();
    for (const memory of memories) this.#add({ kind: 'memory', memory });
  }
}

type Task =
  | { readonly kind: 'slot'; readonly memory: Memory; readonly index: number }
  | { readonly kind: 'memory'; readonly memory: string }
  | { readonly kind: 'look'; readonly memory: string };

interface Undeleted {
  readonly memory: Memory;
  readonly index: number;
  readonly pdu: string;
  readonly tries: number;
}

const keyOf = (task: Task): string => (task.kind === 'slot' ? `${task.memory} ${task.index}` : `${task.memory} ${task.kind}`);

const INDICATION = /^\+(?:CMTI|CDSI):/;

/** Failures to delete one message after which somebody should know (requirement I02). */
const ALERT_AFTER = 3;

/** Milliseconds before the memory is read again after the first failure in a row, the second ... */
const BACKOFF = [1_000, 5_000, 15_000, 60_000, 300_000];

/** Waits of this many failures at most, while the store may soon take what it refuses now (S03). */
const QUICKLY = 2;

/** Whether it is the store that has no room, and not the modem or the message. */
const isPassing = (error: unknown): boolean => error instanceof Fault && (error.code === 'storeFull' || error.code === 'unavailable');

/** Looks at a message that is not shown before it is given up: about a minute and a half. */
const LOOKS_AT_UNSHOWN = 4;

/** Readings of one message that was not whole. */
const READINGS = 3;

/** Slots that are tried in a modem that neither lists its messages nor says how many it holds. */
const SLOTS_UNKNOWN = 50;

/** More slots than any SIM or modem has; one that claims more is not scanned any further (gammu's issue 590: 27585). */
const MAX_SLOTS = 1_000;
