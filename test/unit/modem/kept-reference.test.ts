import { describe, expect, it } from 'vitest';
import { afterAnswer, nextReference } from '../../../src/modem/kept-reference.ts';

describe('whether a modem keeps our TP-MR', () => {
  it('is asked with one that it would not count to itself', () => {
    expect([nextReference('unasked', 41), nextReference('asked', 41), nextReference('keeps', 41)]).toEqual([42, 170, 42]);
    expect([nextReference('keeps', 255), nextReference('asked', 200)]).toEqual([0, 73]);
    expect(nextReference('asked', undefined)).toBeNull();
  });

  it('is told by its answer, and by each one after', () => {
    expect(afterAnswer('asked', 170, 170, 170)).toBe('keeps');
    expect(afterAnswer('asked', 170, 42, 170)).toBe('overwrites');
    expect(afterAnswer('keeps', 42, 43, 42)).toBe('overwrites');
    expect(afterAnswer('overwrites', 42, 42, 42)).toBe('overwrites');
    expect([afterAnswer('asked', null, 7, 7), afterAnswer('unasked', null, 7, 7)]).toEqual(['asked', 'unasked']);
  });

  it('is asked of one that answers with the 0 that stands in its segments', () => {
    expect(afterAnswer('unasked', null, 0, 42)).toBe('asked');
    expect(afterAnswer('unasked', null, 0, 0)).toBe('unasked');
    expect(afterAnswer('unasked', null, 0, null)).toBe('unasked');
    expect(afterAnswer('overwrites', 42, 0, 42)).toBe('overwrites');
  });
});
