import { Chrony } from '../base/chrony.ts';
import { systemClock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { LINUX_TIME_FILES, machineTime } from '../base/machine-time.ts';
import { systemRandom } from '../base/random.ts';
import type { Config } from '../config/options.ts';
import type { World } from '../daemon/world.ts';
import { loadProfiles, profilesFolder } from '../modem/profile-files.ts';
import { atInterfaces } from '../modem/usb-ids.ts';
import { openPort } from '../serial/open-port.ts';
import { SystemPorts } from '../serial/system-ports.ts';
import { UsbHelper } from '../serial/usb-helper.ts';
import { askChrony } from './ask-chrony.ts';
import { hostNames } from './host-names.ts';
import { machineNetwork } from './machine-network.ts';

/** The real world of a daemon: the clock, the ports and the network of this machine. `end` when the daemon has stopped. */
export function systemWorld(config: Config, log: Log): { readonly world: World; end(): void } {
  // Before anything runs, since it may be missing.
  const { others } = loadProfiles(profilesFolder()).profiles;
  const chrony = new Chrony({ clock: systemClock, random: systemRandom, ask: (request) => askChrony(request, systemClock) });
  const helper = new UsbHelper(config.modems.usbHelper, systemClock);
  if (!helper.here) log.info('the USB helper is not set up: a modem that hangs is told to start anew, but not reset at its USB port');
  const world: World = {
    clock: systemClock,
    machine: machineTime(LINUX_TIME_FILES, process.env.BOOT_ID ?? systemRandom.bytes(12).toString('hex'), () => chrony.synchronised),
    hostNames: hostNames(),
    random: systemRandom,
    log,
    ...machineNetwork,
    open: (port, baudRate) => openPort(port, { clock: systemClock, baudRate }),
    ports: new SystemPorts({ at: atInterfaces(others), clock: systemClock, helper }),
    usb: helper,
    fatal(error) {
      // The disk did not keep what it was told to keep. Going on would lose messages in silence; a restart re-reads.
      log.fatal({ err: error }, 'the store cannot be written; the process ends');
      process.exit(74);
    },
  };
  return { world, end: () => chrony.stop() };
}
