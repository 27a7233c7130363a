import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random.ts';
import { hashKey } from '../../../src/http/auth.ts';
import { makeKey } from '../../../src/http/new-key.ts';
import { FakeClock } from '../../support/fake-clock.ts';

describe('API keys', () => {
  it('X10: have 256 random bits, and the store gets the SHA-256 and a few characters to know it by', () => {
    const { key, record } = makeKey({ name: 'front desk', scopes: ['send'] }, new FakeClock(), seededRandom(1));
    expect(key).toMatch(/^simpost_[A-Za-z0-9_-]{43}$/);
    expect(record.hash).toBe(createHash('sha256').update(key).digest('hex'));
    expect(record.hash).toBe(hashKey(key));
    expect(key.startsWith(record.prefix)).toBe(true);
    expect(record.prefix.length).toBe(14);
    expect(JSON.stringify(record)).not.toContain(key);
  });

  it('have a name that fits into one line of a terminal', () => {
    for (const name of ['', 'x'.repeat(101), 'two\nlines', 'red\u001b[31m', 'half \ud83d']) {
      expect(() => makeKey({ name, scopes: ['send'] }, new FakeClock(), seededRandom(1)), JSON.stringify(name)).toThrow(
        expect.objectContaining({ code: 'requestInvalid' }),
      );
    }
  });
});
