import { type CommandSpec, numberArg, within } from './command-table.ts';
import { cme, ERROR, type Me, OK, ok, type Verdict } from './me.ts';
import { quotedNumber } from './numbers.ts';

function hangUp(me: Me): Verdict {
  me.line.end('rejected');
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
  '+CLCC': { run: ({ line: { call } }) => (call ? ok(`+CLCC: 1,1,${call.answered ? 0 : 4},0,0,${quotedNumber(call.from)}`) : OK) },
};
