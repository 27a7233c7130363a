import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiRig, apiRig } from '../support/api-rig.ts';

const DAY = 86_400_000;

let rig: ApiRig;
beforeAll(async () => {
  rig = await apiRig();
  const people = [
    [
      'anna',
      {
        name: 'Анна',
        numbers: ['0501110001'],
        tags: ['vip'],
        language: 'uk',
        branch: 'lviv',
        fields: { visits: 5, debt: { amount: '90.00', currency: 'UAH' }, last: '2026-10-01' },
      },
    ],
    ['borys', { name: 'Борис', numbers: ['0501110002'], tags: ['vip'], language: 'ru', fields: { visits: 1, city: 'Київ' } }],
    ['vira', { name: 'Віра', numbers: ['0501110003'], preferredChannel: 'call', fields: { visits: 0, active: true } }],
    ['halyna', { name: 'Галина', numbers: [] }],
  ] as const;
  for (const [id, body] of people) await rig.call('PUT', `/v1/contacts/${id}`, { body });
});
afterAll(() => rig.close());

const count = async (condition: unknown): Promise<number> => {
  const answer = await rig.call('POST', '/v1/segments/count', { body: { condition } });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json().count;
};

describe('segments', () => {
  it.each([
    [{ tag: 'vip' }, 2],
    [{ not: { tag: 'vip' } }, 2],
    [{ all: [{ tag: 'vip' }, { language: 'ru' }] }, 1],
    [{ any: [{ branch: 'lviv' }, { channel: 'call' }] }, 2],
    [{ field: 'visits', above: 0 }, 2],
    [{ field: 'visits', below: 5 }, 2],
    [{ field: 'visits', is: 5 }, 1],
    [{ field: 'visits', is: '5' }, 0],
    [{ field: 'visits', known: false }, 1],
    [{ field: 'city', contains: 'киї' }, 1],
    [{ field: 'city', isNot: 'КИЇВ' }, 3],
    [{ field: 'debt', above: 50 }, 1],
    [{ field: 'last', below: '2026-11-01' }, 1],
    [{ field: 'active', is: true }, 1],
    [{ field: 'constructor', known: true }, 0],
    [{ newWithin: 1 }, 4],
    [{ heardWithin: 3660 }, 0],
  ])('counts %j', async (condition, expected) => {
    expect(await count(condition)).toBe(expected);
  });

  it('ask what was agreed to, ended, written and heard', async () => {
    const to = '+380501110001';
    await rig.call('POST', '/v1/consents', {
      body: { to, purpose: 'promotional', topic: 'news', source: 'form', wording: 'Так', actor: 'Olena', at: '2026-11-01T10:00:00Z' },
    });
    expect(await count({ agreesTo: 'promotional', topic: 'news' })).toBe(1);
    expect(await count({ agreesTo: 'promotional' })).toBe(0);
    await rig.call('POST', '/v1/suppressions', { body: { to, scope: 'purpose:promotional' } });
    expect(await count({ suppressed: 'purpose:promotional' })).toBe(1);
    await rig.store.keepCall(
      {
        iccid: '1',
        from: '+380501110002',
        withheld: false,
        startedAt: rig.clock.now() - 30 * DAY,
        rings: 2,
        duration: 1000,
        hungUp: false,
      },
      rig.clock.now(),
    );
    expect(await count({ heardWithin: 31 })).toBe(1);
    expect(await count({ heardWithin: 29 })).toBe(0);
    await rig.call('POST', '/v1/messages', { body: { to: '+380501110003', text: 'a' } });
    await rig.store.claim({ iccid: '1', imei: '1', predictedMr: null, now: rig.clock.now() });
    expect(await count({ writtenWithin: 1 })).toBe(1);
  });

  it('find who asked but never came, who bought lately, and who has been silent for a year', async () => {
    const occasion = (kind: string, id: string, contact: string, startsAt: string) =>
      rig.call('PUT', `/v1/occasions/${kind}/${id}`, { body: { contact: { to: `+38050111000${contact}` }, startsAt } });
    for (const [kind, id, contact, at] of [
      ['visit', 'v1', '1', '2026-11-20T10:00:00Z'],
      ['visit', 'v2', '2', '2026-11-20T10:00:00Z'],
      ['visit', 'v3', '1', '2026-11-25T10:00:00Z'],
    ] as const)
      expect((await occasion(kind, id, contact, at)).statusCode).toBeLessThan(300);
    expect((await rig.call('POST', '/v1/occasions/visit/v1/attendance', { body: { attendance: 'came' } })).statusCode).toBeLessThan(300);
    expect(await count({ all: [{ occasion: { kind: 'visit' } }, { not: { occasion: { kind: 'visit', attendance: 'came' } } }] })).toBe(1);
    expect(await count({ occasion: { kind: 'visit', within: 90 } })).toBe(2);
    expect(await count({ occasion: { kind: 'visit', ahead: 7 } })).toBe(1);
    expect(await count({ occasion: { kind: 'order', within: 90 } })).toBe(0);
    expect(await count({ not: { heardWithin: 365 } })).toBe(3);
  });

  it('are saved, told back in words with a live count, kept over a restart, listed and removed', async () => {
    const condition = { all: [{ tag: 'vip' }, { not: { heardWithin: 365 } }, { occasion: { kind: 'visit', within: 90 } }] };
    const put = (await rig.call('PUT', '/v1/segments/vip-silent', { body: { condition } })).json();
    expect(put).toMatchObject({
      condition,
      words: 'Усі, хто: мають позначку «vip» і не так, що писали або дзвонили за останні 365 дн. і мають «visit» за останні 90 дн.',
      count: 1,
    });
    await rig.restart();
    await rig.call('DELETE', '/v1/contacts/anna');
    expect((await rig.call('GET', '/v1/segments/vip-silent')).json()).toMatchObject({ condition, count: 0 });
    expect((await rig.call('GET', '/v1/segments')).json().data).toMatchObject([{ name: 'vip-silent' }]);
    expect((await rig.call('DELETE', '/v1/segments/vip-silent')).json()).toEqual({ name: 'vip-silent', removed: true });
    expect((await rig.call('GET', '/v1/segments/vip-silent')).statusCode).toBe(404);
  });

  it.each([
    [{}, '/condition'],
    [{ tag: 1 }, '/condition/tag'],
    [{ tag: 'a', branch: 'b' }, '/condition'],
    [{ all: [] }, '/condition/all'],
    [{ any: [{ tag: 'a' }, { language: 'de' }] }, '/condition/any/1/language'],
    [{ field: 'visits' }, '/condition'],
    [{ field: 'visits', above: 1, below: 3 }, '/condition'],
    [{ field: 'a b', is: 1 }, '/condition/field'],
    [{ field: 'x', known: 'yes' }, '/condition/known'],
    [{ tag: 'x', above: 3 }, '/condition/above'],
    [{ occasion: { kind: 'visit', since: 3 } }, '/condition/occasion/since'],
    [{ heardWithin: 0.5 }, '/condition/heardWithin'],
    [{ suppressed: 'offers' }, '/condition/suppressed'],
    [{ not: { not: { not: { not: { not: { not: { tag: 'a' } } } } } } }, '/condition/not/not/not/not/not/not'],
    [{ any: Array.from({ length: 60 }, () => ({ tag: 'a' })) }, '/condition'],
    [{ constructor: 'x' }, '/condition/constructor'],
  ])('are refused with the place: %j', async (condition, pointer) => {
    const answer = await rig.call('PUT', '/v1/segments/bad', { body: { condition } });
    expect(answer.json()).toMatchObject({ code: 'requestInvalid', errors: [{ pointer }] });
    expect((await rig.call('GET', '/v1/segments/bad')).statusCode).toBe(404);
  });
});
