import { seededRandom } from '../../../src/base/random.ts';
import type { EncodedPdu, SubmitSegment } from '../../../src/pdu/submit.ts';
import { encodeSubmit } from '../../../src/pdu/submit.ts';
import type { VirtualModem } from '../../../src/simulator/modem.ts';
import { VirtualNetwork } from '../../../src/simulator/network.ts';
import type { NetworkOptions, NewModem } from '../../../src/simulator/network-options.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { Terminal } from './terminal.ts';

export const PHONE = '+380671112233';

export interface Rig {
  readonly clock: FakeClock;
  readonly network: VirtualNetwork;
  readonly modem: VirtualModem;
  readonly terminal: Terminal;
}

/** A network with one modem, a fake clock, and somebody at the modem's port. */
export function rig(options: Partial<NetworkOptions> = {}, modemOptions: NewModem = {}): Rig {
  const clock = new FakeClock();
  const network = new VirtualNetwork({ clock, random: seededRandom(7), ...options });
  const modem = network.addModem(modemOptions);
  return { clock, network, modem, terminal: new Terminal(network.plug(modem)) };
}

/** A segment to a phone that wants a report, unless something else is said. */
export function submit(segment: Partial<SubmitSegment> = {}): EncodedPdu {
  return encodeSubmit({ to: PHONE, text: 'Чекаємо о 9:30', alphabet: 'ucs2', statusReport: true, ...segment });
}
