import { expect, test } from 'vitest';
import { climb, type Ladder, type Rung, recovered, WELL } from '../../../src/modem/ladder.ts';

/** The rungs that a modem climbs which is silent at each of these moments, seconds. */
function rungs(seconds: readonly number[], from: Ladder = WELL, outage = false): { rungs: Rung[]; ladder: Ladder } {
  let ladder = from;
  const all: Rung[] = [];
  for (const second of seconds) {
    const step = climb(ladder, 'silent', second * 1000, outage);
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

test('no more than two in an hour, though it is ready in between (M02)', () => {
  let ladder = WELL;
  const resets: number[] = [];
  for (let second = 0; second < 3 * 3600; second += 20) {
    const step = climb(ladder, 'silent', second * 1000, false);
    ladder = second % 200 === 0 ? recovered(step.ladder) : step.ladder;
    if (step.rung === 'startAnew') resets.push(second);
  }
  expect(resets.length).toBeGreaterThan(2);
  for (const reset of resets) expect(resets.filter((r) => r > reset - 3600 && r <= reset).length).toBeLessThanOrEqual(2);
});

test('one that was ready again begins at the bottom', () => {
  const { ladder } = rungs([0, 10]);
  expect(rungs([4000], recovered(ladder)).rungs).toEqual(['reopen']);
});

test('nothing is started anew while several went at once (M11)', () => {
  expect(rungs([0, 10, 200], WELL, true).rungs).toEqual(['reopen', 'wait', 'wait']);
});

test('one that answers but is faulty is started anew at once, as often as a silent one, and never given up', () => {
  let ladder = WELL;
  const all: Rung[] = [];
  for (const second of [0, 10, 70, 140, 200]) {
    const step = climb(ladder, 'faulty', second * 1000, false);
    ladder = step.ladder;
    all.push(step.rung);
  }
  expect(all).toEqual(['startAnew', 'wait', 'startAnew', 'wait', 'wait']);
  expect(climb(WELL, 'faulty', 0, true)).toEqual({ ladder: WELL, rung: 'wait' });
});
