import { describe, expect, it } from 'vitest';
import { routeInbound } from '../../../src/simulator/routing.ts';

const cnmi = (mode: number, mt: number, ds: number) => ({ mode, mt, bm: 0, ds, bfr: 0 });

describe('where a message goes by +CNMI (TS 27.005 3.4.1)', () => {
  const classes = [null, 0, 1, 2, 3];

  it.each([
    [0, ['store', 'store', 'store', 'store', 'store']],
    [1, ['indicate', 'indicate', 'indicate', 'indicate', 'indicate']],
    [2, ['direct', 'direct', 'direct', 'indicate', 'direct']],
    [3, ['indicate', 'indicate', 'indicate', 'indicate', 'direct']],
  ])('<mt> %i by class none, 0, 1, 2, 3', (mt, routes) => {
    for (const mode of [1, 2, 3]) expect(classes.map((c) => routeInbound('deliver', c, cnmi(mode, mt, 0)))).toEqual(routes);
  });

  it('hands nothing over in <mode> 0: it is stored, and the indication waits', () => {
    expect(classes.map((c) => routeInbound('deliver', c, cnmi(0, 2, 0)))).toEqual(Array(5).fill('indicate'));
    expect(routeInbound('report', null, cnmi(0, 0, 1))).toBe('indicate');
  });

  it('hands reports over with <ds> 1, indicates with 2, keeps them with 0', () => {
    expect([0, 1, 2].map((ds) => routeInbound('report', null, cnmi(2, 1, ds)))).toEqual(['store', 'direct', 'indicate']);
  });
});
