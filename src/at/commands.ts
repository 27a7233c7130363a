import { Fault } from '../base/fault.ts';
import { isNamed } from './lines.ts';

/**
 * The commands that Simpost knows, and the grammar of each. Nothing but these ever goes to a port (requirement X01):
 * `permitted` is asked again by the one function that writes, so that no number, text or setting can become a command.
 */
export interface Command {
  readonly line: string;
  /** Milliseconds of silence after which the answer counts as lost. */
  readonly limit: number;
  /** Whether a line is information that this command asked for, rather than an unsolicited one. */
  readonly accepts: (text: string) => boolean;
  /** A bare OK is not its answer, so one that comes first belongs to something else. */
  readonly insists: boolean;
}

const GRAMMAR: readonly RegExp[] = [
  /^AT$/,
  /^AT(?:E0|Q0V1)$/,
  /^AT\+(?:CGMI|CGMM|CGSN|GSN|CIMI|CNUM|CSQ|CNMA)$/,
  /^AT\+CPIN="\d{4,8}"$/,
  /^AT\+CLCK="SC",0,"\d{4,8}"$/,
  /^AT\+(?:CPIN|CSCA|CREG|CGREG|CEREG|COPS|CPMS|CCLK)\?$/,
  /^AT\+CPMS=\?$/,
  /^AT\+CPMS="[A-Z]{2}"(?:,"[A-Z]{2}"){0,2}$/,
  /^AT\+(?:CMEE|CMMS|CREG|CGREG|CEREG|CSMS|CMGF|CNMA|CMGL)=[0-4]$/,
  /^AT\+COPS=3,[02]$/,
  /^AT\+CFUN(?:\?|=1)$/,
  /^AT\+CTZU=1$/,
  /^AT\+CNMI=[0-3](?:,[0-3]){1,4}$/,
  /^AT\+CMG[RD]=\d{1,5}$/,
  /^AT\+CMGS=\d{1,3}$/,
  /^AT(?:H|\+CHUP|\+CLIP=1|\+CUSD=2|\+CCFC=4,4)$/,
  /^AT\+CCFC=[0-3],2$/,
  /^AT\+CCFC=[0-3],3,"\+\d{3,15}",145,1$/,
  // A USSD text: what is the same in every character set and can end neither a quote nor a command, or hex (`ussd-text.ts`).
  /^AT\+CUSD=1,"(?:[ !#%&'()*+,\-./0-9:<=>?A-Za-z]{1,182}|(?:[0-9A-F]{2}){1,364})",\d{1,3}$/,
];

/**
 * What a profile of a make of modem may have said: extended commands, and short. Nothing that sends, deletes, dials,
 * locks or enters a PIN, and no `;` that would begin a second command (X01).
 */
export const PROFILE_LINE =
  /^AT(?!\+(?:CMG[SWDC]|CMSS|CPIN|CLCK|CPWD|CUSD|CCFC|CGDATA|CFUN=[04])\b)(?:[+^*$%#][A-Z][A-Z0-9]{1,15}(?:\?|=[A-Za-z0-9",^ -]{1,60})?|&[A-Z][0-9]?)$/;

/** Whether a line, without its end, is one that may be written to a modem; a channel may be told of lines of a profile besides. */
export function permitted(line: string): boolean {
  return GRAMMAR.some((rule) => rule.test(line));
}

/** Octets of a PDU with the longest SMSC address (12) and the longest TPDU (176: TS 27.005 3.1, TS 23.040 9.2.2.2). */
const MAX_PDU = 188;

/** Whether a text is the hex of a PDU that may be written after the prompt. */
export function permittedPdu(pdu: string): boolean {
  return pdu.length > 0 && pdu.length <= 2 * MAX_PDU && pdu.length % 2 === 0 && /^[0-9A-F]+$/.test(pdu);
}

const QUICK = 5_000;
const CARD = 20_000;

function make(line: string, options: { limit?: number; accepts?: (text: string) => boolean; insists?: boolean } = {}): Command {
  if (!permitted(line))
    throw new Fault('internal', `A command outside of the grammar was about to be written (${line.length} characters).`);
  return { line, limit: options.limit ?? QUICK, accepts: options.accepts ?? (() => false), insists: options.insists ?? false };
}

/** A command of a profile: what its schema lets through, and what the channel must have been told of (`Channel.allow`). */
function makeOfProfile(line: string, options: { accepts?: (text: string) => boolean } = {}): Command {
  if (!PROFILE_LINE.test(line)) throw new Fault('internal', 'A profile has a command that none may have.');
  return { line, limit: CARD, accepts: options.accepts ?? (() => false), insists: false };
}

const prefix =
  (...prefixes: string[]) =>
  (text: string): boolean =>
    prefixes.some((p) => text.startsWith(p));

/** A bare line, or one that repeats the command's name. */
const bare =
  (name: string) =>
  (text: string): boolean =>
    text.startsWith(`+${name}:`) || !(isNamed(text) || /^AT[+^]/.test(text));

/** `+CREG: <n>,<stat>[,...]` is the answer to the question, `+CREG: <stat>[,"lac",...]` comes unasked (TS 27.007 7.2). */
const registration = (name: string) => (text: string) => new RegExp(`^\\+${name}:\\s*\\d+\\s*,\\s*\\d+\\b(?!")`).test(text);

// ---- the line itself --------------------------------------------------------------------------------------------

export const attention = (): Command => make('AT', { limit: 2_000 });
/** Results are given, and in words (V.250 6.2.5, 6.2.6): some pools keep the opposite. */
export const resultsInWords = (): Command => make('ATQ0V1', { limit: 2_000 });
export const echoOff = (): Command => make('ATE0');
/** Error codes as numbers (TS 27.007 9.1). */
export const numericErrors = (): Command => make('AT+CMEE=1');

// ---- identity ---------------------------------------------------------------------------------------------------

export const manufacturer = (): Command => make('AT+CGMI', { accepts: bare('CGMI') });
export const model = (): Command => make('AT+CGMM', { accepts: bare('CGMM') });
/** The IMEI (TS 27.007 5.4), in whichever dress it comes. */
export const serialNumber = (): Command => make('AT+CGSN', { limit: 3_000, accepts: carriesDigits('CGSN', 8), insists: true });
export const serialNumberOfOld = (): Command => make('AT+GSN', { accepts: carriesDigits('GSN', 8) });
export const imsi = (): Command => make('AT+CIMI', { limit: CARD, accepts: carriesDigits('CIMI', 6) });
export const ownNumber = (): Command => make('AT+CNUM', { limit: CARD, accepts: prefix('+CNUM:') });

function carriesDigits(name: string, least: number): (text: string) => boolean {
  const digits = new RegExp(`\\d{${least},}`);
  const named = new RegExp(`^[+^]?${name}:`);
  return (text) => (named.test(text) || !isNamed(text)) && digits.test(text.replaceAll(/[\s-]/g, ''));
}

/**
 * A question for the ICCID, as a profile has it: TS 27.007 8.23 (+CCID) came late, so each vendor had its own; or READ
 * BINARY of EF-ICCID, 2FE2 (TS 51.011 10.1.1).
 */
export const iccidQuestion = (line: string): Command =>
  makeOfProfile(line, { accepts: (text) => ownAnswer(line)(text) || CARD_NUMBER_LINE.test(text) });

/** A card's number bare, or by any name: `AT+CICCID` is answered by `+ICCID:` (SIMCom), `AT+ICCID` by `ICCID:` (Sierra, ZTE). */
const CARD_NUMBER_LINE = /^(?:[+^*$%#!]?[A-Z]{0,8}CID: ?)?"?[0-9Ff]{10,22}"?$/;

/** `AT+NAME?` is answered by `+NAME: …`. */
function ownAnswer(line: string): (text: string) => boolean {
  const name = /^AT([+^*$%#][A-Z0-9]+)/.exec(line)?.[1] ?? line;
  return prefix(`${name}:`);
}

// ---- SIM and network --------------------------------------------------------------------------------------------

/** How much of the modem is switched on (TS 27.007 8.2): 1 all, 0 as little as may be, 4 all but the radio. */
export const functionality = (): Command => make('AT+CFUN?', { limit: CARD, accepts: prefix('+CFUN:') });
export const fullFunctionality = (): Command => make('AT+CFUN=1', { limit: CARD });

export const pinState = (): Command => make('AT+CPIN?', { limit: CARD, accepts: prefix('+CPIN:') });
/** A question for how many tries the PIN has left, as a profile has it; TS 27.007 8.65 (+CPINR) is the newest of them. */
export const pinTriesQuestion = (line: string): Command => makeOfProfile(line, { accepts: ownAnswer(line) });
/** @param pin 4 to 8 digits (TS 31.101 9.4) */
export const enterPin = (pin: string): Command => make(`AT+CPIN="${pin}"`, { limit: CARD });
/** Has the SIM ask for its PIN no more (TS 27.007 7.4). Only with a PIN that it has just taken: a wrong one costs a try. */
export const switchPinOff = (pin: string): Command => make(`AT+CLCK="SC",0,"${pin}"`, { limit: CARD });
export const smscAddress = (): Command => make('AT+CSCA?', { limit: CARD, accepts: prefix('+CSCA:') });
export type RegistrationName = 'CREG' | 'CGREG' | 'CEREG';
export const registrationState = (name: RegistrationName): Command => make(`AT+${name}?`, { accepts: registration(name) });
/** Changes of registration are told unasked. */
export const announceRegistration = (name: RegistrationName): Command => make(`AT+${name}=1`);
export const operatorAsName = (): Command => make('AT+COPS=3,0', { limit: CARD });
/** Names of operators as country and network codes (TS 27.007 7.3, <format> 2). */
export const operatorAsCode = (): Command => make('AT+COPS=3,2', { limit: CARD });
export const operator = (): Command => make('AT+COPS?', { limit: CARD, accepts: prefix('+COPS:') });
export const signalQuality = (): Command => make('AT+CSQ', { accepts: prefix('+CSQ:') });

// ---- messages ---------------------------------------------------------------------------------------------------

/** A setting of a profile's own. */
export const setting = (line: string): Command => makeOfProfile(line);
/** The link stays open for the next segment until the modem closes it (TS 27.005 3.5.6, +CMMS = 2). */
export const moreMessages = (): Command => make('AT+CMMS=2');
/** The modem's own clock follows the network (TS 27.007 8.40), and what it says (8.15). */
export const takeNetworkTime = (): Command => make('AT+CTZU=1');
export const ownClock = (): Command => make('AT+CCLK?', { accepts: prefix('+CCLK:') });

export const pduMode = (): Command => make('AT+CMGF=0');
/** 1: phase 2+, in which a message handed over directly waits for `+CNMA` (TS 27.005 3.2.1). */
export const messageService = (phase: 0 | 1): Command => make(`AT+CSMS=${phase}`, { limit: CARD, accepts: prefix('+CSMS:') });
export type Indications = readonly [mode: number, mt: number, bm: number, ds: number, bfr: number];
export const indications = (to: Indications): Command => make(`AT+CNMI=${to.join(',')}`);
export const storagesPossible = (): Command => make('AT+CPMS=?', { limit: CARD, accepts: prefix('+CPMS:') });
export const storageUse = (): Command => make('AT+CPMS?', { limit: CARD, accepts: prefix('+CPMS:') });
/** Selects the storage to read and delete in, that for writing and that for receiving (TS 27.005 3.2.2). */
export const selectStorages = (...memories: [string, string?, string?]): Command =>
  make(`AT+CPMS=${memories.map((m) => `"${m}"`).join(',')}`, { limit: CARD, accepts: prefix('+CPMS:') });
/** All stored messages, read or not, sent or not (TS 27.005 4.1). */
export const listMessages = (): Command => make('AT+CMGL=4', { limit: CARD, accepts: prefix('+CMGL:') });
export const readMessage = (index: number): Command => make(`AT+CMGR=${index}`, { limit: CARD, accepts: prefix('+CMGR:') });
export const deleteMessage = (index: number): Command => make(`AT+CMGD=${index}`, { limit: CARD });
/** The acknowledgement of a message handed over directly (TS 27.005 4.7), and the form of modems that want the parameter. */
export const acknowledge = (): Command => make('AT+CNMA', { limit: 10_000 });
export const acknowledgeExplicitly = (): Command => make('AT+CNMA=0', { limit: 10_000 });
/** The opposite (RP-ERROR): what was handed over cannot be taken, and the network may send it again (TS 27.005 3.4.4). */
export const refuse = (): Command => make('AT+CNMA=2', { limit: 10_000 });
/** The line that announces a TPDU of so many octets; the PDU follows after the prompt (TS 27.005 4.3). */
export const sendLine = (tpduOctets: number): string => make(`AT+CMGS=${tpduOctets}`).line;

// ---- calls and USSD ---------------------------------------------------------------------------------------------

/** Who calls is told with each ring (TS 27.007 7.6). */
export const announceCallers = (): Command => make('AT+CLIP=1');
/** Ends a call (TS 27.007 6.5), and the older way to do it (V.250 6.3.6). */
export const hangUp = (): Command => make('AT+CHUP');
export const hangUpAsOfOld = (): Command => make('ATH');
/**
 * Hands a USSD text to the network (TS 27.007 7.15), whose answer comes by itself. Some modems say OK at once, some only then.
 * @param text as `ussd-text.ts` writes it
 * @param limit milliseconds
 */
export const ussd = (text: string, dcs: number, limit: number): Command => make(`AT+CUSD=1,"${text}",${dcs}`, { limit });
export const endUssd = (): Command => make('AT+CUSD=2', { limit: CARD });

/** The network acts on call forwarding before the modem answers. */
const FORWARDING = 40_000;
/** <reason> of TS 27.007 7.11: 0 unconditional, 1 busy, 2 no reply, 3 not reachable. */
export type ForwardingReason = 0 | 1 | 2 | 3;
/** Forwards voice calls (<class> 1) to a number in E.164. */
export const forwardCalls = (reason: ForwardingReason, to: string): Command =>
  make(`AT+CCFC=${reason},3,"${to}",145,1`, { limit: FORWARDING, accepts: prefix('+CCFC:') });
/** Asks the network whether calls are forwarded, and where to (<mode> 2). */
export const forwardingOf = (reason: ForwardingReason): Command =>
  make(`AT+CCFC=${reason},2`, { limit: FORWARDING, accepts: prefix('+CCFC:') });
/** Ends all forwarding (<reason> 4, <mode> 4: erasure). */
export const endForwarding = (): Command => make('AT+CCFC=4,4', { limit: FORWARDING, accepts: prefix('+CCFC:') });
