import { causeOf } from '../base/causes.ts';
import type { Clock, Timer } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { every } from '../base/waits.ts';
import type { SimReports, SimStanding, Standing } from '../store/records/standing.ts';
import { type Credit, type CreditInput, firstProbeIn, judgeCredit, maySend, stillBarred, WITH_CREDIT } from './credit.ts';
import { type Asked, isSilent, REMEMBERED, reportsAgain, type Week } from './silence.ts';

interface StandingStore {
  keepStanding(standing: SimStanding): Promise<void>;
  standings(): Promise<readonly SimStanding[]>;
  reportsSince(since: number): Promise<readonly SimReports[]>;
}

/** How a segment ended, as far as it says something of the SIM. */
interface Outcome {
  readonly kind: 'ok' | 'refused' | 'not-sent' | 'unknown';
  readonly mr?: number;
  readonly cause?: string;
}

/** What is wrong with a SIM, for people. */
export interface SimTrouble {
  readonly kind: Exclude<Standing, 'well'>;
  readonly since: number;
  readonly sentence: string;
  readonly nextStep: string;
}

export interface StandingsParts {
  readonly store: StandingStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether the modem of a SIM hears the network well enough to blame the SIM. */
  hearsNetwork(iccid: string): boolean;
  /** Asks the operator of a SIM soon what is left on it. */
  askBalance(iccid: string): void;
  /** A SIM may send that might not before. */
  onChange(): void;
}

/** Milliseconds between looks at what is due, and between looks at what is usual. */
const LOOK = 30_000;
const WEIGH = 3_600_000;
const WEEK = 7 * 86_400_000;

interface SimState {
  credit: Credit;
  asked: readonly Asked[];
  week: Week;
  /** As it was last told. */
  told: Standing;
  cause: string | null;
  since: number;
}

/**
 * How each SIM stands with its operator: it may be out of credit or barred (`credit.ts`), in which case nothing goes through it
 * but a probe at times, or barred in silence (`silence.ts`), which a person is told of. What is told is kept, so that a start
 * does not send through a SIM that is barred.
 */
export class Standings {
  readonly #parts: StandingsParts;
  readonly #sims = new Map<string, SimState>();
  readonly #timers: Timer[] = [];

  constructor(parts: StandingsParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const { store, clock } = this.#parts;
    for (const { iccid, at, standing, cause } of await store.standings()) {
      const sim = this.#of(iccid);
      Object.assign(sim, { told: standing, cause, since: at });
      const left = firstProbeIn(Math.max(0, clock.now() - at));
      if (standing === 'barred') sim.credit = stillBarred(cause ?? '', clock.monotonic(), left);
    }
    await this.#weigh();
    this.#timers.push(
      every(clock, LOOK, () => this.#look()),
      every(clock, WEIGH, () => void this.#weigh()),
    );
  }

  stop(): void {
    for (const timer of this.#timers) timer.cancel();
  }

  /** Whether a SIM may be given a segment. */
  maySend(iccid: string): boolean {
    const sim = this.#sims.get(iccid);
    return sim === undefined || maySend(sim.credit);
  }

  /** What is wrong with a SIM; null when nothing is known to be. */
  trouble(iccid: string): SimTrouble | null {
    const sim = this.#sims.get(iccid);
    if (!sim || sim.told === 'well') return null;
    return { kind: sim.told, since: sim.since, ...wordsOf(sim.told, sim.cause) };
  }

  /** Hands a segment over by `send` and learns from how that ends. */
  async watch<T extends Outcome>(iccid: string, to: string, send: () => Promise<T>): Promise<T> {
    this.#credit(iccid, { type: 'began' });
    const outcome = await send();
    const { clock } = this.#parts;
    const sim = this.#of(iccid);
    if (outcome.kind === 'ok') {
      if (outcome.mr !== undefined) {
        sim.asked = [...sim.asked, { mr: outcome.mr, at: clock.monotonic(), reportedAt: null }].slice(-REMEMBERED);
      }
      this.#credit(iccid, { type: 'ended', how: { taken: true }, hearsNetwork: true });
    } else {
      const how = { taken: false, cause: outcome.cause ?? '', to } as const;
      this.#credit(iccid, { type: 'ended', how, hearsNetwork: this.#parts.hearsNetwork(iccid) });
    }
    this.#listen(iccid, sim);
    return outcome;
  }

  /** A report came through a SIM. @param mr TP-MR, 0..255 */
  reported(iccid: string, mr: number): void {
    const sim = this.#of(iccid);
    const at = sim.asked.findLastIndex((one) => one.mr === mr && one.reportedAt === null);
    if (at < 0) return;
    sim.asked = sim.asked.map((one, i) => (i === at ? { ...one, reportedAt: this.#parts.clock.monotonic() } : one));
    this.#listen(iccid, sim);
  }

  /** Somebody says that sending may go on: SIMs that are barred get a segment at once. @param iccid null: all of them */
  retry(iccid: string | null): void {
    for (const name of iccid === null ? [...this.#sims.keys()] : [iccid]) this.#credit(name, { type: 'retry' });
  }

  // ---- what follows -----------------------------------------------------------------------------------------------

  #of(iccid: string): SimState {
    const known = this.#sims.get(iccid);
    if (known) return known;
    const fresh: SimState = { credit: WITH_CREDIT, asked: [], week: { asked: 0, reported: 0 }, told: 'well', cause: null, since: 0 };
    this.#sims.set(iccid, fresh);
    return fresh;
  }

  #credit(iccid: string, input: CreditInput): void {
    const sim = this.#of(iccid);
    const before = sim.credit;
    sim.credit = judgeCredit(before, input, this.#parts.clock.monotonic());
    const now = sim.credit;
    if (now.at === 'barred' && before.at !== 'barred') {
      this.#tell(iccid, sim, 'barred', now.cause);
      this.#parts.askBalance(iccid);
    }
    if (now.at === 'well' && before.at !== 'well') this.#tell(iccid, sim, 'well', null);
    if (maySend(now) && !maySend(before)) this.#parts.onChange();
  }

  #listen(iccid: string, sim: SimState): void {
    const now = this.#parts.clock.monotonic();
    if (sim.told === 'well' && isSilent(sim.asked, sim.week, now)) this.#tell(iccid, sim, 'silent', null);
    else if (sim.told === 'silent' && reportsAgain(sim.asked, now)) this.#tell(iccid, sim, 'well', null);
  }

  #look(): void {
    const now = this.#parts.clock.monotonic();
    for (const [iccid, sim] of this.#sims) {
      if (sim.credit.at === 'barred' && now >= sim.credit.probeAt) {
        this.#parts.askBalance(iccid);
        this.#credit(iccid, { type: 'retry' });
      }
      this.#listen(iccid, sim);
    }
  }

  /** Never rejects. */
  async #weigh(): Promise<void> {
    const { store, clock, log } = this.#parts;
    try {
      for (const { iccid, asked, reported } of await store.reportsSince(clock.now() - WEEK)) this.#of(iccid).week = { asked, reported };
    } catch (error) {
      log.error({ err: error }, 'how many reports are usual could not be read');
    }
  }

  /** Once for each change: a SIM that stays barred after a probe has been told of. */
  #tell(iccid: string, sim: SimState, standing: Standing, cause: string | null): void {
    if (sim.told === standing) return;
    const at = this.#parts.clock.now();
    Object.assign(sim, { told: standing, cause, since: at });
    const { store, log } = this.#parts;
    if (standing === 'well') log.info({ iccid }, 'a SIM is well again');
    else log.warn({ iccid, cause }, wordsOf(standing, cause).sentence);
    store
      .keepStanding({ iccid, at, standing, cause })
      .catch((error: unknown) => log.error({ err: error, iccid }, 'how a SIM stands could not be kept'));
  }
}

function wordsOf(kind: Exclude<Standing, 'well'>, cause: string | null): { sentence: string; nextStep: string } {
  if (kind === 'silent') {
    return {
      sentence: 'Nearly no reports come for what is sent through this SIM, and they used to: its operator may be barring it in silence.',
      nextStep: 'Send a text through it to a phone at hand; if it does not arrive, ask the operator, and use another SIM.',
    };
  }
  const named = causeOf(cause ?? '').class === 'SIM_BARRED_OR_NO_CREDIT';
  return {
    sentence: named
      ? `The SIM has no credit or no SMS plan, or is barred (${cause}), so nothing is sent through it.`
      : `The network refuses everything through this SIM (${cause}), as it does for one without credit, so nothing is sent through it.`,
    nextStep:
      'Top it up, or ask its operator, then PUT /v1/sending {"state": "running", "sim": ICCID}; one message is tried by itself after 1, 6 and 24 hours.',
  };
}
