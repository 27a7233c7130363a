import type { CallEnd } from './air.ts';
import type { IncomingCall, Settings } from './me.ts';
import { quotedCaller, WITHHELD } from './numbers.ts';

/** RING comes this often; TS 27.007 leaves it open, five seconds is usual. */
const RING_MS = 5_000;

export interface CallLineParts {
  settings(): Settings;
  unsolicited(line: string): void;
  after(ms: number, fn: () => void): void;
}

interface CallNow extends IncomingCall {
  answered: boolean;
  readonly ended: (how: CallEnd) => void;
}

/**
 * The one call that a modem can have: `idle`, `ringing` (RING every five seconds), `answered`. It ends when the caller
 * gives up (missed, or answered before), when the host hangs up (rejected, or answered before), or with the power.
 */
export class CallLine {
  #call: CallNow | undefined;

  constructor(private readonly parts: CallLineParts) {}

  get call(): IncomingCall | undefined {
    return this.#call;
  }

  /**
   * Somebody calls, and gives up after `forMs`.
   * @param ended told once how it ended
   * @returns false when the line is busy
   */
  ring(from: string, forMs: number, ended: (how: CallEnd) => void): boolean {
    if (this.#call) return false;
    const call: CallNow = { from, answered: false, ended };
    this.#call = call;
    const again = (): void => {
      if (this.#call !== call || call.answered) return;
      const settings = this.parts.settings();
      // TS 27.007 6.11 (+CRING), 7.6 (+CLIP)
      this.parts.unsolicited(settings.crc === 1 ? '+CRING: VOICE' : 'RING');
      if (settings.clip === 1) this.parts.unsolicited(`+CLIP: ${quotedCaller(from)},,,,${from === WITHHELD ? 1 : 0}`);
      this.parts.after(RING_MS, again);
    };
    again();
    this.parts.after(forMs, () => {
      if (this.#call === call) this.end('missed');
    });
    return true;
  }

  answer(): void {
    if (this.#call) this.#call.answered = true;
  }

  /** @param how how it ends if nobody has answered it */
  end(how: 'missed' | 'rejected'): void {
    const call = this.#call;
    if (!call) return;
    this.#call = undefined;
    if (how === 'missed') this.parts.unsolicited('NO CARRIER');
    call.ended(call.answered ? 'answered' : how);
  }
}
