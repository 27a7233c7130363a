import { expect, test } from 'vitest';
import { type Circumstances, climb, type Ladder, type Rung, recovered, WELL } from '../../../src/modem/ladder.ts';

const HOUR = 3_600;
const USB = ['usbReset', 'powerCycle'] as const;

/** The rungs that a modem climbs which is silent at each of these moments, seconds. */
function rungs(seconds: readonly number[], { usb = [], outage = false }: Partial<Circumstances> = {}, from: Ladder = WELL) {
  let ladder = from;
  const all: Rung[] = [];
  for (const second of seconds) {
    const step = climb(ladder, 'silent', { at: second * 1000, outage, usb });
    ladder = step.ladder;
    all.push(step.rung);
  }
  return { rungs: all, ladder };
}

test('first the port is opened anew, then the modem started anew, with a minute to come back; twice (M02)', () => {
  expect(rungs([0, 10, 20, 65, 75, 100, 130, 140]).rungs).toEqual([
    'reopen',
    'startAnew',
    'wait',
    'wait',
    'startAnew',
    'wait',
    'wait',
    'dead',
  ]);
});

test('where it can be reached from outside, its USB device is reset after that, then its power switched, then it is dead (M02)', () => {
  expect(rungs([0, 10, 65, 75, 100, 106, 170, 177], { usb: USB }).rungs).toEqual([
    'reopen',
    'startAnew',
    'wait',
    'usbReset',
    'wait',
    'powerCycle',
    'wait',
    'dead',
  ]);
});

/** What is done in so many days about a modem that hangs every 20 s, `ready` again now and then. */
function history(days: number, ready: number): ReadonlyMap<Rung, readonly number[]> {
  let ladder = WELL;
  const done = new Map<Rung, number[]>();
  for (let second = 0; second < days * 24 * HOUR; second += 20) {
    const step = climb(ladder, 'silent', { at: second * 1000, outage: false, usb: USB });
    ladder = second % ready === 0 ? recovered(step.ladder) : step.ladder;
    const times = done.get(step.rung) ?? [];
    times.push(second);
    done.set(step.rung, times);
  }
  return done;
}

test.each([200, 2_000, 1e9])(
  'two starts and two resets in an hour, three times without power in a day, ready each %i s or not (M02)',
  (ready) => {
    const done = history(3, ready);
    for (const [rung, most, within] of [
      ['startAnew', 2, HOUR],
      ['usbReset', 2, HOUR],
      ['powerCycle', 3, 24 * HOUR],
    ] as const) {
      const times = done.get(rung) ?? [];
      if (ready > 200 || rung === 'startAnew') expect(times.length, rung).toBeGreaterThan(most);
      for (const time of times) expect(times.filter((t) => t > time - within && t <= time).length, rung).toBeLessThanOrEqual(most);
    }
  },
);

test('one that is dead is helped again after an hour', () => {
  const { ladder } = rungs([0, 10, 75, 140]);
  expect(rungs([200, 3_700, 3_741], {}, ladder).rungs).toEqual(['dead', 'dead', 'startAnew']);
});

test('one that was ready again begins at the bottom', () => {
  const { ladder } = rungs([0, 10]);
  expect(rungs([4000], {}, recovered(ladder)).rungs).toEqual(['reopen']);
});

test('a make that starts quickly is waited for as long as it takes', () => {
  const { ladder } = rungs([0, 10]);
  const at = (second: number): Circumstances => ({ at: second * 1000, outage: false, usb: [], startsIn: 20_000 });
  expect(climb(ladder, 'silent', at(29)).rung).toBe('wait');
  expect(climb(ladder, 'silent', at(30)).rung).toBe('startAnew');
});

test('nothing is done while several went at once (M11)', () => {
  expect(rungs([0, 10, 200], { usb: USB, outage: true }).rungs).toEqual(['reopen', 'wait', 'wait']);
});

test('one that answers but is faulty is started anew at once, as often as a silent one, and never given up', () => {
  let ladder = WELL;
  const all: Rung[] = [];
  for (const second of [0, 10, 70, 140, 200]) {
    const step = climb(ladder, 'faulty', { at: second * 1000, outage: false, usb: USB });
    ladder = step.ladder;
    all.push(step.rung);
  }
  expect(all).toEqual(['startAnew', 'wait', 'startAnew', 'wait', 'wait']);
  expect(climb(WELL, 'faulty', { at: 0, outage: true, usb: USB })).toEqual({ ladder: WELL, rung: 'wait' });
});
