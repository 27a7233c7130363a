import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Call, type CallInput, type CallState, ring, STILL } from '../../../src/modem/calls.ts';

const ANNA = { number: '+380501234567', withheld: false };
const BORYS = { number: '+380671112233', withheld: false };

/** Feeds what a modem says, one thing a second, and gives what was told of calls that are over. */
function ended(inputs: readonly ('ring' | 'over' | 'silence' | 'hungUp' | typeof ANNA)[]): Call[] {
  let state: CallState = STILL;
  const told: Call[] = [];
  inputs.forEach((what, i) => {
    const now = i * 1000;
    const at = 1_000_000 + now;
    const input: CallInput =
      typeof what === 'object' ? { type: 'caller', caller: what, now, at } : what === 'silence' ? { type: what } : { type: what, now, at };
    const step = ring(state, input);
    state = step.state;
    for (const effect of step.effects) if (effect.type === 'tell') told.push(effect.call);
  });
  return told.filter((call) => call.duration !== null);
}

describe('what rings', () => {
  it('is one call however often it rings, with its number, until the modem says that it is over', () => {
    expect(ended(['ring', ANNA, 'ring', ANNA, 'ring', ANNA, 'over'])).toEqual([
      { startedAt: 1_000_000, number: '+380501234567', withheld: false, rings: 3, duration: 6000, hungUp: false },
    ]);
  });

  it('is over when no ring comes any more, and lasted until the last one', () => {
    expect(ended(['ring', ANNA, 'ring', ANNA, 'silence'])).toMatchObject([{ rings: 2, duration: 2000 }]);
  });

  it('has no number where the modem tells none, or the caller keeps it back', () => {
    expect(ended(['ring', 'ring', 'over'])).toMatchObject([{ number: null, withheld: false, rings: 2 }]);
    expect(ended(['ring', { number: null as never, withheld: true }, 'over'])).toMatchObject([{ number: null, withheld: true }]);
  });

  it('is another call when another number rings before the end of the first was told', () => {
    expect(ended(['ring', ANNA, 'ring', BORYS, 'ring', BORYS, 'over'])).toMatchObject([
      { number: ANNA.number, rings: 1, duration: 2000, startedAt: 1_000_000 },
      { number: BORYS.number, rings: 2, duration: 4000, startedAt: 1_002_000 },
    ]);
  });

  it('can be hung up, and what the modem says after that ends nothing else', () => {
    expect(ended(['ring', ANNA, 'hungUp', 'over'])).toMatchObject([{ hungUp: true, duration: 2000 }]);
    expect(ended(['over', 'silence', 'hungUp'])).toEqual([]);
  });

  it('lasts whole milliseconds, though the monotonic clock has fractions', () => {
    const { state } = ring(STILL, { type: 'ring', now: 1000.25, at: 5 });
    expect(ring(state, { type: 'over', now: 3000.875 }).effects).toContainEqual({
      type: 'tell',
      call: { startedAt: 5, number: null, withheld: false, rings: 1, duration: 2001, hungUp: false },
    });
  });

  it('is told of at its first ring, and once more when its caller is known', () => {
    const first = ring(STILL, { type: 'ring', now: 0, at: 5 });
    expect(first.effects).toContainEqual({
      type: 'tell',
      call: { startedAt: 5, number: null, withheld: false, rings: 1, duration: null, hungUp: false },
    });
    const named = ring(first.state, { type: 'caller', caller: ANNA, now: 1, at: 6 });
    expect(named.effects).toMatchObject([{ type: 'tell', call: { startedAt: 5, number: ANNA.number, duration: null } }]);
    expect(ring(named.state, { type: 'caller', caller: ANNA, now: 2, at: 7 }).effects).toEqual([]);
  });

  it('I09 whatever comes in whatever order, every ringing ends as one call and no ring is lost', () => {
    const piece = fc.constantFrom<('ring' | 'over' | 'silence' | typeof ANNA)[]>('ring', 'over', 'silence', ANNA, BORYS);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const calls = ended([...pieces, 'over']);
        const rings = pieces.filter((p) => p === 'ring').length;
        expect(calls.reduce((sum, c) => sum + c.rings, 0)).toBeGreaterThanOrEqual(rings);
        expect(new Set(calls.map((c) => c.startedAt)).size).toBe(calls.length);
        for (const call of calls) expect(call.duration).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });
});
