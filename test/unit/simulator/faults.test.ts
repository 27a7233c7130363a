import { describe, expect, it } from 'vitest';
import { Fault } from '../../../src/base/fault.ts';
import { seededRandom } from '../../../src/base/random.ts';
import { FAULT_NAMES } from '../../../src/simulator/fault-specs.ts';
import { FaultBook, readFault } from '../../../src/simulator/faults.ts';
import { routed } from '../../../src/simulator/numbers.ts';

const scope = {
  modem: (reference: string) => {
    if (reference === '1' || reference === 'modem1') return 'modem1';
    throw new Fault('notFound', `There is no virtual modem "${reference}": there are modem1.`);
  },
  number: routed,
};

const read = (value: unknown) => readFault(value, scope);

const sentence = (value: unknown): string => {
  try {
    read(value);
  } catch (error) {
    if (error instanceof Fault) return error.message;
  }
  return 'taken';
};

describe('a scripted fault', () => {
  it.each<[unknown, RegExp]>([
    [7, /A fault must be a JSON object/],
    [{}, /"fault" of a fault must be given, as one of latePrompt, noPrompt/],
    [{ fault: 'lateprompt' }, /"fault" of a fault must be one of latePrompt/],
    [{ fault: 'latePrompt' }, /"delayMs" of the fault latePrompt must be given, as a whole number from 0 to/],
    [{ fault: 'latePrompt', delayMs: '5' }, /"delayMs" of the fault latePrompt must be a whole number/],
    [
      { fault: 'latePrompt', delayMs: 5, to: '+380' },
      /no field "to" in the fault latePrompt: there are fault, modem, count, after, chance, delayMs/,
    ],
    [{ fault: 'errorAfter', cms: 38, modem: 9 }, /no virtual modem "9": there are modem1/],
    [{ fault: 'errorAfter', cms: 38, count: 0 }, /"count" of the fault errorAfter must be a whole number from 1/],
    [{ fault: 'errorAfter', cms: 38, chance: 2 }, /"chance" of the fault errorAfter must be a number from 0 to 1/],
    [{ fault: 'unplug', count: 2 }, /no field "count" in the fault unplug/],
    [{ fault: 'unplug', at: 'midnight' }, /"at" of the fault unplug must be one of now, beforeCtrlZ, afterCtrlZ/],
    [{ fault: 'reportStatus', status: 256 }, /"status" of the fault reportStatus must be a whole number from 0 to 255/],
    [{ fault: 'noise', lines: [1] }, /"lines" of the fault noise must be a list of texts/],
  ])('%j is refused in one sentence', (value, expected) => {
    expect(sentence(value)).toMatch(expected);
  });

  it('reads every fault there is, with the least that it needs', () => {
    const least: Record<string, object> = {
      latePrompt: { delayMs: 1 },
      lateAnswer: { delayMs: 1 },
      delayDelivery: { delayMs: 1 },
      delayReport: { delayMs: 1 },
      commandFails: { command: '+CSQ' },
      commandUnanswered: { command: 'AT+CSQ' },
      reportStatus: { status: 0x46 },
      signal: { rssi: 3 },
    };
    const specs = FAULT_NAMES.map((fault) => read({ fault, modem: 1, ...least[fault] }));
    expect(specs.map((spec) => spec.fault)).toEqual([...FAULT_NAMES]);
    expect(new Set(specs.map((spec) => spec.modem))).toEqual(new Set(['modem1']));
  });

  it('strikes `count` times after `after` occasions, then leaves the book', () => {
    const book = new FaultBook(seededRandom(1));
    book.add(read({ fault: 'errorAfter', cms: 38, after: 2, count: 2 }));
    const strikes = Array.from({ length: 6 }, () => book.take('answer', { modem: 'modem1' }) !== undefined);
    expect(strikes).toEqual([false, false, true, true, false, false]);
    expect(book.active).toEqual([]);
  });

  it('strikes always, by chance, until it is taken out', () => {
    const book = new FaultBook(seededRandom(1));
    const { id } = book.add(read({ fault: 'dropReport', count: 'always', chance: 0.5 }));
    const strikes = Array.from({ length: 400 }, () => book.take('report', {})).filter(Boolean).length;
    expect(strikes).toBeGreaterThan(150);
    expect(strikes).toBeLessThan(250);
    expect(book.remove(id)).toBe(1);
    expect(book.take('report', {})).toBeUndefined();
  });

  it('strikes only whom it names, in whatever writing', () => {
    const book = new FaultBook(seededRandom(1));
    book.add(read({ fault: 'errorAfter', modem: 1, to: '0671112233', count: 'always' }));
    expect(book.take('answer', { modem: 'modem2', to: '+380671112233' })).toBeUndefined();
    expect(book.take('answer', { modem: 'modem1', to: '+380671112234' })).toBeUndefined();
    expect(book.take('prompt', { modem: 'modem1', to: '+380671112233' })).toBeUndefined();
    expect(book.take('answer', { modem: 'modem1', to: '+380671112233' })).toMatchObject({ fault: 'errorAfter', accepted: false });
  });

  it('comes to the point that `at` says', () => {
    const book = new FaultBook(seededRandom(1));
    const points = ['now', 'beforeCtrlZ', 'afterCtrlZ'].map((at) => book.add(read({ fault: 'unplug', at })).point);
    expect(points).toEqual(['now', 'prompt', 'answer']);
    expect(book.active.length).toBe(2);
  });
});
