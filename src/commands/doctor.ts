import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { Clock } from '../base/clock.ts';
import { errorCode } from '../base/error-code.ts';
import { Fault } from '../base/fault.ts';
import { describeConfig } from '../config/describe.ts';
import { discovers } from '../config/discovers.ts';
import { systemTimeZone } from '../config/formats.ts';
import { type LoadedConfig, readConfig } from '../config/load.ts';
import type { ConfigFacts, DaemonFacts, Facts, ModemSeen, SimSeen } from '../doctor/facts.ts';
import { findings } from '../doctor/findings.ts';
import { deviceOf, type Listed, lookAtFolder, lookAtPorts, processes, readSynchronized, readThrottled, unlisted } from '../doctor/look.ts';
import { type Dialogue, diagnosis, reportText } from '../doctor/report.ts';
import type { Modem, Sim } from '../http/schemas/hardware.ts';
import { probe } from '../modem/probe.ts';
import { loadProfiles, profilesFolder } from '../modem/profile-files.ts';
import { savedFaults } from '../modem/trace-folder.ts';
import { atInterfaces } from '../modem/usb-ids.ts';
import { alike, sticksOf } from '../serial/sticks.ts';
import { usbNetworks } from '../serial/usb-networks.ts';
import { type UsbPort, usbPorts } from '../serial/usb-ports.ts';
import { settingsIn } from '../store/settings-beside.ts';
import { VERSION } from '../version.ts';
import { type AskingWorld, type DaemonClient, type DaemonOptions, daemonClient, daemonUrl } from './daemon-client.ts';
import { systemSentence } from './system-error.ts';
import { testMessage } from './test-message.ts';

export interface DoctorCommand extends DaemonOptions {
  /** Two ICCIDs, or names of SIMs: from, to. */
  readonly test?: readonly string[];
  /** Sends the test message without asking first. */
  readonly yes?: boolean;
  /** Where the report is written. */
  readonly report?: string;
}

export interface DoctorWorld extends AskingWorld {
  readonly clock: Clock;
  readonly user: string;
  readonly pid: number;
  /** `/`; a test hands in a folder that looks like one. */
  readonly root: string;
  /** Runs a program of the system; undefined when it is not there or fails. */
  run(program: string, args: readonly string[]): Promise<string | undefined>;
  listPorts(): Promise<readonly Listed[]>;
  open(port: string, baudRate: number): Promise<Duplex>;
  out(text: string): void;
  confirm(question: string): Promise<boolean>;
}

/** Milliseconds that one modem may take to tell how it is. */
const PROBE_LIMIT = 20_000;

/**
 * `simpost doctor`: what is wrong on this machine and with its modems, and what to do about it. It asks the running daemon; where none
 * runs it looks at the ports itself.
 * @returns the exit code: 0 when no problem was found, 1 when one was
 * @throws Fault when the test message or the report cannot be had
 */
export async function doctor(options: DoctorCommand, world: DoctorWorld): Promise<number> {
  const { test } = options;
  if (test !== undefined && test.length !== 2) {
    throw new Fault('requestInvalid', '--test takes two SIMs, the one that sends and the one that receives: give both ICCIDs.');
  }
  const { facts, daemon, traces } = await examine(options, world);
  const found = findings(facts);
  world.out(diagnosis(facts, found));
  if (options.report !== undefined) {
    const faults = await faultsIn(facts.folder?.path);
    await writeReport(options.report, reportText(facts, found, configText(options, world), [...traces, ...faults]), world);
  }
  if (test !== undefined) {
    if (!daemon) throw new Fault('unavailable', `A test message needs the running daemon. ${facts.daemon.asked ? '' : facts.daemon.why}`);
    const [from = '', to = ''] = test;
    await testMessage(daemon, { from, to, yes: options.yes ?? false }, world);
  }
  return found.some((f) => f.level === 'problem') ? 1 : 0;
}

interface Examined {
  readonly facts: Facts;
  /** Undefined when the daemon cannot be asked. */
  readonly daemon: DaemonClient | undefined;
  readonly traces: readonly Dialogue[];
}

async function examine(options: DoctorCommand, world: DoctorWorld): Promise<Examined> {
  const loaded = configOf(options, world);
  const config = loaded instanceof Fault ? undefined : loaded.config;
  const [running, listed, throttled, synchronized, asked] = await Promise.all([
    processes(world.root),
    world.listPorts(),
    world.run('vcgencmd', ['get_throttled']),
    world.run('timedatectl', ['show', '--property=NTPSynchronized', '--value']),
    askDaemon(options, world),
  ]);
  const configured = await Promise.all(
    named(config?.modem ?? [])
      .filter((m) => m.port.startsWith('/'))
      .map(({ port }) => deviceOf(world.root, port)),
  );
  const known = new Set(listed.map((p) => p.path));
  const all = [...listed, ...configured.filter((path) => !known.has(path)).map(unlisted)];
  const ports = await lookAtPorts(world.root, all, running, world.pid);
  const hasPin = (iccid: string): boolean => config?.sim.some((sim) => sim.iccid === iccid && sim.pin !== undefined) ?? false;
  const seen =
    asked.seen ??
    (asked.isUp || !config ? NOBODY : await lookAtModems(named(config.modem), discovers(config), ports, configured, hasPin, world));
  const onUsb = await usbPorts(world.root);
  const facts: Facts = {
    version: VERSION,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    user: world.user,
    config: loaded instanceof Fault ? null : configFacts(loaded),
    mistakes: loaded instanceof Fault ? mistakesOf(loaded) : [],
    warnings: loaded instanceof Fault ? [] : loaded.warnings,
    ports,
    shared: alike(onUsb),
    modemNetworks: await modemNetworks(world.root, onUsb),
    modemManagerRuns: running.some((p) => p.name === 'ModemManager'),
    folder: config ? await lookAtFolder(config.store.path) : null,
    clock: { synchronized: readSynchronized(synchronized), timeZone: systemTimeZone() },
    throttled: readThrottled(throttled),
    daemon: asked.daemon,
    ...seen,
  };
  return { facts, daemon: asked.client, traces: asked.client && options.report ? await tracesOf(asked.client, seen.modems) : [] };
}

async function modemNetworks(root: string, ports: readonly UsbPort[]): Promise<Facts['modemNetworks']> {
  const modems = sticksOf(ports, atInterfaces(loadProfiles(profilesFolder()).profiles.others)).filter(({ kind }) => kind === 'modem');
  return (await usbNetworks(root)).filter(({ socket }) => modems.some(({ usbPath }) => usbPath === socket));
}

/** Of the `[[modem]]` entries, those that name their port. */
function named<E extends { readonly port?: string }>(entries: readonly E[]): (E & { readonly port: string })[] {
  return entries.flatMap((entry) => (entry.port === undefined ? [] : [{ ...entry, port: entry.port }]));
}

function configOf(options: DoctorCommand, { env }: DoctorWorld): LoadedConfig | Fault {
  try {
    return readConfig(options.config, env);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

const mistakesOf = (fault: Fault): string[] =>
  fault.places.length === 0 ? [fault.message] : fault.places.map((p) => `In the configuration, ${p.pointer}: ${p.detail}`);

const configFacts = ({ config, file }: LoadedConfig): ConfigFacts => ({
  file,
  country: config.site.country ?? null,
  timeZone: config.site.timeZone,
  ports: named(config.modem).map((m) => m.port),
  discovers: discovers(config),
  namesModems: config.modem.length > 0,
});

function configText(options: DoctorCommand, { env }: DoctorWorld): string {
  try {
    return describeConfig(options.config, env, { changedIn: settingsIn });
  } catch (error) {
    if (error instanceof Fault) return `${error.message}\n`;
    throw error;
  }
}

interface Seen {
  readonly modems: readonly ModemSeen[];
  readonly sims: readonly SimSeen[];
}

const NOBODY: Seen = { modems: [], sims: [] };

interface Asked {
  readonly daemon: DaemonFacts;
  readonly client?: DaemonClient;
  readonly seen?: Seen;
  /** A daemon runs, whether it could be asked or not. */
  readonly isUp: boolean;
}

async function askDaemon(options: DoctorCommand, world: DoctorWorld): Promise<Asked> {
  try {
    const client = daemonClient(options, world);
    const [{ ready, reasons }, modems, sims] = await Promise.all([
      client.readiness(),
      client.get<{ data: readonly Modem[] }>('/v1/modems?limit=500'),
      client.get<{ data: readonly Sim[] }>('/v1/sims?limit=500'),
    ]);
    const seen = {
      modems: modems.data.map(({ name, port, imei, manufacturer, model, sentence, nextStep }) => ({
        name,
        port: port ?? `IMEI ${imei ?? 'unknown'}`,
        what: [manufacturer, model].filter(Boolean).join(' '),
        sentence,
        nextStep,
      })),
      sims: sims.data
        .filter((sim) => sim.state !== 'absent')
        .map(({ iccid, name, operator, signalDbm, smsc }) => ({ iccid, name, operator, signalDbm, smsc })),
    };
    return { daemon: { asked: true, ready, reasons }, client, seen, isUp: true };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    // Of a configuration with mistakes the mistakes are told, each by itself.
    const why = error.code === 'configInvalid' ? 'Its address stands in the configuration, which has mistakes.' : error.message;
    return { daemon: { asked: false, why }, isUp: await isUp(options, world) };
  }
}

/** Whether a daemon answers, key or no key: its ports are not touched then. */
async function isUp(options: DoctorCommand, world: DoctorWorld): Promise<boolean> {
  try {
    return (await world.fetch(`${daemonUrl(options, world)}/healthz`)).ok;
  } catch {
    return false;
  }
}

/**
 * Asks the modems themselves: those that are configured, and those on ports that nobody uses.
 * @param others whether those that are not configured are used as well
 */
async function lookAtModems(
  configured: readonly { readonly port: string; readonly name?: string; readonly baudRate: number }[],
  others: boolean,
  ports: Facts['ports'],
  devices: readonly string[],
  hasPin: (iccid: string) => boolean,
  world: DoctorWorld,
): Promise<Seen> {
  const { profiles } = loadProfiles(profilesFolder());
  const free = ports.filter((p) => p.usable && p.holders.length === 0 && !devices.includes(p.path));
  const wanted = [
    ...configured.map((m) => ({ ...m, isConfigured: true })),
    ...free.map((p) => ({ port: p.names[0] ?? p.path, baudRate: 115_200, name: undefined, isConfigured: false })),
  ];
  const looks = await Promise.all(
    wanted.map(async (m) => ({ ...m, ...(await probe(() => world.open(m.port, m.baudRate), profiles, hasPin, world.clock, PROBE_LIMIT)) })),
  );
  // What is not configured and is no modem is somebody else's affair.
  const seen = looks.filter((look) => look.isConfigured || look.modem !== null);
  return {
    modems: seen.map(({ port, name, modem, sentence, nextStep, isConfigured }) => ({
      name: name ?? null,
      port,
      what: [modem?.manufacturer, modem?.model].filter(Boolean).join(' '),
      sentence: isConfigured || others ? sentence : `A modem that is not in the configuration. ${sentence}`,
      nextStep: isConfigured || others ? nextStep : `Add a [[modem]] with port = "${port}".`,
    })),
    sims: seen.flatMap(({ sim, operator, signalDbm }) =>
      sim === null ? [] : [{ iccid: sim.iccid, name: null, operator, signalDbm, smsc: sim.smsc }],
    ),
  };
}

interface TraceAnswer {
  readonly lines: readonly { readonly at: string; readonly direction: 'sent' | 'heard'; readonly text: string }[];
}

/** The dialogues, for a report; of a key that may not see them, why not. */
async function tracesOf(client: DaemonClient, modems: readonly ModemSeen[]): Promise<Examined['traces']> {
  return await Promise.all(
    modems.map(async ({ port }) => {
      const title = `with ${port}`;
      try {
        const { lines } = await client.get<TraceAnswer>(`/v1/modems/${encodeURIComponent(port)}/trace`);
        return { title, lines: lines.map(({ at, direction, text }) => `${at} ${direction === 'sent' ? '>' : '<'} ${text}`) };
      } catch (error) {
        if (error instanceof Fault) return { title, lines: [error.message] };
        throw error;
      }
    }),
  );
}

/** What modems and we said before the last faults; where that may not be read, why not. */
async function faultsIn(folder: string | undefined): Promise<Dialogue[]> {
  if (folder === undefined) return [];
  try {
    return (await savedFaults(join(folder, 'traces'))).map(({ name, text }) => ({
      title: `before a fault: ${name}`,
      lines: [text.trimEnd()],
    }));
  } catch (error) {
    const why = systemSentence(error);
    if (why === undefined) throw error;
    return [{ title: 'before a fault', lines: [why] }];
  }
}

async function writeReport(file: string, text: string, { out }: DoctorWorld): Promise<void> {
  try {
    await writeFile(file, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const why = errorCode(error) === 'EEXIST' ? `${file} is there already; name another.` : systemSentence(error);
    if (why === undefined) throw error;
    throw new Fault('requestInvalid', `The report was not written: ${why}`, [], { cause: error });
  }
  out(`The report is in ${file}; texts, keys and whole numbers are not in it. Read it before you give it away.\n`);
}
