import { expect, it } from 'vitest';
import { simNames } from '../../../src/dispatch/sim-named.ts';

it('a SIM is found by its configured name, whichever way its letters are put together, and by an ICCID that was ever seen', () => {
  const simNamed = simNames(
    [
      { iccid: '8938001', name: 'Рецепція й'.normalize('NFD') },
      { iccid: '8938002', name: undefined },
    ],
    new Set(['8938001', '8938002']),
  );
  expect(simNamed('Рецепція й'.normalize('NFC'))).toBe('8938001');
  expect(simNamed('Рецепція й'.normalize('NFD'))).toBe('8938001');
  expect(simNamed('8938002')).toBe('8938002');
  expect([simNamed('8938003'), simNamed('рецепція й')]).toEqual([undefined, undefined]);
});
