import { describe, expect, it } from 'vitest';
import { MessageMemory } from '../../../src/simulator/message-memory.ts';

describe('a message storage', () => {
  it('fills the lowest free index first and says when it is full', () => {
    const memory = new MessageMemory('SM', 3, 1);
    expect(['A', 'B', 'C', 'D'].map((pdu) => memory.store(pdu, 1, 0)?.index)).toEqual([1, 2, 3, undefined]);
    expect(memory.full).toBe(true);
    memory.delete(2);
    expect(memory.store('E', 1, 0)?.index).toBe(2);
    expect(memory.list().map((m) => m.pdu)).toEqual(['A', 'E', 'C']);
  });

  it('may count from 0', () => {
    const memory = new MessageMemory('ME', 2, 0);
    expect(memory.store('A', 1, 0)?.index).toBe(0);
    expect([-1, 0, 1, 2].map((i) => memory.holds(i))).toEqual([false, true, true, false]);
  });

  it.each([
    [1, [0, 2, 3]],
    [2, [0, 2]],
    [3, [0]],
    [4, []],
  ])('+CMGD delflag %i leaves <stat> %j (TS 27.005 3.5.4)', (flag, left) => {
    const memory = new MessageMemory('SM', 10, 1);
    for (const stat of [0, 1, 2, 3] as const) memory.store('A', 1, stat);
    memory.deleteByFlag(flag);
    expect(memory.list().map((m) => m.stat)).toEqual(left);
  });
});
