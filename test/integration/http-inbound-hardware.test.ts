import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LiveSim, ModemFacts } from '../../src/http/live-hardware.ts';
import type { ApiParts } from '../../src/http/parts.ts';
import type { NewReceived } from '../../src/store/records/inbound.ts';
import { type ApiRig, apiRig, ICCID } from '../support/api-rig.ts';

const OTHER = '8938009999999999999';

const live: LiveSim[] = [];
const modems: ModemFacts[] = [];
let readiness: ReturnType<ApiParts['readiness']> = { ready: true, reasons: [] };
let rig: ApiRig;

beforeAll(async () => {
  rig = await apiRig({ sims: () => live, modems: () => modems, readiness: () => readiness });
});
afterAll(() => rig.close());

let count = 0;
const received = (change: Partial<NewReceived>): NewReceived => {
  count += 1;
  return {
    inboundId: `in_${count}`,
    iccid: ICCID,
    imei: '867648012345678',
    from: '+380501234567',
    text: 'ПЕРЕНОС',
    alphabet: 'ucs2',
    smscAt: rig.clock.now() - 2000,
    smscTime: '2026-11-22T11:59:58+02:00',
    receivedAt: rig.clock.now(),
    pdu: `0791${count}`,
    placement: { kind: 'single' },
    answers: null,
    ...change,
  };
};

describe('GET /v1/inbound', () => {
  it('shows what clients wrote, whole, broken and unreadable, newest first', async () => {
    const sent = (await rig.call('POST', '/v1/messages', { body: { to: '+380501234567', text: 'Ваш візит завтра' } })).json();
    await rig.store.receive(received({ answers: sent.id }));
    await rig.clock.advance(60_000);
    const key = { iccid: ICCID, from: '+380671112233', ref: 7, bits: 8 as const, total: 2 };
    await rig.store.receive(received({ from: key.from, text: 'перша ', placement: { kind: 'begin', key, n: 1 } }));
    await rig.clock.advance(600_001);
    await rig.store.surfaceIncomplete(rig.clock.now() - 600_000, rig.clock.now());
    await rig.store.receive(received({ from: 'KYIVSTAR', text: 'Ваш баланс' }));
    await rig.store.receive(
      received({ from: '', text: '', placement: { kind: 'unreadable', problem: 'ud.udh.ie[0] at octet 7: underflow' } }),
    );

    const { data, nextCursor } = (await rig.call('GET', '/v1/inbound')).json();
    expect(nextCursor).toBeNull();
    expect(data).toMatchObject([
      { from: '', problem: 'ud.udh.ie[0] at octet 7: underflow', segments: [{ pdu: '07914' }] },
      { from: 'KYIVSTAR', text: 'Ваш баланс', complete: true },
      { from: '+380671112233', text: null, complete: false, total: 2, segments: [{ n: 1, text: 'перша ', pdu: '07912' }] },
      {
        from: '+380501234567',
        text: 'ПЕРЕНОС',
        complete: true,
        answers: sent.id,
        sim: ICCID,
        textErasedAt: null,
        smscTime: '2026-11-22T11:59:58+02:00',
        revision: 1,
      },
    ]);
    for (const one of data) expect((await rig.call('GET', `/v1/inbound/${one.id}`)).json()).toEqual(one);

    const incomplete = data[2].id;
    await rig.store.receive(
      received({ from: key.from, text: 'друга', placement: { kind: 'join', inboundId: incomplete, n: 2, text: 'перша друга' } }),
    );
    expect((await rig.call('GET', `/v1/inbound/${incomplete}`)).json()).toMatchObject({
      id: incomplete,
      text: 'перша друга',
      complete: true,
      revision: 2,
    });
  });

  it('filters by sender in any writing, by letters, and by time; pages', async () => {
    const ids = async (query: string): Promise<string[]> =>
      (await rig.call('GET', `/v1/inbound?${query}`)).json().data.map((i: { from: string }) => i.from);
    expect(await ids('from=050 123 45 67')).toEqual(['+380501234567']);
    expect(await ids('from=+380501234567')).toEqual(['+380501234567']);
    expect(await ids('from=KYIVSTAR')).toEqual(['KYIVSTAR']);
    expect(await ids('since=2026-11-22T12:05:00+02:00')).toEqual(['', 'KYIVSTAR']);
    const first = (await rig.call('GET', '/v1/inbound?limit=3')).json();
    expect(first.data.length).toBe(3);
    const second = (await rig.call('GET', `/v1/inbound?limit=3&cursor=${first.nextCursor}`)).json();
    expect(second).toMatchObject({ data: [{ from: '+380501234567' }], nextCursor: null });
    expect((await rig.call('GET', '/v1/inbound?to=x')).statusCode).toBe(400);
    expect((await rig.call('GET', '/v1/inbound/in_none')).json()).toMatchObject({ status: 404, code: 'notFound' });
  });
});

describe('GET /v1/sims and /v1/modems', () => {
  it('merges the SIMs that are here with those that were, and their counters', async () => {
    await rig.store.seeSim({ iccid: OTHER, imsi: '255011', number: '+380931112233', at: rig.clock.now() });
    await rig.store.seeSim({ iccid: ICCID, imsi: '255010', number: null, at: rig.clock.now() });
    live.push({
      iccid: ICCID,
      imsi: '255010',
      number: '+380440000000',
      smsc: '+380672021111',
      state: 'ready',
      operator: 'Kyivstar',
      signalDbm: -73,
    });
    live.push({ iccid: '8938007777777777777', imsi: null, number: null, smsc: null, state: 'notReady', operator: null, signalDbm: null });
    const { data } = (await rig.call('GET', '/v1/sims')).json();
    expect(data).toMatchObject([
      {
        iccid: ICCID,
        name: 'front desk',
        number: '+380440000000',
        smsc: '+380672021111',
        state: 'ready',
        operator: 'Kyivstar',
        signalDbm: -73,
      },
      { iccid: '8938007777777777777', state: 'notReady', lastSeenAt: null, counters: { sent: 0, delivered: 0, failed: 0, received: 0 } },
      { iccid: OTHER, name: null, number: '+380931112233', smsc: null, state: 'absent', operator: null, signalDbm: null },
    ]);
    expect(data[0].counters.received).toBeGreaterThan(0);
    const first = (await rig.call('GET', '/v1/sims?limit=2')).json();
    expect((await rig.call('GET', `/v1/sims?limit=2&cursor=${first.nextCursor}`)).json()).toMatchObject({
      data: [{ iccid: OTHER }],
      nextCursor: null,
    });
    expect((await rig.call('GET', '/v1/sims?cursor=%25')).json()).toMatchObject({ status: 400, code: 'cursorInvalid' });
  });

  it('shows modems with a sentence and what to do next', async () => {
    modems.push(
      {
        imei: null,
        port: '/dev/ttyUSB7',
        usbPath: null,
        sharedImei: false,
        name: 'hall',
        manufacturer: null,
        model: null,
        profile: null,
        state: 'absent',
        reason: 'portGone',
        notes: [],
        sentence: 'Nothing is on this port.',
        nextStep: 'Plug the modem in.',
        sim: null,
      },
      {
        imei: '867648012345678',
        port: '/dev/ttyUSB0',
        usbPath: '1-1.4',
        sharedImei: false,
        name: null,
        manufacturer: 'huawei',
        model: 'E3372',
        profile: 'huawei-e3372h',
        state: 'ready',
        reason: 'ready',
        notes: [],
        sentence: 'Registered with Kyivstar.',
        nextStep: null,
        sim: ICCID,
      },
    );
    const { data } = (await rig.call('GET', '/v1/modems')).json();
    expect(data.map((m: { port: string }) => m.port)).toEqual(['/dev/ttyUSB0', '/dev/ttyUSB7']);
    expect(data[1]).toEqual(modems[0]);
  });
});

describe('POST /v1/segments/preview', () => {
  const preview = async (text: string, transliterate?: boolean) =>
    (await rig.call('POST', '/v1/segments/preview', { body: { text, ...(transliterate === undefined ? {} : { transliterate }) } })).json();

  it('says alphabet, units, segments and room as TS 23.038 and 23.040 count them', async () => {
    expect(await preview('x'.repeat(160))).toMatchObject({ encoding: 'gsm7', units: 160, segmentCount: 1, unitsPerSegment: 160, room: 0 });
    expect(await preview('x'.repeat(161))).toMatchObject({
      encoding: 'gsm7',
      units: 161,
      segmentCount: 2,
      unitsPerSegment: 153,
      room: 145,
    });
    expect(await preview('€')).toMatchObject({ encoding: 'gsm7', units: 2, room: 158, forcedBy: [] });
    expect(await preview('я'.repeat(70))).toMatchObject({ encoding: 'ucs2', units: 70, segmentCount: 1, unitsPerSegment: 70, room: 0 });
    expect(await preview('я'.repeat(71))).toMatchObject({ encoding: 'ucs2', segmentCount: 2, unitsPerSegment: 67, room: 63 });
    expect((await preview('я'.repeat(71))).segments.map((s: { units: number }) => s.units)).toEqual([67, 4]);
  });

  it('names the characters that forced UCS2, and what would avoid them', async () => {
    const plan = await preview('See you – 14:30…');
    expect(plan).toMatchObject({ encoding: 'ucs2', forcedBy: ['–', '…'] });
    expect(plan.suggestions).toContainEqual({ character: '–', replacement: '-' });
    const latin = await preview('Ваш візит о 14:30', true);
    expect(latin).toMatchObject({ encoding: 'gsm7', forcedBy: [], suggestions: [] });
    expect(latin.text).toMatch(/^[\x20-\x7e]+$/);
  });

  it('plans what POST /v1/messages would send', async () => {
    for (const text of ['Ваш візит 24.11 о 14:30', 'x'.repeat(320), '👍'.repeat(40), 'àéî€{}', 'ы'.repeat(200)]) {
      const plan = await preview(text);
      const dry = (await rig.call('POST', '/v1/messages', { body: { to: '+380501234567', text, dryRun: true } })).json();
      expect({ encoding: dry.encoding, segmentCount: dry.segmentCount }).toEqual({
        encoding: plan.encoding,
        segmentCount: plan.segmentCount,
      });
      expect(plan.segments.map((s: { text: string }) => s.text).join('')).toBe(text);
    }
  });

  it('says whether a message may have so many segments as POST /v1/messages takes them', async () => {
    const longest = 'я'.repeat(670);
    for (const [text, tooLong] of [
      [longest, false],
      [`${longest}я`, true],
      ['x'.repeat(10 * 153), false],
      ['x'.repeat(10 * 153 + 1), true],
    ] as const) {
      expect(await preview(text)).toMatchObject({ maxSegments: 10, tooLong });
      const sent = await rig.call('POST', '/v1/messages', { body: { to: '+380501234567', text, dryRun: true } });
      expect(sent.json()).toMatchObject(tooLong ? { status: 422, code: 'textTooLong' } : { segmentCount: 10 });
    }
    // Nothing is planned there that is longer than any segments are, though transliteration would drop most of it.
    const dropped = `x${'\u0301'.repeat(6400)}`;
    expect(await preview(dropped, true)).toMatchObject({ segmentCount: 1, tooLong: true });
    const sent = await rig.call('POST', '/v1/messages', { body: { to: '+380501234567', text: dropped, transliterate: true } });
    expect(sent.json()).toMatchObject({ status: 422, code: 'textTooLong' });
  });

  it('refuses what no message can be', async () => {
    const ask = (body: unknown) => rig.call('POST', '/v1/segments/preview', { body });
    expect((await ask({ text: 'x'.repeat(255 * 153 + 1) })).json()).toMatchObject({ status: 422, code: 'textTooLong' });
    expect((await ask('{"text":"\\ud83d"}')).json()).toMatchObject({ status: 422, code: 'textInvalid', errors: [{ pointer: '/text' }] });
    expect((await ask({ text: 'x', txt: 'y' })).json()).toMatchObject({ status: 400, errors: [{ pointer: '/txt' }] });
    expect((await ask({ text: 'x', to: 'y' })).json()).toMatchObject({ status: 422, errors: [{ pointer: '/to' }] });
    for (const text of ['', ' \n']) {
      expect((await ask({ text })).json()).toMatchObject({ status: 422, code: 'textInvalid', errors: [{ pointer: '/text' }] });
    }
  });
});

describe('health', () => {
  it('is live whatever happens, and ready when there is no reason not to be', async () => {
    expect((await rig.call('GET', '/healthz', { key: null })).json()).toEqual({ status: 'ok' });
    expect((await rig.call('GET', '/readyz', { key: null })).json()).toEqual({ status: 'ready', reasons: [] });
    readiness = { ready: false, reasons: ['No SIM is ready.', 'The modem on /dev/ttyUSB7 is absent.'] };
    const notReady = await rig.call('GET', '/readyz', { key: null });
    expect(notReady.json()).toMatchObject({ status: 503, code: 'unavailable', reasons: readiness.reasons });
    expect(notReady.headers['retry-after']).toBe('5');
    expect((await rig.call('GET', '/healthz', { key: null })).statusCode).toBe(200);
  });
});
