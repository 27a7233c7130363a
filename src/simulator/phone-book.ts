import { routed } from './numbers.ts';
import { type AnswerRule, type PhoneOptions, VirtualPhone } from './phone.ts';

/** All phones, by number; one comes to be when somebody writes to it. */
export class PhoneBook {
  readonly #phones = new Map<string, VirtualPhone>();

  /** @param answers what phones without rules of their own answer */
  constructor(private readonly answers: readonly AnswerRule[] | undefined) {}

  get all(): ReadonlyMap<string, VirtualPhone> {
    return this.#phones;
  }

  /** The phone with this number; it is made when nobody has heard of it. */
  named(number: string): VirtualPhone {
    return this.#phones.get(routed(number)) ?? this.add({ number });
  }

  /** A phone with a name, a state or rules of its own, in place of the one with its number. */
  add(options: PhoneOptions): VirtualPhone {
    const phone = new VirtualPhone({ answers: this.answers, ...options, number: routed(options.number) });
    this.#phones.set(phone.number, phone);
    return phone;
  }
}
