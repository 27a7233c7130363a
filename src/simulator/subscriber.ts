import type { Inbound, ReceiveOutcome } from './air.ts';
import type { SimCard } from './sim-card.ts';

/** What delivers to a SIM. */
export interface SubscriberParts {
  /** Hands one message to the modem that has the SIM; undefined when it cannot be reached now. */
  receiver(): ((item: Inbound, done: (outcome: ReceiveOutcome) => void) => void) | undefined;
  after(ms: number, fn: () => void): void;
  /** The SMSC tries again after so many milliseconds, if nothing happens before. */
  readonly retryMs: number;
}

interface Waiting {
  readonly item: Inbound;
  /** Called when the modem has taken it. */
  readonly taken: () => void;
}

/**
 * What waits at the SMSC for one SIM, in order, one message under way at a time.
 *
 * States: `idle`, nothing waits or nobody can be reached (the SMSC has set "mobile not reachable"); `delivering`, a modem
 * has a message and has not said how it went; `resting`, it was refused (no room: MCEF is set; or no acknowledgement),
 * and the SMSC tries again after `retryMs`, or as soon as the SIM is reachable or has room (TS 23.040 3.2.4).
 */
export class Subscriber {
  readonly #queue: Waiting[] = [];
  #state: 'idle' | 'delivering' | 'resting' = 'idle';
  #rest = 0;

  constructor(
    readonly card: SimCard,
    private readonly parts: SubscriberParts,
  ) {}

  /** How many messages wait. */
  get waiting(): number {
    return this.#queue.length;
  }

  push(item: Inbound, taken: () => void = () => {}): void {
    this.#queue.push({ item, taken });
    if (this.#state === 'idle') this.#deliver();
  }

  /** The SIM can be reached, or has room again. */
  reachable(): void {
    if (this.#state !== 'delivering') this.#deliver();
  }

  #deliver(): void {
    this.#state = 'idle';
    // A loop and not recursion: thousands may wait for a modem that takes each at once.
    while (this.#state === 'idle') {
      const next = this.#queue[0];
      const receive = this.parts.receiver();
      if (!next || !receive) return;
      this.#state = 'delivering';
      let within = true;
      receive(next.item, (outcome) => {
        this.#ended(next, outcome);
        if (!within && this.#state === 'idle') this.#deliver();
      });
      within = false;
    }
  }

  #ended(waiting: Waiting, outcome: ReceiveOutcome): void {
    if (outcome === 'taken') {
      this.#queue.shift();
      this.#state = 'idle';
      waiting.taken();
      return;
    }
    this.#state = 'resting';
    this.#rest += 1;
    const rest = this.#rest;
    this.parts.after(this.parts.retryMs, () => {
      if (this.#state === 'resting' && rest === this.#rest) this.#deliver();
    });
  }
}
