import type { CallEnd } from './air.ts';
import type { CallRecord, InboundCall } from './network-options.ts';

/** How long a caller lets it ring unless told otherwise, milliseconds. */
const PATIENCE = 25_000;

/** All calls to SIMs. */
export class CallBook {
  readonly #calls: CallRecord[] = [];

  get all(): readonly CallRecord[] {
    return this.#calls;
  }

  /**
   * Somebody calls.
   * @param to the SIM's number
   * @param at RFC 3339
   * @param modem the one that the SIM is in
   * @returns the record of the call, which goes on changing until it is over
   */
  begin(
    call: InboundCall,
    to: string,
    at: string,
    modem: { ring(from: string, forMs: number, ended: (how: CallEnd) => void): boolean } | undefined,
  ): CallRecord {
    const record: CallRecord = { id: this.#calls.length + 1, from: call.from, to, at, state: 'ringing' };
    this.#calls.push(record);
    const ended = (how: CallRecord['state']): void => {
      record.state = how;
    };
    if (!modem?.ring(call.from, call.forMs ?? PATIENCE, ended)) record.state = 'unreachable';
    return record;
  }
}
