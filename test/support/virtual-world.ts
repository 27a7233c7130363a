import type { Clock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { systemRandom } from '../../src/base/random.ts';
import { machineNetwork } from '../../src/commands/machine-network.ts';
import type { World } from '../../src/daemon/world.ts';
import type { VirtualNetwork } from '../../src/simulator/network.ts';
import { stillMachine } from './still-machine.ts';

/** What a whole daemon in a test lives in: its ports are the modems of a virtual network, `sim://NAME`, and its time is that of the clock. */
export const virtualWorld = (network: VirtualNetwork, clock: Clock, over: Partial<World> = {}): World => ({
  clock,
  machine: stillMachine(clock),
  random: systemRandom,
  log: silentLog,
  ...machineNetwork,
  open: (port) => Promise.resolve(network.open(port.slice('sim://'.length))),
  fatal(error) {
    throw error;
  },
  ...over,
});
