import { describe, expect, it } from 'vitest';
import { converse, QUIET, USSD_LIMITS, type Ussd, type UssdEffect, type UssdInput } from '../../../src/modem/ussd.ts';

function run(...inputs: UssdInput[]): { state: Ussd; effects: readonly UssdEffect[] } {
  let step: { state: Ussd; effects: readonly UssdEffect[] } = { state: QUIET, effects: [] };
  for (const input of inputs) step = converse(step.state, input);
  return step;
}

const ask: UssdInput = { type: 'ask', text: '*100#' };
const said = (mode: number, text: string | null = null): UssdInput => ({ type: 'said', mode, text, session: 's1' });

describe('the USSD dialogue', () => {
  it('asks, and gives the answer', () => {
    expect(run(ask).effects).toEqual([
      { type: 'timer', ms: USSD_LIMITS.answer },
      { type: 'write', text: '*100#' },
    ]);
    expect(run(ask, said(0, '25 UAH'))).toEqual({
      state: QUIET,
      effects: [
        { type: 'timer', ms: undefined },
        { type: 'reply', text: '25 UAH', session: null },
      ],
    });
    expect(run(ask, said(2, 'Bye')).effects).toContainEqual({ type: 'reply', text: 'Bye', session: null });
  });

  it('keeps a session open for an answer, and goes on with it', () => {
    const open = run(ask, said(1, '1 Balance'));
    expect(open.state).toEqual({ at: 'open', session: 's1' });
    expect(open.effects).toContainEqual({ type: 'reply', text: '1 Balance', session: 's1' });
    expect(run(ask, said(1, 'menu'), { type: 'answer', text: '1' }).effects).toContainEqual({ type: 'write', text: '1' });
  });

  it.each([
    [2, 'ended'],
    [3, 'ended'],
    [4, 'refused'],
    [5, 'silent'],
  ] as const)('fails where the network says <m> = %i and nothing else', (mode, why) => {
    expect(run(ask, said(mode))).toMatchObject({ state: QUIET, effects: [{}, { type: 'fail', why }] });
  });

  it('fails when the modem refuses, but not when that comes after the answer', () => {
    expect(run(ask, { type: 'refused' }).effects).toContainEqual({ type: 'fail', why: 'refused' });
    expect(run(ask, said(1, 'menu'), { type: 'refused' })).toMatchObject({ state: { at: 'open' }, effects: [] });
  });

  it('ends the session when the network is silent, and lets by what comes of it late', () => {
    const late = run(ask, { type: 'late' });
    expect(late).toEqual({
      state: { at: 'ending' },
      effects: [{ type: 'timer', ms: undefined }, { type: 'fail', why: 'silent' }, { type: 'end' }],
    });
    expect(run(ask, { type: 'late' }, said(0, 'late'), ask)).toEqual({ state: { at: 'ending' }, effects: [] });
    expect(run(ask, { type: 'late' }, { type: 'ended' }).effects).toEqual([{ type: 'timer', ms: USSD_LIMITS.echoes }]);
    expect(run(ask, { type: 'late' }, { type: 'ended' }, said(2), { type: 'late' }).state).toEqual(QUIET);
  });

  it('ends a session that nobody answers, or that is left', () => {
    for (const type of ['late', 'leave'] as const) {
      expect(run(ask, said(1, 'menu'), { type })).toMatchObject({ state: { at: 'ending' }, effects: [{}, { type: 'end' }] });
    }
  });

  it('answers nothing that it was not asked for, and tells a network that asks by itself no', () => {
    expect(run(said(0, 'advert'))).toEqual({ state: QUIET, effects: [] });
    expect(run(said(1, 'Buy? 1 yes')).effects).toContainEqual({ type: 'end' });
    expect(run(ask, said(1, 'menu'), said(2)).state).toEqual(QUIET);
    expect(run({ type: 'answer', text: '1' })).toEqual({ state: QUIET, effects: [] });
  });
});
