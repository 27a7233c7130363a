import { Fault } from '../base/fault.ts';
import type { VirtualNetwork } from './network.ts';
import type { VirtualPhone } from './phone.ts';

/** Texts that a screen shows. */
const SHOWN = 100;
/** Milliseconds that a call from a phone lasts. */
const CALL_LASTS = 6_000;

interface Line {
  readonly direction: 'in' | 'out';
  readonly with: string;
  readonly text: string;
  readonly segments: number;
  readonly at: number;
}

/** The phones of a network as somebody who holds them sees them: what came and what was written, and keys to press. */
export class PhoneScreens {
  readonly #network: VirtualNetwork;
  readonly #talks = new Map<string, Line[]>();

  constructor(network: VirtualNetwork) {
    this.#network = network;
    network.events.on('text', ({ phone, text }) =>
      this.#add(phone.number, { direction: 'in', with: text.from, text: text.text, segments: text.segments, at: text.at }),
    );
    network.events.on('sent', ({ from, to, text, segments }) =>
      this.#add(from, { direction: 'out', with: to, text, segments, at: network.clock.now() }),
    );
  }

  list() {
    return [...this.#network.phones.values()].map(({ number, name, state }) => ({
      number,
      name: name ?? null,
      state,
      talk: this.#talks.get(number) ?? [],
    }));
  }

  /** Writes to the SIM that the phone last heard of, else to any. @throws Fault `notFound`, `textInvalid` */
  write(number: string, text: string): void {
    this.#phone(number);
    this.#network.inbound({ from: number, ...this.#partner(number), text });
  }

  /** @throws Fault `notFound` */
  call(number: string): void {
    this.#phone(number);
    this.#network.call({ from: number, ...this.#partner(number), forMs: CALL_LASTS });
  }

  /** @throws Fault `notFound` */
  setState(number: string, state: 'on' | 'off'): void {
    this.#phone(number);
    this.#network.setPhoneState(number, state);
  }

  #phone(number: string): VirtualPhone {
    const phone = this.#network.phones.get(number);
    if (!phone) throw new Fault('notFound', 'There is no virtual phone with this number; GET /v1/phones lists those that there are.');
    return phone;
  }

  #partner(number: string): { to: string } | { modem: number } {
    const last = this.#talks.get(number)?.at(-1);
    return last ? { to: last.with } : { modem: 1 };
  }

  #add(number: string, line: Line): void {
    this.#talks.set(number, [...(this.#talks.get(number) ?? []), line].slice(-SHOWN));
  }
}
