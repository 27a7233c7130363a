import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as answers from '../../../src/at/answers.ts';
import { type Assembly, assemble, EMPTY, quiet } from '../../../src/at/assembler.ts';
import * as commands from '../../../src/at/commands.ts';
import { advance, newExchange } from '../../../src/at/exchange.ts';
import type { Exchange } from '../../../src/at/exchange-state.ts';
import type { Info, Line } from '../../../src/at/lines.ts';
import { Trace } from '../../../src/at/trace.ts';
import { seededRandom } from '../../../src/base/random.ts';
import { decodeTpdu } from '../../../src/pdu/decode.ts';
import { PduFault } from '../../../src/pdu/fault.ts';
import { heldMegabytes } from '../../support/held-memory.ts';

/**
 * Lines of modems, damaged in every way, through all that reads lines: five million with the 2.3 million PDUs of
 * `test/unit/pdu/fuzz.test.ts`; in CI thirty thousand, beside 230,000 PDUs.
 */
const LINES = process.env.SIMPOST_TEST_FULL ? 2_700_000 : 30_000;
const SEED = Number(process.env.SIMPOST_TEST_SEED ?? 20261122);

const random = seededRandom(SEED);
const below = (n: number): number => Math.floor(random.float() * n);

/** What modems say: all the lines of the transcripts, and some that open what others must close. */
const folder = new URL('../../transcripts/', import.meta.url);
const said = readdirSync(folder)
  .flatMap((name) => readFileSync(new URL(name, folder), 'utf8').split('\n'))
  .filter((line) => /^[<!] /.test(line))
  .map((line) => line.slice(2));
const SEEDS: readonly string[] = [
  ...new Set(said),
  '+CUSD: 0,"Balance: 25.00',
  '+COPS: 0,0,"',
  '+CMT: ,24',
  '+CMGL: 1,1,,999',
  '>',
  'OK',
  'ERROR',
  '+CMS ERROR: 38',
  'CMS ERROR: "38"',
];
const PIECES = [
  '"',
  ',',
  ':',
  '+',
  '\0',
  '\x1a',
  '\x1b',
  'ÿ',
  '0',
  '9'.repeat(30),
  'F'.repeat(400),
  'OK',
  '+CMGS: 5',
  '"""""',
  ' '.repeat(64),
];

const pick = (of: readonly string[]): string => of[below(of.length)] ?? '';

/** A line with pieces cut out, put in, doubled, swapped with those of another; now and then one of 4 kB. */
function mutated(): string {
  let line = pick(SEEDS);
  for (let times = below(4); times > 0; times -= 1) {
    const at = below(line.length + 1);
    switch (below(6)) {
      case 0:
        line = line.slice(0, at) + pick(PIECES) + line.slice(at);
        break;
      case 1:
        line = line.slice(0, at) + line.slice(at + 1 + below(6));
        break;
      case 2:
        line = line.slice(0, at) + pick(SEEDS).slice(below(20));
        break;
      case 3:
        line = line.slice(0, at) + String.fromCharCode(below(256)) + line.slice(at + 1);
        break;
      case 4:
        line = line.slice(0, at);
        break;
      default:
        line += line;
    }
  }
  if (below(2_000) === 0) line = line.padEnd(4_096, line || 'x');
  return line.slice(0, 4_096).replaceAll(/[\r\n]/g, ' ');
}

const INFO_READERS: readonly ((info: readonly Info[]) => unknown)[] = [
  answers.readSerial,
  answers.readName,
  answers.readIccid,
  answers.readImsi,
  answers.readOwnNumber,
  answers.readSmsc,
  answers.readPinState,
  answers.readSignal,
  answers.readOperator,
  answers.readStorages,
  answers.readStorageUse,
];

/** All that is made of a line once it stands for itself. @throws whatever it should not */
function readAll(line: Line): void {
  if (line.kind !== 'info') return;
  for (const read of INFO_READERS) read([line]);
  answers.readRegistration(line.text);
  answers.readIndication(line.text);
  answers.readListed(line);
  answers.readRead(1, [line]);
  const trace = new Trace(1);
  trace.add(0, 'heard', line.text);
  trace.lines();
  if (line.pdu === undefined) return;
  try {
    decodeTpdu(line.pdu, 'sc-to-ms');
  } catch (fault) {
    if (!(fault instanceof PduFault)) throw fault;
  }
}

const submit = { line: 'AT+CMGS=18', pdu: '00', promptLimit: 10_000, answerLimit: 130_000 };

/** A dialogue in one of its phases: lines come at any time. */
function dialogue(): Exchange {
  const begun = newExchange();
  switch (below(3)) {
    case 0:
      return begun;
    case 1:
      return advance(begun, { type: 'run', command: commands.signalQuality() }).state;
    default: {
      const asked = advance(begun, { type: 'submit', submit }).state;
      return below(2) === 0 ? asked : advance(asked, { type: 'line', line: { kind: 'prompt' } }).state;
    }
  }
}

/** Milliseconds of the slower of two more tries alone: a machine that was busy elsewhere is not the line's fault. */
function slowness(state: Assembly, raw: string): number {
  const once = (): number => {
    const start = performance.now();
    for (const line of assemble(state, raw).lines) readAll(line);
    return performance.now() - start;
  };
  return Math.min(once(), once(), once());
}

test(`I11: ${LINES.toLocaleString('en')} damaged lines: nothing is thrown, no line takes 50 ms, nothing is kept (seed ${SEED})`, () => {
  let assembly = EMPTY;
  let talk = dialogue();
  const seen = { final: 0, info: 0, prompt: 0, withPdu: 0 };
  const slow: string[] = [];
  const take = (lines: readonly Line[]): void => {
    for (const line of lines) {
      seen[line.kind] += 1;
      if (line.kind === 'info' && line.pdu !== undefined) seen.withPdu += 1;
      readAll(line);
      talk = advance(talk, { type: 'line', line }).state;
    }
  };
  let before = 0;
  for (let i = 0; i < LINES; i += 1) {
    // Once everything has been compiled and every cache is filled.
    if (i === Math.floor(LINES / 10)) before = heldMegabytes();
    const raw = mutated();
    const state = assembly;
    const start = performance.now();
    const step = assemble(state, raw);
    assembly = step.state;
    take(step.lines);
    if (performance.now() - start > 50 && slowness(state, raw) > 50) slow.push(raw);
    if (i % 50 === 49) {
      const rest = quiet(assembly);
      assembly = rest.state;
      take(rest.lines);
      expect(assembly.quote).toBeUndefined();
      talk = dialogue();
    }
  }
  const grown = heldMegabytes() - before;
  expect(slow).toEqual([]);
  expect(grown, 'megabytes').toBeLessThan(20);
  // Every kind of line came up, so that this test sees them all.
  for (const [kind, count] of Object.entries(seen)) expect(count, kind).toBeGreaterThan(LINES / 1_000);
}, 900_000);
