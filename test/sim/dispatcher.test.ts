import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { deferred } from '../../src/base/waits.ts';
import type { SendOutcome } from '../../src/dispatch/sender.ts';
import { StatusReports } from '../../src/dispatch/status-reports.ts';
import type { Store } from '../../src/store/store.ts';
import { type QueueRig, queueRig } from '../support/queue-rig.ts';
import { statusReport } from '../support/status-reports.ts';

const LONG = 'Шановна Олено Петрівно! Чекаємо на вас завтра о 10:00 за адресою вул. Садова, 3. Щоб перенести візит, відповідайте ПЕРЕНОС.';
const never: Promise<number | undefined> = Promise.resolve(undefined);
const lost: SendOutcome = { kind: 'unknown', cause: 'EV-TIMEOUT', late: never };

let rig: QueueRig;

beforeEach(async () => {
  rig = await queueRig();
});

afterEach(async () => {
  rig.sender.auto = () => ({ kind: 'not-sent', cause: 'EV-PORT-GONE-BEFORE' });
  for (const call of rig.sender.calls.splice(0)) call.answer({ kind: 'not-sent', cause: 'EV-PORT-GONE-BEFORE' });
  await rig.close();
});

describe('the dispatcher', () => {
  it('hands a new message to a modem without waiting for any timer', async () => {
    const id = await rig.accept({ text: 'Hi' });
    expect(rig.sender.calls).toHaveLength(1);
    expect(await rig.view(id)).toMatchObject({ status: 'sending', segments: [{ state: 'sending', attempts: [{ outcome: 'pending' }] }] });
    rig.sender.take().answer({ kind: 'ok', mr: 9 });
    await rig.settle();
    expect(await rig.view(id)).toMatchObject({ status: 'sent', segments: [{ state: 'sent', mr: 9 }] });
  });

  it('sends a message that is accepted in the very commit in which a lane found nothing', async () => {
    rig.sender.setReady('sim-b', false);
    for (let round = 0; round < 5; round += 1) {
      // The lane asks, and what is accepted stands behind its question in one commit.
      rig.dispatcher.wake();
      await rig.accept({ text: `Hi ${round}` });
      rig.sender.take().answer({ kind: 'ok', mr: round });
      await rig.settle();
    }
  });

  it('uses the least loaded SIM first', async () => {
    rig.sender.auto = () => ({ kind: 'ok', mr: rig.sender.nextMr() });
    for (let i = 0; i < 6; i += 1) await rig.accept({ to: `+38050123456${i}` });
    const through = (iccid: string): number => rig.sender.all.filter((c) => c.iccid === iccid).length;
    expect([through('sim-a'), through('sim-b')]).toEqual([3, 3]);
  });

  it('keeps a long message on one SIM, in order, under one reference, while another SIM idles', async () => {
    rig.sender.auto = () => ({ kind: 'ok', mr: rig.sender.nextMr() });
    const id = await rig.accept({ text: LONG });
    const sent = rig.sender.all;
    expect(sent.map((c) => c.segment.concat?.n)).toEqual([1, 2]);
    expect(new Set(sent.map((c) => c.iccid)).size).toBe(1);
    expect(new Set(sent.map((c) => c.segment.concat?.ref)).size).toBe(1);
    expect(sent.map((c) => c.segment.text).join('')).toBe(LONG);
    expect((await rig.view(id)).status).toBe('sent');
  });

  it('asks for a status report and gives the time left as validity', async () => {
    await rig.accept({ purpose: 'otp', text: 'Code 1234' });
    expect(rig.sender.take().segment).toMatchObject({ statusReport: true, validity: { relativeSeconds: 300 } });
  });

  it('puts a code before everything that waits, at the next segment', async () => {
    rig.sender.setReady('sim-b', false);
    await rig.accept({ purpose: 'promotional', text: 'first offer' });
    await rig.accept({ purpose: 'promotional', text: 'second offer' });
    await rig.accept({ purpose: 'service', text: 'a visit' });
    await rig.accept({ purpose: 'otp', text: 'a code' });
    const order: string[] = [];
    for (let i = 0; i < 4; i += 1) {
      const call = rig.sender.take();
      order.push(call.segment.text);
      call.answer({ kind: 'ok', mr: i });
      await rig.settle();
    }
    expect(order).toEqual(['first offer', 'a code', 'a visit', 'second offer']);
  });

  it('fails a wrong number at once and goes on with the rest', async () => {
    rig.sender.auto = (_iccid, segment) => (segment.text === 'wrong' ? { kind: 'refused', cause: 'CMS-1' } : { kind: 'ok', mr: 1 });
    const wrong = await rig.accept({ text: 'wrong' });
    const right = await rig.accept({ text: 'right' });
    expect(await rig.view(wrong)).toMatchObject({
      status: 'failed',
      reason: 'refusedByNetwork',
      segments: [{ attempts: [{ outcome: 'refused', cause: 'CMS-1' }] }],
    });
    expect((await rig.view(right)).status).toBe('sent');
  });

  it('tries a congested network again after its schedule, not before', async () => {
    rig.sender.setReady('sim-b', false);
    const id = await rig.accept({});
    rig.sender.take().answer({ kind: 'refused', cause: 'CMS-41' });
    await rig.settle();
    expect(await rig.view(id)).toMatchObject({ status: 'queued', reason: 'CMS-41' });
    await rig.clock.advance(23_000);
    expect(rig.sender.calls).toHaveLength(0);
    await rig.clock.advance(14_000);
    rig.sender.take().answer({ kind: 'ok', mr: 3 });
    await rig.settle();
    expect(await rig.view(id)).toMatchObject({ status: 'sent', possibleDuplicate: false });
  });

  it('M04: hands a message to another SIM at once when the port vanished before Ctrl-Z', async () => {
    const id = await rig.accept({});
    const first = rig.sender.take();
    first.answer({ kind: 'not-sent', cause: 'EV-PORT-GONE-BEFORE' });
    await rig.settle();
    const second = rig.sender.take();
    expect(second.iccid).not.toBe(first.iccid);
    second.answer({ kind: 'ok', mr: 1 });
    await rig.settle();
    expect((await rig.view(id)).segments[0]?.attempts.map((a) => a.outcome)).toEqual(['notSent', 'sent']);
  });

  it('a modem that refuses everything at once does not go through the queue while another works', async () => {
    rig.sender.auto = (iccid) => (iccid === 'sim-a' ? { kind: 'not-sent', cause: 'CMS-304' } : { kind: 'ok', mr: rig.sender.nextMr() });
    const ids: string[] = [];
    for (let i = 0; i < 40; i += 1) ids.push(await rig.accept({ to: `+3805012345${String(i).padStart(2, '0')}` }));
    await rig.clock.advance(2000);
    const statuses = await Promise.all(ids.map(async (id) => (await rig.view(id)).status));
    expect(new Set(statuses)).toEqual(new Set(['sent']));
    expect(rig.sender.all.filter((c) => c.iccid === 'sim-a').length).toBeLessThanOrEqual(3);
  });

  it('D10: never finishes a message from another SIM once a segment of it is out', async () => {
    const id = await rig.accept({ text: LONG });
    const first = rig.sender.take();
    first.answer({ kind: 'ok', mr: 1 });
    await rig.settle();
    rig.sender.take().answer({ kind: 'not-sent', cause: 'EV-PORT-GONE-BEFORE' });
    rig.sender.setReady(first.iccid, false);
    await rig.clock.advance(3_600_000);
    expect(rig.sender.all).toHaveLength(2);
    await rig.clock.advance(86_400_000);
    expect(rig.sender.all.every((c) => c.iccid === first.iccid)).toBe(true);
    expect(await rig.view(id)).toMatchObject({ reason: 'partial' });
  });

  it('D09: does not send again what may have gone out, until the rule of its purpose says so, and flags it then', async () => {
    const id = await rig.accept({ text: 'important' });
    rig.sender.take().answer(lost);
    await rig.clock.advance(899_000);
    expect(await rig.view(id)).toMatchObject({ status: 'uncertain', possibleDuplicate: false });
    expect(rig.sender.all).toHaveLength(1);
    await rig.clock.advance(2_000);
    rig.sender.take().answer({ kind: 'ok', mr: 5 });
    await rig.settle();
    expect(await rig.view(id)).toMatchObject({ status: 'sent', possibleDuplicate: true });
    await rig.clock.advance(3_600_000);
    expect(rig.sender.all).toHaveLength(2);
  });

  it('D09: leaves an uncertain offer to a person', async () => {
    const id = await rig.accept({ purpose: 'promotional' });
    rig.sender.take().answer(lost);
    await rig.clock.advance(20 * 3_600_000);
    expect((await rig.view(id)).status).toBe('uncertain');
    expect(rig.sender.all).toHaveLength(1);
  });

  it('D06: an answer that comes after the limit settles the message as sent, without a second copy', async () => {
    const late = deferred<number | undefined>();
    const id = await rig.accept({});
    rig.sender.take().answer({ kind: 'unknown', cause: 'EV-TIMEOUT', late: late.promise });
    await rig.clock.advance(300_000);
    late.resolve(44);
    await rig.clock.advance(86_400_000);
    expect(await rig.view(id)).toMatchObject({ status: 'sent', possibleDuplicate: false, segments: [{ mr: 44 }] });
    expect(rig.sender.all).toHaveLength(1);
  });

  it('Q05: expires a code that no SIM could send, within its five minutes, and sends it never', async () => {
    for (const sim of ['sim-a', 'sim-b']) rig.sender.setReady(sim, false);
    const id = await rig.accept({ purpose: 'otp' });
    await rig.clock.advance(299_000);
    expect((await rig.view(id)).status).toBe('queued');
    await rig.clock.advance(5_000);
    expect((await rig.view(id)).status).toBe('expired');
    for (const sim of ['sim-a', 'sim-b']) rig.sender.setReady(sim, true);
    rig.dispatcher.wake();
    await rig.clock.advance(86_400_000);
    expect(rig.sender.all).toHaveLength(0);
  });

  it('holds what is scheduled and sends it at its moment', async () => {
    const at = new Date(rig.clock.now() + 3_600_000).toISOString();
    const id = await rig.accept({ sendAt: at });
    expect(await rig.view(id)).toMatchObject({ status: 'held', reason: 'scheduled' });
    await rig.clock.advance(3_599_000);
    expect(rig.sender.all).toHaveLength(0);
    await rig.clock.advance(2_000);
    expect(rig.sender.all).toHaveLength(1);
    expect((await rig.view(id)).status).toBe('sending');
  });

  it('sends from the SIM that was asked for, or waits for it', async () => {
    rig.sender.setReady('sim-b', false);
    await rig.accept({ sim: 'sim-b' });
    expect(rig.sender.calls).toHaveLength(0);
    rig.sender.setReady('sim-b', true);
    rig.dispatcher.wake();
    await rig.settle();
    expect(rig.sender.take().iccid).toBe('sim-b');
  });

  it('takes a delivery report that is quicker than the answer of the modem', async () => {
    const id = await rig.accept({});
    const call = rig.sender.take();
    const { report: early, pdu } = statusReport(77, 0, rig.clock.now());
    await rig.reports.take(call.iccid, early, pdu, rig.clock.now());
    call.answer({ kind: 'ok', mr: 77 });
    await rig.settle();
    expect(await rig.view(id)).toMatchObject({ status: 'delivered', segments: [{ state: 'delivered', mr: 77 }] });
  });

  it('D15: takes a delivery report that comes while the answer is being kept, whichever of the two is on the disk first', async () => {
    const id = await rig.accept({});
    const call = rig.sender.take();
    // The disk is slow: the answer is kept, and the waiting reports are looked through, after the report was held against the attempts.
    const { store } = rig;
    const answered = async (): Promise<void> => {
      call.answer({ kind: 'ok', mr: 77 });
      await rig.settle();
    };
    let looks = 0;
    const slow = {
      ...store,
      async reportCandidates(...asked: Parameters<Store['reportCandidates']>) {
        const found = await store.reportCandidates(...asked);
        looks += 1;
        if (looks === 1) await answered();
        return found;
      },
    };
    const { report, pdu } = statusReport(77, 0, rig.clock.now());
    expect(await new StatusReports(slow, silentLog, 'UA').take(call.iccid, report, pdu, rig.clock.now())).toBe(true);
    expect(await rig.view(id)).toMatchObject({ status: 'delivered', segments: [{ state: 'delivered', mr: 77 }] });
  });

  it('D07: a report settles what is in doubt although the modem counted its TP-MR from elsewhere', async () => {
    rig.sender.predict('sim-a', 4);
    rig.sender.auto = () => ({ kind: 'unknown', cause: 'EV-OK-NO-REF', late: never });
    const id = await rig.accept({ sim: 'sim-a' });
    expect(await rig.view(id)).toMatchObject({ status: 'uncertain' });
    const { report, pdu } = statusReport(201, 0, rig.clock.now());
    await rig.reports.take('sim-a', report, pdu, rig.clock.now());
    expect(await rig.view(id)).toMatchObject({ status: 'delivered', possibleDuplicate: false });
  });

  it('a report that a segment was not delivered says so; one that comes later and says delivered wins (D16)', async () => {
    rig.sender.auto = () => ({ kind: 'ok', mr: 12 });
    const id = await rig.accept({});
    const iccid = rig.sender.all[0]?.iccid ?? '';
    const pending = statusReport(12, 0x20, rig.clock.now());
    await rig.reports.take(iccid, pending.report, pending.pdu, rig.clock.now());
    expect((await rig.view(id)).status).toBe('sent');
    const failed = statusReport(12, 0x46, rig.clock.now());
    await rig.reports.take(iccid, failed.report, failed.pdu, rig.clock.now());
    expect((await rig.view(id)).status).toBe('undelivered');
    const delivered = statusReport(12, 0, rig.clock.now());
    await rig.reports.take(iccid, delivered.report, delivered.pdu, rig.clock.now());
    expect(await rig.view(id)).toMatchObject({ status: 'delivered', reason: 'lateDelivered' });
  });

  it('D04: claims nothing more once it is told to stop, and waits for what is on the air', async () => {
    const first = await rig.accept({});
    await rig.accept({});
    await rig.accept({});
    expect(rig.sender.calls).toHaveLength(2);
    const stopped = rig.dispatcher.stop(140_000);
    for (const call of rig.sender.calls.splice(0)) call.answer({ kind: 'ok', mr: 1 });
    await rig.settle();
    await stopped;
    expect(rig.sender.all).toHaveLength(2);
    expect((await rig.view(first)).status).toBe('sent');
  });
});
