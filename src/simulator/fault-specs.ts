import type { Fields } from './fields.ts';

/**
 * The faults that may be scripted, each a JSON object `{fault, ...}`. Durations are milliseconds.
 *
 * Common fields: `modem` (name or number; absent: any), `count` (strikes before it is over, or "always"; 1), `after`
 * (fitting occasions that pass first; 0), `chance` (0..1; 1). Those that strike after Ctrl-Z, and those of the network,
 * also take `to` (the recipient), inbound ones `from`. Those that strike at once take `modem` alone of these.
 *
 * An error is `cms` (+CMS ERROR), `cme` (+CME ERROR) or neither: plain ERROR.
 * `accepted` says whether the SMSC took the segment (and the ledger has it).
 *
 * | fault | own fields | what happens |
 * |---|---|---|
 * | `latePrompt` | `delayMs` | the prompt comes late |
 * | `noPrompt` | | the modem waits for the PDU but the prompt is lost; ESC still cancels |
 * | `errorBefore` | error | an error instead of the prompt |
 * | `errorAfter` | error, `accepted` (false), `delayMs` (0) | an error after Ctrl-Z and the radio time |
 * | `unanswered` | `accepted` (true) | no answer to this +CMGS ever; later commands are answered |
 * | `lateAnswer` | `delayMs`, `blocking` (false) | accepted in time, answered late; when blocking, other commands wait too |
 * | `noReference` | `accepted` (true) | OK without +CMGS |
 * | `silence` | `at` (now, command, beforeCtrlZ, afterCtrlZ), `accepted` (true; afterCtrlZ), `forMs` (for ever), `wakes` (replug, reset, escape) | the modem hangs; +CFUN=1,1 wakes it if `wakes` is reset, ESC if escape, pulling the plug always |
 * | `unplug` | `at` (now, beforeCtrlZ, afterCtrlZ), `accepted` (true; afterCtrlZ), `backMs` (never) | the port vanishes |
 * | `noise` | `lines` | unsolicited lines between all the pieces of an answer |
 * | `rubbish` | `octets` (64), `command` (any) | random octets instead of an answer |
 * | `commandFails` | `command` (such as "+CSQ"), error | the command is refused |
 * | `commandUnanswered` | `command` | the command is never answered |
 * | `deleteFails` | error | +CMGD is refused |
 * | `storageFull` | `from` | the modem says that its storage is full; the network keeps the message |
 * | `redeliver` | `from`, `delayMs` (0) | the network sends the same SMS-DELIVER once more |
 * | `dropDelivery`, `duplicateDelivery` | | the phone never gets it, or gets it twice |
 * | `delayDelivery` | `delayMs` | it gets it later |
 * | `dropReport`, `doubleReport` | | no status report, or two |
 * | `delayReport` | `delayMs` | later |
 * | `reportStatus` | `status` (TP-ST) | with this status |
 * | `registrationLost` | `forMs` (for ever), `stat` (2) | now: not registered |
 * | `simRemoved` | `forMs` (for ever) | now: no SIM |
 * | `pin` | `pin` ("1234") | now: the SIM asks for a PIN |
 * | `puk` | | now: the SIM is blocked |
 * | `signal` | `rssi` (0..31, 99) | now: that +CSQ |
 */
export const FAULT_NAMES = [
  'latePrompt',
  'noPrompt',
  'errorBefore',
  'errorAfter',
  'unanswered',
  'lateAnswer',
  'noReference',
  'silence',
  'unplug',
  'noise',
  'rubbish',
  'commandFails',
  'commandUnanswered',
  'deleteFails',
  'storageFull',
  'redeliver',
  'dropDelivery',
  'delayDelivery',
  'duplicateDelivery',
  'dropReport',
  'delayReport',
  'doubleReport',
  'reportStatus',
  'registrationLost',
  'simRemoved',
  'pin',
  'puk',
  'signal',
] as const;

export type FaultName = (typeof FAULT_NAMES)[number];

/** How a fault's references are read. */
export interface FaultScope {
  /** The name of a modem by its name or number; throws where there is none. */
  modem(reference: string): string;
  /** A number as the network routes it. */
  number(number: string): string;
}

/** Any duration: up to 30 days. */
const LONGEST = 30 * 86_400_000;

type Read = (f: Fields, scope: FaultScope) => object;

const modem = (f: Fields, scope: FaultScope) => {
  const name = f.optionalName('modem');
  return { modem: name === undefined ? undefined : scope.modem(name) };
};

const recurring = (f: Fields, scope: FaultScope) => ({
  ...modem(f, scope),
  count: f.optionalNumberOr('count', 1, 1_000_000, 'always'),
  after: f.optionalNumber('after', 0, 1_000_000),
  chance: f.optionalShare('chance'),
});

const number = (f: Fields, scope: FaultScope, name: 'to' | 'from'): string | undefined => {
  const value = f.optionalText(name);
  return value === undefined ? undefined : scope.number(value);
};

const sending = (f: Fields, scope: FaultScope) => ({ ...recurring(f, scope), to: number(f, scope, 'to') });

const inbound = (f: Fields, scope: FaultScope) => ({ ...recurring(f, scope), from: number(f, scope, 'from') });

const error = (f: Fields) => ({ cms: f.optionalNumber('cms', 0, 65_535), cme: f.optionalNumber('cme', 0, 65_535) });

const accepted = (f: Fields, otherwise: boolean) => ({ accepted: f.optionalFlag('accepted') ?? otherwise });

const delay = (f: Fields) => f.number('delayMs', 0, LONGEST);

const command = (name: string): string => name.toUpperCase().replace(/^AT/, '');

/** Reads the fields of a fault when its name is known. What each gives is one member of `FaultSpec`. */
export const FAULT_READERS = {
  latePrompt: (f, scope) => ({ fault: 'latePrompt' as const, ...recurring(f, scope), delayMs: delay(f) }),
  noPrompt: (f, scope) => ({ fault: 'noPrompt' as const, ...recurring(f, scope) }),
  errorBefore: (f, scope) => ({ fault: 'errorBefore' as const, ...recurring(f, scope), ...error(f) }),
  errorAfter: (f, scope) => ({
    fault: 'errorAfter' as const,
    ...sending(f, scope),
    ...error(f),
    ...accepted(f, false),
    delayMs: f.optionalNumber('delayMs', 0, LONGEST) ?? 0,
  }),
  unanswered: (f, scope) => ({ fault: 'unanswered' as const, ...sending(f, scope), ...accepted(f, true) }),
  lateAnswer: (f, scope) => ({
    fault: 'lateAnswer' as const,
    ...sending(f, scope),
    delayMs: delay(f),
    blocking: f.optionalFlag('blocking') ?? false,
  }),
  noReference: (f, scope) => ({ fault: 'noReference' as const, ...sending(f, scope), ...accepted(f, true) }),
  silence: (f, scope) => {
    const at = f.optionalChoice('at', ['now', 'command', 'beforeCtrlZ', 'afterCtrlZ'] as const) ?? 'now';
    const scoped = at === 'now' ? modem(f, scope) : at === 'afterCtrlZ' ? sending(f, scope) : recurring(f, scope);
    return {
      fault: 'silence' as const,
      at,
      ...scoped,
      ...(at === 'afterCtrlZ' ? accepted(f, true) : { accepted: false }),
      forMs: f.optionalNumber('forMs', 0, LONGEST),
      wakes: f.optionalChoice('wakes', ['replug', 'reset', 'escape'] as const) ?? ('replug' as const),
    };
  },
  unplug: (f, scope) => {
    const at = f.optionalChoice('at', ['now', 'beforeCtrlZ', 'afterCtrlZ'] as const) ?? 'now';
    const scoped = at === 'now' ? modem(f, scope) : at === 'afterCtrlZ' ? sending(f, scope) : recurring(f, scope);
    return {
      fault: 'unplug' as const,
      at,
      ...scoped,
      ...(at === 'afterCtrlZ' ? accepted(f, true) : { accepted: false }),
      backMs: f.optionalNumber('backMs', 0, LONGEST),
    };
  },
  noise: (f, scope) => ({ fault: 'noise' as const, ...recurring(f, scope), lines: f.optionalTexts('lines') }),
  rubbish: (f, scope) => {
    const named = f.optionalText('command');
    return {
      fault: 'rubbish' as const,
      ...recurring(f, scope),
      command: named === undefined ? undefined : command(named),
      octets: f.optionalNumber('octets', 1, 65_536) ?? 64,
    };
  },
  commandFails: (f, scope) => ({
    fault: 'commandFails' as const,
    ...recurring(f, scope),
    command: command(f.text('command')),
    ...error(f),
  }),
  commandUnanswered: (f, scope) => ({ fault: 'commandUnanswered' as const, ...recurring(f, scope), command: command(f.text('command')) }),
  deleteFails: (f, scope) => ({ fault: 'deleteFails' as const, ...recurring(f, scope), command: '+CMGD', ...error(f) }),
  storageFull: (f, scope) => ({ fault: 'storageFull' as const, ...inbound(f, scope) }),
  redeliver: (f, scope) => ({ fault: 'redeliver' as const, ...inbound(f, scope), delayMs: f.optionalNumber('delayMs', 0, LONGEST) ?? 0 }),
  dropDelivery: (f, scope) => ({ fault: 'dropDelivery' as const, ...sending(f, scope) }),
  delayDelivery: (f, scope) => ({ fault: 'delayDelivery' as const, ...sending(f, scope), delayMs: delay(f) }),
  duplicateDelivery: (f, scope) => ({ fault: 'duplicateDelivery' as const, ...sending(f, scope) }),
  dropReport: (f, scope) => ({ fault: 'dropReport' as const, ...sending(f, scope) }),
  delayReport: (f, scope) => ({ fault: 'delayReport' as const, ...sending(f, scope), delayMs: delay(f) }),
  doubleReport: (f, scope) => ({ fault: 'doubleReport' as const, ...sending(f, scope) }),
  reportStatus: (f, scope) => ({ fault: 'reportStatus' as const, ...sending(f, scope), status: f.number('status', 0, 255) }),
  registrationLost: (f, scope) => ({
    fault: 'registrationLost' as const,
    ...modem(f, scope),
    forMs: f.optionalNumber('forMs', 0, LONGEST),
    stat: f.optionalNumber('stat', 0, 4) ?? 2,
  }),
  simRemoved: (f, scope) => ({ fault: 'simRemoved' as const, ...modem(f, scope), forMs: f.optionalNumber('forMs', 0, LONGEST) }),
  pin: (f, scope) => ({ fault: 'pin' as const, ...modem(f, scope), pin: f.optionalText('pin') ?? '1234' }),
  puk: (f, scope) => ({ fault: 'puk' as const, ...modem(f, scope) }),
  signal: (f, scope) => ({ fault: 'signal' as const, ...modem(f, scope), rssi: f.number('rssi', 0, 99) }),
} satisfies Record<FaultName, Read>;

/** One fault, as read. */
export type FaultSpec = ReturnType<(typeof FAULT_READERS)[FaultName]>;
