import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiRig, apiRig } from '../support/api-rig.ts';
import { policySettings } from '../support/policy-settings.ts';

let rig: ApiRig;
beforeAll(async () => {
  rig = await apiRig({
    policy: policySettings({ profile: 'standard', caps: { promotionalPer7Days: 0, allPerDay: 0 } }),
    prices: ['+380 0.50 UAH'],
  });
});
afterAll(() => rig.close());

const MINUTE = 60_000;
const at = (written: string): number => Date.parse(`${written}+02:00`);
const until = (written: string) => rig.clock.advance(at(written) - rig.clock.now());

let number = 0;
async function visit(name: string, startsAt: string, more: object = {}): Promise<string> {
  number += 1;
  const to = `+3805011200${String(number).padStart(2, '0')}`;
  const body = { contact: { to, language: 'uk' }, startsAt: `${startsAt}+02:00`, ...more };
  expect((await rig.call('PUT', `/v1/occasions/visit/${name}`, { body })).statusCode).toBe(201);
  await rig.clock.advance(0);
  return to;
}
const period = { kind: 'visit', from: '2026-11-24T00:00:00+02:00', until: '2026-11-25T00:00:00+02:00' };
const notify = (body: object) => rig.call('POST', '/v1/occasions/notify', { body: { ...period, ...body } });
const get = async (name: string) => (await rig.call('GET', `/v1/occasions/visit/${name}`)).json();
const told = (to: string) => rig.accepted.filter((m) => m.to === to && m.keyId === 'notice');

describe('force majeure', () => {
  it('says how many and what it costs first, and does nothing', async () => {
    await visit('a1', '2026-11-24T10:00:00', { resource: 'koval' });
    await visit('a2', '2026-11-24T11:00:00', { resource: 'koval' });
    await visit('a3', '2026-11-24T12:00:00', { resource: 'other' });
    await visit('a4', '2026-11-25T10:00:00', { resource: 'koval' });
    const answer = await notify({ action: 'cancel', resource: 'koval' });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      id: null,
      count: 2,
      atOnce: 2,
      untold: 0,
      segments: 4,
      cost: { amount: '2.00', currency: 'UAH' },
      sample: 'Клініка: на жаль, 24.11 о 10:00 не зможемо вас прийняти. Перепрошуємо. Обрати інший час: ПЕРЕНОС',
      undoUntil: null,
    });
    await rig.clock.advance(2 * MINUTE);
    expect((await get('a1')).status).toBeNull();
  });

  it('begins after a minute in which it can be undone', async () => {
    const { id, undoUntil } = (await notify({ action: 'cancel', resource: 'koval', go: true })).json();
    expect(Date.parse(undoUntil) - rig.clock.now()).toBe(MINUTE);
    await rig.clock.advance(MINUTE - 1);
    expect((await rig.call('POST', `/v1/occasions/notify/${id}/undo`)).json()).toEqual({ id, undone: true });
    await rig.clock.advance(5 * MINUTE);
    expect((await get('a1')).status).toBeNull();
    expect(rig.accepted.filter((m) => m.keyId === 'notice')).toEqual([]);
  });

  it('cancels, tells at once in the day, and after that it is too late to undo', async () => {
    const { id } = (await notify({ action: 'cancel', resource: 'koval', go: true })).json();
    await rig.clock.advance(MINUTE);
    const visits = [await get('a1'), await get('a2')];
    expect(visits.map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
    for (const { contact } of visits) {
      expect(told(contact.to)).toMatchObject([
        { purpose: 'urgent', sendAt: null, text: expect.stringContaining('не зможемо вас прийняти') },
      ]);
      // That it is cancelled was said; nothing says it again.
      expect(rig.accepted.filter((m) => m.to === contact.to && m.text.includes('скасовано'))).toEqual([]);
    }
    expect((await get('a3')).status).toBeNull();
    expect((await rig.call('POST', `/v1/occasions/notify/${id}/undo`)).json()).toMatchObject({ code: 'tooLate' });
    expect((await rig.call('POST', '/v1/occasions/notify/ntc_none/undo')).statusCode).toBe(404);
  });

  it('late by so many minutes shifts each, tells its new time, and moves the reminder', async () => {
    const to = await visit('l1', '2026-11-24T17:00:00', { resource: 'bay' });
    await notify({ action: 'late', minutes: 40, resource: 'bay', go: true });
    await rig.clock.advance(MINUTE);
    expect((await get('l1')).startsAt).toBe('2026-11-24T15:40:00.000Z');
    expect(told(to).map(({ text }) => text)).toEqual(['Клініка: перепрошуємо, затримуємося на 40 хв. Чекаємо на вас о 17:40']);
    expect(rig.accepted.filter((m) => m.to === to && m.text.includes('перенесено'))).toEqual([]);
    const due = (await get('l1')).steps.filter((s: { state: string; step: string }) => s.step === 'twoHours' && s.state !== 'withdrawn');
    expect(due.map(({ dueAt }: { dueAt: string }) => dueAt)).toEqual(['2026-11-24T13:40:00.000Z']);
  });

  it('at night tells at once who would come in vain, and the others when the hour comes', async () => {
    await until('2026-11-23T23:00:00');
    const early = await visit('n1', '2026-11-24T10:30:00', { resource: 'night' });
    const late = await visit('n2', '2026-11-24T11:30:00', { resource: 'night' });
    expect((await notify({ action: 'cancel', resource: 'night' })).json()).toMatchObject({ count: 2, atOnce: 1 });
    await notify({ action: 'cancel', resource: 'night', go: true });
    await rig.clock.advance(MINUTE);
    expect(told(early)).toMatchObject([{ sendAt: null, purpose: 'urgent', held: null }]);
    expect(told(late)).toEqual([]);
    await until('2026-11-24T09:00:00');
    expect(told(late)).toMatchObject([{ purpose: 'urgent', sendAt: null }]);
  });

  it('asks for the number above twenty, and for the right one always', async () => {
    for (let i = 0; i < 21; i += 1) await visit(`m${i}`, `2026-11-26T${String(10 + (i % 8)).padStart(2, '0')}:00:00`, { resource: 'hall' });
    const hall = {
      from: '2026-11-26T00:00:00+02:00',
      until: '2026-11-27T00:00:00+02:00',
      resource: 'hall',
      action: 'tell',
      text: 'Ліфт не працює, {site}',
      go: true,
    };
    expect((await notify(hall)).json()).toMatchObject({ code: 'countMismatch', detail: expect.stringContaining('21') });
    expect((await notify({ ...hall, count: 20 })).json()).toMatchObject({ code: 'countMismatch' });
    expect((await notify({ ...hall, count: 21 })).statusCode).toBe(202);
    const before = rig.accepted.length;
    await rig.clock.advance(MINUTE);
    while (rig.accepted.length < before + 21) await rig.clock.advance(0);
    expect(rig.accepted.slice(before).map(({ text }) => text)).toEqual(Array.from({ length: 21 }, () => 'Ліфт не працює, Клініка'));
    expect((await get('m0')).status).toBeNull();
  });

  it('tells each once, also where the process dies while it tells', async () => {
    const people = [
      await visit('k1', '2026-11-28T10:00:00', { resource: 'k' }),
      await visit('k2', '2026-11-28T11:00:00', { resource: 'k' }),
    ];
    const day = { from: '2026-11-28T00:00:00+02:00', until: '2026-11-29T00:00:00+02:00', resource: 'k' };
    await notify({ ...day, action: 'late', minutes: 15, go: true });
    const { occasions } = rig.store;
    const end = occasions.endNotice;
    occasions.endNotice = () => Promise.reject(new Error('killed'));
    await rig.clock.advance(MINUTE);
    occasions.endNotice = end;
    await rig.restart();
    await rig.clock.advance(MINUTE);
    for (const to of people) expect(told(to)).toHaveLength(1);
    expect((await get('k1')).startsAt).toBe('2026-11-28T08:15:00.000Z');
  });

  it('is refused in one sentence where it says too little or too much', async () => {
    const wrong = async (body: object) => {
      const { code, errors } = (await notify(body)).json();
      return `${code} ${errors[0]?.pointer}`;
    };
    expect(await wrong({ action: 'late' })).toBe('requestInvalid /minutes');
    expect(await wrong({ action: 'tell' })).toBe('requestInvalid /text');
    expect(await wrong({ action: 'cancel', minutes: 5 })).toBe('requestInvalid /minutes');
    expect(await wrong({ action: 'cancel', until: period.from })).toBe('timeInvalid /until');
    expect(await wrong({ action: 'tell', text: '{oops' })).toBe('templateInvalid /text');
  });
});
