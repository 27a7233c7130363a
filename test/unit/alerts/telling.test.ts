import { describe, expect, it } from 'vitest';
import { GATHER, toTell } from '../../../src/alerts/telling.ts';
import type { StoredAlert } from '../../../src/store/records/alert.ts';

const NOW = 1_800_000_000_000;
const RULES = { quiet: 900_000, tellsOver: true };

const alert = (id: string, change: Partial<StoredAlert> = {}): StoredAlert => ({
  seq: 1,
  id,
  kind: 'noSim',
  subject: '',
  facts: {},
  at: NOW,
  overAt: null,
  mailedAt: null,
  mailedOver: false,
  textedAt: null,
  ...change,
});

const mailed = ({ mailedAt, mailedOver }: StoredAlert) => ({ at: mailedAt, over: mailedOver });
const tell = (alerts: StoredAlert[], last: number | null, now: number, rules = RULES) => {
  const telling = toTell(alerts, mailed, last, now, rules);
  return telling && { raised: telling.raised.map(({ id }) => id), over: telling.over.map(({ id }) => id) };
};

describe('what is told of alerts', () => {
  it('waits a minute, so that what has one cause comes together', () => {
    const both = [alert('a'), alert('b', { at: NOW + GATHER - 1 })];
    expect(tell(both, null, NOW + GATHER - 1)).toBeUndefined();
    expect(tell(both, null, NOW + GATHER)).toEqual({ raised: ['a', 'b'], over: [] });
  });

  it('is nothing for a quiet period after a message, and then all that came meanwhile', () => {
    const alerts = [alert('a', { mailedAt: NOW }), alert('b', { at: NOW + 1000 }), alert('c', { at: NOW + 700_000 })];
    expect(tell(alerts, NOW, NOW + RULES.quiet - 1)).toBeUndefined();
    expect(tell(alerts, NOW, NOW + RULES.quiet)).toEqual({ raised: ['b', 'c'], over: [] });
  });

  it('has each thing once, and that it is over once', () => {
    const over = alert('a', { mailedAt: NOW, overAt: NOW + 1000 });
    expect(tell([over], null, NOW + 1000 + GATHER)).toEqual({ raised: [], over: ['a'] });
    expect(tell([{ ...over, mailedOver: true }], null, NOW + 1e7)).toBeUndefined();
    expect(tell([over], null, NOW + 1e7, { ...RULES, tellsOver: false })).toBeUndefined();
  });

  it('leaves out what was over before anybody was told', () => {
    expect(tell([alert('a', { overAt: NOW + 10_000 })], null, NOW + 1e7)).toBeUndefined();
  });

  it('is not late by hours because a clock was set back', () => {
    expect(tell([alert('a', { at: NOW + 7_200_000 })], NOW + 7_200_000, NOW)).toEqual({ raised: ['a'], over: [] });
  });
});
