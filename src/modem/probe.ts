import type { Duplex } from 'node:stream';
import { isRegistered, readOperator, readRegistration, readSignal } from '../at/answers.ts';
import { Channel } from '../at/channel.ts';
import * as commands from '../at/commands.ts';
import type { Clock } from '../base/clock.ts';
import { deferred } from '../base/waits.ts';
import { attempt, attemptOk } from './ask.ts';
import { awaitSim, identifyModem, identifySim, type ModemFacts, quieten, readCardNumber, type SimFacts } from './identify.ts';
import { BORN, type Lock, live } from './lifecycle.ts';
import { linesOf, matchProfile, type Profiles } from './profile.ts';

/** What one look at a modem found. */
export interface Probed {
  /** In words, as the daemon would say it, and what to do about it. */
  readonly sentence: string;
  readonly nextStep: string | null;
  readonly modem: ModemFacts | null;
  readonly sim: SimFacts | null;
  readonly operator: string | null;
  readonly signalDbm: number | null;
}

const NAMES: readonly commands.RegistrationName[] = ['CREG', 'CEREG', 'CGREG'];

/**
 * Looks at the modem on a port once, without changing more than how it answers: no PIN is entered, no message is read.
 * @param open opens the port; the probe closes it
 * @param hasPin whether the PIN of a SIM is configured, by ICCID
 * @param limit milliseconds that it may take at most
 * @returns always; a port that is no modem's, or cannot be opened, is told in the sentence
 */
export async function probe(
  open: () => Promise<Duplex>,
  profiles: Profiles,
  hasPin: (iccid: string) => boolean,
  clock: Clock,
  limit: number,
): Promise<Probed> {
  let found: Probed = { sentence: 'It was not asked.', nextStep: null, modem: null, sim: null, operator: null, signalDbm: null };
  let channel: Channel | undefined;
  const timer = clock.setTimer(limit, () => void channel?.close());
  try {
    const port = await open();
    channel = new Channel({ port, clock, events: { onUnsolicited: () => undefined, onGone: () => undefined } });
    const modem = await identifyModem(channel);
    const profile = matchProfile(profiles, modem.manufacturer, modem.model);
    channel.allow(linesOf(profile));
    found = { ...found, modem };
    await quieten(channel);
    const lock = await lockOf(channel, clock, (line) => readCardNumber(line, clock, profile), hasPin);
    if (lock !== undefined) return { ...found, ...words(live(BORN, { type: 'locked', lock }).state) };
    const sim = await identifySim(channel, clock, modem.imei ?? 'unknown', profile);
    found = { ...found, sim };
    const registered = await isOnNetwork(channel);
    const signal = await attemptOk(channel, commands.signalQuality());
    const operator = await attemptOk(channel, commands.operator());
    const reached = live({ ...BORN, state: 'registering' }, { type: 'registration', registered }).state;
    return {
      ...found,
      ...words(reached),
      signalDbm: (signal && readSignal(signal.info)) ?? null,
      operator: (operator && readOperator(operator.info)) ?? null,
    };
  } catch (error) {
    const sentence = error instanceof Error ? error.message : 'The port is gone.';
    return {
      ...found,
      sentence,
      nextStep: 'Name the AT port of a modem in the configuration; a stick has several ports, and other devices have some too.',
    };
  } finally {
    timer.cancel();
    await channel?.close();
  }
}

const words = ({ sentence, nextStep }: { sentence: string; nextStep: string | null }) => ({ sentence, nextStep });

/** Why the SIM cannot be used; a SIM that is starting is waited for. */
async function lockOf(
  channel: Channel,
  clock: Clock,
  readIccid: (channel: Channel) => Promise<string | undefined>,
  hasPin: (iccid: string) => boolean,
): Promise<Lock | undefined> {
  const locked = deferred<Lock>();
  const usable = awaitSim(
    channel,
    clock,
    async () => {
      const iccid = await readIccid(channel);
      if (iccid === undefined) return 'pinNameless';
      return hasPin(iccid) ? 'pinKept' : 'pin';
    },
    (lock) => {
      if (lock !== 'starting') locked.resolve(lock);
    },
  ).then(() => undefined);
  // It goes on asking until the port is closed, and then says so.
  usable.catch(() => undefined);
  return await Promise.race([usable, locked.promise]);
}

async function isOnNetwork(channel: Channel): Promise<boolean> {
  for (const name of NAMES) {
    const answer = await attempt(channel, commands.registrationState(name));
    if (answer?.info.some((line) => isRegistered(readRegistration(line.text)?.stat ?? 0))) return true;
  }
  return false;
}
