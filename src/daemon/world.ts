import type { Duplex } from 'node:stream';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { MachineTime } from '../base/machine-time.ts';
import type { Random } from '../base/random.ts';
import type { Config } from '../config/options.ts';
import type { TimeWatch } from '../dispatch/time-watch.ts';
import type { Sessions } from '../http/sessions.ts';
import type { VirtualPhones } from '../http/virtual-phones.ts';
import type { PortSource } from '../modem/ports.ts';
import type { UsbRemedies } from '../modem/usb-remedies.ts';
import type { Language } from '../policy/language.ts';
import type { Store } from '../store/store.ts';
import type { Resolve } from '../webhooks/guarded-post.ts';

/** What comes from the world, so that the whole daemon also runs on a clock and ports of somebody else. */
export interface World {
  /** As the system tells it: jumps are dealt with in the daemon. */
  readonly clock: Clock;
  readonly machine: MachineTime;
  /** Of this machine, in small letters; requests may name them. */
  readonly hostNames?: readonly string[];
  readonly random: Random;
  readonly log: Log;
  readonly fetch: typeof fetch;
  readonly resolve: Resolve;
  /** The addresses of this machine now. */
  ownAddresses(): readonly string[];
  /** Opens a port by its name in the configuration. @param baudRate of a real serial line */
  open(port: string, baudRate: number): Promise<Duplex>;
  /** Which ports there are, and who has them open; without it there are those that the configuration names. */
  readonly ports?: PortSource;
  /** What can be done about a modem that hangs, by its USB socket; without it nothing but AT commands. */
  readonly usb?: UsbRemedies;
  /** The phones of a virtual network, for the console; none where the modems are real. */
  readonly phones?: VirtualPhones;
  /** Who is logged in, where that outlives a start. */
  readonly sessions?: Sessions;
  /**
   * Something was changed that only a new start takes up: this daemon is to end, and another to begin. Without it that waits for the
   * next start of the process.
   * @param between what is done while none runs
   */
  restart?(between?: () => Promise<void>): void;
  /** The store can no longer be trusted: the process must end. */
  fatal(error: Error): void;
}

/** What every part of a daemon stands on. */
export interface Ground {
  readonly world: World;
  /** As the file and the environment have it. */
  readonly file: Config;
  /** The same with what was changed while the box ran: what holds. */
  readonly config: Config;
  readonly store: Store;
  /** Steady, whatever the system's does. */
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly time: TimeWatch;
  /** In which the site writes to people of whom it knows no other. */
  readonly language: Language;
}
