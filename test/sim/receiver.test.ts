import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import { StatusReports } from '../../src/dispatch/status-reports.ts';
import { Receiver } from '../../src/inbound/receiver.ts';
import { type DeliverSegment, encodeDeliver } from '../../src/pdu/deliver.ts';
import { encodeStatusReport } from '../../src/pdu/status-report.ts';
import { encodeSubmit } from '../../src/pdu/submit.ts';
import type { StoredEvent } from '../../src/store/records/event.ts';
import type { InboundView } from '../../src/store/records/inbound.ts';
import type { Store } from '../../src/store/store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openStore } from '../support/open-store.ts';
import mms from '../vectors/mms-push.json' with { type: 'json' };

const OLENA = '+380501234567';
const MINUTE = 60_000;
const DAY = 86_400_000;

let folder: string;
let clock: FakeClock;
let store: Store;
let receiver: Receiver;
let logged: string[];
const log = createLog('info', { write: (line) => logged.push(line) });

async function open(): Promise<void> {
  const random = seededRandom(clock.now());
  store = await openStore({
    path: folder,
    clock,
    random,
  });
  const reports = new StatusReports(store, log, 'UA');
  receiver = new Receiver({
    store,
    clock,
    random,
    log: log,
    country: 'UA',
    onReply: () => {},
    onText: () => {},
    onReport: async (iccid, report, pdu, at) => {
      await reports.take(iccid, report, pdu, at);
    },
  });
  await receiver.start();
}

async function restart(): Promise<void> {
  receiver.stop();
  await store.close();
  await open();
}

beforeEach(async () => {
  logged = [];
  folder = mkdtempSync(join(tmpdir(), 'simpost-receiver-'));
  clock = new FakeClock();
  await open();
});

afterEach(async () => {
  receiver.stop();
  await store.close();
  rmSync(folder, { recursive: true });
});

const take = (pdu: string, iccid = 'sim-a'): Promise<void> => receiver.receive({ iccid, imei: '490154203237518', pdu });

const pduOf = (segment: Partial<DeliverSegment> & { text: string }): string =>
  encodeDeliver({ from: OLENA, alphabet: 'ucs2', timestamp: { epochMs: clock.now(), offsetMinutes: 120 }, ...segment }).pdu;

const inbox = async (): Promise<InboundView[]> => (await store.inbounds({}, { limit: 500, cursor: null })).data;
const told = async (): Promise<StoredEvent[]> => (await store.events(0, 1000)).filter((e) => e.type === 'inbound.received');

describe('what modems receive', () => {
  it('is readable as soon as it was taken, with the time of the SMSC in its own zone', async () => {
    await take(pduOf({ text: 'ПЕРЕНОС' }));
    const time = new Date(clock.now() + 2 * 3_600_000).toISOString().slice(0, 19);
    expect(await inbox()).toMatchObject([
      { from: OLENA, text: 'ПЕРЕНОС', complete: true, revision: 1, sim: 'sim-a', smscTime: `${time}+02:00`, total: 1 },
    ]);
  });

  it.each([
    ['a name', 'Kyivstar', 'Kyivstar'],
    ['a short code', '5433', '5433'],
    ['a national number', '0501234567', OLENA],
  ])('comes from %s', async (_what, from, shown) => {
    await take(pduOf({ text: 'x', from }));
    expect((await inbox())[0]?.from).toBe(shown);
  });

  it('is put together from segments in any order, and shown once it is whole', async () => {
    const concat = (n: number) => ({ ref: 7, bits: 8 as const, total: 3, n });
    await take(pduOf({ text: 'третя', concat: concat(3) }));
    await take(pduOf({ text: 'перша, ', concat: concat(1) }));
    expect(await inbox()).toEqual([]);
    await take(pduOf({ text: 'друга, ', concat: concat(2) }));
    expect(await inbox()).toMatchObject([{ text: 'перша, друга, третя', complete: true, revision: 1, total: 3 }]);
    expect(await told()).toHaveLength(1);
  });

  it('keeps an emoji whole that the sender’s phone cut in half between two segments', async () => {
    const [high, low] = ['\ud83d', '\ude0a'];
    // Our encoder refuses half a character, so the TP-DCS of 8-bit data (4) is made UCS2 (8) afterwards.
    const half = (text: string, n: number): string => {
      const data = Buffer.from(text, 'utf16le').swap16().toString('hex');
      const pdu = pduOf({ text: '', alphabet: '8bit', data, concat: { ref: 9, bits: 8, total: 2, n } });
      return pdu.replace(/(0C91[0-9A-F]{12}00)04/, '$108');
    };
    await take(half(`до завтра ${high}`, 1));
    await take(half(`${low}!`, 2));
    expect((await inbox())[0]?.text).toBe('до завтра 😊!');
  });

  it('keeps the segments of interleaved senders, references and SIMs apart', async () => {
    const halves = (from: string, ref: number, name: string): [string, string] => [
      pduOf({ from, text: `${name}1`, concat: { ref, bits: 8, total: 2, n: 1 } }),
      pduOf({ from, text: `${name}2`, concat: { ref, bits: 8, total: 2, n: 2 } }),
    ];
    const a = halves(OLENA, 1, 'a');
    const b = halves('+380671112233', 1, 'b');
    const c = halves(OLENA, 2, 'c');
    await Promise.all([take(a[0]), take(b[1]), take(c[0]), take(b[0]), take(a[1], 'sim-b'), take(c[1])]);
    await take(a[1]);
    expect((await inbox()).map((i) => i.text).sort()).toEqual(['a1a2', 'b1b2', 'c1c2']);
  });

  it('I03: keeps 500 equal texts of one sender, a second apart, as 500', async () => {
    for (let i = 0; i < 500; i += 1) {
      await take(pduOf({ text: 'alarm' }));
      clock.step(1000);
    }
    expect(await inbox()).toHaveLength(500);
  });

  it('I04: recognises what the network delivers again, counts it, and tells of it once', async () => {
    const pdu = pduOf({ text: 'ТАК' });
    await take(pdu);
    clock.step(3_600_000);
    await take(pdu);
    await restart();
    await take(pdu);
    expect(await inbox()).toMatchObject([{ text: 'ТАК', duplicates: 2 }]);
    expect(await told()).toHaveLength(1);
  });

  it('I06: shows what is still incomplete after ten minutes, and the whole three days later under the same id', async () => {
    const first = pduOf({ text: 'перша ', concat: { ref: 3, bits: 16, total: 2, n: 1 } });
    const second = pduOf({ text: 'друга', concat: { ref: 3, bits: 16, total: 2, n: 2 } });
    await take(first);
    await clock.advance(10 * MINUTE - 1000);
    expect(await inbox()).toEqual([]);
    await clock.advance(5000);
    const [partial] = await inbox();
    expect(partial).toMatchObject({ text: null, complete: false, revision: 1, segments: [{ n: 1, text: 'перша ' }] });
    await restart();
    await clock.advance(3 * DAY);
    await take(second);
    expect(await inbox()).toMatchObject([{ id: partial?.id, text: 'перша друга', complete: true, revision: 2 }]);
    expect((await told()).map((e) => [e.inbound?.complete, e.inbound?.revision])).toEqual([
      [false, 1],
      [true, 2],
    ]);
  });

  it('I05: after a week joins nothing any more, whatever its time stamp says: the reference may be somebody else’s', async () => {
    const [first = '', second = ''] = [1, 2].map((n) => pduOf({ text: `${n}`, concat: { ref: 3, bits: 8, total: 2, n } }));
    await take(first);
    await clock.advance(7 * DAY);
    await take(second);
    await clock.advance(11 * MINUTE);
    expect((await inbox()).map(({ complete, segments }) => [complete, segments.length])).toEqual([
      [false, 1],
      [false, 1],
    ]);
  });

  it('I06: also when the daemon was off as the ten minutes ended', async () => {
    await take(pduOf({ text: 'перша ', concat: { ref: 3, bits: 8, total: 2, n: 1 } }));
    receiver.stop();
    await clock.advance(DAY);
    await restart();
    expect(await inbox()).toMatchObject([{ complete: false }]);
  });

  it('I05: takes an impossible concatenation as a message of its own', async () => {
    for (const [total, n] of [
      [0, 1],
      [2, 0],
      [2, 3],
    ] as const) {
      const good = pduOf({ text: `${total}/${n}`, concat: { ref: 5, bits: 8, total: 2, n: 1 } });
      await take(good.replace('0500030502 01'.replace(' ', ''), `05000305${hex(total)}${hex(n)}`));
    }
    expect((await inbox()).map((i) => i.text).sort()).toEqual(['0/1', '2/0', '2/3']);
  });

  it.each([
    ['cut off', (pdu: string) => pdu.slice(0, 40)],
    ['not hexadecimal', () => '07919ZZZ'],
    ['empty', () => ''],
    ['8-bit data for a program', () => pduOf({ text: '', alphabet: '8bit', data: 'DEADBEEF' })],
    ['a compressed text', () => pduOf({ text: '', alphabet: '8bit', data: 'DEADBEEF' }).replace(/0004(.{14}04DEADBEEF)$/, '0020$1')],
    ['a stored outgoing message', () => encodeSubmit({ to: OLENA, text: 'x', alphabet: 'gsm7' }).pdu],
  ])('keeps raw and shows what cannot be read: %s', async (_what, spoil) => {
    const pdu = spoil(pduOf({ text: 'ПЕРЕНОС' }));
    await take(pdu);
    await take(pdu);
    const [shown, ...rest] = await inbox();
    expect(rest).toEqual([]);
    expect(shown?.problem).toMatch(/\.$/);
    expect(shown?.segments[0]?.pdu).toBe(pdu);
  });

  it('says of a message that the modem lists and does not show that this is so, not that its octets are wrong', async () => {
    await take('');
    expect((await inbox())[0]?.problem).toBe('The modem lists a message and does not show it.');
  });

  describe('a notification of an MMS', () => {
    const [{ pdus, from, size } = { pdus: [], from: '', size: 0 }] = mms.notifications;
    const [first = '', second = ''] = pdus;

    it.each([
      ['in order', [first, second]],
      ['the last segment first', [second, first]],
      ['with a segment that comes twice', [first, first, second, second]],
    ])('is shown as such once it is whole, %s', async (_, order) => {
      for (const pdu of order) await take(pdu);
      expect(await inbox()).toMatchObject([{ text: null, complete: true, problem: null, revision: 1, total: 2, mms: { from, size } }]);
      expect((await told()).map((e) => e.inbound?.mms)).toEqual([{ from, size }]);
    });

    it('of one segment is shown at once, its sender in E.164', async () => {
      const data = '2506 01BE 8C82 8916 80 303530313233343536372F545950453D504C4D4E00 8E027400'.replaceAll(' ', '');
      const ports = { id: 5, data: '0B8423F0' };
      await take(pduOf({ text: '', alphabet: '8bit', data, extraElements: [ports] }));
      expect(await inbox()).toMatchObject([{ text: null, complete: true, problem: null, mms: { from: OLENA, size: 0x7400 } }]);
    });

    it('half of which never comes is shown as what it is after a while, and as an MMS when it comes after all', async () => {
      await take(second);
      await clock.advance(11 * MINUTE);
      expect(await inbox()).toMatchObject([{ text: null, complete: false, mms: null }]);
      await take(first);
      expect(await inbox()).toMatchObject([{ complete: true, revision: 2, mms: { from, size } }]);
      // What was told first is told in the same words again.
      expect((await told()).map((e) => e.inbound?.mms)).toEqual([null, { from, size }]);
    });

    it('another push of several segments is 8-bit data for a program, shown once', async () => {
      const part = (n: number, data: string): string =>
        pduOf({ text: '', alphabet: '8bit', data, concat: { ref: 9, bits: 8, total: 2, n }, extraElements: [{ id: 5, data: '0B8423F0' }] });
      await take(part(1, '250603AE81EA'));
      expect(await inbox()).toEqual([]);
      await take(part(2, '01056A00'));
      expect(await inbox()).toMatchObject([
        { text: null, complete: false, mms: null, problem: 'It is 8-bit data for a program, not a text.' },
      ]);
      expect(await told()).toHaveLength(1);
    });
  });

  describe('what is for the phone and not for a person', () => {
    const SILENT = 0x40;
    const VOICEMAIL_WAITS = 0xc8;
    const NO_MORE_VOICEMAIL_STORED = 0xd0;

    it.each<[string, Partial<DeliverSegment> & { text: string }]>([
      ['a silent message', { text: '', pid: SILENT }],
      ['a silent message with a text', { text: 'hidden words', alphabet: 'gsm7', pid: SILENT }],
      ['a silent message that has segments', { text: 'half', alphabet: 'gsm7', pid: SILENT, concat: { ref: 1, bits: 8, total: 2, n: 1 } }],
      ['the sign of voicemail', { text: '', alphabet: 'gsm7', dcs: VOICEMAIL_WAITS }],
      ['the end of the sign of voicemail', { text: '', alphabet: 'gsm7', dcs: NO_MORE_VOICEMAIL_STORED }],
    ])('%s is acknowledged, kept and in the log, and is nobody’s message', async (_what, segment) => {
      const pdu = pduOf(segment);
      await take(pdu);
      await take(pdu);
      await clock.advance(11 * MINUTE);
      await restart();
      expect(await inbox()).toEqual([]);
      expect(await told()).toEqual([]);
      expect((await store.sims())[0]?.counters.received ?? 0).toBe(0);
      expect(await store.findReceived('sim-a', pdu, 0)).toMatchObject({ inboundId: null });
      const lines = logged.filter((line) => line.includes('for the phone itself'));
      expect(lines).toHaveLength(1);
      expect(lines[0]).not.toContain(OLENA);
      expect(lines[0]).not.toContain(segment.text || OLENA);
    });

    it('a sign of voicemail with words is shown: they say what waits, and here is no sign to see', async () => {
      await take(pduOf({ text: '1 new voice message', alphabet: 'gsm7', dcs: VOICEMAIL_WAITS, from: '5433' }));
      expect(await inbox()).toMatchObject([{ from: '5433', text: '1 new voice message' }]);
    });

    it('an empty text of a client is shown as it is', async () => {
      await take(pduOf({ text: '' }));
      expect(await inbox()).toMatchObject([{ from: OLENA, text: '', complete: true }]);
    });
  });

  it('keeps a report without its message raw, shows it nowhere, and does not stumble', async () => {
    const time = { epochMs: clock.now(), offsetMinutes: 120 };
    const { pdu } = encodeStatusReport({ mr: 200, recipient: OLENA, smscTime: time, dischargeTime: time, status: 0 });
    await take(pdu);
    expect(await inbox()).toEqual([]);
    expect(await store.unmatchedReports('sim-a', 200, 0)).toMatchObject([{ pdu, meaning: 'delivered' }]);
  });
});

function hex(octet: number): string {
  return octet.toString(16).padStart(2, '0').toUpperCase();
}
