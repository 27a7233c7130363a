import { describe, expect, it } from 'vitest';
import { judge } from '../support/crash-judge.ts';
import { haveSocat } from '../support/pty.ts';
import { growthPerDay, MODEMS, soak, soakPlan } from '../support/soak.ts';

/** A minute with as many faults as else in three; an hour in the full run, 72 hours by "npm run soak", or what SIMPOST_TEST_SOAK_MINUTES says. */
const MINUTES = Number(process.env.SIMPOST_TEST_SOAK_MINUTES ?? (process.env.SIMPOST_TEST_FULL ? 60 : 1));
const SEED = Number(process.env.SIMPOST_TEST_SEED ?? Date.now() % 1_000_000);

/** Megabytes that the memory may grow by in a run too short to measure a day's growth; in the first minutes the heap still finds its size. */
const MAY_GROW = MINUTES > 10 ? 25 : 60;
const MAY_GROW_PER_DAY = 1;
/** Megabytes more than at the first reading that may be held after a collection, however long the run: caches that find their size. */
const MAY_HOLD_MORE = 4;
const LONG_ENOUGH = 24 * 60;

describe.runIf(haveSocat())('eight modems under faults', () => {
  it('M13: nothing is lost, nothing doubled, nothing wedged, and the memory stays flat', {
    timeout: MINUTES * 66_000 + 240_000,
  }, async () => {
    process.stdout.write(`soak of ${MINUTES} minutes, seed ${SEED}\n`);
    const run = await soak(soakPlan(MINUTES, SEED));
    const [early = 0, late = 0] = [run.memory[0]?.megabytes, run.memory.at(-1)?.megabytes];
    process.stdout.write(
      `${run.accepted.size} messages, ${run.faults} faults, ${run.sentIn.length} texts in, RSS ${Math.round(early)} -> ${Math.round(late)} MB\n`,
    );
    // From a third of the time on, so that it is seen whether it still grows.
    const course = run.memory.filter((_, i) => i % 8 === 0).map(({ megabytes }) => Math.round(megabytes));
    process.stdout.write(`RSS in the course of it: ${course.join(', ')} MB\n`);
    const [held = 0, stillHeld = 0] = [run.memory[0]?.live, run.memory.at(-1)?.live];
    process.stdout.write(`held after a collection: ${held.toFixed(1)} -> ${stillHeld.toFixed(1)} MB\n`);
    const verdict = judge({
      ledger: run.simulation.network.ledger.entries,
      messages: run.messages,
      accepted: run.accepted,
      kills: run.faults,
      sims: 1,
      uncertain: 'hold',
    });
    expect(verdict.problems).toEqual([]);
    expect(run.faults).toBeGreaterThan(30);
    expect(run.inbound.map((i) => i.text).sort()).toEqual([...run.sentIn].sort());
    // What stands behind that is about segments of which nobody knows, which the faults made.
    expect(run.states.map((state) => state.slice(0, 13))).toEqual(Array.from({ length: MODEMS }, () => 'ready: Ready.'));
    expect(stillHeld - held).toBeLessThan(MAY_HOLD_MORE);
    expect(late - early).toBeLessThan(MAY_GROW);
    if (MINUTES >= LONG_ENOUGH) expect(growthPerDay(run.memory)).toBeLessThanOrEqual(MAY_GROW_PER_DAY);
  });
});
