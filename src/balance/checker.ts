import type { Clock, Timer } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { Log } from '../base/log.ts';
import { every } from '../base/waits.ts';
import type { NewBalance } from '../store/records/balance.ts';
import type { StoredSim } from '../store/records/sim.ts';
import type { Operators } from './operators.ts';
import { readBalance } from './read-balance.ts';

/** The USSD of a SIM that is ready. */
export interface BalanceUssd {
  ask(code: string): Promise<{ readonly text: string; readonly sessionId: string | null }>;
  leave(sessionId: string): void;
}

interface BalanceStore {
  sims(): Promise<StoredSim[]>;
  keepBalance(balance: NewBalance): Promise<void>;
}

export interface CheckerParts {
  readonly store: BalanceStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly operators: Operators;
  /** Milliseconds between checks of a SIM; 0: only when `ask` is called. */
  readonly every: number;
  /** SIMs that are in modems. */
  sims(): readonly { readonly iccid: string; readonly imsi: string | null }[];
  /** Undefined while a SIM is not ready. */
  ussd(iccid: string): BalanceUssd | undefined;
  /** Money below which somebody wants to know; 0: never. */
  below(iccid: string): number;
}

/** Milliseconds between looks for a SIM that is due. */
const LOOK = 30_000;

/** A check that failed is made again after this, where the period is not shorter, milliseconds. */
const AGAIN = 900_000;

/**
 * Asks the operator of each SIM what is left, one SIM after the other, each once a period. Counted from the last answer, also over
 * a restart, so that a box that starts often does not ask often. What operators say is not logged.
 */
export class BalanceChecker {
  readonly #parts: CheckerParts;
  /** When each SIM is due, milliseconds of the monotonic clock. */
  readonly #due = new Map<string, number>();
  /** SIMs of which it has been said that nobody knows how to ask. */
  readonly #strange = new Set<string>();
  #timer: Timer | undefined;
  #looking: Promise<void> | undefined;
  #stopped = false;

  constructor(parts: CheckerParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const { store, clock } = this.#parts;
    for (const { iccid, balance } of await store.sims()) {
      if (!balance || this.#parts.every === 0) continue;
      const since = Math.max(0, clock.now() - balance.at);
      this.#due.set(iccid, clock.monotonic() + Math.max(0, this.#parts.every - since));
    }
    this.#timer = every(clock, LOOK, () => {
      this.#looking ??= this.#look().finally(() => {
        this.#looking = undefined;
      });
    });
  }

  /** Asks the operator of a SIM soon, whenever it was asked last. */
  ask(iccid: string): void {
    this.#due.set(iccid, this.#parts.clock.monotonic());
  }

  /** What is being asked is not waited for; its answer is not kept. */
  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  /** Never rejects. */
  async #look(): Promise<void> {
    const { clock, log, sims } = this.#parts;
    for (const { iccid, imsi } of sims()) {
      if (this.#stopped) return;
      const period = this.#parts.every > 0 ? this.#parts.every : Number.POSITIVE_INFINITY;
      if (imsi === null || clock.monotonic() < (this.#due.get(iccid) ?? (this.#parts.every > 0 ? 0 : period))) continue;
      try {
        const asked = await this.#check(iccid, imsi);
        if (asked !== 'notReady') this.#due.set(iccid, clock.monotonic() + (asked === 'kept' ? period : Math.min(period, AGAIN)));
      } catch (error) {
        this.#due.set(iccid, clock.monotonic() + Math.min(period, AGAIN));
        log.warn({ iccid, code: error instanceof Fault ? error.code : 'internal' }, 'the balance of a SIM could not be asked');
      }
    }
  }

  async #check(iccid: string, imsi: string): Promise<'kept' | 'notKept' | 'notReady'> {
    const { store, clock, log, operators } = this.#parts;
    const operator = operators.of(imsi);
    if (!operator) {
      if (!this.#strange.has(iccid))
        log.info({ iccid, network: imsi.slice(0, 5) }, 'no code is known for the balance of this SIM; name one in balance.operatorsFile');
      this.#strange.add(iccid);
      return 'notKept';
    }
    const ussd = this.#parts.ussd(iccid);
    if (!ussd) return 'notReady';
    const { text, sessionId } = await ussd.ask(operator.code);
    if (sessionId !== null) ussd.leave(sessionId);
    const read = readBalance(text, operator.patterns, operator.currency);
    if (!read) {
      log.warn(
        { iccid, operator: operator.name },
        'what the operator said of the balance was not understood; add a pattern in balance.operatorsFile',
      );
      return 'notKept';
    }
    if (this.#stopped) return 'notKept';
    const below = this.#parts.below(iccid);
    await store.keepBalance({ iccid, at: clock.now(), ...read, low: below > 0 && read.amount !== null && read.amount < below });
    return 'kept';
  }
}
