import type { Clock, Timer } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { every } from '../base/waits.ts';
import type { SignalSample } from '../store/records/signal.ts';
import type { Store } from '../store/store.ts';

/** Milliseconds between two samples, and for which they are kept. */
const SAMPLE = 300_000;
const KEPT = 7 * 86_400_000;

/** Samples of each SIM that are written at once: a box that does nothing else should not wear out its card (S10). */
const AT_ONCE = 6;

/** A SIM that is in a modem now. */
interface Heard {
  readonly iccid: string;
  readonly imei: string;
  readonly registered: boolean;
  /** dBm. */
  readonly signalDbm: number | null;
}

/** Writes down how well each SIM hears its network. A crash loses the last half hour of it, which nobody counts on. */
export class SignalLog {
  readonly #parts;
  #timer: Timer | undefined;
  #unwritten: readonly SignalSample[] = [];
  #rounds = 0;

  constructor(parts: { store: Pick<Store, 'signals'>; clock: Clock; log: Log; sims(): readonly Heard[] }) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = every(this.#parts.clock, SAMPLE, () => this.#sample());
  }

  async stop(): Promise<void> {
    this.#timer?.cancel();
    await this.#write();
  }

  /**
   * What one modem heard, the oldest first, with what is not written yet.
   * @param since milliseconds since 1970
   */
  async since(imei: string, since: number): Promise<SignalSample[]> {
    const written = await this.#parts.store.signals.since(imei, since);
    // What was written meanwhile is in both.
    const last = written.at(-1)?.at ?? 0;
    return [...written, ...this.#unwritten.filter((one) => one.imei === imei && one.at >= since && one.at > last)];
  }

  #sample(): void {
    const { clock, sims } = this.#parts;
    const at = clock.now();
    const now = sims().map(({ iccid, imei, registered, signalDbm }) => ({ at, sim: iccid, imei, dbm: registered ? signalDbm : null }));
    this.#unwritten = [...this.#unwritten, ...now];
    this.#rounds += 1;
    if (this.#rounds % AT_ONCE === 0) void this.#write();
  }

  /** Never rejects: what cannot be written is left out. */
  async #write(): Promise<void> {
    const { store, clock, log } = this.#parts;
    const samples = this.#unwritten;
    if (samples.length === 0) return;
    try {
      await store.signals.keep(samples, clock.now() - KEPT);
    } catch (error) {
      log.warn({ err: error }, 'how well the network was heard could not be kept');
    }
    const done = new Set(samples);
    this.#unwritten = this.#unwritten.filter((one) => !done.has(one));
  }
}
