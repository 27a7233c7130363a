import { existsSync } from 'node:fs';
import { createConnection } from 'node:net';
import type { Clock } from '../base/clock.ts';
import { whyUnreached } from '../base/unreached.ts';
import { Alarm, deferred } from '../base/waits.ts';
import { canBeAskedOf, readUsbAnswer, type UsbAnswer, type UsbRequest, writeUsbRequest } from './usb-request.ts';

/** Milliseconds that the helper may take: a socket is 10 s without power. */
const PATIENCE = 45_000;

const LONGEST_ANSWER = 65_536;

/** The helper that runs as root, as the daemon sees it: it may be missing, and what it refuses is told in words. Nothing here rejects. */
export class UsbHelper {
  readonly #path: string;
  readonly #clock: Clock;

  /** @param path of its unix socket; '' where none is wanted */
  constructor(path: string, clock: Clock) {
    this.#path = path;
    this.#clock = clock;
  }

  /** Whether it is set up. */
  get here(): boolean {
    return this.#path !== '' && existsSync(this.#path);
  }

  able(): readonly ('usbReset' | 'powerCycle')[] {
    return this.here ? ['usbReset', 'powerCycle'] : [];
  }

  async apply(remedy: 'usbReset' | 'powerCycle', socket: string): Promise<string | undefined> {
    const answer = await this.#ask({ verb: remedy === 'usbReset' ? 'usb-reset' : 'port-power', socket });
    return answer.ok ? undefined : answer.why;
  }

  /** Who else has these devices open, as far as anybody is seen; undefined where the helper cannot be asked. */
  async openersOf(devices: ReadonlySet<string>): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
    const asked = [...devices].filter(canBeAskedOf);
    if (!this.here) return undefined;
    if (asked.length === 0) return new Map();
    const answer = await this.#ask({ verb: 'who-holds', devices: asked });
    if (!answer.ok) return undefined;
    const own = `(process ${process.pid})`;
    const others = Object.entries(answer.holders ?? {}).map(([device, who]) => [device, who.filter((one) => !one.endsWith(own))] as const);
    return new Map(others.filter(([, who]) => who.length > 0));
  }

  async #ask(request: UsbRequest): Promise<UsbAnswer> {
    const line = writeUsbRequest(request);
    if (line === undefined) return { ok: false, why: 'That cannot be asked of the USB helper.' };
    const { promise, resolve } = deferred<UsbAnswer>();
    let heard = '';
    const socket = createConnection(this.#path, () => socket.write(`${line}\n`));
    const alarm = new Alarm(this.#clock, () => socket.destroy());
    alarm.in(PATIENCE);
    socket.on('data', (octets) => {
      heard += octets.toString('utf8');
      if (heard.length > LONGEST_ANSWER) socket.destroy();
    });
    socket.on('error', (error) => resolve({ ok: false, why: `The USB helper cannot be reached: ${whyUnreached(error)}.` }));
    socket.on('close', () => resolve(readUsbAnswer(heard)));
    const answer = await promise;
    alarm.cancel();
    return answer;
  }
}
