import { type MemoryName, MessageMemory } from './message-memory.ts';

/** Stands for the SIM's storage while there is no SIM. Commands that would read it are refused before. */
const NO_CARD = new MessageMemory('SM', 0, 1);

/** The storages of a modem: its own two, and that of whichever SIM is in it. */
export class Memories {
  readonly #own: Readonly<Record<'ME' | 'SR', MessageMemory>>;

  /**
   * @param capacity how many messages each holds; 100 and 50
   * @param firstInMe the lowest index of ME
   */
  constructor(capacity: { readonly ME?: number; readonly SR?: number } | undefined, firstInMe: number) {
    this.#own = { ME: new MessageMemory('ME', capacity?.ME ?? 100, firstInMe), SR: new MessageMemory('SR', capacity?.SR ?? 50, 1) };
  }

  named(name: MemoryName, card: { readonly memory: MessageMemory } | undefined): MessageMemory {
    return name === 'SM' ? (card?.memory ?? NO_CARD) : this.#own[name];
  }
}
