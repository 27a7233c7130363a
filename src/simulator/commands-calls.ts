import { type Args, type CommandSpec, numberArg, within } from './command-table.ts';
import { cme, ERROR, type Me, OK, ok, type Verdict } from './me.ts';
import { quotedCaller, quotedNumber, routed } from './numbers.ts';

function hangUp(me: Me): Verdict {
  me.line.end('rejected');
  return OK;
}

const CASES = ['always', 'busy', 'noReply', 'unreachable'] as const;

/** +CCFC, call forwarding (TS 27.007 7.11): query, registration and erasure of one case or of all. */
function forwarding(me: Me, args: Args): Verdict {
  const reason = numberArg(args, 0, Number.NaN);
  const mode = numberArg(args, 1, Number.NaN);
  if (!me.card || !within(reason, 0, 5) || !within(mode, 0, 4)) return cme(50);
  if (!me.registered) return cme(30);
  const { forwarding: set } = me.card;
  const cases = reason === 4 ? CASES : reason === 5 ? CASES.slice(1) : CASES.slice(reason, reason + 1);
  const number = args[2];
  if (mode === 2) {
    const to = cases.map((one) => set[one]).find((one) => one !== undefined);
    return ok(to === undefined ? '+CCFC: 0,7' : `+CCFC: 1,1,${quotedNumber(to)}`);
  }
  if (mode === 3 && number === undefined) return cme(50);
  for (const one of cases) {
    if (mode === 3 && number !== undefined) set[one] = routed(number);
    if (mode === 4) delete set[one];
  }
  return OK;
}

/** Calls that come in (V.250 6.3, TS 27.007 6.5, 7.6, 7.18). Virtual modems call nobody. */
export const CALL_COMMANDS: Readonly<Record<string, CommandSpec>> = {
  A: {
    run: (me) => {
      if (!me.line.call) return ERROR;
      me.line.answer();
      return OK;
    },
  },
  D: { run: () => ERROR },
  H: { run: hangUp },
  '+CHUP': { run: hangUp },
  '+CLIP': {
    read: (me) => ok(`+CLIP: ${me.settings.clip},1`),
    test: () => ok('+CLIP: (0,1)'),
    set: (me, args) => {
      const n = numberArg(args, 0, 0);
      if (!within(n, 0, 1)) return cme(50);
      me.settings.clip = n;
      return OK;
    },
  },
  '+CRC': {
    read: (me) => ok(`+CRC: ${me.settings.crc}`),
    test: () => ok('+CRC: (0,1)'),
    set: (me, args) => {
      const n = numberArg(args, 0, 0);
      if (!within(n, 0, 1)) return cme(50);
      me.settings.crc = n;
      return OK;
    },
  },
  '+CCFC': { test: () => ok('+CCFC: (0-5)'), set: forwarding },
  '+CLCC': { run: ({ line: { call } }) => (call ? ok(`+CLCC: 1,1,${call.answered ? 0 : 4},0,0,${quotedCaller(call.from)}`) : OK) },
};
