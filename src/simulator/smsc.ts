import type { Submission } from './air.ts';
import type { FaultBook } from './faults.ts';
import type { NetworkTime } from './network-time.ts';
import { national, routed } from './numbers.ts';
import type { ReceivedText, VirtualPhone } from './phone.ts';
import type { Subscriber } from './subscriber.ts';
import { deliverOf, reportOf } from './tpdu.ts';

/** TP-ST of status reports (TS 23.040 9.2.3.15). */
const DELIVERED = 0x00;
const NO_RESPONSE_STILL_TRYING = 0x22;
const REJECTED_BY_SME = 0x42;
const NOT_OBTAINABLE = 0x43;
const VALIDITY_EXPIRED = 0x46;

/** TP-FCS "SM rejected, duplicate SM" (TS 23.040 9.2.3.22). */
const DUPLICATE = 197;

/** How long the SMSC keeps a message that names no validity period: a day. */
const DEFAULT_VALIDITY_MS = 86_400_000;

export interface SmscParts {
  /** In E.164. */
  readonly address: string;
  readonly faults: FaultBook;
  now(): NetworkTime;
  after(ms: number, fn: () => void): void;
  deliveryMs(): number;
  reportMs(): number;
  readonly reportAddress: 'asAddressed' | 'international' | 'national';
  readonly rejectsDuplicates: boolean;
  /** The SIM with that number, when it is one of the network's own. */
  subscriber(number: string): Subscriber | undefined;
  phone(number: string): VirtualPhone;
  shown(phone: VirtualPhone, text: ReceivedText): void;
}

/** A message that the SMSC has taken and not got rid of. */
interface Held {
  readonly submission: Submission;
  readonly at: NetworkTime;
  readonly to: string;
  over: boolean;
}

const key = (submission: Submission): string => `${submission.card.imsi} ${submission.mr} ${routed(submission.facts.to)}`;

/**
 * The service centre: takes messages, delivers them, reports.
 *
 * A message is `held` from acceptance until it is over: delivered to the phone or SIM, refused for good, or past its
 * validity. For a phone that is off it stays held; the sender hears "no response, still trying" once if it asked for
 * reports, and the end when it comes.
 */
export class Smsc {
  readonly address: string;
  /** Not yet over, by sender, TP-MR and recipient: what TP-RD asks about. */
  readonly #held = new Map<string, Held>();
  /** Waiting for a phone to be switched on, by its number. */
  readonly #forPhone = new Map<string, Held[]>();

  constructor(private readonly parts: SmscParts) {
    this.address = parts.address;
  }

  /** Why the SMSC does not take it, as a code for +CMS ERROR; undefined when it does. */
  refusal(submission: Submission): number | undefined {
    if (!submission.facts.rejectDuplicates || !this.parts.rejectsDuplicates) return undefined;
    return this.#held.has(key(submission)) ? DUPLICATE : undefined;
  }

  /** Takes a message and sees to it. */
  accept(submission: Submission): void {
    const held: Held = { submission, at: this.parts.now(), to: routed(submission.facts.to), over: false };
    this.#held.set(key(submission), held);
    const fault = this.parts.faults.take('delivery', { modem: submission.modem, to: held.to });
    const delay = this.parts.deliveryMs();
    if (fault?.fault === 'dropDelivery') return;
    const extra = fault?.fault === 'delayDelivery' ? fault.delayMs : 0;
    const copies = fault?.fault === 'duplicateDelivery' ? 2 : 1;
    this.parts.after(delay + extra, () => this.#deliver(held, copies));
  }

  #deliver(held: Held, copies: number): void {
    const subscriber = this.parts.subscriber(held.to);
    if (subscriber) {
      this.#toSim(held, subscriber, copies);
      return;
    }
    const phone = this.parts.phone(held.to);
    switch (phone.state) {
      case 'on':
        for (let copy = 0; copy < copies; copy += 1) this.#show(held, phone);
        this.#over(held, DELIVERED);
        break;
      case 'off':
        this.#wait(held, phone);
        break;
      case 'barred':
        this.#over(held, REJECTED_BY_SME);
        break;
      case 'unknown':
        this.#over(held, NOT_OBTAINABLE);
    }
  }

  #show(held: Held, phone: VirtualPhone): void {
    const { facts, card, pdu } = held.submission;
    const text = phone.take({
      at: this.parts.now().epochMs,
      from: card.number,
      text: facts.text,
      concat: facts.concat,
      deliver: () => deliverOf({ smsc: null, from: card.number, submit: pdu, time: held.at }).pdu,
    });
    if (text) this.parts.shown(phone, text);
  }

  #toSim(held: Held, subscriber: Subscriber, copies: number): void {
    const { card, pdu, facts } = held.submission;
    const tpdu = deliverOf({ smsc: this.address, from: card.number, submit: pdu, time: held.at });
    for (let copy = 0; copy < copies; copy += 1) {
      subscriber.push({ kind: 'deliver', from: card.number, messageClass: facts.messageClass, ...tpdu }, () => this.#over(held, DELIVERED));
    }
  }

  #wait(held: Held, phone: VirtualPhone): void {
    const waiting = this.#forPhone.get(phone.number) ?? [];
    waiting.push(held);
    this.#forPhone.set(phone.number, waiting);
    this.#report(held, NO_RESPONSE_STILL_TRYING);
    const left = (held.submission.facts.validForMs(held.at.epochMs) ?? DEFAULT_VALIDITY_MS) - (this.parts.now().epochMs - held.at.epochMs);
    this.parts.after(Math.max(1, left), () => this.#over(held, VALIDITY_EXPIRED));
  }

  /** A phone was switched on: what is still valid comes. */
  phoneOn(phone: VirtualPhone): void {
    const waiting = this.#forPhone.get(phone.number) ?? [];
    this.#forPhone.delete(phone.number);
    for (const held of waiting) {
      if (held.over) continue;
      this.#show(held, phone);
      this.#over(held, DELIVERED);
    }
  }

  #over(held: Held, status: number): void {
    if (held.over) return;
    held.over = true;
    if (this.#held.get(key(held.submission)) === held) this.#held.delete(key(held.submission));
    this.#report(held, status);
  }

  /** The status report, if the sender asked for one (TP-SRR), as scripted faults bend it. */
  #report(held: Held, status: number): void {
    const { submission } = held;
    if (!submission.facts.statusReport) return;
    const fault = this.parts.faults.take('report', { modem: submission.modem, to: held.to });
    if (fault?.fault === 'dropReport') return;
    const delay = this.parts.reportMs() + (fault?.fault === 'delayReport' ? fault.delayMs : 0);
    const done = this.parts.now();
    this.parts.after(delay, () => {
      const tpdu = reportOf({
        smsc: this.address,
        mr: submission.mr,
        recipient: this.#recipient(held),
        submitted: held.at,
        discharged: done,
        status: fault?.fault === 'reportStatus' ? fault.status : status,
      });
      const copies = fault?.fault === 'doubleReport' ? 2 : 1;
      const subscriber = this.parts.subscriber(submission.card.number);
      for (let copy = 0; copy < copies; copy += 1) subscriber?.push({ kind: 'report', from: this.address, messageClass: null, ...tpdu });
    });
  }

  #recipient(held: Held): string {
    if (this.parts.reportAddress === 'national') return national(held.to);
    return this.parts.reportAddress === 'international' ? held.to : held.submission.facts.to;
  }
}
