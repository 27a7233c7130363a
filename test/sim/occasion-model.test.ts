import fc from 'fast-check';
import { expect, it } from 'vitest';
import { occasionRig } from '../support/occasion-rig.ts';
import { full } from '../support/store-runs.ts';

const OLENA = '+380501234567';
const HOUR = 3_600_000;

/** What may happen to a visit, in any order. Times are hours from noon of the first day. */
type Happening =
  | { readonly kind: 'move'; readonly to: number }
  | { readonly kind: 'status'; readonly status: 'booked' | 'cancelled' | 'arrived' }
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'wait'; readonly hours: number }
  | { readonly kind: 'die' };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ kind: fc.constant('move' as const), to: fc.integer({ min: 4, max: 60 }) }),
  fc.record({ kind: fc.constant('status' as const), status: fc.constantFrom('booked' as const, 'cancelled' as const, 'arrived' as const) }),
  fc.record({ kind: fc.constant('say' as const), text: fc.constantFrom('так', 'скасуйте', 'перенос', 'статус', 'хм?') }),
  fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 14 }) }),
  fc.constant({ kind: 'die' as const }),
);

const clock = (at: number): string => new Date(at + 2 * HOUR).toISOString().slice(11, 16);

/** Reminders and confirmations: they name the time. */
const TELLS = /(?:записані на|нагадуємо,|сьогодні о|перенесено на|Дякуємо, чекаємо).*?(\d\d:\d\d)/;

it('in whatever order things happen to a visit, no text names another time than it has, none follows its end, and none comes twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 8 }), async (story) => {
      const rig = await occasionRig();
      try {
        const start = rig.queue.clock.now();
        let at = start + 60 * HOUR;
        let isOff = false;
        const wrong: string[] = [];
        rig.queue.sender.auto = (_iccid, { text }) => {
          const named = TELLS.exec(text)?.[1];
          if (named !== undefined && (isOff || named !== clock(at))) wrong.push(`${text} (off: ${isOff}, at ${clock(at)})`);
          return { kind: 'ok', mr: rig.queue.sender.nextMr() };
        };
        // Minutes that tell the hours apart, so that a text about another time is seen to be one.
        await rig.put('v', { to: OLENA, startsAt: at });
        for (const one of story) {
          switch (one.kind) {
            case 'move':
              at = rig.queue.clock.now() + one.to * HOUR + (one.to % 60) * 60_000;
              await rig.put('v', { to: OLENA, startsAt: at });
              break;
            case 'status':
              isOff = one.status === 'cancelled';
              await rig.put('v', { to: OLENA, status: one.status });
              break;
            case 'say':
              await rig.hear(one.text, OLENA);
              isOff = (await rig.view('v')).status === 'cancelled';
              break;
            case 'wait':
              await rig.queue.clock.advance(one.hours * HOUR);
              break;
            case 'die':
              await rig.restart();
              break;
          }
        }
        await rig.queue.clock.advance(64 * HOUR);
        expect(wrong).toEqual([]);
        const { steps } = await rig.view('v');
        const told = steps.filter(({ state }) => state === 'accepted').map(({ messageId }) => messageId);
        expect(new Set(told).size).toBe(told.length);
        const said = rig.said(OLENA);
        // What was said is what its rows have, no more and no less.
        expect(said.length).toBe(told.length);
      } finally {
        await rig.close();
      }
    }),
    { numRuns: full(30), seed: 20261122 },
  );
}, 600_000);
