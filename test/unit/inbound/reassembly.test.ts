import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { place, type ReceivedSegment } from '../../../src/inbound/reassembly.ts';
import type { InboundGroup } from '../../../src/store/records/inbound.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const FULL = process.env.SIMPOST_TEST_FULL !== undefined;

/** Groups as a store keeps them, for one sender, SIM, reference and total. */
class Groups {
  readonly list: {
    inboundId: string;
    startedAt: number;
    complete: boolean;
    segments: { n: number; pdu: string; smscAt: number | null }[];
  }[] = [];

  take(s: ReceivedSegment): void {
    const found = place([...this.list].reverse() satisfies InboundGroup[], s);
    if (found.kind === 'duplicate') return;
    if (found.kind === 'begin') {
      this.list.push({ inboundId: `in_${this.list.length}`, startedAt: s.receivedAt, complete: s.total === 1, segments: [s] });
      return;
    }
    const group = this.list.find((g) => g.inboundId === found.group.inboundId);
    if (!group) throw new Error('joined a group that does not exist');
    group.segments.push(s);
    group.complete = found.complete;
  }

  texts(): string[][] {
    return this.list.map((g) => [...g.segments].sort((a, b) => a.n - b.n).map((s) => s.pdu));
  }
}

const seg = (n: number, total: number, pdu: string, smscAt: number | null, receivedAt = smscAt ?? 0): ReceivedSegment => ({
  n,
  total,
  pdu,
  smscAt,
  receivedAt,
});

describe('where a received segment belongs', () => {
  it('joins in any order', () => {
    const groups = new Groups();
    for (const n of [3, 1, 2]) groups.take(seg(n, 3, `m${n}`, 0));
    expect(groups.texts()).toEqual([['m1', 'm2', 'm3']]);
    expect(groups.list[0]?.complete).toBe(true);
  });

  it('counts a doubled segment once', () => {
    const groups = new Groups();
    for (const n of [1, 1, 2, 1]) groups.take(seg(n, 2, `m${n}`, 0));
    expect(groups.texts()).toEqual([['m1', 'm2']]);
  });

  it('I06: takes a missing segment three days late, by its time of submission', () => {
    const groups = new Groups();
    groups.take(seg(1, 2, 'm1', 0));
    groups.take(seg(2, 2, 'm2', 2000, 3 * DAY));
    expect(groups.texts()).toEqual([['m1', 'm2']]);
  });

  it('I05: a reference used again a day later begins another message, though the first lacks a segment', () => {
    const groups = new Groups();
    groups.take(seg(1, 2, 'old1', 0));
    groups.take(seg(2, 2, 'new2', DAY));
    groups.take(seg(1, 2, 'new1', DAY));
    expect(groups.texts()).toEqual([['old1'], ['new1', 'new2']]);
  });

  it('goes by arrival where the time stamp is unreadable', () => {
    const groups = new Groups();
    groups.take(seg(1, 2, 'm1', null, 0));
    groups.take(seg(2, 2, 'm2', null, MINUTE));
    groups.take(seg(1, 2, 'x1', null, DAY));
    groups.take(seg(2, 2, 'x2', null, DAY));
    expect(groups.texts()).toEqual([
      ['m1', 'm2'],
      ['x1', 'x2'],
    ]);
  });

  it('I05: over random orders, doublings and reuses, merges nothing wrongly and loses nothing', () => {
    const message = fc.record({
      total: fc.integer({ min: 2, max: 6 }),
      gapHours: fc.integer({ min: 3, max: 200 }),
      order: fc.infiniteStream(fc.nat()),
    });
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 5 }), (messages) => {
        const byTotal = new Map<number, Groups>();
        const expected: string[] = [];
        let at = 0;
        messages.forEach((m, i) => {
          at += m.gapHours * 3_600_000;
          const segments = Array.from({ length: m.total }, (_, k) => seg(k + 1, m.total, `m${i}.${k + 1}`, at + k * 1000));
          const keys = m.order.take(m.total * 2);
          const shuffled = [...segments, ...segments].map((s) => ({ s, key: keys.next().value ?? 0 })).sort((a, b) => a.key - b.key);
          const groups = byTotal.get(m.total) ?? new Groups();
          byTotal.set(m.total, groups);
          for (const { s } of shuffled) groups.take(s);
          expected.push(segments.map((s) => s.pdu).join('+'));
        });
        const got = [...byTotal.values()].flatMap((g) => g.texts().map((t) => t.join('+')));
        expect(got.sort()).toEqual(expected.sort());
      }),
      { numRuns: FULL ? 10_000 : 1000 },
    );
  });
});
