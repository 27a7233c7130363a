import type { Clock, Timer } from '../base/clock.ts';
import type { Inbound, ReceiveOutcome } from './air.ts';
import type { Indications, Settings } from './me.ts';
import type { MemoryName, MessageMemory, MessageStat } from './message-memory.ts';
import { routeInbound } from './routing.ts';

/** How many indications a modem buffers while +CNMI mode is 0; then the oldest go (TS 27.005 3.4.1). */
const BUFFERED = 64;

/** What the inbox needs of its modem. */
export interface InboxParts {
  readonly clock: Clock;
  settings(): Settings;
  memory(name: MemoryName): MessageMemory;
  readonly reportsInto: MemoryName;
  /** Says that of every stored report, whatever the truth. */
  readonly reportIndication: string | undefined;
  unsolicited(line: string): void;
  /** Milliseconds that the host has for +CNMA. */
  readonly acknowledgeMs: number;
}

/**
 * The modem's end of messages that come in.
 *
 * States: `idle`; `waiting` for +CNMA of a message that was handed over directly under +CSMS=1. It ends by +CNMA (the
 * network hears RP-ACK or RP-ERROR), or by time: then the network hears RP-ERROR and <mt> and <ds> of +CNMI become 0, so
 * that the message comes to the storage next time (TS 27.005 3.4.4).
 */
export class Inbox {
  #waiting: { done: (outcome: ReceiveOutcome) => void; timer: Timer } | undefined;
  #buffered: string[] = [];
  /** A message found no room, so the network is to hear when there is some. */
  #overflowed = false;

  constructor(private readonly parts: InboxParts) {}

  /** Takes one message; `done` is called once, when the network may have its answer. */
  receive(item: Inbound, done: (outcome: ReceiveOutcome) => void): void {
    const settings = this.parts.settings();
    const route = routeInbound(item.kind, item.messageClass, settings.cnmi);
    if (route === 'direct') {
      this.#handOver(item, settings, done);
      return;
    }
    const name = item.kind === 'report' ? this.parts.reportsInto : item.messageClass === 2 ? 'SM' : settings.receiveInto;
    const stored = this.parts.memory(name).store(item.pdu, item.length, 0);
    if (!stored) {
      this.refuseAsFull(done);
      return;
    }
    done('taken');
    if (route !== 'indicate') return;
    const slot = `"${name}",${stored.index}`;
    this.#indicate(item.kind === 'report' ? `+CDSI: ${this.parts.reportIndication ?? slot}` : `+CMTI: ${slot}`);
  }

  /** Says that there is no room, whether or not it is so. */
  refuseAsFull(done: (outcome: ReceiveOutcome) => void): void {
    this.#overflowed = true;
    done('memoryFull');
  }

  #handOver(item: Inbound, settings: Settings, done: (outcome: ReceiveOutcome) => void): void {
    if (settings.csms === 1) {
      const timer = this.parts.clock.setTimer(this.parts.acknowledgeMs, () => {
        const cnmi: Indications = { ...settings.cnmi, mt: 0, ds: 0 };
        settings.cnmi = cnmi;
        this.#waiting = undefined;
        done('failed');
      });
      this.#waiting = { done, timer };
    }
    this.parts.unsolicited(item.kind === 'report' ? `+CDS: ${item.length}\r\n${item.pdu}` : `+CMT: ,${item.length}\r\n${item.pdu}`);
    if (settings.csms !== 1) done('taken');
  }

  /** +CNMA: what is to happen once it has been answered; undefined when nothing waits for it. */
  acknowledge(good: boolean): (() => void) | undefined {
    const waiting = this.#waiting;
    if (!waiting) return undefined;
    this.#waiting = undefined;
    waiting.timer.cancel();
    return () => waiting.done(good ? 'taken' : 'failed');
  }

  /** Room was made; true when the network wants to hear of it (RP-SMMA). */
  roomMade(): boolean {
    const wanted = this.#overflowed;
    this.#overflowed = false;
    return wanted;
  }

  #indicate(line: string): void {
    if (this.parts.settings().cnmi.mode !== 0) {
      this.parts.unsolicited(line);
      return;
    }
    this.#buffered.push(line);
    if (this.#buffered.length > BUFFERED) this.#buffered.shift();
  }

  /** Puts a message into a storage as if it had been there, and indicates it if it is unread; false when that is full. */
  keep(name: MemoryName, pdu: string, length: number, stat: MessageStat): boolean {
    const stored = this.parts.memory(name).store(pdu, length, stat);
    if (stored && stat === 0 && this.parts.settings().cnmi.mt > 0) this.#indicate(`+CMTI: "${name}",${stored.index}`);
    return stored !== undefined;
  }

  /** After +CNMI: with a <mode> above 0 the buffer goes out, or is emptied when <bfr> is 1. */
  flush(): void {
    const { mode, bfr } = this.parts.settings().cnmi;
    if (mode === 0) return;
    const lines = this.#buffered;
    this.#buffered = [];
    if (bfr === 0) for (const line of lines) this.parts.unsolicited(line);
  }

  /** The host is gone: nobody will acknowledge. */
  hostGone(): void {
    this.#buffered = [];
    this.acknowledge(false)?.();
  }
}
