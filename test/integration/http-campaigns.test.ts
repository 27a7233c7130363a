import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { shapeEvent } from '../../src/http/shape.ts';
import { judgeCall, judgeInbound } from '../../src/inbound/rules/judge-inbound.ts';
import { type ApiRig, apiRig, ICCID } from '../support/api-rig.ts';
import { policySettings } from '../support/policy-settings.ts';
import { newReceived } from '../support/store-samples.ts';

const HOUR = 3_600_000;

let rig: ApiRig;
const open = async (): Promise<void> => {
  rig = await apiRig({ prices: ['+380 0.50 UAH'], policy: policySettings({ consent: true }) });
};

const consent = { purpose: 'promotional', source: 'form', wording: 'Так', actor: 'Olena', at: '2026-11-01T10:00:00Z' };
const numberOf = (i: number): string => `+38050${String(3_000_000 + i * 7)}`;

/** So many contacts with a tag, who agreed to offers. */
async function people(count: number, over: (i: number) => object = () => ({})): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    await rig.store.contacts.put({
      ...{ externalId: `c${i}`, name: `Клієнт ${i}`, firstName: `Імʼя${i}`, numbers: [numberOf(i)], language: 'uk', timeZone: null },
      ...{ tags: ['all'], fields: {}, preferredChannel: 'sms', branch: null, updatedAt: rig.clock.now() },
      ...over(i),
    });
    await rig.store.consents.give({
      ...consent,
      purpose: 'promotional',
      id: `con_${i}`,
      to: numberOf(i),
      topic: null,
      at: 1,
      until: null,
      recordedAt: 1,
    });
  }
}

const TEXT = '{site}: {firstName}, знижка 10%. Не цікаво? СТОП';
const wish = (over: object = {}) => ({
  name: 'Зима',
  condition: { tag: 'all' },
  variants: [{ name: 'A', texts: { uk: TEXT }, share: 100 }],
  ...over,
});
const create = async (over: object = {}): Promise<string> => {
  const answer = await rig.call('POST', '/v1/campaigns', { body: wish(over) });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json().id;
};
const verb = (id: string, word: string, body?: object) => rig.call('POST', `/v1/campaigns/${id}/${word}`, body ? { body } : {});
const get = async (id: string) => (await rig.call('GET', `/v1/campaigns/${id}`)).json();
const start = async (id: string, recipients?: number) => {
  const answer = await verb(id, 'start', recipients === undefined ? {} : { recipients });
  await rig.campaignsDone();
  return answer;
};
/** Time goes on, and what is due with it. */
const pass = async (ms: number): Promise<void> => {
  await rig.clock.advance(ms);
  await rig.campaignsDone();
};
/** So many messages go on the air. @returns their numbers */
async function send(most = 1000): Promise<string[]> {
  const to: string[] = [];
  while (to.length < most) {
    const claim = await rig.store.claim({ iccid: ICCID, imei: '1', predictedMr: null, now: rig.clock.now() });
    if (!claim) break;
    await rig.store.settle(claim.attemptId, { kind: 'sent', mr: to.length % 256, at: rig.clock.now() });
    to.push(claim.to);
  }
  return to;
}

describe('a campaign', () => {
  beforeEach(open);
  afterEach(() => rig.close());

  it('says what it would do before it is started: recipients, refusals, segments, cost, days and what to know', async () => {
    await people(6, (i) => ({
      ...(i === 1 ? { preferredChannel: 'call' } : {}),
      ...(i === 2 ? { numbers: [numberOf(0)] } : {}),
      ...(i === 3 ? { firstName: null } : {}),
    }));
    await rig.call('POST', '/v1/suppressions', { body: { to: numberOf(4), scope: 'purpose:promotional' } });
    const id = await create();
    const estimate = (await verb(id, 'estimate')).json();
    expect(estimate).toMatchObject({
      recipients: 4,
      messages: 2,
      unreached: { channel: 1, noNumber: 0, sameNumber: 1 },
      refused: { optedOut: 1, fieldMissing: 1 },
      segments: 2,
      cost: { amount: '1.00', currency: 'UAH' },
      days: 1,
      sims: 1,
      notes: ['days'],
      sentences: ['Через 1 SIM у межах їхніх лімітів це триватиме близько 1 дн.'],
    });
    expect(rig.accepted).toEqual([]);
    const tooLong = await create({
      variants: [{ name: 'A', texts: { uk: `{site}: ${'знижка '.repeat(100)}. Не цікаво? СТОП` }, share: 100 }],
    });
    expect((await verb(tooLong, 'estimate')).json()).toMatchObject({
      messages: 0,
      refused: { textTooLong: 4 },
      longest: { segments: 11, maxSegments: 10, tooLong: true },
      notes: [],
    });
    expect(estimate.longest).toMatchObject({ segments: 1, maxSegments: 10, tooLong: false });
  });

  it('needs the number of recipients typed in above twenty, and sends each contact its own text once', async () => {
    await people(25);
    const id = await create();
    expect((await start(id)).json()).toMatchObject({ code: 'countDiffers', errors: [{ pointer: '/recipients' }] });
    expect((await start(id, 24)).json()).toMatchObject({ code: 'countDiffers' });
    expect((await start(id, 25)).json()).toMatchObject({ state: 'scheduled' });
    expect((await start(id, 25)).json()).toMatchObject({ code: 'stateDiffers' });
    expect(await get(id)).toMatchObject({ state: 'running', progress: { planned: 0, waiting: 25, begun: 0 } });
    expect(rig.accepted.map(({ text }) => text)).toContain('Клініка: Імʼя7, знижка 10%. Не цікаво? СТОП');
    expect(new Set(await send()).size).toBe(25);
    await pass(3000);
    expect(await get(id)).toMatchObject({ state: 'finished', progress: { planned: 0, waiting: 0, begun: 25 } });
    expect(rig.accepted).toHaveLength(25);
  });

  it('Q08 makes messages just ahead, so that a pause withdraws the few that wait, and goes on with the others after: each gets one', async () => {
    await people(100);
    const id = await create();
    await start(id, 100);
    expect((await get(id)).progress).toMatchObject({ planned: 60, waiting: 40 });
    const first = await send(15);
    // Q08: from the answer on nothing of it is handed to a modem.
    expect((await verb(id, 'pause')).json()).toMatchObject({ state: 'paused', progress: { planned: 85, waiting: 0, begun: 15 } });
    expect(await send()).toEqual([]);
    await pass(HOUR);
    expect((await verb(id, 'pause')).json()).toMatchObject({ code: 'stateDiffers' });
    await verb(id, 'resume');
    await rig.campaignsDone();
    const rest: string[] = [];
    for (let i = 0; i < 10; i += 1) {
      rest.push(...(await send()));
      await pass(3000);
    }
    expect((await get(id)).state).toBe('finished');
    expect([...first, ...rest].sort()).toEqual(Array.from({ length: 100 }, (_, i) => numberOf(i)).sort());
  });

  it('that a process died with in the middle goes on, and nobody gets it twice or not at all', async () => {
    await people(60);
    const id = await create();
    await start(id, 60);
    const sent = await send(10);
    await rig.restart();
    for (let i = 0; i < 6; i += 1) {
      sent.push(...(await send()));
      await pass(3000);
      if (i === 1) await rig.restart();
    }
    expect(sent.sort()).toEqual(Array.from({ length: 60 }, (_, i) => numberOf(i)).sort());
    expect((await get(id)).progress).toMatchObject({ begun: 60, planned: 0 });
  });

  it('cancelled in the middle of its planning or sending never sends again', async () => {
    await people(60);
    const id = await create();
    await start(id, 60);
    await send(5);
    expect((await verb(id, 'cancel')).json()).toMatchObject({ state: 'cancelled', progress: { waiting: 0, begun: 5, cancelled: 35 } });
    expect(await send()).toEqual([]);
    await pass(HOUR);
    await rig.restart();
    expect(await send()).toEqual([]);
    expect((await verb(id, 'resume')).json()).toMatchObject({ code: 'stateDiffers' });
  });

  it('waits for its time, and reads its segment then', async () => {
    await people(3);
    await rig.call('PUT', '/v1/segments/everybody', { body: { condition: { tag: 'all' } } });
    const id = await create({ segment: 'everybody', condition: undefined, startAt: '2026-11-22T12:00:00Z' });
    await start(id);
    expect(await get(id)).toMatchObject({ state: 'scheduled', startedAt: null, progress: { planned: 0 } });
    await rig.call('DELETE', '/v1/contacts/c0');
    await pass(2 * HOUR);
    expect(await get(id)).toMatchObject({ state: 'running', startedAt: '2026-11-22T12:00:00.000Z' });
    expect(rig.accepted.map(({ to }) => to).sort()).toEqual([numberOf(1), numberOf(2)]);
  });

  it('keeps its pace: so many an hour and no more', async () => {
    await people(10);
    const id = await create({ perHour: 4 });
    await start(id);
    expect(rig.accepted).toHaveLength(1);
    await pass(HOUR - 1000);
    expect(rig.accepted).toHaveLength(4);
    await pass(HOUR);
    expect(rig.accepted).toHaveLength(8);
  });

  it('pauses before it costs more than its budget, and says so', async () => {
    await people(10);
    const id = await create({ budget: { amount: '2.20', currency: 'UAH' } });
    await start(id);
    expect(rig.accepted).toHaveLength(4);
    expect(await get(id)).toMatchObject({ state: 'running', progress: { waiting: 4 } });
    expect(await send()).toHaveLength(4);
    await pass(3000);
    expect(await get(id)).toMatchObject({
      ...{ state: 'paused', reason: 'budget', spent: { amount: '2.00', currency: 'UAH' }, progress: { planned: 6, begun: 4 } },
    });
    await pass(HOUR);
    expect(rig.accepted).toHaveLength(4);
  });

  it('skips who opted out, never agreed, or has gone since, and tells why', async () => {
    await people(4);
    await rig.call('POST', '/v1/suppressions', { body: { to: numberOf(0), scope: 'all' } });
    await rig.store.contacts.put({
      externalId: 'x',
      name: 'X',
      firstName: 'X',
      numbers: ['+380671111111'],
      language: null,
      timeZone: null,
      tags: ['all'],
      fields: {},
      preferredChannel: 'sms',
      branch: null,
      updatedAt: 1,
    });
    const id = await create();
    await start(id);
    expect((await get(id)).progress).toMatchObject({ waiting: 3, skipped: 2 });
  });

  it('is stopped when too many of those who got it opt out, in whatever way, and tells all that becomes of it', async () => {
    await people(60);
    const id = await create({ stopAtOptOuts: 13 });
    await start(id, 60);
    const [byWord = '', byLink = '', byCall = '', byDesk = ''] = await send(30);
    await rig.store.receive(newReceived(rig.clock.now(), { from: byWord, text: 'СТОП' }), judgeInbound);
    await rig.store.publicPages.choose(byLink, { kind: 'end', scopes: ['all'] }, rig.clock.now());
    const call = { iccid: ICCID, withheld: false, startedAt: rig.clock.now(), rings: 2, duration: 9000, hungUp: false };
    await rig.store.keepCall({ ...call, from: byCall }, rig.clock.now(), judgeCall);
    await rig.call('POST', '/v1/suppressions/import?scope=all', {
      body: `number\n${numberOf(59)}\n`,
      headers: { 'content-type': 'text/csv' },
    });
    await pass(3000);
    // Three of thirty; a list that was imported says nothing about this campaign.
    expect(await get(id)).toMatchObject({ state: 'running' });
    await rig.call('POST', '/v1/suppressions', { body: { to: byDesk, scope: 'purpose:promotional' } });
    await pass(3000);
    expect(await get(id)).toMatchObject({ state: 'paused', reason: 'optOuts', progress: { begun: 30, waiting: 0 } });
    const { variants } = (await rig.call('GET', `/v1/campaigns/${id}/results?measure=optedOut`)).json();
    expect(variants[0].optedOut).toMatchObject({ count: 4 });
    await verb(id, 'cancel');
    const events = (await rig.store.events(0, 5000)).filter(({ campaign }) => campaign);
    expect(events.map(({ type }) => type)).toEqual(['campaign.started', 'campaign.stopped', 'campaign.cancelled']);
    expect(shapeEvent(events[1] ?? expect.fail())).toMatchObject({
      type: 'campaign.stopped',
      data: { campaign: id, name: 'Зима', state: 'paused', reason: 'optOuts', optedOut: 4, progress: { begun: 30 } },
    });
  });

  it('gives each contact one of its texts, always the same, and compares them with intervals and a plain sentence', async () => {
    await people(80);
    const id = await create({
      variants: [
        { name: 'A', texts: { uk: `${TEXT} A` }, share: 50 },
        { name: 'B', texts: { uk: `${TEXT} B` }, share: 50 },
      ],
    });
    expect((await rig.call('GET', `/v1/campaigns/${id}/results`)).json().sentence).toContain('замало');
    await start(id, 80);
    for (let i = 0; i < 4; i += 1) {
      await send();
      await pass(3000);
    }
    for (const { to, text } of rig.accepted.filter((m) => m.text.endsWith('A'))) {
      expect(text).toContain('A');
      await rig.call('PUT', `/v1/occasions/visit/v${to.slice(1)}`, { body: { contact: { to }, startsAt: '2026-12-01T10:00:00Z' } });
    }
    const results = (await rig.call('GET', `/v1/campaigns/${id}/results?measure=cameBack`)).json();
    const [a, b] = results.variants;
    expect([a.sent, b.sent]).toEqual([40, 40]);
    expect(a).toMatchObject({ name: 'A', cameBack: { count: a.sent, rate: 1, high: 1 } });
    expect(b.cameBack).toMatchObject({ count: 0, rate: 0, low: 0 });
    expect(a.cameBack.low).toBeGreaterThan(0.8);
    expect(results.comparison).toEqual({ finding: 'better', best: 'A', next: 'B' });
    expect(results.sentence).toBe('«A» (100.0 %) дав більше, ніж «B» (0.0 %), і це навряд чи випадково.');
  });
});

describe('what is no campaign', () => {
  beforeAll(open);
  afterAll(() => rig.close());

  it.each([
    [{ variants: [{ name: 'A', texts: { uk: 'a' }, share: 60 }] }, 'requestInvalid', '/variants'],
    [{ variants: [{ name: 'A', share: 100 }] }, 'requestInvalid', '/variants/0'],
    [{ variants: [{ name: 'A', template: 'none', share: 100 }] }, 'templateUnknown', '/variants/0/template'],
    [{ variants: [{ name: 'A', texts: { uk: '{' }, share: 100 }] }, 'templateInvalid', '/variants/0/texts/uk'],
    [{ condition: undefined, segment: 'none' }, 'requestInvalid', '/segment'],
    [{ segment: 'none' }, 'requestInvalid', '/condition'],
    [{ condition: { tag: 1 } }, 'requestInvalid', '/condition/tag'],
    [{ topic: 'a b' }, 'topicInvalid', '/topic'],
    [{ startAt: '2029-01-01T00:00:00Z' }, 'timeInvalid', '/startAt'],
    [{ sim: 'none' }, 'simUnknown', '/sim'],
    [{ perHour: 0 }, 'requestInvalid', '/perHour'],
    [{ purpose: 'otp' }, 'requestInvalid', '/purpose'],
  ])('is refused with the place: %j', async (over, code, pointer) => {
    const answer = await rig.call('POST', '/v1/campaigns', { body: wish(over) });
    expect(answer.json().code).toBe(code);
    expect(answer.json().errors[0].pointer).toBe(pointer);
    expect((await rig.call('GET', '/v1/campaigns')).json().data).toEqual([]);
  });
});
