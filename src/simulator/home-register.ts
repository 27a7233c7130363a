import { Fault } from '../base/fault.ts';
import type { Inbound, ReceiveOutcome } from './air.ts';
import { iccidOf, imsiOf, msisdnOf } from './identities.ts';
import type { VirtualModem } from './modem.ts';
import { modemNamed } from './modem-named.ts';
import type { NewCard } from './network-options.ts';
import { routed } from './numbers.ts';
import { SimCard } from './sim-card.ts';
import { Subscriber } from './subscriber.ts';

export interface HomeRegisterParts {
  readonly modems: readonly VirtualModem[];
  /** The service centre's address, written on each SIM. */
  readonly smsc: string;
  /** The SMSC tries again after so many milliseconds. */
  readonly retryMs: number;
  after(ms: number, fn: () => void): void;
  /** A modem has taken a message for its SIM. */
  taken(modem: VirtualModem, card: SimCard, item: Inbound): void;
}

/** The SIMs of the network, and what waits for each (the HLR of TS 23.002 4.1.1.1, as far as messages go). */
export class HomeRegister {
  readonly #subscribers = new Map<string, Subscriber>();

  constructor(private readonly parts: HomeRegisterParts) {}

  /** A new SIM, in no modem yet. */
  newCard(options: NewCard): SimCard {
    const n = this.#subscribers.size + 1;
    const card = new SimCard({
      iccid: iccidOf(n),
      imsi: imsiOf(n),
      number: msisdnOf(n),
      numberOnCard: options.numberOnCard,
      smsc: this.parts.smsc,
      pin: options.pin,
      capacity: options.capacity?.SM ?? 20,
    });
    const { after, retryMs } = this.parts;
    this.#subscribers.set(card.number, new Subscriber(card, { receiver: () => this.#receiver(card), after, retryMs }));
    return card;
  }

  /**
   * A SIM by its ICCID or number.
   * @throws Fault notFound
   */
  card(reference: string): SimCard {
    for (const { card } of this.#subscribers.values()) if (card.iccid === reference || card.number === reference) return card;
    throw new Fault('notFound', `There is no virtual SIM "${reference}": name one by its ICCID or number.`);
  }

  subscriber(number: string): Subscriber | undefined {
    return this.#subscribers.get(number);
  }

  /** The modem that a SIM is in. */
  holder(card: SimCard): VirtualModem | undefined {
    return this.parts.modems.find((modem) => modem.card === card);
  }

  /**
   * The SIM that somebody means: by its number, or by the modem that has it.
   * @throws Fault notFound, requestInvalid
   */
  addressed({ to, modem }: { readonly to?: string | undefined; readonly modem?: string | number | undefined }): Subscriber {
    if ((to === undefined) === (modem === undefined)) {
      throw new Fault('requestInvalid', 'Say either "to", the number of a SIM, or "modem", the modem that has it.');
    }
    const number = to === undefined ? modemNamed(this.parts.modems, modem ?? '').card?.number : routed(to);
    if (number === undefined) throw new Fault('requestInvalid', `The virtual modem ${modem} has no SIM: put one in first.`);
    const subscriber = this.#subscribers.get(number);
    if (!subscriber) throw new Fault('notFound', `No virtual SIM has the number ${number}: use the number of one that there is.`);
    return subscriber;
  }

  /** What hands a message to the modem that has the SIM; undefined when it cannot be reached now. */
  #receiver(card: SimCard) {
    const modem = this.holder(card);
    if (!modem?.registered) return undefined;
    return (item: Inbound, done: (outcome: ReceiveOutcome) => void): void => {
      modem.receive(item, (outcome) => {
        if (outcome === 'taken') this.parts.taken(modem, card, item);
        done(outcome);
      });
    };
  }
}
