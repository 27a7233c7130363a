import type { CommandSpec } from './command-table.ts';
import { cme, type Me, OK, ok, okThen, type Verdict } from './me.ts';

/**
 * Commands of the makers. A model has those that it names in `knows`; what each answers stands with its model in `sticks.ts`
 * and `modules.ts`.
 */

/** Switches noise on and off: the last parameter 0 is off, a model whose `quietBy` it is falls quiet. */
const quiet = (name: string): CommandSpec => ({
  set: (me, args) => {
    if (me.model.quietBy === name) me.settings.noisy = args.at(-1) !== '0';
    return OK;
  },
});

const taken: CommandSpec = { set: () => OK, read: () => OK, run: () => OK };

/** Tries of the PIN that are left; the PUK of the virtual card is never touched. */
function tries(line: (pin: number, puk: number) => readonly string[]): CommandSpec {
  const tell = (me: Me): Verdict => (me.card ? ok(...line(me.card.triesLeft, 10)) : cme(10));
  return { run: tell, read: tell };
}

const restarting: CommandSpec = { run: (me) => okThen(() => me.reboot()) };

/** +CRSM READ BINARY of EF-ICCID (TS 27.007 8.18, TS 51.011 10.1.1): digits swapped, a missing one is F. */
const readCard: CommandSpec = {
  needsCard: 'cme',
  set: (me, args) => {
    // 148, 8: wrong file id (TS 51.011 9.4.4).
    if (args[0] !== '176' || args[1] !== '12258') return ok('+CRSM: 148,8,""');
    const digits = (me.card?.iccid ?? '').padEnd(20, 'F');
    return ok(`+CRSM: 144,0,"${digits.replaceAll(/(.)(.)/g, '$2$1')}"`);
  },
};

export const VENDOR_COMMANDS: Readonly<Record<string, CommandSpec>> = {
  '^CURC': quiet('^CURC'),
  '+QINDCFG': quiet('+QINDCFG'),
  '+WIND': quiet('+WIND'),
  '+QURCCFG': taken,
  '^SM20': {
    set: (me, args) => {
      me.settings.hidesFailures = args[0] !== '0';
      return OK;
    },
  },
  '^RESET': restarting,
  '+CRESET': restarting,
  '+CRSM': readCard,
  '^CPIN': {
    // <code>[,<times>],<puk times>,<pin times>,<puk2 times>,<pin2 times>; <times> only while something is asked for.
    read: (me) => {
      if (!me.card) return cme(10);
      const asked = me.card.lock === 'READY' ? '' : String(me.card.triesLeft);
      return ok(`^CPIN: ${me.card.lock},${asked},10,${me.card.triesLeft},10,3`);
    },
  },
  '+QPINC': tries((pin, puk) => [`+QPINC: "SC",${pin},${puk}`, '+QPINC: "P2",3,10']),
  '+QTRPIN': tries((pin, puk) => [`+QTRPIN: ${pin},${puk},3,10`]),
  '+SPIC': tries((pin, puk) => [`+SPIC: ${pin},${puk},3,10`]),
  '^SPIC': tries((pin) => [`^SPIC: ${pin}`]),
  '+CPINC': tries((pin, puk) => [`+CPINC: ${pin},3,${puk},10`]),
  '+UPINCNT': tries((pin, puk) => [`+UPINCNT: ${pin},3,${puk},10`]),
  '+ZPINPUK': tries((pin, puk) => [`+ZPINPUK: ${pin},${puk}`]),
};
