import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHIPPED_DIALOGUES, shippedDefinition } from '../../src/dialogues/shipped.ts';
import { maskDialogue } from '../../src/http/masked.ts';
import { type ApiRig, apiRig, ICCID } from '../support/api-rig.ts';

let rig: ApiRig;
beforeAll(async () => {
  rig = await apiRig();
});
afterAll(() => rig.close());

const put = (name: string, body: object) => rig.call('PUT', `/v1/dialogue-definitions/${name}`, { body });

describe('/v1/dialogues', () => {
  it('are shipped, and put into use with what a site says instead', async () => {
    const shipped = (await rig.call('GET', '/v1/dialogue-definitions')).json().data;
    expect(shipped.map((d: { name: string; version: number | null }) => [d.name, d.version])).toEqual(
      [...SHIPPED_DIALOGUES].sort().map((name) => [name, null]),
    );
    const menu = [{ value: 'soup', label: 'Борщ', price: 90 }];
    const { version, definition } = (await put('dinner', { from: 'order', data: { menu } })).json();
    expect([version, definition.data.menu, definition.data.currency]).toEqual([1, menu, 'грн']);
    expect(definition.states).toEqual(shippedDefinition('order')?.states);
    expect((await put('dinner', { from: 'order' })).json().version).toBe(2);
    expect((await rig.call('DELETE', '/v1/dialogue-definitions/dinner')).statusCode).toBe(200);
    expect((await rig.call('DELETE', '/v1/dialogue-definitions/dinner')).statusCode).toBe(404);
  });

  const state = { say: { uk: 'Так?' }, moves: [{ on: { words: ['так'] }, go: 'b' }] };
  const whole = { title: 'x', topic: 'x', start: [], first: 'a', limit: 60, data: {}, states: { a: state, b: { end: 'completed' } } };
  it.each([
    [{ ...whole, states: { a: state } }, '/states/a/moves/0/go', 'unknown'],
    [{ ...whole, first: 'z' }, '/first', 'unknown'],
    [{ ...whole, first: undefined }, '/start', 'empty'],
    [{ ...whole, states: { a: { say: { uk: '{' }, end: 'completed' } } }, '/states/a/say/uk', 'field'],
    [{ ...whole, states: { a: { ...state, moves: [{ on: { words: ['(a+)+'] }, go: 'a' }] } } }, '/states/a/moves/0/on/words/0', 'phrase'],
    [
      { ...whole, states: { a: { ...state, moves: [{ on: { words: ['так'] }, do: [{ reserve: 'x', thing: 'y' }], go: 'a' }] } } },
      '/states/a/moves/0/else',
      'missing',
    ],
    [{ ...whole, states: { a: { say: { uk: 'Так?' } } } }, '/states/a/moves', 'missing'],
    [
      { ...whole, states: { a: { ...state, moves: [{ on: { number: { min: 1, max: 2 } }, do: [{ bid: 'x' }], go: 'a', else: 'a' }] } } },
      '/auction',
      'missing',
    ],
    [{ ...whole, titel: 'x' }, '/titel', 'unknown'],
    [{ ...whole, title: undefined }, '/title', 'missing'],
    [{ ...whole, limit: 1 }, '/limit', 'tooSmall'],
    [{ from: 'nothing' }, '/from', 'oneOf'],
    [{ from: 'auction', auction: { least: 1, step: 1, closesAt: 'tomorrow' } }, '/auction/closesAt', undefined],
  ])('refuses a definition that cannot work, and says where (%#)', async (body, pointer, reason) => {
    const response = await put('x', body);
    expect(response.statusCode).toBe(422);
    expect(response.json()).toMatchObject({ code: 'dialogueInvalid' });
    expect(response.json().errors.find((e: { pointer: string }) => e.pointer === pointer)).toMatchObject(
      reason === undefined ? {} : { reason },
    );
  });

  it('begins, is told what happened, steered and listed', async () => {
    await put('hire', { from: 'hire', first: 'pay' });
    const begun = await rig.call('POST', '/v1/dialogues', {
      body: { definition: 'hire', to: '050 123 45 67', sim: 'front desk', fields: { bike: 7 } },
    });
    expect(begun.statusCode).toBe(201);
    const { id } = begun.json();
    expect(begun.json()).toMatchObject({
      definition: 'hire',
      contact: '+380501234567',
      sim: ICCID,
      state: 'pay',
      outcome: null,
      fields: { bike: 7 },
    });
    const again = await rig.call('POST', '/v1/dialogues', { body: { definition: 'hire', to: '0501234567', sim: 'front desk' } });
    expect(again.json()).toMatchObject({ status: 409, code: 'dialogueOpen' });
    const tell = (event: string) => rig.call('POST', `/v1/dialogues/${id}/events`, { body: { event, fields: { receipt: 'r-1' } } });
    expect((await tell('returned')).json()).toMatchObject({ status: 409, code: 'tooLate' });
    expect((await tell('paid')).json()).toMatchObject({ state: 'riding', fields: { bike: 7, receipt: 'r-1' } });
    expect((await rig.call('GET', `/v1/dialogues/${id}`)).json()).toMatchObject({ state: 'riding' });
    expect((await rig.call('POST', `/v1/dialogues/${id}/steer`, { body: { to: 'cancel' } })).json()).toMatchObject({
      outcome: 'cancelled',
    });
    expect((await rig.call('GET', '/v1/dialogues?contact=0501234567&state=cancelled')).json().data).toHaveLength(1);
    expect((await rig.call('GET', '/v1/dialogues?state=open')).json().data).toEqual([]);
    const unknown = await rig.call('POST', '/v1/dialogues', { body: { definition: 'nothing', to: '+380501234567' } });
    expect(unknown.json()).toMatchObject({ status: 422, code: 'dialogueUnknown', errors: [{ pointer: '/definition' }] });
  });

  it('keep what opens a thing to themselves', async () => {
    const things = [{ thing: '12', secret: '4711' }, { thing: '13' }];
    const pool = (await rig.call('PUT', '/v1/stock/bikes', { body: { things } })).json();
    expect(pool.things).toEqual([
      { thing: '12', label: '12', hasSecret: true, dialogue: null, sold: false },
      { thing: '13', label: '13', hasSecret: false, dialogue: null, sold: false },
    ]);
    expect((await rig.call('GET', '/v1/stock/bikes')).body).not.toContain('4711');
    expect((await rig.call('POST', '/v1/stock/bikes/free', { body: { thing: '99' } })).statusCode).toBe(404);
    expect((await rig.call('PUT', '/v1/stock/bikes', { body: { things: [] } })).json().things).toEqual([]);
  });

  it('show a technician neither who nor what', async () => {
    const [dialogue] = (await rig.call('GET', '/v1/dialogues')).json().data;
    expect(maskDialogue(dialogue)).toEqual({ ...dialogue, contact: '+38050***4567', fields: {} });
    const key = await rig.makeKey('admin');
    expect((await rig.call('GET', '/v1/dialogues', { key })).statusCode).toBe(403);
  });
});
