import type { Registration } from './me.ts';

/** +CREG, +CGREG and +CEREG all the same. */
const everywhere = (stat: number): Registration => ({ creg: stat, cgreg: stat, cereg: stat });

/** <stat> values with which short messages go out: home, roaming, and the two "SMS only" ones (TS 27.007 7.2). */
const SENDING: readonly number[] = [1, 5, 6, 7];

export interface RegistrarParts {
  /** Whether power, radio and SIM allow it. */
  able(): boolean;
  after(ms: number, fn: () => void): void;
  /** From the search to registration, milliseconds. */
  readonly registerMs: number;
  /** What it is when it is registered. */
  readonly whenRegistered: Registration;
  changed(before: Registration, now: Registration): void;
}

/**
 * Registration with the network.
 *
 * States by <stat>: 0 not registered and not looking; 2 looking, which ends after `registerMs` as `whenRegistered`; 1 and
 * the like registered; lost (whatever <stat> a script says), which ends by looking again.
 */
export class Registrar {
  #now = everywhere(0);
  /** Counts searches: what an older one finds is no news. */
  #search = 0;

  constructor(private readonly parts: RegistrarParts) {}

  get now(): Registration {
    return this.#now;
  }

  get registered(): boolean {
    return [this.#now.creg, this.#now.cgreg, this.#now.cereg].some((stat) => SENDING.includes(stat));
  }

  /** Looks for the network anew: something has changed. */
  look(): void {
    this.#search += 1;
    const search = this.#search;
    if (!this.parts.able()) {
      this.become(everywhere(0));
      return;
    }
    if (this.parts.registerMs === 0) {
      this.become(this.parts.whenRegistered);
      return;
    }
    this.become(everywhere(2));
    this.parts.after(this.parts.registerMs, () => {
      if (search === this.#search) this.become(this.parts.whenRegistered);
    });
  }

  /** It is lost, until `forMs` have passed if that is given. */
  lose(stat: number, forMs: number | undefined): void {
    this.#search += 1;
    const search = this.#search;
    this.become(everywhere(stat));
    if (forMs === undefined) return;
    this.parts.after(forMs, () => {
      if (search === this.#search) this.look();
    });
  }

  /** Power went. */
  off(): void {
    this.#search += 1;
    this.#now = everywhere(0);
  }

  become(registration: Registration): void {
    const before = this.#now;
    this.#now = registration;
    this.parts.changed(before, registration);
  }
}
