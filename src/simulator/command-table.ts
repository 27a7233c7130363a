import type { AtCommand } from './at-line.ts';
import { cme, cms, type Final, type Me, OK, type Verdict } from './me.ts';

export type Args = readonly (string | undefined)[];

type Handler = (me: Me, args: Args) => Verdict;

/** A command: what it does in each of its forms, and what it needs of the SIM first. */
export interface CommandSpec {
  readonly run?: Handler;
  readonly read?: Handler;
  readonly test?: Handler;
  readonly set?: Handler;
  /** A SIM that has been opened; without one the error is of this kind (TS 27.005 3.2.5, TS 27.007 9.2.1). */
  readonly needsCard?: 'cms' | 'cme';
}

export type CommandTable = ReadonlyMap<string, CommandSpec>;

/** One table of several; a later one wins. */
export function joinTables(...tables: readonly Readonly<Record<string, CommandSpec>>[]): CommandTable {
  return new Map(tables.flatMap((table) => Object.entries(table)));
}

/** operation not supported: for a command, or a form of one, that is not there */
const UNSUPPORTED = cme(4);

/** Why the SIM is not to be had, as an error; undefined when it is. */
function cardFault(me: Me, kind: 'cms' | 'cme'): Final | undefined {
  if (!me.card) return kind === 'cms' ? cms(310) : cme(10);
  if (me.simBusy) return kind === 'cms' ? cms(314) : cme(14);
  if (me.card.lock === 'SIM PIN') return kind === 'cms' ? cms(311) : cme(11);
  if (me.card.lock === 'SIM PUK') return kind === 'cms' ? cms(316) : cme(12);
  return undefined;
}

/** Runs one command. */
export function run(table: CommandTable, me: Me, command: AtCommand): Verdict {
  const spec = table.get(command.name);
  if (!spec) return UNSUPPORTED;
  const handler = spec[command.form];
  if (!handler) return command.form === 'test' ? OK : UNSUPPORTED;
  if (spec.needsCard && command.form !== 'test') {
    const fault = cardFault(me, spec.needsCard);
    if (fault) return fault;
  }
  return handler(me, command.args);
}

/** A parameter that is a number; `otherwise` where it is left out, NaN where it is none. */
export function numberArg(args: Args, at: number, otherwise: number): number {
  const arg = args[at];
  if (arg === undefined) return otherwise;
  return /^\d{1,9}$/.test(arg) ? Number(arg) : Number.NaN;
}

/** Whether a number lies between, NaN never. */
export const within = (value: number, min: number, max: number): boolean => value >= min && value <= max;
