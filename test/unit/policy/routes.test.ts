import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Routes } from '../../../src/policy/routes.ts';

const sim = (iccid: string, prefixes: string[], preferredPrefixes: string[] = []) => ({ iccid, prefixes, preferredPrefixes });

it('a SIM carries all numbers unless it is told which', () => {
  const routes = new Routes([sim('a', ['+38067', '+48']), sim('b', [])]);
  const who = (number: string) => ['a', 'b', 'unknown'].filter((iccid) => routes.carries(iccid, number)).join();
  expect(who('+380671234567')).toBe('a,b,unknown');
  expect(who('+48601234567')).toBe('a,b,unknown');
  expect(who('+380501234567')).toBe('b,unknown');
});

it('a SIM is preferred for the numbers that it is told', () => {
  const routes = new Routes([sim('a', [], ['+38067']), sim('b', [])]);
  expect(routes.prefers('a', '+380671234567')).toBe(true);
  expect(routes.prefers('a', '+380501234567')).toBe(false);
  expect(routes.prefers('b', '+380671234567')).toBe(false);
});

it('there are no routes where every SIM carries all', () => {
  expect(new Routes([sim('a', [], ['+380']), sim('b', [])]).routeOf('+380671234567')).toBeNull();
});

it('a SIM carries a number exactly when it carries the route of it', () => {
  const prefix = fc.stringMatching(/^\+[1-3]{1,4}$/);
  fc.assert(
    fc.property(fc.array(fc.array(prefix, { maxLength: 3 }), { maxLength: 4 }), fc.stringMatching(/^\+[1-3]{6}$/), (lists, number) => {
      const routes = new Routes(lists.map((prefixes, i) => sim(String(i), prefixes)));
      const route = routes.routeOf(number);
      for (const i of lists.keys()) expect(route === null || routes.carries(String(i), route)).toBe(routes.carries(String(i), number));
    }),
  );
});
