import type { CountryCode } from 'libphonenumber-js/min';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { newId } from '../base/ids.ts';
import { type Log, maskNumber } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import { Alarm } from '../base/waits.ts';
import { decodeTpdu } from '../pdu/decode.ts';
import type { Deliver } from '../pdu/deliver.ts';
import { PUSH_PORT, readMmsNotification } from '../pdu/mms-notification.ts';
import type { StatusReport } from '../pdu/status-report.ts';
import { toE164 } from '../policy/e164.ts';
import type { MmsNotice, NewReceived, Placement } from '../store/records/inbound.ts';
import type { Store } from '../store/store.ts';
import { place, SEGMENTS_KEPT } from './reassembly.ts';
import { judgeInbound } from './rules/judge-inbound.ts';

/** A TPDU as a modem handed it over. */
export interface ReceivedPdu {
  readonly iccid: string;
  readonly imei: string;
  /** Hex, SMSC prefix included. */
  readonly pdu: string;
  /** It lost octets on the line, and the network was asked to send it again. */
  readonly isDamaged?: boolean;
}

interface Unreadable {
  readonly type: 'unreadable';
  /** One sentence. */
  readonly problem: string;
}

/** What is known of a received TPDU before it has its place. */
type Facts = Omit<NewReceived, 'placement'>;

const NO_TEXT = 'It is 8-bit data for a program, not a text.';
const COMPRESSED = 'Its text is compressed (TS 23.042), which Simpost cannot undo.';
const DAMAGED = 'Octets of it were lost between the modem and here; the network was asked to send it again.';
/** Of no octets, which is what is handed over once it was looked at for long enough. */
const NOT_SHOWN = 'The modem lists a message and does not show it.';

/** TP-PID of a short message type 0, a "silent" one: acknowledged, and its receipt told to nobody (TS 23.040 9.2.3.9). */
const SILENT = 0x40;

/** A message with segments missing is shown as it is after this, milliseconds. */
const PATIENCE = 600_000;

/** The network redelivers what it has no acknowledgement for within a day, with the same time stamp, milliseconds. */
const REDELIVERY = 86_400_000;

/** An answer belongs to the last text that went to its sender within this, milliseconds. */
const CONVERSATION = 7 * 86_400_000;

/**
 * Takes what modems receive: decodes it, finds its place, and resolves once it is on the disk, so that only then the
 * modem may delete or acknowledge it. Nothing that comes from the air makes it throw: what cannot be read is kept raw.
 */
export class Receiver {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #log: Log;
  readonly #country: CountryCode | undefined;
  readonly #onReport: (iccid: string, report: StatusReport, pdu: string, receivedAt: number) => Promise<void>;
  readonly #onReply: () => void;
  readonly #onText: () => void;
  readonly #queues = new Map<string, Promise<void>>();
  readonly #alarm: Alarm;
  #running = false;

  constructor(parts: {
    store: Store;
    clock: Clock;
    random: Random;
    log: Log;
    country: CountryCode | undefined;
    onReport: (iccid: string, report: StatusReport, pdu: string, receivedAt: number) => Promise<void>;
    /** A reply of our own is written down and is to go out. */
    onReply: () => void;
    /** A text is kept after which something may follow. */
    onText: () => void;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.#log = parts.log;
    this.#country = parts.country;
    this.#onReport = parts.onReport;
    this.#onReply = parts.onReply;
    this.#onText = parts.onText;
    this.#alarm = new Alarm(parts.clock, () => this.#surface());
  }

  /** Looks after messages that were incomplete when an earlier process stopped. */
  async start(): Promise<void> {
    this.#running = true;
    await this.#surfaceDue();
  }

  stop(): void {
    this.#running = false;
    this.#alarm.cancel();
  }

  /** One after the other per SIM, so that the segments of one sender never race each other to the store. */
  receive(received: ReceivedPdu): Promise<void> {
    const earlier = this.#queues.get(received.iccid) ?? Promise.resolve();
    const mine = earlier.then(() => this.#take(received));
    const over = (): void => {
      if (this.#queues.get(received.iccid) === done) this.#queues.delete(received.iccid);
    };
    const done = mine.then(over, over);
    this.#queues.set(received.iccid, done);
    return mine;
  }

  async #take(received: ReceivedPdu): Promise<void> {
    const now = this.#clock.now();
    // What is left of one may seem to say something, such as the status of a report, that it never said.
    const read: ReturnType<typeof readPdu> = received.isDamaged ? { type: 'unreadable', problem: DAMAGED } : readPdu(received.pdu);
    if (read.type === 'statusReport') return await this.#onReport(received.iccid, read, received.pdu, now);
    if (read.type === 'unreadable')
      this.#log.warn({ iccid: received.iccid, problem: read.problem }, 'received something unreadable; kept raw');
    const facts = read.type === 'deliver' ? await this.#factsOf(received, read, now) : this.#blank(received, now);
    const before = await this.#store.findReceived(received.iccid, received.pdu, now - REDELIVERY);
    const placement = before ? { kind: 'duplicate' as const, inboundId: before.inboundId } : await this.#place(facts, read);
    const { replies, follows } = await this.#store.receive({ ...facts, placement }, judgeInbound);
    if (replies) this.#onReply();
    if (follows) this.#onText();
    if (read.type === 'deliver' && placement.kind === 'forPhone')
      this.#log.info(
        { from: maskNumber(facts.from), iccid: received.iccid, silent: read.pid === SILENT, waiting: read.waiting },
        'received something for the phone itself; kept raw',
      );
    else if (read.type === 'deliver')
      this.#log.info({ from: maskNumber(facts.from), iccid: received.iccid, placement: placement.kind }, 'received');
    if (placement.kind === 'begin') this.#setAlarm(PATIENCE);
  }

  async #factsOf(received: ReceivedPdu, tpdu: Deliver, now: number): Promise<Facts> {
    const from = this.#sender(tpdu);
    return {
      ...this.#blank(received, now),
      from,
      text: tpdu.text,
      alphabet: tpdu.alphabet,
      smscAt: tpdu.timestamp?.epochMs ?? null,
      smscTime: tpdu.timestamp?.iso ?? null,
      answers: (await this.#store.latestTo(from, received.iccid, now - CONVERSATION)) ?? null,
    };
  }

  async #place(facts: Facts, read: Deliver | Unreadable): Promise<Placement> {
    if (read.type === 'unreadable') return { kind: 'unreadable', problem: read.problem };
    // The sign that something waits in a mailbox: without words it says nothing to a desk, and nobody there wrote it.
    if (read.pid === SILENT || (read.waiting.length > 0 && read.text === '' && read.alphabet !== '8bit')) return { kind: 'forPhone' };
    if (read.notes.includes('compressed')) return { kind: 'unreadable', problem: COMPRESSED };
    const { concat } = read;
    const isLong = concat !== null && concat.total >= 2;
    if (read.alphabet === '8bit') {
      const isPush = read.ports?.destination === PUSH_PORT;
      if (!isPush) return { kind: 'unreadable', problem: NO_TEXT };
      if (!isLong) {
        const mms = this.#mmsIn([facts.pdu]);
        return mms ? { kind: 'single', mms } : { kind: 'unreadable', problem: NO_TEXT };
      }
    }
    if (!isLong) return { kind: 'single' };
    const { iccid, from, pdu, smscAt, receivedAt } = facts;
    const key = { iccid, from, ref: concat.ref, bits: concat.bits, total: concat.total };
    const groups = (await this.#store.openGroups(key)).filter((g) => g.startedAt > receivedAt - SEGMENTS_KEPT);
    const segment = { n: concat.n, total: concat.total, pdu, smscAt, receivedAt };
    const found = place(groups, segment);
    switch (found.kind) {
      case 'begin':
        return { kind: 'begin', key, n: concat.n };
      case 'duplicate':
        return { kind: 'duplicate', inboundId: found.group.inboundId };
      case 'join': {
        const pdus = [...found.group.segments, segment].sort((a, b) => a.n - b.n).map((s) => s.pdu);
        const join = { kind: 'join' as const, inboundId: found.group.inboundId, n: concat.n, text: null };
        if (!found.complete) return join;
        if (read.alphabet !== '8bit') return { ...join, text: wholeText(pdus) };
        const mms = this.#mmsIn(pdus);
        return mms ? { ...join, mms } : { ...join, problem: NO_TEXT };
      }
      default:
        return found satisfies never;
    }
  }

  #blank(received: ReceivedPdu, now: number): Facts {
    return {
      inboundId: newId('in', this.#random),
      iccid: received.iccid,
      imei: received.imei,
      from: '',
      text: '',
      alphabet: 'gsm7',
      smscAt: null,
      smscTime: null,
      receivedAt: now,
      pdu: received.pdu,
      answers: null,
    };
  }

  /** What a WAP push says of an MMS, its segments in order; undefined for any other push. */
  #mmsIn(pdus: readonly string[]): MmsNotice | undefined {
    const mms = readMmsNotification(wholeData(pdus));
    return mms && { ...mms, from: mms.from === null ? null : this.#international(mms.from) };
  }

  /** The sender in E.164 where it is a number that can be written so; short codes and names as they are. */
  #sender(tpdu: Deliver): string {
    const { number, kind } = tpdu.from;
    return kind === 'alphanumeric' ? number : this.#international(number);
  }

  #international(number: string): string {
    if (number.startsWith('+')) return number;
    try {
      return toE164(number, this.#country);
    } catch {
      return number;
    }
  }

  #surface(): void {
    this.#surfaceDue().catch((error: unknown) => {
      this.#log.error({ err: error }, 'incomplete messages could not be shown');
      this.#setAlarm(PATIENCE / 10);
    });
  }

  async #surfaceDue(): Promise<void> {
    const now = this.#clock.now();
    await this.#store.surfaceIncomplete(now - PATIENCE, now);
    const oldest = await this.#store.oldestHidden();
    if (oldest !== undefined) this.#setAlarm(Math.max(0, oldest + PATIENCE - now));
  }

  /** An alarm that is set stays: what began earlier is due earlier, and each look finds the next. */
  #setAlarm(delay: number): void {
    if (this.#running && !this.#alarm.pending) this.#alarm.in(delay);
  }
}

/**
 * The text of a whole message. Joined from the PDUs and not from stored texts, because a surrogate pair may be cut
 * between two segments and half of one does not survive being stored as UTF-8.
 */
function wholeText(pdus: readonly string[]): string {
  return pdus
    .map((pdu) => {
      const read = readPdu(pdu);
      return read.type === 'deliver' ? read.text : '';
    })
    .join('');
}

/** The octets of a whole message of 8-bit data, without its headers. */
function wholeData(pdus: readonly string[]): Uint8Array {
  return Buffer.concat(
    pdus.map((pdu) => {
      const read = readPdu(pdu);
      return Buffer.from(read.type === 'deliver' ? (read.data ?? '') : '', 'hex');
    }),
  );
}

/** What came, decoded; nothing from the air makes this throw. */
function readPdu(pdu: string): Deliver | StatusReport | Unreadable {
  if (pdu === '') return { type: 'unreadable', problem: NOT_SHOWN };
  try {
    const tpdu = decodeTpdu(pdu, 'stored');
    return tpdu.type === 'submit' ? { type: 'unreadable', problem: 'It is not a message from the network.' } : tpdu;
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'pduInvalid') throw error;
    return { type: 'unreadable', problem: `The PDU cannot be read: ${error.message}.` };
  }
}
