import { describe, expect, it } from 'vitest';
import { planOccasion } from '../../../src/occasions/plan.ts';
import { type Sequence, SHIPPED } from '../../../src/occasions/sequence.ts';
import type { Occasion, OccasionStep } from '../../../src/store/records/occasion.ts';

const ZONE = 'Europe/Kyiv';
const NOW = Date.parse('2026-11-22T12:00:00+02:00');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const at = (written: string): number => Date.parse(written);

const occasion = (over: Partial<Occasion> = {}): Occasion => ({
  id: 'occ_1',
  keyId: 'key_1',
  kind: 'visit',
  externalId: '1',
  to: '+380501234567',
  contact: null,
  name: 'Олена',
  language: null,
  timeZone: null,
  startsAt: null,
  allDay: false,
  repeats: null,
  status: null,
  statusAt: NOW,
  resource: null,
  data: {},
  slots: [],
  question: null,
  answer: null,
  attendance: null,
  moves: 0,
  heardAt: null,
  createdAt: NOW,
  changedAt: NOW,
  ...over,
});

let seq = 0;
const row = (instance: string, over: Partial<OccasionStep> = {}): OccasionStep => {
  seq += 1;
  const step = instance.split(':')[0] ?? instance;
  return {
    seq,
    instance,
    step,
    state: 'accepted',
    reason: null,
    dueAt: NOW,
    revision: 0,
    messageId: 'msg',
    about: null,
    variant: null,
    saying: null,
    ...over,
  };
};

const sequenceOf = (kind: string): Sequence => SHIPPED.get(kind) ?? { topic: kind, ends: [], steps: [] };

/** `name at`, with why it is left out; in order of time. */
const plan = (
  over: Partial<Occasion>,
  { steps = [], now = NOW, sequence }: { steps?: OccasionStep[]; now?: number; sequence?: Sequence } = {},
) => {
  const one = occasion(over);
  const planned = planOccasion({ occasion: one, sequence: sequence ?? sequenceOf(one.kind), steps, now, timeZone: ZONE });
  return {
    ...planned,
    lines: [...planned.steps]
      .sort((a, b) => a.dueAt - b.dueAt)
      .map((s) => `${s.step} ${new Date(s.dueAt).toISOString().slice(0, 16)}${s.skip ? ` ${s.skip}` : ''}`),
  };
};

describe('the plan of an occasion', () => {
  it('keeps the time of day on the day before, also over a change of the clocks', () => {
    // Kyiv goes back an hour on 25 October 2026 at four in the morning.
    const now = at('2026-10-01T10:00:00+03:00');
    const { lines } = plan({ startsAt: at('2026-10-25T15:00:00+02:00'), createdAt: now, statusAt: now }, { now });
    expect(lines).toEqual([
      'confirmation 2026-10-01T07:00',
      'dayBefore 2026-10-24T12:00',
      'twoHours 2026-10-25T11:00',
      'feedback 2026-10-25T15:00',
    ]);
  });

  it('has a local time that the clocks leave out at the first instant after, and one that comes twice at the first', () => {
    const sequence: Sequence = { topic: 'x', ends: [], steps: [{ name: 'early', when: { days: 0, at: '03:30' }, template: 'x' }] };
    expect(plan({ startsAt: at('2027-03-28T12:00:00+03:00') }, { sequence }).lines).toEqual(['early 2027-03-28T01:00']);
    const now = at('2026-10-01T10:00:00+03:00');
    expect(plan({ startsAt: at('2026-10-25T12:00:00+02:00') }, { sequence, now }).lines).toEqual(['early 2026-10-25T00:30']);
  });

  it('merges a reminder into what told the time within six hours, and leaves out what is past', () => {
    expect(plan({ startsAt: NOW + 5 * HOUR }).lines).toEqual([
      'dayBefore 2026-11-21T15:00 past',
      'confirmation 2026-11-22T10:00',
      'twoHours 2026-11-22T13:00 merged',
      'feedback 2026-11-22T17:00',
    ]);
    // Six hours and more are two texts.
    expect(plan({ startsAt: NOW + 8 * HOUR + 1 }).lines).toContain('twoHours 2026-11-22T16:00');
  });

  it('says nothing of a visit that was told of when it was over', () => {
    expect(plan({ startsAt: NOW - HOUR }).lines).toEqual([
      'dayBefore 2026-11-21T09:00 past',
      'twoHours 2026-11-22T07:00 past',
      'feedback 2026-11-22T11:00',
    ]);
  });

  it('keeps what is planned when its moment passes, and does not plan it anew', () => {
    const startsAt = NOW + 2 * DAY;
    const planned = row(`dayBefore:${startsAt}`, { state: 'planned', dueAt: NOW + DAY, messageId: null });
    const later = plan({ startsAt }, { steps: [row('booked', { about: startsAt }), planned], now: NOW + DAY + HOUR });
    expect(later.lines).toContain('dayBefore 2026-11-23T10:00');
    expect(plan({ startsAt }, { now: NOW + DAY + HOUR }).lines).toContain('dayBefore 2026-11-23T10:00 past');
  });

  it('tells another time than was told as a move, and the same one not', () => {
    const [old, fresh] = [NOW + 3 * DAY, NOW + 4 * DAY];
    const steps = [row('booked', { about: old, dueAt: NOW - DAY })];
    expect(plan({ startsAt: fresh, moves: 1 }, { steps }).lines[1]).toBe('moved 2026-11-22T10:00');
    expect(plan({ startsAt: old, moves: 2 }, { steps }).lines.join()).not.toContain('moved');
    const back = [...steps, row('moved:1', { about: fresh })];
    expect(plan({ startsAt: old, moves: 2 }, { steps: back }).lines.join()).toContain('moved');
  });

  it('tells each status once, and of a cancelled one nothing else', () => {
    const told = row('status:accepted');
    expect(plan({ kind: 'order', status: 'accepted' }, { steps: [told] }).steps.map(({ instance }) => instance)).toEqual([
      'status:accepted',
    ]);
    const visit = { startsAt: NOW + DAY, status: 'cancelled' };
    expect(plan(visit, { steps: [row('booked', { about: NOW + DAY })] }).lines).toEqual(['cancelled 2026-11-22T10:00']);
    // Who was told nothing needs no news of its end; who cancelled it knows.
    expect(plan(visit).lines).toEqual([]);
    expect(plan({ ...visit, answer: 'cancelled' }, { steps: [row('booked', { about: NOW + DAY })] }).lines).toEqual([]);
  });

  it('has a word for every stage of a repair, and one of its own for ready', () => {
    const step = (status: string) => plan({ kind: 'repair', status }).steps.map(({ step: name, instance }) => `${name} ${instance}`);
    expect(step('painting')).toEqual(['stage status:painting']);
    expect(step('ready')).toEqual(['ready status:ready']);
  });

  it('follows up an enquiry after two days of silence, and not when the client or the status moved', () => {
    expect(plan({ kind: 'lead' }).lines).toEqual(['followUp 2026-11-24T10:00']);
    expect(plan({ kind: 'lead', heardAt: NOW + HOUR }).lines).toEqual([]);
    expect(plan({ kind: 'lead', status: 'won' }).lines).toEqual([]);
    expect(plan({ kind: 'lead', status: 'quoted', statusAt: NOW + HOUR, heardAt: NOW }).lines).toEqual(['followUp 2026-11-24T11:00']);
  });

  it('reminds of a payment until it is paid, and then gives a receipt', () => {
    const due = { kind: 'payment', startsAt: at('2026-12-01T00:00:00+02:00') };
    expect(plan(due).lines).toEqual([
      'threeDaysBefore 2026-11-28T08:00',
      'onTheDay 2026-12-01T08:00',
      'overdue 2026-12-04T08:00',
      'overdue 2026-12-11T08:00',
      'overdue 2026-12-18T08:00',
      'overdue 2026-12-25T08:00',
    ]);
    expect(plan({ ...due, status: 'paid' }).lines).toEqual(['receipt 2026-11-22T10:00']);
  });

  it('greets on a birthday each year in the morning of the client, on 28 February where there is no 29th', () => {
    const born = { kind: 'birthday', startsAt: at('1992-02-29T00:00:00+02:00'), allDay: true };
    const first = plan(born);
    expect(first.lines).toEqual(['greeting 2027-02-28T08:00']);
    expect(first.replanAt).toBe(at('2027-02-28T22:00:00+02:00') + 1);
    const leap = plan(born, { now: at('2028-01-01T00:00:00Z') });
    expect(leap.lines).toEqual(['greeting 2028-02-29T08:00']);
    const away = plan({ ...born, timeZone: 'America/New_York', startsAt: at('1992-02-29T00:00:00-05:00') });
    expect(away.lines).toEqual(['greeting 2027-02-28T15:00']);
    // Once this year's is over, the next one is planned.
    expect(plan(born, { now: first.replanAt ?? 0 }).lines).toEqual(['greeting 2028-02-29T08:00']);
  });

  it('comes again after so many months, also from the last day of one', () => {
    const service = { kind: 'service-due', startsAt: at('2026-08-31T09:00:00+03:00'), repeats: { every: 6, unit: 'month' } as const };
    expect(plan(service).lines).toEqual(['due 2027-02-14T08:00']);
  });

  it('calls to the queue when so many are ahead, and of two calls at once the nearer one', () => {
    expect(plan({ kind: 'queue', data: { place: 7 } }).lines).toEqual([]);
    expect(plan({ kind: 'queue', data: { place: 3 } }).lines).toEqual(['near 2026-11-22T10:00']);
    expect(plan({ kind: 'queue', data: { place: 0 } }).lines).toEqual(['now 2026-11-22T10:00', 'near 2026-11-22T10:00 merged']);
  });

  it('tells one who waits for a time nothing but an offer', () => {
    expect(plan({ status: 'waiting', startsAt: NOW + DAY }).steps).toEqual([]);
  });

  it('gives a client one of several texts for good, and all of them to some', () => {
    const sequence: Sequence = { topic: 'x', ends: [], steps: [{ name: 'r', when: { before: 3600 }, template: ['a', 'b'] }] };
    const variants = Array.from({ length: 40 }, (_, i) => {
      const to = `+38050123${String(i).padStart(4, '0')}`;
      const [one] = plan({ to, startsAt: NOW + DAY }, { sequence }).steps;
      const [again] = plan({ to, startsAt: NOW + 2 * DAY }, { sequence }).steps;
      expect(one?.variant).toBe(again?.variant);
      return one?.variant;
    });
    expect(new Set(variants)).toEqual(new Set(['a', 'b']));
  });
});
