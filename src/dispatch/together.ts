import type { Purpose } from '../base/purpose.ts';
import type { NewMessage } from '../store/records/message.ts';
import { Neighbours } from './neighbours.ts';

/** What is asked of the messages beside which another one is asked for. */
export interface Beside {
  readonly count: number;
  readonly segments: number;
  /** How many of them are of this purpose. */
  of(purpose: Purpose): number;
  /** Of each of them to this number, whether it is a code. */
  to(number: string): readonly boolean[];
  /** The numbers of all but offers. */
  readonly neighbours: Neighbours;
}

/**
 * Messages that are asked for together, such as those of a batch: each is judged as if those before it had been taken. What is
 * asked of them takes as long for the last of a thousand as for the first.
 */
export class Together implements Beside {
  readonly messages: NewMessage[] = [];
  readonly #byPurpose = new Map<Purpose, number>();
  readonly #codesTo = new Map<string, boolean[]>();
  readonly neighbours = new Neighbours();
  #segments = 0;

  add(message: NewMessage): void {
    const { to, purpose, segments, acceptedAt } = message;
    this.messages.push(message);
    this.#segments += segments.length;
    this.#byPurpose.set(purpose, this.of(purpose) + 1);
    const before = this.#codesTo.get(to);
    if (before) before.push(purpose === 'otp');
    else this.#codesTo.set(to, [purpose === 'otp']);
    if (purpose !== 'promotional') this.neighbours.add(to, acceptedAt);
  }

  get count(): number {
    return this.messages.length;
  }

  get segments(): number {
    return this.#segments;
  }

  of(purpose: Purpose): number {
    return this.#byPurpose.get(purpose) ?? 0;
  }

  to(number: string): readonly boolean[] {
    return this.#codesTo.get(number) ?? [];
  }
}

/** A message that is asked for alone. */
export const ALONE: Beside = new Together();
