import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../src/dispatch/sender.ts';
import { type QueueRig, queueRig } from '../support/queue-rig.ts';
import { statusReport } from '../support/status-reports.ts';

const lost: SendOutcome = { kind: 'unknown', cause: 'EV-TIMEOUT', late: Promise.resolve(undefined) };
const LONG = 'Шановна Олено Петрівно! Чекаємо на вас завтра о 10:00 за адресою вул. Садова, 3. Щоб перенести візит, відповідайте ПЕРЕНОС.';

let rig: QueueRig;

beforeEach(async () => {
  rig = await queueRig();
});

afterEach(async () => {
  for (const call of rig.sender.calls.splice(0)) call.answer({ kind: 'not-sent', cause: 'EV-PORT-GONE-BEFORE' });
  await rig.close();
});

/** A report reaches the queue, as the receiver hands it on. */
async function reported(iccid: string, mr: number, to = '+380501234567'): Promise<void> {
  const { report, pdu } = statusReport(mr, 0, rig.clock.now(), to);
  if (await rig.reports.take(iccid, report, pdu, rig.clock.now())) rig.dispatcher.wake();
  await rig.settle();
}

describe('an uncertain segment and its report', () => {
  it('D07: a report that comes before the answer limit ends the doubt when it begins, and nothing is sent again', async () => {
    rig.sender.predict('sim-a', 41);
    const id = await rig.accept({ purpose: 'otp' });
    const call = rig.sender.take();
    await reported(call.iccid, 41);
    await rig.clock.advance(130_000);
    call.answer(lost);
    await rig.clock.advance(120_000);
    expect(await rig.view(id)).toMatchObject({ status: 'delivered', possibleDuplicate: false, segments: [{ mr: 41 }] });
    expect(rig.sender.all).toHaveLength(1);
  });

  it('the rest of a long message goes on at once when such a report ends the doubt', async () => {
    rig.sender.predict('sim-a', 41);
    const id = await rig.accept({ text: LONG });
    const call = rig.sender.take();
    await reported(call.iccid, 41);
    call.answer(lost);
    await rig.settle();
    expect(rig.sender.take().segment.concat?.n).toBe(2);
    expect((await rig.view(id)).segments.map((s) => s.state)).toEqual(['delivered', 'sending']);
  });

  it('D07: where no TP-MR is known, SIM, recipient and time name the one segment in doubt', async () => {
    const id = await rig.accept({ purpose: 'promotional' });
    const call = rig.sender.take();
    call.answer(lost);
    await rig.settle();
    await reported(call.iccid, 200);
    expect(await rig.view(id)).toMatchObject({ status: 'delivered', segments: [{ mr: 200 }] });
  });

  it('D07: two in doubt to one recipient are not told apart by guessing', async () => {
    const ids: string[] = [];
    for (const text of ['one', 'two']) {
      ids.push(await rig.accept({ purpose: 'promotional', sim: 'sim-a', text }));
      rig.sender.take().answer(lost);
      await rig.settle();
    }
    await reported('sim-a', 200);
    expect(await Promise.all(ids.map(async (id) => (await rig.view(id)).status))).toEqual(['uncertain', 'uncertain']);
  });

  it('D07: a report that came before the process died settles what the next start finds uncertain', async () => {
    rig.sender.predict('sim-a', 7);
    const id = await rig.accept({});
    const call = rig.sender.take();
    await reported(call.iccid, 7);
    await rig.restart();
    expect((await rig.view(id)).status).toBe('delivered');
  });

  it('a code in doubt goes again by the SIM that is idle, not by the one that hangs', async () => {
    const id = await rig.accept({ purpose: 'otp' });
    const first = rig.sender.take();
    first.answer(lost);
    // It seems ready, and would hang again.
    await rig.clock.advance(31_000);
    const second = rig.sender.take();
    expect(second.iccid).not.toBe(first.iccid);
    second.answer({ kind: 'ok', mr: 1 });
    await rig.settle();
    expect(await rig.view(id)).toMatchObject({ status: 'sent', possibleDuplicate: true });
  });

  it('a long message in doubt never changes its SIM', async () => {
    await rig.accept({ purpose: 'otp', text: LONG });
    const first = rig.sender.take();
    first.answer(lost);
    rig.sender.setReady(first.iccid, false);
    await rig.clock.advance(200_000);
    expect(rig.sender.calls).toHaveLength(0);
  });

  it('a person who says resend has the copy sent at once', async () => {
    const id = await rig.accept({ purpose: 'promotional' });
    rig.sender.take().answer(lost);
    await rig.settle();
    expect(await rig.acceptance.resolve(id, 'resend')).toEqual({ kind: 'resolved' });
    await rig.settle();
    rig.sender.take().answer({ kind: 'ok', mr: 3 });
    await rig.settle();
    expect(await rig.view(id)).toMatchObject({ status: 'sent', possibleDuplicate: true });
  });
});
