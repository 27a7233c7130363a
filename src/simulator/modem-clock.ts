import type { Clock } from '../base/clock.ts';
import type { NetworkTime } from './network-time.ts';

/** What a modem's clock says at power-up before anybody has set it: the GPS epoch, as on many chipsets. */
const AT_POWER_UP: NetworkTime = { epochMs: Date.UTC(1980, 0, 6), quarterHours: 0 };

/** The modem's own clock (+CCLK), which is only right once the network or the host has set it. */
export class ModemClock {
  #time = AT_POWER_UP;
  #setAt: number;

  constructor(private readonly clock: Clock) {
    this.#setAt = clock.monotonic();
  }

  powerUp(): void {
    this.set(AT_POWER_UP);
  }

  set(time: NetworkTime): void {
    this.#time = time;
    this.#setAt = this.clock.monotonic();
  }

  now(): NetworkTime {
    return { epochMs: this.#time.epochMs + (this.clock.monotonic() - this.#setAt), quarterHours: this.#time.quarterHours };
  }
}
