/** A message storage, as +CPMS names them (TS 27.005 3.1): SIM, mobile equipment, status reports. */
export type MemoryName = 'SM' | 'ME' | 'SR';

export const MEMORY_NAMES: readonly MemoryName[] = ['SM', 'ME', 'SR'];

/** <stat> of TS 27.005 3.1: 0 received unread, 1 received read, 2 stored unsent, 3 stored sent. */
export type MessageStat = 0 | 1 | 2 | 3;

export interface StoredMessage {
  readonly index: number;
  stat: MessageStat;
  /** Hexadecimal with the SMSC prefix. */
  readonly pdu: string;
  /** Octets of the TPDU, without the SMSC prefix. */
  readonly length: number;
}

/** Which messages +CMGD removes besides the one named (TS 27.005 3.5.4 <delflag>). */
const DELETED_BY_FLAG: readonly (readonly MessageStat[])[] = [[], [1], [1, 3], [1, 2, 3], [0, 1, 2, 3]];

/** Numbered slots for messages. */
export class MessageMemory {
  readonly #slots = new Map<number, StoredMessage>();

  /**
   * @param capacity how many messages it holds
   * @param first the lowest index: 1 on a SIM (its records count from 1), often 0 in a modem
   */
  constructor(
    readonly name: MemoryName,
    public capacity: number,
    readonly first: number,
  ) {}

  get used(): number {
    return this.#slots.size;
  }

  get full(): boolean {
    return this.#slots.size >= this.capacity;
  }

  /** Stores in the lowest free slot; undefined when there is none. */
  store(pdu: string, length: number, stat: MessageStat): StoredMessage | undefined {
    if (this.full) return undefined;
    let index = this.first;
    while (this.#slots.has(index)) index += 1;
    const message: StoredMessage = { index, stat, pdu, length };
    this.#slots.set(index, message);
    return message;
  }

  get(index: number): StoredMessage | undefined {
    return this.#slots.get(index);
  }

  /** Whether there could be a message under this index. */
  holds(index: number): boolean {
    return index >= this.first && index < this.first + Math.max(this.capacity, this.#slots.size);
  }

  /** All of them, or those of one <stat>, by index. */
  list(stat?: MessageStat): StoredMessage[] {
    const found = [...this.#slots.values()].filter((message) => stat === undefined || message.stat === stat);
    return found.sort((a, b) => a.index - b.index);
  }

  delete(index: number): void {
    this.#slots.delete(index);
  }

  /** @param flag 1..4 as in TS 27.005 3.5.4: read; read and sent; those and unsent; all */
  deleteByFlag(flag: number): void {
    const stats = DELETED_BY_FLAG[flag] ?? [];
    for (const message of this.list()) if (stats.includes(message.stat)) this.#slots.delete(message.index);
  }
}
