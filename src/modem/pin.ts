import { createHash } from 'node:crypto';
import { readPinTries } from '../at/answers.ts';
import type { Channel } from '../at/channel.ts';
import * as commands from '../at/commands.ts';
import type { Clock } from '../base/clock.ts';
import { attemptOk } from './ask.ts';
import { readCardNumber } from './identify.ts';
import type { Lock } from './lifecycle.ts';
import { pinTriesOf } from './profile.ts';
import type { Profile } from './profile-schema.ts';

/**
 * Entering a PIN, which costs the SIM when it is done wrongly: three wrong ones block it. So each value is tried once
 * ever, over all restarts (requirement M06); only one that was taken before is entered again. None is entered when fewer
 * than two tries are left, and a PUK never.
 */
export interface PinBook {
  /** The PIN that somebody configured for a SIM, or gave it since the start. */
  of(iccid: string): string | undefined;
  /** Makes it durable that this PIN is about to be tried. False when it was tried before and not taken. */
  mayTry(iccid: string, pin: string): Promise<boolean>;
  /** How many the SIM was tried with and did not take, since it took one. */
  refused(iccid: string): Promise<number>;
  /** The SIM took it. */
  taken(iccid: string, pin: string): Promise<void>;
}

/**
 * What is remembered of a PIN: one octet, 0..255. Enough to tell nearly every other value from it, too little to find it
 * out by whoever has a copy of the store and three tries.
 */
export function pinMark(iccid: string, pin: string): number {
  return createHash('sha256').update(`${iccid}:${pin}`).digest()[0] ?? 0;
}

/** The least tries that must be left before one of them is used. */
const LEAST_TRIES = 2;

/** Where the modem does not tell how many are left, no more than so many are used; the third would block the SIM. */
const MOST_UNCOUNTED = 2;

/** What became of a PIN: `before`, it was tried at another time and not taken; `spent` and `doubtful`, none is tried any more. */
export type PinOutcome = 'taken' | 'refused' | 'before' | 'spent' | 'doubtful';

const LOCKED: Readonly<Record<Exclude<PinOutcome, 'taken'>, Lock>> = {
  refused: 'pinRefused',
  before: 'pinRefused',
  spent: 'pinSpent',
  doubtful: 'pinDoubtful',
};

/**
 * Unlocks a SIM that asks for its PIN with the one that is known for it, if that is safe.
 * @returns why it was not done; undefined when the SIM took the PIN
 */
export async function enterPin(channel: Channel, clock: Clock, pins: PinBook, profile: Profile): Promise<Lock | undefined> {
  const iccid = await readCardNumber(channel, clock, profile);
  if (iccid === undefined) return 'pinNameless';
  const pin = pins.of(iccid);
  if (pin === undefined) return 'pin';
  const outcome = await tryPin(channel, pins, profile, iccid, pin);
  return outcome === 'taken' ? undefined : LOCKED[outcome];
}

/**
 * Tries a PIN on a SIM that asks for it, if that is safe.
 * @param iccid of the SIM, or what stands for one that does not tell it
 */
export async function tryPin(channel: Channel, pins: PinBook, profile: Profile, iccid: string, pin: string): Promise<PinOutcome> {
  const left = await triesLeft(channel, profile);
  if (left !== undefined && left < LEAST_TRIES) return 'spent';
  if (left === undefined && (await pins.refused(iccid)) >= MOST_UNCOUNTED) return 'doubtful';
  if (!(await pins.mayTry(iccid, pin))) return 'before';
  if (!(await attemptOk(channel, commands.enterPin(pin)))) return 'refused';
  await pins.taken(iccid, pin);
  return 'taken';
}

/** How many tries the SIM still grants; undefined where the modem does not tell, which allows one. */
async function triesLeft(channel: Channel, profile: Profile): Promise<number | undefined> {
  for (const question of pinTriesOf(profile)) {
    const answer = await attemptOk(channel, commands.pinTriesQuestion(question));
    const left = answer && readPinTries(answer.info);
    if (left !== undefined) return left;
  }
  return undefined;
}
