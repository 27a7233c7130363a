import { describe, expect, it } from 'vitest';
import type { Prepared } from '../../../src/dispatch/accept.ts';
import { writeNew } from '../../../src/http/shape.ts';
import { newMessage } from '../../support/store-samples.ts';

const NOW = Date.parse('2026-11-24T12:00:00+02:00');
const BASE: Prepared = { ...newMessage(NOW), id: 'msg_000001', keyId: 'key_1', advice: [] };
const COST = { segments: 1, micros: 800_000, currency: 'UAH', sim: '89380010000000000001' } as const;

const shown = (...asked: Parameters<typeof writeNew>): unknown => JSON.parse(Buffer.concat(writeNew(...asked)).toString());

describe('a message right after it was accepted', () => {
  it.each<[string, Partial<Prepared>, object]>([
    ['id', { id: 'msg_000002' }, { id: 'msg_000002' }],
    ['number', { to: '+380671234567' }, { to: '+380671234567' }],
    ['text', { text: '"}\u2028' }, { text: '"}\u2028' }],
    ['reference', { reference: 'order-7' }, { reference: 'order-7' }],
    ['key', { keyId: 'key_2' }, { key: 'key_2' }],
    ['purpose', { purpose: 'otp' }, { purpose: 'otp', text: null, textHidden: true }],
    ['alphabet', { alphabet: 'gsm7' }, { encoding: 'gsm7' }],
    ['segments', { segments: [{ text: 'a' }, { text: 'b' }] }, { segmentCount: 2, segments: [{ n: 1 }, { n: 2 }] }],
    ['flash', { flash: true }, { flash: true }],
    ['transliteration', { transliterated: true }, { transliterated: true }],
    ['topic', { topic: 'visits' }, { topic: 'visits' }],
    ['SIM', { sim: '89380010000000000001' }, { sim: '89380010000000000001' }],
    [
      'time',
      { acceptedAt: NOW + 1000 },
      { acceptedAt: expect.stringContaining(':01'), policy: { decidedAt: expect.stringContaining(':01') } },
    ],
    ['schedule', { sendAt: NOW + 1000 }, { sendAt: expect.stringContaining(':01') }],
    ['latest time', { notAfter: NOW + 1000 }, { notAfter: expect.stringContaining(':01') }],
    ['validity', { expiresAt: NOW + 1000 }, { expiresAt: expect.stringContaining(':01') }],
    [
      'hold',
      { held: { reason: 'quietHours', dueAt: NOW + 1000 } },
      { status: 'held', reason: 'quietHours', dueAt: expect.stringContaining(':01') },
    ],
    [
      'hold for another reason',
      { held: { reason: 'scheduled', dueAt: NOW + 1000 } },
      { reason: 'scheduled', events: [{ type: 'message.held', reason: 'scheduled' }] },
    ],
    [
      'policy',
      { policy: { decision: 'hold', until: NOW + 1000, rules: [{ rule: 'clock', verdict: 'hold', reason: 'clockUntrusted' }] } },
      { policy: { decision: 'hold', until: expect.stringContaining(':01'), rules: [{ rule: 'clock' }] } },
    ],
    [
      'advice',
      { advice: [{ rule: 'threat', reason: 'threat', sentence: 'Be kind.', where: null }] },
      { advice: [{ rule: 'threat', reason: 'threat', sentence: 'Be kind.', where: null }] },
    ],
  ])('shows its own %s beside others that are the same', (_what, own, expected) => {
    const before = shown(BASE, COST);
    const other = { ...BASE, ...own };
    expect(shown(other, COST)).toMatchObject(expected);
    expect(shown(other, COST)).not.toEqual(before);
    expect(shown(BASE, COST)).toEqual(before);
  });

  it('shows its own cost, what it waits for its turn, and that it is a trial', () => {
    const before = shown(BASE, COST);
    expect(shown(BASE, { ...COST, micros: 1_600_000, segments: 2 })).toMatchObject({ cost: { amount: '1.60', segments: 2 } });
    expect(shown(BASE, null)).toMatchObject({ cost: null });
    expect(shown(BASE, COST, { queueDelay: 7 })).toMatchObject({ queueDelaySeconds: 7 });
    expect(shown(BASE, COST, { dryRun: true })).toMatchObject({ id: null, events: [] });
    expect(shown(BASE, { ...COST })).toEqual(before);
    expect(before).toMatchObject({ id: 'msg_000001', cost: { currency: 'UAH' }, events: [{ type: 'message.queued', reason: null }] });
  });
});
