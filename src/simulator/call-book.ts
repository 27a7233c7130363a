import type { CallEnd } from './air.ts';
import type { CallRecord, InboundCall } from './network-options.ts';
import type { SimCard } from './sim-card.ts';

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
   * @param card the SIM that is called; the network forwards as it says (TS 22.082)
   * @param at RFC 3339
   * @param modem the one that the SIM is in
   * @returns the record of the call, which goes on changing until it is over
   */
  begin(call: InboundCall, card: SimCard, at: string, modem: Called | undefined): CallRecord {
    const record: CallRecord = { id: this.#calls.length + 1, from: call.from, to: card.number, at, state: 'ringing' };
    this.#calls.push(record);
    const forward = (to: string | undefined, otherwise: CallRecord['state']): void => {
      record.state = to === undefined ? otherwise : 'forwarded';
      if (to !== undefined) record.forwardedTo = to;
    };
    const { always, busy, noReply, unreachable } = card.forwarding;
    const ended = (how: CallEnd): void => forward(how === 'missed' ? noReply : undefined, how);
    if (always !== undefined) forward(always, 'forwarded');
    else if (!modem?.registered || modem.silent) forward(unreachable, 'unreachable');
    else if (!modem.ring(call.from, call.forMs ?? PATIENCE, ended)) forward(busy, 'unreachable');
    return record;
  }
}

/** A modem that may ring. */
interface Called {
  readonly registered: boolean;
  readonly silent: boolean;
  /** @returns false when the line is busy */
  ring(from: string, forMs: number, ended: (how: CallEnd) => void): boolean;
}
