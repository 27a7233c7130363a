import type { Duplex } from 'node:stream';
import { silentLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import type { ModemConfig } from '../../src/modem/config.ts';
import type { ModemFault } from '../../src/modem/modem.ts';
import type { PinBook } from '../../src/modem/pin.ts';
import { ModemPool, type PoolParts } from '../../src/modem/pool.ts';
import { loadProfiles, profilesFolder } from '../../src/modem/profile-files.ts';
import type { Received, SimCall } from '../../src/modem/session.ts';
import type { SubmitSegment } from '../../src/pdu/submit.ts';
import { duplexPair } from './duplex-pair.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeModem } from './fake-modem.ts';

/** The profiles that are delivered. */
export const PROFILES = loadProfiles(profilesFolder()).profiles;

/** A text of one segment. */
export const HELLO: SubmitSegment = { to: '+380501234567', text: 'Hello', alphabet: 'gsm7' };

/** What a store remembers of PINs, in memory. */
export class PinTable implements PinBook {
  readonly configured = new Map<string, string>();
  readonly #tried = new Map<string, boolean>();

  of(iccid: string): string | undefined {
    return this.configured.get(iccid);
  }

  mayTry(iccid: string, pin: string): Promise<boolean> {
    const key = `${iccid} ${pin}`;
    const may = this.#tried.get(key) ?? true;
    this.#tried.set(key, false);
    return Promise.resolve(may);
  }

  refused(iccid: string): Promise<number> {
    return Promise.resolve([...this.#tried].filter(([key, taken]) => key.startsWith(`${iccid} `) && !taken).length);
  }

  taken(iccid: string, pin: string): Promise<void> {
    this.#tried.set(`${iccid} ${pin}`, true);
    return Promise.resolve();
  }
}

/** A pool over fake modems, one for each port, with a clock that stands still until it is moved. */
export class ModemRig {
  readonly clock = new FakeClock();
  readonly received: Received[] = [];
  /** All that was told of calls, in order. */
  readonly calls: SimCall[] = [];
  /** What was told with its trace, in order. */
  readonly faults: ModemFault[] = [];
  readonly pool: ModemPool;
  /** By port; a new one for each opening. */
  readonly fakes = new Map<string, FakeModem>();
  opened = 0;
  /** Prepares each fake before it hears anything. */
  prepare: (fake: FakeModem, port: string) => void = () => undefined;
  /** What happens when a message comes in; by default it is kept at once. */
  commit: (received: Received) => Promise<void> = () => Promise.resolve();
  /** Whether SIMs may send abroad. */
  roaming = false;
  /** PINs by ICCID, and what was tried: `taken` or not. It outlives the rig, as the store does the daemon. */
  readonly pins: PinTable;
  /** Opens another stream than a fake's, or refuses; a fake's where it gives none. */
  open: (port: string) => Promise<Duplex> | undefined = () => undefined;
  #changed: (() => void)[] = [];

  constructor(modems: readonly ModemConfig[] = [{ port: 'port' }], pins = new PinTable(), hangUpAfter = 0, more: Partial<PoolParts> = {}) {
    this.pins = pins;
    this.pool = new ModemPool({
      modems,
      open: (port) => this.#open(port),
      clock: this.clock,
      random: seededRandom(1),
      log: silentLog,
      pins: this.pins,
      profiles: PROFILES,
      mayRoam: () => this.roaming,
      onReceived: async (received) => {
        await this.commit(received);
        this.received.push(received);
      },
      hangUpAfter,
      onCall: (call) => this.calls.push(call),
      onFault: (fault) => this.faults.push(fault),
      onChange: () => {
        for (const tell of this.#changed.splice(0)) tell();
      },
      ...more,
    });
  }

  #open(port: string): Promise<Duplex> {
    this.opened += 1;
    const other = this.open(port);
    if (other) return other;
    const [ours, theirs] = duplexPair();
    const fake = new FakeModem(theirs);
    this.fakes.set(port, fake);
    this.prepare(fake, port);
    return Promise.resolve(ours);
  }

  /** The fake that is on a port now. */
  fake(port = 'port'): FakeModem {
    const fake = this.fakes.get(port);
    if (!fake) throw new Error(`nothing was opened at ${port} yet`);
    return fake;
  }

  /** Moves the clock until `done`, at most so many milliseconds. */
  async until(done: () => boolean, ms = 60_000): Promise<void> {
    const end = this.clock.monotonic() + ms;
    await this.clock.advance(0);
    while (!done()) {
      if (this.clock.monotonic() >= end) {
        throw new Error(`it did not come to that in ${ms} ms: ${JSON.stringify(this.pool.modems())} ${JSON.stringify(this.received)}`);
      }
      await this.clock.advance(50);
    }
  }

  state(port = 'port'): string | undefined {
    return this.pool.modems().find((m) => m.port === port)?.state;
  }

  /** Starts, and waits until every modem is ready and nothing is left to do. */
  async ready(): Promise<void> {
    this.pool.start();
    await this.until(() => this.pool.modems().every((m) => m.state === 'ready'));
    await this.clock.advance(500);
  }
}
