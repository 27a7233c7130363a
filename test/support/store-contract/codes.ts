import { expect, it } from 'vitest';
import type { CodeTrial, NewCode, StoredCode } from '../../../src/store/records/code.ts';
import { newMessage } from '../store-samples.ts';
import type { Rig } from './rig.ts';

const MAC = 'ab'.repeat(32);

export function codes(rig: Rig): void {
  const send = async (id: string, over: Partial<NewCode> = {}): Promise<string> => {
    const message = newMessage(rig.now, { purpose: 'otp' });
    const { keyId, to } = { keyId: message.keyId, to: message.to, ...over };
    const times = { createdAt: rig.now, expiresAt: rig.now + 300_000, bootId: 'b', endsAt: 300_000.5 };
    await rig.store.accept([message], undefined, { id, messageId: message.id, mac: MAC, triesLeft: 5, ...times, ...over, keyId, to });
    return message.id;
  };
  const { keyId, to } = newMessage(0);

  /** One try; gives what was judged. */
  const attempt = async (id: string, trial: CodeTrial, key = keyId): Promise<StoredCode | undefined> => {
    let judged: StoredCode | undefined;
    const told = await rig.store.tryCode(id, key, rig.now, (code) => {
      judged = code;
      return trial;
    });
    expect(told).toEqual(judged && trial);
    return judged;
  };
  const wrong = (triesLeft: number): CodeTrial => ({ outcome: 'wrong', triesLeft });

  it('keep what was told of them, for the key that sent them alone', async () => {
    await send('otp_1');
    await rig.reopen();
    expect(await attempt('otp_1', wrong(4), 'key_other')).toBeUndefined();
    expect(await attempt('otp_2', wrong(4))).toBeUndefined();
    expect(await attempt('otp_1', wrong(4))).toMatchObject({ state: 'open', mac: MAC, triesLeft: 5, bootId: 'b', endsAt: 300_000.5 });
    await rig.reopen();
    expect(await attempt('otp_1', { outcome: 'expired', triesLeft: 0 })).toMatchObject({ state: 'open', triesLeft: 4 });
  });

  it('keep no digest once they are used, superseded, or without tries', async () => {
    await send('otp_1');
    await attempt('otp_1', { outcome: 'right', triesLeft: 0 });
    expect(await attempt('otp_1', { outcome: 'used', triesLeft: 0 })).toMatchObject({ state: 'used', mac: null });
    await send('otp_2', { triesLeft: 1 });
    await attempt('otp_2', wrong(0));
    expect(await attempt('otp_2', wrong(0))).toMatchObject({ state: 'open', mac: null, triesLeft: 0 });
    const first = await send('otp_3');
    await send('otp_4');
    expect(await attempt('otp_3', wrong(0))).toMatchObject({ state: 'superseded', mac: null });
    expect(await rig.store.message(first)).toMatchObject({ status: 'cancelled', reason: 'superseded' });
  });

  it('count wrong tries by key and number, since then', async () => {
    await send('otp_1');
    await attempt('otp_1', wrong(4));
    await attempt('otp_1', wrong(3));
    await send('otp_2');
    await attempt('otp_2', wrong(4));
    await send('otp_3', { to: '+380509999999' });
    await attempt('otp_3', wrong(4));
    expect(await rig.store.wrongTries(keyId, to, rig.now - 1)).toBe(3);
    expect(await rig.store.wrongTries(keyId, to, rig.now)).toBe(0);
    expect(await rig.store.wrongTries('key_other', to, rig.now - 1)).toBe(0);
  });

  it('are gone after a day', async () => {
    await send('otp_1');
    await rig.clock.advance(86_400_000 - 1);
    await rig.store.purge(rig.now);
    expect(await attempt('otp_1', wrong(4))).toBeDefined();
    await rig.clock.advance(1);
    await rig.store.purge(rig.now);
    expect(await attempt('otp_1', wrong(3))).toBeUndefined();
  });
}
