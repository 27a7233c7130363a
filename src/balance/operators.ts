import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { type Static, Type } from 'typebox';
import { Fault } from '../base/fault.ts';
import { OWN_SCHEMA } from '../base/own-schema.ts';
import { checkUssdCode } from '../policy/ussd-code.ts';
import bundled from './data/operators.json' with { type: 'json' };
import type { BalancePatterns } from './read-balance.ts';

/**
 * Which code asks which operator what is left, and how its answers are read. The codes are those that operators publish; they
 * change, so a file of one's own can add to the bundled one, its entries first.
 */

const closed = { additionalProperties: false } as const;
const Balances = Type.Array(Type.String({ pattern: '\\{balance\\}', maxLength: 200 }), { maxItems: 100 });
const Packages = Type.Array(
  Type.Object(
    { text: Type.String({ pattern: '\\{package\\}', maxLength: 200 }), unit: Type.String({ minLength: 1, maxLength: 20 }) },
    closed,
  ),
  { maxItems: 100 },
);

const OperatorFile = Type.Object(
  {
    /** For operators that have none of their own, or whose own do not fit. */
    patterns: Type.Optional(Type.Object({ balance: Balances, package: Packages }, closed)),
    operators: Type.Array(
      Type.Object(
        {
          name: Type.String({ minLength: 1, maxLength: 100 }),
          /** MCC and MNC, as an IMSI begins (TS 23.003 2.2). */
          networks: Type.Array(Type.String({ pattern: '^[0-9]{5,6}$' }), { minItems: 1 }),
          code: Type.String(),
          currency: Type.String({ pattern: '^[A-Z]{3}$' }),
          balance: Type.Optional(Balances),
          package: Type.Optional(Packages),
        },
        closed,
      ),
    ),
  },
  closed,
);
type OperatorFile = Static<typeof OperatorFile>;

const fits = new Ajv({ ...OWN_SCHEMA, allErrors: false }).compile<OperatorFile>(OperatorFile);

/** How one operator is asked. */
export interface Operator {
  readonly name: string;
  readonly code: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly patterns: BalancePatterns;
}

/** The operators of one or more files, by the IMSI of a SIM. */
export class Operators {
  readonly #files: readonly OperatorFile[];

  /** @param files those that come first win */
  constructor(files: readonly OperatorFile[]) {
    this.#files = files;
  }

  /** The operator of a SIM, where it is known. @param imsi digits */
  of(imsi: string): Operator | undefined {
    // An MNC has two or three digits: the longer fit is the more certain one.
    for (const length of [6, 5]) {
      const network = imsi.slice(0, length);
      const found = this.#files.flatMap((file) => file.operators).find((operator) => operator.networks.includes(network));
      if (!found) continue;
      const common = this.#files.map((file) => file.patterns);
      return {
        name: found.name,
        code: found.code,
        currency: found.currency,
        patterns: {
          balance: [...(found.balance ?? []), ...common.flatMap((p) => p?.balance ?? [])],
          package: [...(found.package ?? []), ...common.flatMap((p) => p?.package ?? [])],
        },
      };
    }
    return undefined;
  }
}

/**
 * The operators that are known.
 * @param path a JSON file of the shape of `data/operators.json` whose entries come first
 * @throws Fault `configInvalid`
 */
export function loadOperators(path: string | undefined): Operators {
  const own = path === undefined ? [] : [readOperators(readText(path), path)];
  return new Operators([...own, readOperators(JSON.stringify(bundled), 'the bundled list of operators')]);
}

/** @throws Fault `configInvalid` */
export function readOperators(text: string, name: string): OperatorFile {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    throw wrong(name, 'is no JSON; compare it with the example in the README', error);
  }
  if (!fits(file)) {
    const [first] = fits.errors ?? [];
    throw wrong(name, `is not as it should be: ${first?.instancePath || 'the whole'} ${first?.message}`);
  }
  for (const operator of file.operators) {
    try {
      checkUssdCode(operator.code);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      throw wrong(name, `has a code for ${operator.name} that cannot be asked. ${error.message}`, error);
    }
  }
  return file;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw wrong(path, 'cannot be read; check balance.operatorsFile', error);
  }
}

const wrong = (name: string, why: string, cause?: unknown): Fault =>
  new Fault('configInvalid', `${name} ${why.replace(/\.$/, '')}.`, [], cause === undefined ? undefined : { cause });
