import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import sentences from '../../src/policy/lint/data/sentences.json' with { type: 'json' };
import { type ApiRig, apiRig } from '../support/api-rig.ts';

const TO = '+380501234567';
const OFFER = { to: TO, text: 'Усмішка: чищення зубів -20%', purpose: 'promotional' };

let advising: ApiRig;
let refusing: ApiRig;
let silent: ApiRig;
beforeAll(async () => {
  const advise = { shouting: 'advise', threat: 'advise', senderName: 'advise', wayOut: 'advise', confirmation: 'advise' } as const;
  advising = await apiRig({ lintSettings: advise });
  refusing = await apiRig({ lintSettings: { ...advise, wayOut: 'refuse', confirmation: 'refuse' } });
  silent = await apiRig();
});
afterAll(() => Promise.all([advising, refusing, silent].map((rig) => rig.close())));

const post = (rig: ApiRig, body: object, url = '/v1/messages') => rig.call('POST', url, { body });

describe('advice about texts', () => {
  it('comes with the preview, a dry run and the 202, and with nothing where there is nothing to say', async () => {
    const advice = [{ rule: 'wayOut', reason: 'wayOut', sentence: sentences.wayOut.uk, where: null }];
    expect((await post(advising, OFFER)).json()).toMatchObject({ status: 'queued', advice });
    expect((await post(advising, { ...OFFER, dryRun: true })).json()).toMatchObject({ id: null, advice });
    const { text, purpose } = OFFER;
    expect((await post(advising, { text, purpose }, '/v1/segments/preview')).json()).toMatchObject({ advice });
    const good = { ...OFFER, text: `${OFFER.text}. Не потрібно? СТОП` };
    expect((await post(advising, good)).json()).not.toHaveProperty('advice');
    expect((await post(advising, { text: good.text, purpose }, '/v1/segments/preview')).json()).toMatchObject({ advice: [] });
    expect((await post(silent, OFFER)).json()).not.toHaveProperty('advice');
  });

  it('looks for what its kind needs: as the caller says, else by the words', async () => {
    const body = { to: TO, text: 'Усмішка чекає на вас у пʼятницю', dryRun: true };
    expect((await post(advising, body)).json()).not.toHaveProperty('advice');
    const { advice } = (await post(advising, { ...body, kind: 'confirmation' })).json();
    expect(advice).toEqual([{ rule: 'confirmation', reason: 'confirmationTime', sentence: sentences.confirmationTime.uk, where: null }]);
    expect((await post(advising, { ...body, kind: 'poem' })).statusCode).toBe(400);
  });

  it('points at the words', async () => {
    const text = 'УВАГА! Усмішка чекає';
    const { advice } = (await post(advising, { text }, '/v1/segments/preview')).json();
    expect(advice).toEqual([{ rule: 'shouting', reason: 'shouting', sentence: sentences.shouting.uk, where: { from: 0, to: 5 } }]);
  });

  it('is a refusal with a code of its own where the site says so, and nothing is stored', async () => {
    const refused = await post(refusing, OFFER);
    expect(refused.json()).toMatchObject({
      status: 422,
      code: 'wayOutMissing',
      detail: sentences.wayOut.uk,
      errors: [{ pointer: '/text', detail: sentences.wayOut.uk }],
    });
    expect((await post(refusing, { ...OFFER, dryRun: true })).json()).toMatchObject({ status: 422, code: 'wayOutMissing' });
    expect((await post(refusing, { to: TO, text: 'Усмішка: ваш запис підтверджено' })).json()).toMatchObject({
      code: 'confirmationIncomplete',
    });
    expect((await refusing.call('GET', '/v1/messages')).json().data).toEqual([]);
    // The preview only says so: whoever writes is still writing.
    const { text, purpose } = OFFER;
    expect((await post(refusing, { text, purpose }, '/v1/segments/preview')).json()).toMatchObject({ advice: [{ rule: 'wayOut' }] });
  });

  it('is for each message of a batch', async () => {
    const { results } = (await post(refusing, { messages: [OFFER, { to: TO, text: 'Ваше авто готове' }] }, '/v1/messages/batch')).json();
    expect(results).toMatchObject([
      { problem: { code: 'wayOutMissing', errors: [{ pointer: '/messages/0/text' }] } },
      { status: 'queued', advice: [{ rule: 'senderName' }] },
    ]);
  });

  it('is not given for codes', async () => {
    expect((await post(advising, { to: TO, text: '123456 УВАГА!!!', purpose: 'otp' })).json()).not.toHaveProperty('advice');
  });
});
