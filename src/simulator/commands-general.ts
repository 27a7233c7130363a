import { type Args, type CommandSpec, numberArg, within } from './command-table.ts';
import { cme, ERROR, type Me, OK, ok, okThen, type Verdict } from './me.ts';

/** A basic command that switches something: `E0`, `E1`, `E` alone is 0 (V.250 5.3.1). */
function flag(set: (me: Me, on: boolean) => void): CommandSpec {
  return {
    run: (me, args) => {
      const value = numberArg(args, 0, 0);
      if (!within(value, 0, 1)) return ERROR;
      set(me, value === 1);
      return OK;
    },
  };
}

/** A command that is taken and does nothing here. */
const taken: CommandSpec = { run: () => OK, set: () => OK, read: () => OK };

const tell = (line: (me: Me) => string): CommandSpec => ({ run: (me) => ok(line(me)) });

const identity = {
  manufacturer: { run: (me: Me) => ok(me.model.manufacturer, ...me.model.manufacturerMore) },
  model: tell((me) => me.model.model),
  revision: tell((me) => me.model.revision),
  /** TS 27.007 5.4: plain, and with <snt> = 1 as a quoted IMEI. */
  serial: {
    run: (me: Me) => ok(me.imei),
    set: (me: Me, args: Args): Verdict => {
      const type = numberArg(args, 0, 1);
      if (type === 0) return ok(me.imei);
      return type === 1 ? ok(`+CGSN: "${me.imei}"`) : cme(50);
    },
  },
};

function setFunctionality(me: Me, args: Args): Verdict {
  const level = numberArg(args, 0, 1);
  const reset = numberArg(args, 1, 0);
  if (level === me.model.cfunResets) return okThen(() => me.reboot());
  if (!(level === 0 || level === 1 || level === 4) || !within(reset, 0, 1)) return cme(50);
  // +CFUN=1,1 resets the modem: it answers and then leaves the bus (TS 27.007 8.2).
  if (reset === 1) return okThen(() => me.reboot());
  return okThen(() => me.setFunctionality(level));
}

const two = (n: number): string => String(n).padStart(2, '0');

/** Quarter hours as `±zz` (TS 27.007 8.15, 8.41). */
export const quarterHours = (n: number): string => `${n < 0 ? '-' : '+'}${two(Math.abs(n))}`;

/** Local time as `yy/MM/dd,hh:mm:ss±zz` (TS 27.007 8.15). */
function clockText(me: Me): string {
  const now = me.ownClock.now();
  const local = new Date(now.epochMs + now.quarterHours * 900_000);
  const date = [local.getUTCFullYear() % 100, local.getUTCMonth() + 1, local.getUTCDate()].map(two).join('/');
  const time = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()].map(two).join(':');
  return `${date},${time}${quarterHours(now.quarterHours)}`;
}

function setClock(me: Me, args: Args): Verdict {
  const match = /^(\d\d)\/(\d\d)\/(\d\d),(\d\d):(\d\d):(\d\d)(?:([+-]\d\d))?$/.exec(args[0] ?? '');
  if (!match) return cme(50);
  const [yy, month, day, hour, minute, second] = match.slice(1, 7).map(Number);
  const zone = Number(match[7] ?? 0);
  const local = Date.UTC(2000 + (yy ?? 0), (month ?? 1) - 1, day, hour, minute, second);
  me.ownClock.set({ epochMs: local - zone * 900_000, quarterHours: zone });
  return OK;
}

/** A setting from 0 to `max` with its read and test forms. */
function setting(name: string, max: number, get: (me: Me) => number, set: (me: Me, value: number) => void): CommandSpec {
  return {
    read: (me) => ok(`${name}: ${get(me)}`),
    test: () => ok(`${name}: (0-${max})`),
    set: (me, args) => {
      const value = numberArg(args, 0, 0);
      if (!within(value, 0, max)) return cme(50);
      set(me, value);
      return OK;
    },
  };
}

/** Commands of V.250 and the general ones of TS 27.007 (5, 8.2, 8.15, 8.40, 8.41, 9.1). */
export const GENERAL_COMMANDS: Readonly<Record<string, CommandSpec>> = {
  E: flag((me, on) => {
    me.settings.echo = on;
  }),
  V: flag((me, on) => {
    me.settings.verbose = on;
  }),
  Q: flag((me, on) => {
    me.settings.quiet = on;
  }),
  Z: {
    run: (me) => {
      me.resetSettings();
      return OK;
    },
  },
  '&F': {
    run: (me) => {
      me.resetSettings();
      return OK;
    },
  },
  '&C': taken,
  '&D': taken,
  '&K': taken,
  '&S': taken,
  '&W': taken,
  X: taken,
  L: taken,
  M: taken,
  S0: taken,
  S3: taken,
  S4: taken,
  S5: taken,
  S7: taken,
  S10: taken,
  '+IPR': taken,
  '+IFC': taken,
  // ATI is the manufacturer's own (V.250 6.1.3); these lines are those of Huawei sticks: ME909s AT Command Interface Specification, "ATI".
  I: {
    run: (me) =>
      ok(`Manufacturer: ${me.model.manufacturer}`, `Model: ${me.model.model}`, `Revision: ${me.model.revision}`, `IMEI: ${me.imei}`),
  },
  '+CGMI': identity.manufacturer,
  '+GMI': identity.manufacturer,
  '+CGMM': identity.model,
  '+GMM': identity.model,
  '+CGMR': identity.revision,
  '+GMR': identity.revision,
  '+CGSN': identity.serial,
  '+GSN': identity.serial,
  '+GCAP': tell(() => '+GCAP: +CGSM'),
  '+CMEE': setting(
    '+CMEE',
    2,
    (me) => me.settings.cmee,
    (me, value) => {
      me.settings.cmee = value;
    },
  ),
  '+CSCS': {
    read: (me) => ok(`+CSCS: "${me.settings.cscs}"`),
    test: () => ok('+CSCS: ("GSM","IRA","UCS2")'),
    set: (me, args) => {
      const name = args[0] ?? 'IRA';
      if (!['GSM', 'IRA', 'UCS2'].includes(name)) return cme(50);
      me.settings.cscs = name;
      return OK;
    },
  },
  '+CFUN': { read: (me) => ok(`+CFUN: ${me.functionality}`), test: () => ok('+CFUN: (0,1,4),(0,1)'), set: setFunctionality },
  '+CPAS': tell((me) => `+CPAS: ${me.line.call ? (me.line.call.answered ? 4 : 3) : 0}`),
  '+CCLK': { read: (me) => ok(`+CCLK: "${clockText(me)}"`), set: setClock },
  '+CTZU': setting(
    '+CTZU',
    1,
    (me) => (me.takesNetworkTime ? 1 : 0),
    (me, value) => {
      me.takesNetworkTime = value === 1;
    },
  ),
  '+CTZR': setting(
    '+CTZR',
    2,
    (me) => me.settings.ctzr,
    (me, value) => {
      me.settings.ctzr = value;
    },
  ),
};
