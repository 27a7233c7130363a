import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import { type Clock, rfc3339 } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { Random } from '../base/random.ts';
import type { Air, Inbound, Submission, SubmitAnswer } from './air.ts';
import { CallBook } from './call-book.ts';
import type { FaultSpec } from './fault-specs.ts';
import { type ActiveFault, FaultBook, readFault, strikesAt } from './faults.ts';
import { HomeRegister } from './home-register.ts';
import { imeiOf } from './identities.ts';
import { Ledger, type LedgerEntry } from './ledger.ts';
import { VirtualModem } from './modem.ts';
import { modemNamed, namesOf } from './modem-named.ts';
import type {
  CallRecord,
  InboundCall,
  InboundText,
  NetworkEvents,
  NetworkOptions,
  NewCard,
  NewModem,
  RawMessage,
} from './network-options.ts';
import type { NetworkTime } from './network-time.ts';
import { routed } from './numbers.ts';
import type { PhoneOptions, PhoneState, ReceivedText, VirtualPhone } from './phone.ts';
import { PhoneBook } from './phone-book.ts';
import { storeRaw } from './raw-message.ts';
import type { SimCard } from './sim-card.ts';
import { Smsc } from './smsc.ts';
import { strikeNow } from './strike-now.ts';
import { Timeline } from './timeline.ts';
import { deliversOf } from './tpdu.ts';
import { UssdService } from './ussd-service.ts';

/**
 * A virtual mobile network: SIMs in virtual modems, a SMSC, and virtual phones, which come to be when somebody writes to
 * them. It is the oracle of the tests: its ledger holds every segment that was accepted.
 */
export class VirtualNetwork implements Air {
  readonly clock: Clock;
  readonly random: Random;
  readonly ledger: Ledger;
  readonly faults: FaultBook;
  readonly events = new EventEmitter<NetworkEvents>();
  readonly modems: VirtualModem[] = [];
  readonly ussd = new UssdService((ms, fn) => this.after(ms, fn));
  readonly operator = { name: 'Simnet UA', numeric: '25501' };
  /** How far the network's idea of the time is off, milliseconds: a network may lie. */
  timeErrorMs = 0;
  readonly #options: NetworkOptions;
  readonly #register: HomeRegister;
  readonly #smsc: Smsc;
  readonly #timeline: Timeline;
  readonly #calls = new CallBook();
  readonly #phones: PhoneBook;
  #reference = 0;

  constructor(options: NetworkOptions) {
    this.#options = options;
    this.clock = options.clock;
    this.random = options.random;
    this.ledger = options.ledger ?? new Ledger();
    this.faults = new FaultBook(options.random);
    this.#phones = new PhoneBook(options.answers);
    this.#timeline = new Timeline(options.clock, options.random);
    this.#smsc = new Smsc({
      address: options.smsc ?? '+380500000999',
      faults: this.faults,
      now: () => this.time(),
      after: (ms, fn) => this.after(ms, fn),
      deliveryMs: () => this.#timeline.span(options.deliveryMs),
      reportMs: () => this.#timeline.span(options.reportMs),
      reportAddress: options.reportAddress ?? 'asAddressed',
      rejectsDuplicates: options.rejectsDuplicates ?? true,
      subscriber: (number) => this.#register.subscriber(number),
      phone: (number) => this.phone(number),
      shown: (phone, text) => this.#shown(phone, text),
    });
    this.#register = new HomeRegister({
      modems: this.modems,
      smsc: this.#smsc.address,
      retryMs: options.retryMs ?? 30_000,
      after: (ms, fn) => this.after(ms, fn),
      taken: (modem, card, item) => this.#taken(modem, card, item),
    });
  }

  // ---- modems and SIMs ----------------------------------------------------------------------------------------

  /** A new SIM that the network knows, in no modem yet. */
  newCard(options: NewCard = {}): SimCard {
    return this.#register.newCard(options);
  }

  /**
   * A new modem with a new SIM in it, plugged in.
   * @throws Fault requestInvalid when the name is taken
   */
  addModem(options: NewModem = {}): VirtualModem {
    const n = this.modems.length + 1;
    const name = options.name ?? `modem${n}`;
    if (this.modems.some((modem) => modem.name === name)) throw new Fault('requestInvalid', `There is a virtual modem ${name} already.`);
    const card = options.empty ? undefined : this.newCard(options);
    const parts = { clock: this.clock, random: this.random, air: this, faults: this.faults };
    const modem = new VirtualModem({ ...options, name, imei: imeiOf(n), card }, parts);
    this.modems.push(modem);
    modem.plug();
    return modem;
  }

  /**
   * A modem by its name, its number from 1, its IMEI, or its SIM's ICCID or number.
   * @throws Fault notFound
   */
  modem(reference: string | number): VirtualModem {
    return modemNamed(this.modems, reference);
  }

  /**
   * Plugs a modem in if it is not, and opens its port in memory.
   * @returns the host's end of the port
   * @throws Fault portBusy when somebody has it open
   */
  plug(modem: VirtualModem): Duplex {
    modem.plug();
    return modem.openPort();
  }

  /**
   * Opens the port `sim://NAME` in memory, where NAME is a modem's name.
   * @returns the host's end of the port
   * @throws Fault portGone when there is no such modem or it is unplugged, portBusy when somebody has it open
   */
  open(name: string): Duplex {
    const modem = this.modems.find((one) => one.name === name);
    if (!modem) throw new Fault('portGone', `There is no virtual modem "${name}": name one of ${namesOf(this.modems)}.`);
    return modem.openPort();
  }

  /**
   * A SIM by its ICCID or number, in a modem or not.
   * @throws Fault notFound
   */
  card(reference: string): SimCard {
    return this.#register.card(reference);
  }

  /** Puts a SIM into a modem, out of the one that has it; null takes the modem's own out. */
  moveCard(modem: VirtualModem, card: SimCard | null): void {
    const holder = card && this.#register.holder(card);
    if (holder && holder !== modem) holder.insert(undefined);
    modem.insert(card ?? undefined);
  }

  /** How many messages wait at the SMSC for a SIM. */
  waitingFor(card: SimCard): number {
    return this.#register.subscriber(card.number)?.waiting ?? 0;
  }

  #taken(modem: VirtualModem, card: SimCard, item: Inbound): void {
    this.events.emit('taken', { modem: modem.name, kind: item.kind });
    if (item.kind !== 'deliver') return;
    const again = this.faults.take('redelivery', { modem: modem.name, from: item.from });
    if (again) this.after(again.delayMs, () => this.#register.subscriber(card.number)?.push(item));
  }

  // ---- what modems ask of the air -----------------------------------------------------------------------------

  radioMs(): number {
    return this.#timeline.span(this.#options.radioMs);
  }

  submit(submission: Submission): SubmitAnswer {
    const refusal = this.#smsc.refusal(submission);
    if (refusal !== undefined) return { accepted: false, cms: refusal };
    const entry: LedgerEntry = {
      at: rfc3339(this.clock.now()),
      imsi: submission.card.imsi,
      mr: submission.mr,
      to: routed(submission.facts.to),
      pdu: submission.pdu,
    };
    this.ledger.append(entry);
    this.events.emit('accepted', entry);
    this.#smsc.accept(submission);
    return { accepted: true };
  }

  reachable(card: SimCard): void {
    this.#register.subscriber(card.number)?.reachable();
  }

  time(): NetworkTime {
    return { epochMs: this.clock.now() + this.timeErrorMs, quarterHours: this.#options.quarterHours ?? 8 };
  }

  // ---- phones and people --------------------------------------------------------------------------------------

  get phones(): ReadonlyMap<string, VirtualPhone> {
    return this.#phones.all;
  }

  get calls(): readonly CallRecord[] {
    return this.#calls.all;
  }

  /** The phone with this number; it is made when nobody has heard of it. */
  phone(number: string): VirtualPhone {
    return this.#phones.named(number);
  }

  /** A phone with a name, a state or rules of its own, in place of the one with its number. */
  addPhone(options: PhoneOptions): VirtualPhone {
    return this.#phones.add(options);
  }

  /** Switches a phone on or off, or takes its number away; what waits for it comes when it is on. */
  setPhoneState(number: string, state: PhoneState): void {
    const phone = this.phone(number);
    phone.state = state;
    if (state === 'on') this.#smsc.phoneOn(phone);
  }

  #shown(phone: VirtualPhone, text: ReceivedText): void {
    this.events.emit('text', { phone, text });
    const answer = phone.answerTo(text.text);
    if (!answer) return;
    this.after(answer.afterMs ?? 1_500, () => {
      this.inbound({ from: phone.number, to: text.from, text: answer.text });
    });
  }

  /**
   * Somebody sends a text to a SIM, in as many segments as it needs. It waits at the SMSC while the SIM cannot be reached.
   * @returns to which number, and in how many segments
   * @throws Fault notFound (recipient), requestInvalid, numberInvalid (sender), textInvalid
   */
  inbound(message: InboundText): { readonly to: string; readonly segments: number } {
    const subscriber = this.#register.addressed(message);
    if (message.text === '') throw new Fault('textInvalid', 'The text is empty: write one.');
    const { from, text } = message;
    this.#reference = (this.#reference + 1) & 0xff;
    const tpdus = deliversOf({ smsc: this.#smsc.address, from, text, ref: this.#reference, time: this.time() });
    this.after(this.#timeline.span(this.#options.deliveryMs), () => {
      for (const tpdu of tpdus) subscriber.push({ kind: 'deliver', from, messageClass: null, ...tpdu });
    });
    const to = subscriber.card.number;
    this.events.emit('sent', { from, to, text, segments: tpdus.length });
    return { to, segments: tpdus.length };
  }

  /**
   * Somebody calls a SIM.
   * @returns the record of the call, which goes on changing until it is over
   * @throws Fault notFound, requestInvalid
   */
  call(call: InboundCall): CallRecord {
    const { card } = this.#register.addressed(call);
    return this.#calls.begin(call, card, rfc3339(this.clock.now()), this.#register.holder(card));
  }

  /**
   * Puts octets into a modem's storage as they are.
   * @throws Fault notFound, requestInvalid (not hexadecimal, storage full)
   */
  raw(message: RawMessage): void {
    storeRaw(this.modem(message.modem), message);
  }

  // ---- faults -------------------------------------------------------------------------------------------------

  /**
   * Checks a scripted fault without taking it.
   * @throws Fault requestInvalid, notFound
   */
  readFault(value: unknown): FaultSpec {
    return readFault(value, { modem: (reference) => this.modem(reference).name, number: routed });
  }

  /**
   * Takes one scripted fault, as `fault-specs.ts` lists them. Those that happen now, happen, to the modem that they name
   * or to all.
   * @throws Fault requestInvalid, notFound
   */
  addFault(value: unknown): ActiveFault {
    const spec = this.readFault(value);
    if (strikesAt(spec, 'now')) {
      const modems = spec.modem === undefined ? this.modems : [this.modem(spec.modem)];
      for (const modem of modems) strikeNow(this, spec, modem);
    }
    return this.faults.add(spec);
  }

  // ---- time and end -------------------------------------------------------------------------------------------

  /** Calls `fn` after `ms`, in a moment for 0: never within the caller's own turn. Nothing is called after `close`. */
  after(ms: number, fn: () => void): void {
    this.#timeline.after(ms, fn);
  }

  /** Unplugs every modem, cancels every timer, closes the ledger. */
  close(): void {
    this.#timeline.close();
    for (const modem of this.modems) modem.dispose();
    this.ledger.close();
  }
}
