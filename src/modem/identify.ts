import {
  isRegistered,
  readIccid,
  readImsi,
  readName,
  readOwnNumber,
  readPinState,
  readRegistration,
  readSerial,
  readSmsc,
} from '../at/answers.ts';
import type { Answer, Channel } from '../at/channel.ts';
import * as commands from '../at/commands.ts';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { attempt, attemptOk, isBusy, Patience, pause } from './ask.ts';
import type { Lock } from './lifecycle.ts';
import { iccidQuestionsOf } from './profile.ts';
import type { Profile } from './profile-schema.ts';

/** What a modem says of itself. */
export interface ModemFacts {
  /** The IMEI; null for a modem that does not tell it. */
  readonly imei: string | null;
  readonly manufacturer: string | null;
  readonly model: string | null;
}

/** What is on the SIM. */
export interface SimFacts {
  /** The ICCID; `imsi-…`, or else `imei-…`, where it cannot be read. */
  readonly iccid: string;
  readonly imsi: string | null;
  readonly number: string | null;
  readonly smsc: string | null;
  /** Whether the SIM told anything of itself at all. */
  readonly known: boolean;
}

/**
 * Gets the modem's attention and its serial number. The serial number is asked for early, since from then on a lost
 * answer, of this session or of a process before it, can be told from the next one.
 * @throws Fault when the port answers nothing that a modem would
 */
export async function identifyModem(channel: Channel): Promise<ModemFacts> {
  await getAttention(channel);
  await attempt(channel, commands.echoOff());
  const imei = await readSerialNumber(channel);
  const manufacturer = await attemptOk(channel, commands.manufacturer());
  const model = await attemptOk(channel, commands.model());
  return { imei, manufacturer: (manufacturer && readName(manufacturer.info)) ?? null, model: (model && readName(model.info)) ?? null };
}

/** Makes the modem say no more than it is asked, and errors as numbers (V.250 6.2.4, TS 27.007 9.1). */
export async function quieten(channel: Channel): Promise<void> {
  await attempt(channel, commands.echoOff());
  await attempt(channel, commands.numericErrors());
}

/** Whether what is there tells anything at all of itself or of a network: an OK alone comes from much that is no modem. */
export async function isTalkative(channel: Channel): Promise<boolean> {
  for (const question of [commands.registrationState('CREG'), commands.signalQuality(), commands.manufacturer()]) {
    const answer = await attempt(channel, question);
    if (answer && (answer.info.length > 0 || answer.result.kind === 'cme' || answer.result.kind === 'cms')) return true;
  }
  return false;
}

async function getAttention(channel: Channel): Promise<void> {
  // After the first silence the channel asks again by itself, and ends the session when nothing comes of it.
  for (const command of [commands.resultsInWords(), commands.attention(), commands.attention()]) {
    if (await attempt(channel, command)) return;
  }
  throw new Fault('modemMute', 'The modem does not answer.');
}

async function readSerialNumber(channel: Channel): Promise<string | null> {
  // Twice, since an ERROR to the first may be the late answer to something that was asked before our time.
  for (let tries = 0; tries < 2; tries += 1) {
    const answer = await attemptOk(channel, commands.serialNumber());
    const imei = answer && readSerial(answer.info);
    if (imei) {
      channel.know(imei);
      return imei;
    }
  }
  channel.know(undefined);
  const old = await attemptOk(channel, commands.serialNumberOfOld());
  return (old && readSerial(old.info)) ?? null;
}

/** Milliseconds between questions to a SIM that cannot be used yet. */
const SIM_PAUSE = { starting: 1_000, other: 5_000 };

/**
 * Waits until the SIM can be used; for ever, if need be, or until the session ends.
 * @param enterPin is asked once when the SIM wants its PIN; what it returns is why the SIM stays locked, if it does
 * @param locked hears why not yet, and may do something about it
 */
export async function awaitSim(
  channel: Channel,
  clock: Clock,
  enterPin: () => Promise<Lock | undefined>,
  locked: (lock: Lock) => void | Promise<void>,
): Promise<void> {
  let asked = false;
  let refused: Lock | undefined;
  for (;;) {
    let lock = await lockNow(channel);
    if (lock === undefined) return;
    if (lock === 'pin') {
      if (!asked) {
        asked = true;
        refused = await enterPin();
        if (refused === undefined) continue;
      }
      lock = refused ?? 'starting';
    }
    await locked(lock);
    await pause(channel, clock, lock === 'starting' ? SIM_PAUSE.starting : SIM_PAUSE.other);
  }
}

/** Why the SIM cannot be used now; undefined when it can. */
export async function lockNow(channel: Channel): Promise<Lock | undefined> {
  const answer = await attempt(channel, commands.pinState());
  if (answer?.result.kind === 'error') return (await isEmpty(channel)) ? 'absent' : undefined;
  return lockOf(answer);
}

/**
 * Whether a modem that says ERROR and not why seems to have no SIM: it has no IMSI either, and is in no network. One that
 * merely lacks the commands has no lock that we could see, and registers.
 */
async function isEmpty(channel: Channel): Promise<boolean> {
  const imsi = await attempt(channel, commands.imsi());
  if (imsi?.result.kind !== 'error') return false;
  const stats: number[] = [];
  for (const name of ['CREG', 'CEREG', 'CGREG'] as const) {
    const answer = await attempt(channel, commands.registrationState(name));
    for (const { text } of answer?.info ?? []) stats.push(readRegistration(text)?.stat ?? 0);
  }
  return stats.length > 0 && !stats.some(isRegistered);
}

/** Why the SIM cannot be used, by the answer to `+CPIN?` (TS 27.007 8.3, 9.2; TS 27.005 3.2.5). */
function lockOf(answer: Answer | undefined): Lock | undefined {
  if (!answer) return 'starting';
  const { result } = answer;
  switch (result.kind) {
    case 'ok': {
      const state = readPinState(answer.info);
      if (state === undefined || state.startsWith('READY')) return undefined;
      if (state.startsWith('SIM PUK')) return 'puk';
      if (state === 'SIM PIN2') return undefined;
      if (state.startsWith('SIM PIN')) return 'pin';
      if (state.startsWith('NOT INSERTED')) return 'absent';
      return state.startsWith('NOT READY') ? 'starting' : 'other';
    }
    case 'error':
      return undefined;
    case 'cms':
    case 'cme':
      return LOCKED_BY[`${result.kind}-${result.code}`] ?? 'starting';
  }
}

const LOCKED_BY: Readonly<Record<string, Lock>> = {
  'cme-3': 'starting',
  'cme-5': 'other',
  'cme-10': 'absent',
  'cme-11': 'pin',
  'cme-12': 'puk',
  'cme-13': 'faulty',
  'cme-14': 'starting',
  'cme-15': 'other',
  'cms-310': 'absent',
  'cms-311': 'pin',
  'cms-312': 'other',
  'cms-313': 'faulty',
  'cms-314': 'starting',
  'cms-315': 'other',
  'cms-316': 'puk',
};

/** How often a SIM that is busy after its start is asked for its numbers at least, a second apart. */
const BUSY_TRIES = 15;

/**
 * Reads who the SIM is.
 * @param imei stands in for a SIM that tells nothing of itself
 * @param profile knows how to ask, and for how long the SIM may be busy with its start
 */
export async function identifySim(channel: Channel, clock: Clock, imei: string, profile: Profile): Promise<SimFacts> {
  const card = await readCardNumber(channel, clock, profile);
  const patience = new Patience(channel, clock, profile.startSeconds);
  const imsiAnswer = await patience.askOk(commands.imsi());
  const imsi = (imsiAnswer && readImsi(imsiAnswer.info)) ?? null;
  const iccid = card ?? (imsi === null ? `imei-${imei}` : `imsi-${imsi}`);
  const number = await patience.askOk(commands.ownNumber());
  const smsc = await patience.askOk(commands.smscAddress());
  return {
    iccid,
    imsi,
    number: (number && readOwnNumber(number.info)) ?? null,
    smsc: (smsc && readSmsc(smsc.info)) ?? null,
    known: card !== undefined || imsi !== null,
  };
}

/** The ICCID, once a SIM that is busy can tell it; undefined where it cannot be read, though also where the SIM is locked it mostly can. */
export async function readCardNumber(channel: Channel, clock: Clock, profile: Profile): Promise<string | undefined> {
  for (let tries = 0; tries < Math.max(BUSY_TRIES, profile.startSeconds); tries += 1) {
    let busy = false;
    for (const question of iccidQuestionsOf(profile)) {
      const answer = await attempt(channel, commands.iccidQuestion(question));
      const iccid = answer?.result.kind === 'ok' ? readIccid(answer.info) : undefined;
      if (iccid) return iccid;
      busy ||= isBusy(answer);
    }
    if (!busy) return undefined;
    await pause(channel, clock, SIM_PAUSE.starting);
  }
  return undefined;
}
