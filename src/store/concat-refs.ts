import type { Random } from '../base/random.ts';
import type { Db } from './database.ts';
import type { MessageRow } from './message-row.ts';

const DAY_MS = 86_400_000;
const SIXTEEN_BITS = 65_536;

export interface ConcatRef {
  readonly ref: number;
  readonly bits: 8 | 16;
}

/**
 * A reference that is not among the used ones: from a random start upwards, in 1..255, and when all of these are used one of
 * 16 bits. 0 is left out: some phones take it for none.
 * @param used those of the last 24 hours through the same SIM to the same recipient
 */
export function chooseRef(used: readonly ConcatRef[], random: Random): ConcatRef {
  const free = (bits: 8 | 16, from: number, to: number): number | undefined => {
    const taken = new Set(used.filter((u) => u.bits === bits).map(({ ref }) => ref));
    const count = to - from + 1;
    const start = Math.floor(random.float() * count);
    for (let i = 0; i < count; i += 1) {
      const ref = from + ((start + i) % count);
      if (!taken.has(ref)) return ref;
    }
    return undefined;
  };
  const eight = free(8, 1, 255);
  if (eight !== undefined) return { ref: eight, bits: 8 };
  return { ref: free(16, 256, SIXTEEN_BITS - 1) ?? 256, bits: 16 };
}

/**
 * The references that join the segments of long messages at the phone. They stand in the rows of the messages that used
 * them, so they survive a restart, and one is free again 24 hours after its last segment went out (D11).
 */
export class ConcatRefs {
  readonly #random: Random;
  readonly #sql;

  constructor(writer: Db, random: Random) {
    this.#random = random;
    this.#sql = {
      used: writer.prepare<[string, string, number], ConcatRef>(
        'SELECT ref, ref_bits AS bits FROM messages INDEXED BY messages_ref WHERE recipient = ? AND sim = ? AND ref_at > ?',
      ),
      save: writer.prepare<[string, number, number, number, number]>(
        'UPDATE messages SET sim = ?, ref = ?, ref_bits = ?, ref_at = ? WHERE seq = ?',
      ),
    };
  }

  /** The reference of this message through this SIM: the one that it has, or a new one when it changes SIM or has none. */
  use(row: MessageRow, iccid: string, now: number): ConcatRef {
    const kept = row.sim === iccid && row.ref !== null && row.refBits !== null ? { ref: row.ref, bits: row.refBits } : undefined;
    const ref = kept ?? chooseRef(this.#sql.used.all(row.recipient, iccid, now - DAY_MS), this.#random);
    row.sim = iccid;
    row.ref = ref.ref;
    row.refBits = ref.bits;
    this.#sql.save.run(iccid, ref.ref, ref.bits, now, row.seq);
    return ref;
  }
}
