import registration from './data/imei-registration.json' with { type: 'json' };
import type { Facts, FolderFacts, PortFacts, SharedSerial, SimSeen } from './facts.ts';

/** One thing that somebody should know: what is, and what to do about it, a sentence each. */
export interface Finding {
  /** A problem keeps messages from going, or will; a note does not. */
  readonly level: 'problem' | 'note';
  readonly sentence: string;
  readonly nextStep: string;
}

/** dBm at which messages begin to get lost on the way to the mast: <rssi> 4 of TS 27.007 8.5. */
const WEAK = -105;

/** Bits of `vcgencmd get_throttled`. */
const LOW_VOLTAGE_NOW = 1;
const LOW_VOLTAGE_SINCE_START = 2 ** 16;

/** What there is to say about the facts, problems first. Pure. */
export function findings(facts: Facts): Finding[] {
  const all = [
    ...ofConfig(facts),
    ...ofMachine(facts),
    ...(facts.folder ? ofFolder(facts.folder) : []),
    ...facts.ports.flatMap((port) => ofPort(port, facts)),
    ...facts.shared.map((one) => ofShared(one, facts)),
    ...facts.modemNetworks.map(ofNetwork),
    ...ofModems(facts),
    ...facts.sims.flatMap(ofSim),
  ];
  // What the daemon gives as its reasons says no more than what was found.
  if (facts.daemon.asked && !facts.daemon.ready && !all.some((f) => f.level === 'problem')) {
    const reasons = facts.daemon.reasons.join(' ');
    all.push(problem(`The daemon is not ready: ${reasons}`, 'Do as it says; simpost status shows more.'));
  }
  return [...all.filter((f) => f.level === 'problem'), ...all.filter((f) => f.level === 'note')];
}

const problem = (sentence: string, nextStep: string): Finding => ({ level: 'problem', sentence, nextStep });
const note = (sentence: string, nextStep: string): Finding => ({ level: 'note', sentence, nextStep });

function ofConfig({ config, mistakes, warnings, clock, ports, modems }: Facts): Finding[] {
  const found = [
    ...mistakes.map((mistake) => problem(mistake, 'Correct it; simpost config check reads the file again.')),
    ...warnings.map((warning) => note(warning, 'Change it, unless it is meant.')),
  ];
  if (!config) return found;
  if (config.discovers) {
    if (modems.length === 0 && ports.length > 0)
      found.push(problem('No modem was found.', 'Unplug it and plug it in again, or add a [[modem]] with its port.'));
  } else if (!config.namesModems) {
    const names = ports.map((p) => p.names[0] ?? p.path).join(', ');
    const step =
      names === '' ? 'Plug a modem in, and add a [[modem]] with its port.' : `Add a [[modem]] with its port; there are ${names}.`;
    found.push(problem('No modem is configured.', step));
  }
  if (clock.timeZone !== config.timeZone) {
    found.push(
      note(
        `The system keeps the time of ${clock.timeZone} and site.timeZone is ${config.timeZone}.`,
        `Times of day follow site.timeZone; if that is right, nothing needs doing, else correct it or run: timedatectl set-timezone ${config.timeZone}`,
      ),
    );
  }
  const rule = registration.countries.find((c) => c.country === config.country);
  if (rule) found.push(note(rule.sentence, rule.nextStep));
  return found;
}

function ofMachine({ clock, throttled, modemManagerRuns, daemon, ports, config, modems }: Facts): Finding[] {
  const found: Finding[] = [];
  if (clock.synchronized === false) {
    found.push(
      problem(
        'The system does not trust its clock: no time source has set it since the start.',
        'Give it a network with NTP or a clock chip (RTC); timedatectl shows how it stands.',
      ),
    );
  }
  const power = 'Use the supply that the board asks for, and a hub with its own supply for the modems.';
  if (throttled !== null && throttled & LOW_VOLTAGE_NOW) {
    found.push(problem('The board gets too little voltage now, which makes modems hang and come and go.', power));
  } else if (throttled !== null && throttled & LOW_VOLTAGE_SINCE_START) {
    found.push(problem('The board got too little voltage since its start, which makes modems hang and come and go.', power));
  }
  if (modemManagerRuns && !ports.some((p) => p.holders.some(isModemManager))) {
    found.push(note('ModemManager is running and may take hold of a modem when it is plugged in.', KEEP_AWAY));
  }
  if (ports.length === 0 && modems.length === 0 && !config?.ports.some((port) => port.startsWith('tcp://'))) {
    found.push(
      problem(
        'The system has no serial port of a modem.',
        'Plug one in; if lsusb shows it and no port comes, it needs usb_modeswitch: see firmware-config/README.md.',
      ),
    );
  }
  if (!daemon.asked) found.push(note(`The running daemon was not asked. ${daemon.why}`, 'Without it the ports were looked at directly.'));
  return found;
}

const KEEP_AWAY =
  'Install firmware-config/udev/60-simpost.rules, which tell it to leave modems alone, or end it: sudo systemctl disable --now ModemManager';

const isModemManager = ({ name }: { name: string }): boolean => name === 'ModemManager';

/** What the daemon's own process is called. */
const isOurs = ({ name }: { name: string }): boolean => name === 'node' || name === 'simpost';

function ofPort(port: PortFacts, { user, daemon }: Facts): Finding[] {
  const found: Finding[] = [];
  if (!port.usable) {
    const group = port.group ?? 'dialout';
    found.push(
      note(
        `${user} may not use ${port.path}, which belongs to the group ${group}.`,
        `Add the user that runs Simpost to the group (sudo adduser ${user} ${group}) and log in anew.`,
      ),
    );
  }
  for (const holder of port.holders) {
    if (isModemManager(holder)) found.push(problem(`ModemManager holds ${port.path}.`, KEEP_AWAY));
    else if (!(daemon.asked && isOurs(holder))) {
      found.push(problem(`${holder.name} (process ${holder.pid}) holds ${port.path}.`, 'End that program, or give it another port.'));
    }
  }
  return found;
}

/** Some batches have one serial number, and udev keeps one name for them all. */
function ofShared({ id, sockets, names }: SharedSerial, { config }: Facts): Finding {
  const named = config?.ports.find((port) => names.includes(port));
  const sentence = `${sockets.length} devices ${id} have the same serial number (sockets ${sockets.join(', ')}), so a name in /dev/serial/by-id leads to any of them.`;
  if (named === undefined)
    return note(sentence, `Name them by usbPath = "${sockets[0]}" in the configuration, not by-id; or leave it to discover.`);
  return problem(`${sentence} The configuration names ${named}.`, `Name them by usbPath instead: usbPath = "${sockets[0]}".`);
}

/** A modem that was taken over from the air would have a way into the network. */
const ofNetwork = ({ name, socket }: Facts['modemNetworks'][number]): Finding =>
  note(
    `The modem in USB socket ${socket} is a network card of this machine too, ${name}.`,
    'Install firmware-config/udev/62-simpost-only-serial.rules and plug it in again; unless it is the way to the internet: then name it as that file says.',
  );

function ofModems({ modems }: Facts): Finding[] {
  return modems.flatMap(({ name, port, sentence, nextStep }) =>
    nextStep === null ? [] : [problem(`${name ?? port}: ${sentence}`, nextStep)],
  );
}

function ofSim({ iccid, name, signalDbm, smsc }: SimSeen): Finding[] {
  const found: Finding[] = [];
  const sim = `The SIM ${name ?? iccid}`;
  if (smsc === null) {
    found.push(
      problem(
        `${sim} has no number of an SMSC, so nothing can be sent through it.`,
        'Put it into a phone and set the message centre there, to the number that its operator names.',
      ),
    );
  }
  if (signalDbm !== null && signalDbm <= WEAK) {
    found.push(
      problem(
        `${sim} hears its network weakly (${signalDbm} dBm).`,
        'Move the modem or its antenna to a window, or use an antenna that can be placed apart.',
      ),
    );
  }
  return found;
}

function ofFolder({ path, state, freeMegabytes }: FolderFacts): Finding[] {
  if (state === 'missing') return [note(`The data folder ${path} is not there yet.`, 'The first start makes it; nothing needs doing.')];
  const found: Finding[] = [];
  if (state === 'forbidden') {
    found.push(
      note(`This user may not write the data folder ${path}.`, 'See that it belongs to the user that the daemon runs as: ls -ld shows it.'),
    );
  }
  if (freeMegabytes !== null && freeMegabytes < 1024) {
    const say = freeMegabytes < 100 ? problem : note;
    found.push(say(`The disk of ${path} has ${freeMegabytes} MB left.`, 'Free some space; without it no message is accepted.'));
  }
  return found;
}
