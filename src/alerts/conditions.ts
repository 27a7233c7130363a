import type { AlertFacts, AlertKind } from '../texts/alerts.ts';

/** What is wrong now, and for how long it must be before anybody is told. */
export interface Condition {
  readonly kind: AlertKind;
  /** What it is about; '' for the box. */
  readonly subject: string;
  readonly facts: AlertFacts;
  /** Milliseconds. */
  readonly after: number;
}

export interface SimState {
  readonly iccid: string;
  readonly name: string;
  readonly trouble: 'barred' | 'silent' | null;
  /** What is left, in words, where that is too little. */
  readonly balanceLow: string | null;
  /** What it needs somebody for. */
  readonly needs: readonly ('packageEnding' | 'packageUsedUp' | 'topUpDue' | 'paidEventDue')[];
}

export interface ModemState {
  readonly name: string;
  readonly state: 'failed' | 'absent' | 'other';
  /** It was lost in one moment with others, and is not back. */
  readonly wentWithOthers: boolean;
  /** Who else has its port open. */
  readonly otherProgram: string | null;
  /** Messages stay in it, so that its storage fills up. */
  readonly keepsMessages: boolean;
}

/** How the box is. Ages are milliseconds, null where there is nothing. */
export interface BoxState {
  readonly canSend: boolean;
  readonly sims: readonly SimState[];
  readonly modems: readonly ModemState[];
  /** How many modems went in one moment, while any of those is not back; 0 where none did. */
  readonly lostTogether: number;
  readonly isDamaged: boolean;
  readonly backupFailed: boolean;
  /** Octets. */
  readonly diskFree: number;
  readonly clockTrusted: boolean;
  readonly paused: boolean;
  readonly oldestCode: number | null;
  readonly oldestService: number | null;
  readonly inDoubt: number;
  readonly webhooks: readonly {
    /** Its id, which is no address. */
    readonly endpoint: string;
    readonly host: string;
    readonly behind: number | null;
    readonly isGone: boolean;
  }[];
  /** Keys that write to many numbers that were never written to. */
  readonly strangers: readonly { readonly keyId: string; readonly name: string; readonly count: number }[];
  readonly numbersBlocked: boolean;
  readonly costReached: boolean;
  /** Low ratings that nobody at the desk has looked at: the task, and what was rated. */
  readonly lowRatings: readonly { readonly task: string; readonly occasion: string }[];
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const LITTLE_DISK = 500e6;
const CODE_LATE = MINUTE;
/** After a night without power the wait is long: how long is not what a sentence needs, so it names these. */
const SERVICE_LATE = 30 * MINUTE;
const WEBHOOK_LATE = 15 * MINUTE;
const MANY_IN_DOUBT = 20;

/** Everything that is wrong with the box now. */
export function conditions(box: BoxState): Condition[] {
  const found: Condition[] = [];
  const say = (kind: AlertKind, after: number, subject = '', facts: AlertFacts = {}): void =>
    void found.push({ kind, subject, facts, after });

  // Twice in a row, so that all of them are counted.
  if (box.lostTogether > 0) say('modemsLost', SECOND, '', { count: box.lostTogether });
  const allWent = box.lostTogether > 0 && box.modems.every((modem) => modem.state !== 'other' && modem.wentWithOthers);
  // One cause, one alert (M11).
  if (!box.canSend && !allWent) say('noSim', 5 * MINUTE);
  for (const { name, state, wentWithOthers, otherProgram, keepsMessages } of box.modems) {
    if (otherProgram !== null) say('portShared', 0, name, { modem: name, program: otherProgram });
    if (keepsMessages) say('modemKeepsMessages', 2 * MINUTE, name, { modem: name });
    if (wentWithOthers) continue;
    // A modem that starts anew is gone for a while.
    if (state === 'failed') say('modemFailed', 2 * MINUTE, name, { modem: name });
    if (state === 'absent') say('modemAbsent', 5 * MINUTE, name, { modem: name });
  }
  for (const { iccid, name, trouble, balanceLow, needs } of box.sims) {
    if (trouble === 'barred') say('simBarred', 0, iccid, { sim: name });
    if (trouble === 'silent') say('simSilent', 0, iccid, { sim: name });
    if (balanceLow !== null) say('balanceLow', 0, iccid, { sim: name, left: balanceLow });
    for (const need of needs) say(need, 0, iccid, { sim: name });
  }
  if (box.isDamaged) say('storeDamaged', 0);
  if (box.backupFailed) say('backupFailed', 0);
  if (box.diskFree < LITTLE_DISK) say('diskLow', MINUTE, '', { free: Math.floor(box.diskFree / 1e6) });
  if (!box.clockTrusted) say('clockUntrusted', 15 * MINUTE);
  if (box.paused) say('paused', HOUR);
  // What is paused waits because somebody wants it to.
  else {
    if ((box.oldestCode ?? 0) > CODE_LATE) say('codesLate', 0);
    if ((box.oldestService ?? 0) > SERVICE_LATE) say('queueOld', 0, '', { minutes: SERVICE_LATE / MINUTE });
  }
  if (box.inDoubt > MANY_IN_DOUBT) say('manyInDoubt', 30 * MINUTE, '', { count: box.inDoubt });
  for (const { endpoint, host, behind, isGone } of box.webhooks) {
    if (isGone) say('webhookGone', 0, endpoint, { host });
    if ((behind ?? 0) > WEBHOOK_LATE) say('webhookBehind', 0, endpoint, { host, minutes: WEBHOOK_LATE / MINUTE });
  }
  for (const { keyId, name, count } of box.strangers) say('newDestinations', 0, keyId, { key: name, count });
  if (box.numbersBlocked) say('numbersBlocked', 0);
  if (box.costReached) say('costReached', 0);
  for (const { task, occasion } of box.lowRatings) say('lowRating', 0, task, { occasion });
  return found;
}
