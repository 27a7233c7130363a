import { describe, expect, it } from 'vitest';
import { readAnswer, VirtualPhone } from '../../../src/simulator/phone.ts';
import { DEMO_PHONES } from '../../../src/simulator/phones.ts';

const segment = (text: string, concat: { ref: number; total: number; n: number } | null = null, from = '+380500000001') => ({
  at: 0,
  from,
  text,
  concat,
  deliver: () => '',
});

describe('a virtual phone', () => {
  it('puts a long text together, whatever the order, and keeps senders apart', () => {
    const phone = new VirtualPhone({ number: '+380671112233' });
    expect(phone.take(segment('C', { ref: 5, total: 3, n: 3 }))).toBeUndefined();
    expect(phone.take(segment('x', { ref: 5, total: 3, n: 1 }, '+380500000002'))).toBeUndefined();
    expect(phone.take(segment('A', { ref: 5, total: 3, n: 1 }))).toBeUndefined();
    expect(phone.take(segment('A', { ref: 5, total: 3, n: 1 }))).toBeUndefined();
    expect(phone.take(segment('B', { ref: 5, total: 3, n: 2 }))).toMatchObject({ text: 'ABC', segments: 3 });
    expect(phone.texts.length).toBe(1);
    expect(phone.received.length).toBe(5);
    expect(phone.incomplete).toBe(1);
  });

  it('answers by the first rule that fits, so often as that allows', () => {
    const phone = new VirtualPhone({
      number: '+380671112233',
      answers: [{ contains: 'перенос', text: 'ПЕРЕНОС', times: 1 }, { text: 'ТАК' }],
    });
    const answers = ['надішліть ПЕРЕНОС', 'надішліть ПЕРЕНОС', 'будь-що'].map((text) => phone.answerTo(text)?.text);
    expect(answers).toEqual(['ПЕРЕНОС', 'ТАК', 'ТАК']);
    phone.answers = [];
    expect(phone.answerTo('ПЕРЕНОС')).toBeUndefined();
  });

  it('refuses a rule that it does not understand', () => {
    expect(() => readAnswer({ contains: 'x' })).toThrow('The field "text" of an answer must be given, as a text.');
    expect(() => readAnswer({ text: 'x', when: 'now' })).toThrow('There is no field "when" in an answer');
  });

  it('has people for the demo: one answers ПЕРЕНОС, one ТАК, one ДА, one at length, one is off', () => {
    const answer = (text: string) => DEMO_PHONES.flatMap((options) => new VirtualPhone(options).answerTo(text)?.text ?? []);
    expect(answer('Щоб перенести візит, відповідайте ПЕРЕНОС')[0]).toBe('ПЕРЕНОС');
    expect(answer('Підтвердіть: ТАК')).toContain('ТАК');
    expect(answer('Ответьте ДА')).toContain('ДА');
    expect(answer('…').some((text) => text.length > 70)).toBe(true);
    expect(DEMO_PHONES.some((phone) => phone.state === 'off')).toBe(true);
    expect(new Set(DEMO_PHONES.map((phone) => phone.number)).size).toBe(DEMO_PHONES.length);
  });
});
