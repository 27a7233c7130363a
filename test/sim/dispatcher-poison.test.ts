import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STORE_FILE } from '../../src/store/database.ts';
import { type QueueRig, queueRig } from '../support/queue-rig.ts';

let rig: QueueRig;

beforeEach(async () => {
  rig = await queueRig();
});

afterEach(() => rig.close());

describe('a message that crashes whoever takes it', () => {
  it('Q07: a row that no claim can take fails at the third crash, and the others wait less than ten seconds', async () => {
    for (const iccid of ['sim-a', 'sim-b']) rig.sender.setReady(iccid, false);
    const poison = await rig.accept({ purpose: 'otp', text: 'poison', validFor: 3600 });
    const db = new Database(join(rig.folder, STORE_FILE));
    // Its text is gone, as after a damage of the file.
    db.prepare('DELETE FROM message_texts WHERE message_seq = (SELECT seq FROM messages WHERE id = ?)').run(poison);
    db.close();
    const others = await rig.acceptMany(Array.from({ length: 20 }, () => ({ text: 'hello' })));
    rig.sender.auto = () => ({ kind: 'ok', mr: rig.sender.nextMr() });
    for (const iccid of ['sim-a', 'sim-b']) rig.sender.setReady(iccid, true);
    rig.dispatcher.wake();
    await rig.clock.advance(10_000);
    expect(await Promise.all(others.map(async (id) => (await rig.view(id)).status))).toEqual(others.map(() => 'sent'));
    const events = (await rig.store.events(0, 100)).filter((e) => e.message?.id === poison);
    expect(events.map((e) => [e.type, e.reason])).toEqual([
      ['message.queued', null],
      ['message.failed', 'deadLetter'],
    ]);
  });

  it('Q07: a message at which the process dies three times is not sent a fourth time', async () => {
    const id = await rig.accept({ purpose: 'urgent', text: 'poison' });
    for (let death = 1; death <= 3; death += 1) {
      expect(rig.sender.all).toHaveLength(death);
      await rig.restart();
      await rig.clock.advance(130_000);
    }
    expect(await rig.view(id)).toMatchObject({ status: 'failed', reason: 'deadLetter', possibleDuplicate: true });
    await rig.clock.advance(3_600_000);
    expect(rig.sender.all).toHaveLength(3);
  });

  it('Q07: power cuts while several segments are on the air blame none of them', async () => {
    const ids = await rig.acceptMany(['one', 'two'].map((text) => ({ purpose: 'urgent', text }) as const));
    rig.dispatcher.wake();
    await rig.settle();
    for (let cut = 1; cut <= 5; cut += 1) {
      expect(rig.sender.all).toHaveLength(2 * cut);
      await rig.restart();
      await rig.clock.advance(130_000);
    }
    for (const call of rig.sender.calls.splice(0)) call.answer({ kind: 'ok', mr: rig.sender.nextMr() });
    await rig.settle();
    expect(await Promise.all(ids.map(async (id) => (await rig.view(id)).status))).toEqual(['sent', 'sent']);
  });

  it('Q07: a message at which the sender throws is given up at the third time too', async () => {
    rig.sender.auto = (_iccid, segment) => {
      if (segment.text === 'poison') throw new Error('a mistake of ours');
      return { kind: 'ok', mr: rig.sender.nextMr() };
    };
    const poison = await rig.accept({ purpose: 'otp', text: 'poison' });
    const other = await rig.accept({ text: 'hello' });
    expect((await rig.view(other)).status).toBe('sent');
    await rig.clock.advance(100_000);
    expect(await rig.view(poison)).toMatchObject({ status: 'failed', reason: 'deadLetter' });
  });
});
