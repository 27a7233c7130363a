import type { UssdReply } from './air.ts';
import { type Args, type CommandSpec, numberArg, within } from './command-table.ts';
import { quarterHours } from './commands-general.ts';
import { cme, type Me, OK, ok, okThen, type Registration, type Settings, type Verdict } from './me.ts';
import type { NetworkTime } from './network-time.ts';
import { quotedNumber } from './numbers.ts';
import { packedUssd, unpackedUssd } from './ussd-text.ts';

/** Where the virtual cell is: location area and cell, access technology E-UTRAN (TS 27.007 7.2). */
const CELL = '"00C3","0000A5B2",7';

const REGISTRATION_COMMANDS = ['creg', 'cgreg', 'cereg'] as const;

type RegistrationCommand = (typeof REGISTRATION_COMMANDS)[number];

const place = (n: number, stat: number): string => (n === 2 && stat !== 0 ? `,${CELL}` : '');

/** The unsolicited lines of +CREG and its sisters: where the host asked for them and something changed. */
export function registrationLines(settings: Settings, before: Registration, now: Registration): string[] {
  return REGISTRATION_COMMANDS.flatMap((command) => {
    const n = settings[command];
    const stat = now[command];
    return n === 0 || stat === before[command] ? [] : [`+${command.toUpperCase()}: ${stat}${place(n, stat)}`];
  });
}

/** The unsolicited line of +CTZR (TS 27.007 8.41), if the host asked for it. */
export function timeLine(settings: Settings, time: NetworkTime): string | undefined {
  const zone = quarterHours(time.quarterHours);
  if (settings.ctzr === 0) return undefined;
  if (settings.ctzr === 1) return `+CTZV: "${zone}"`;
  const local = new Date(time.epochMs + time.quarterHours * 900_000).toISOString();
  return `+CTZE: "${zone}",0,"${local.slice(0, 10).replaceAll('-', '/')},${local.slice(11, 19)}"`;
}

/** +CREG, +CGREG, +CEREG (TS 27.007 7.2, 10.1.20, 10.1.22). */
function registration(command: RegistrationCommand): CommandSpec {
  const name = `+${command.toUpperCase()}`;
  return {
    read: (me) => {
      const n = me.settings[command];
      const stat = me.registration[command];
      return ok(`${name}: ${n},${stat}${place(n, stat)}`);
    },
    test: () => ok(`${name}: (0-2)`),
    set: (me, args) => {
      const n = numberArg(args, 0, 0);
      if (!within(n, 0, 2)) return cme(50);
      me.settings[command] = n;
      return OK;
    },
  };
}

/** +CPIN (TS 27.007 8.3). */
const pin: CommandSpec = {
  read: (me) => (me.card ? ok(`+CPIN: ${me.card.lock}`) : cme(10)),
  set: (me, args) => {
    const card = me.card;
    if (!card) return cme(10);
    if (card.lock === 'READY') return cme(3);
    // A PUK with a new PIN has two parameters; the virtual card never takes one.
    const opened = args.length === 1 && card.enter(args[0] ?? '');
    if (!opened) return cme(card.triesLeft === 0 ? 12 : 16);
    return okThen(() => me.cardLockChanged());
  },
};

/** +CLCK for the PIN of the card alone (TS 27.007 7.4). */
const facilityLock: CommandSpec = {
  set: (me, args) => {
    if (!me.card) return cme(10);
    if (args[0] !== 'SC' || args[1] !== '0') return cme(4);
    if (me.card.lock !== 'READY') return cme(me.card.lock === 'SIM PUK' ? 12 : 11);
    return me.card.switchPinOff(args[2] ?? '') ? OK : cme(16);
  },
};

/** +CPINR, remaining PIN retries (TS 27.007 8.65). */
function retries(me: Me): Verdict {
  if (!me.card) return cme(10);
  return ok(`+CPINR: SIM PIN,${me.card.triesLeft},3`, '+CPINR: SIM PUK,10,10');
}

function operator(me: Me): Verdict {
  if (!me.registered) return ok('+COPS: 0');
  const { name, numeric } = me.air.operator;
  return ok(`+COPS: 0,${me.settings.copsFormat},"${me.settings.copsFormat === 2 ? numeric : name}",7`);
}

function selectOperator(me: Me, args: Args): Verdict {
  const mode = numberArg(args, 0, 0);
  const format = numberArg(args, 1, me.settings.copsFormat);
  if (!within(mode, 0, 4) || !within(format, 0, 2)) return cme(50);
  if (mode === 3) {
    me.settings.copsFormat = format;
    return OK;
  }
  return okThen(() => me.setFunctionality(mode === 2 ? 4 : 1));
}

/** +CUSD (TS 27.007 7.15): the answer comes as an unsolicited line after OK. */
function ussd(me: Me, args: Args): Verdict {
  const n = numberArg(args, 0, 0);
  if (!within(n, 0, 2)) return cme(50);
  if (n < 2) me.settings.cusd = n;
  const code = args[1];
  const { card } = me;
  if (n === 2 && card) me.air.ussd.end(card);
  if (n === 2 || code === undefined || !card) return OK;
  if (!me.registered) return cme(30);
  const packed = me.model.ussd === 'packedHex';
  // TS 23.038 5: 72 is UCS2, whose octets are hexadecimal.
  const asked = args[2] === '72' ? ucs2OfHex(code) : packed ? unpackedUssd(code) : code;
  if (asked === undefined) return cme(100);
  return okThen(() => {
    me.air.ussd.ask(card, asked, (reply) => {
      if (me.settings.cusd !== 0) me.unsolicited(ussdLine(reply, packed));
    });
  });
}

/** 4: operation not supported by the network; dcs 15 is the default alphabet, 72 UCS2 in hexadecimal. */
function ussdLine(reply: UssdReply | undefined, packed: boolean): string {
  if (!reply) return '+CUSD: 4';
  const plain = /^[\x20-\x7e]*$/.test(reply.text) && !reply.text.includes('"');
  const shown = packed ? packedUssd(reply.text) : reply.text;
  const text = plain ? shown : Buffer.from(reply.text, 'utf16le').swap16().toString('hex').toUpperCase();
  return `+CUSD: ${reply.more ? 1 : 0},"${text}",${plain ? 15 : 72}`;
}

function ucs2OfHex(hex: string): string | undefined {
  return /^(?:[0-9A-Fa-f]{4})+$/.test(hex) ? Buffer.from(hex, 'hex').swap16().toString('utf16le') : undefined;
}

/** The ICCID under one of its many names: only where this model knows it. */
function iccid(command: string): CommandSpec {
  const show = (me: Me): Verdict => {
    const known = me.model.iccid.find((entry) => entry.command === command);
    if (!known || !me.card) return cme(known ? 10 : 4);
    return ok(`${known.prefix}${me.card.iccid}`);
  };
  return { run: show, read: show };
}

/** Commands about the SIM and the network (TS 27.007 7 and 8), without messages and calls. */
export const NETWORK_COMMANDS: Readonly<Record<string, CommandSpec>> = {
  '+CPIN': pin,
  '+CLCK': facilityLock,
  '+CPINR': { run: retries, set: retries },
  '+CIMI': { needsCard: 'cme', run: (me) => ok(me.card?.imsi ?? '') },
  '+CCID': iccid('+CCID'),
  '+ICCID': iccid('+ICCID'),
  '^SCID': iccid('^SCID'),
  '+ZGETICCID': iccid('+ZGETICCID'),
  '+CICCID': iccid('+CICCID'),
  '+QCCID': iccid('+QCCID'),
  '^ICCID': iccid('^ICCID'),
  '+CNUM': { needsCard: 'cme', run: (me) => (me.card?.numberOnCard ? ok(`+CNUM: ,${quotedNumber(me.card.number)}`) : OK) },
  '+CSQ': { run: (me) => ok(`+CSQ: ${me.functionality === 1 ? me.signal : 99},99`), test: () => ok('+CSQ: (0-31,99),(0-7,99)') },
  '+CREG': registration('creg'),
  '+CGREG': registration('cgreg'),
  '+CEREG': registration('cereg'),
  '+COPS': { read: operator, set: selectOperator },
  '+CUSD': { read: (me) => ok(`+CUSD: ${me.settings.cusd}`), test: () => ok('+CUSD: (0-2)'), set: ussd },
};
