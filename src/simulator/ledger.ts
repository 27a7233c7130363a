import { closeSync, openSync, writeSync } from 'node:fs';

/** One SMS-SUBMIT that the SMSC took: what the network will swear to. */
export interface LedgerEntry {
  /** When it was accepted, RFC 3339. */
  readonly at: string;
  readonly imsi: string;
  /** TP-MR as it went over the air. */
  readonly mr: number;
  /** Recipient in E.164 where it can be, else as addressed. */
  readonly to: string;
  /** Hexadecimal exactly as the modem got it, SMSC prefix included. */
  readonly pdu: string;
}

/**
 * Every SMS-SUBMIT that the SMSC accepted, in order, in memory and (where a file is given) as JSON lines in that file.
 * A line is written before the modem answers `+CMGS`, by one `write` and without fsync: it outlives the death of any
 * process, ours included, and costs microseconds. It does not outlive a power cut, which no test of the simulator needs.
 */
export class Ledger {
  readonly #entries: LedgerEntry[] = [];
  #file: number | undefined;

  /** @param path the file to append to; it is made when it is not there */
  constructor(path?: string) {
    this.#file = path === undefined ? undefined : openSync(path, 'a', 0o600);
  }

  get entries(): readonly LedgerEntry[] {
    return this.#entries;
  }

  append(entry: LedgerEntry): void {
    this.#entries.push(entry);
    if (this.#file !== undefined) writeSync(this.#file, `${JSON.stringify(entry)}\n`);
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}
