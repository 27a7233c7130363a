import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inspectStore } from '../../src/store/inspect.ts';
import { type ApiRig, apiRig } from '../support/api-rig.ts';
import { liveSite } from '../support/live-site.ts';

let rig: ApiRig;

beforeEach(async () => {
  rig = await apiRig();
});
afterEach(() => rig.close());

describe('/v1/backups', () => {
  it('makes one, whole when it answers, and lists it', async () => {
    expect((await rig.call('GET', '/v1/backups')).json()).toMatchObject({ every: 0, keep: 3, problem: null, data: [] });
    await rig.call('POST', '/v1/messages', { body: { to: '+380501234567', text: 'Ваше авто готове' } });
    const made = await rig.call('POST', '/v1/backups');
    expect(made.statusCode).toBe(201);
    const { directory, data } = (await rig.call('GET', '/v1/backups')).json();
    expect(data).toEqual([made.json()]);
    expect(await inspectStore(`${directory}/${made.json().name}`)).toMatchObject({ messages: 1 });
  });

  it('keeps the newest, however often it is asked', async () => {
    for (let i = 0; i < 5; i += 1) {
      expect((await rig.call('POST', '/v1/backups')).statusCode).toBe(201);
      await rig.clock.advance(1000);
    }
    const { data } = (await rig.call('GET', '/v1/backups')).json();
    const seconds = (backups: readonly { madeAt: string }[]): string[] => backups.map(({ madeAt }) => madeAt.slice(17, 19));
    expect(seconds(data)).toEqual(['04', '03', '02']);
    const first = (await rig.call('GET', '/v1/backups?limit=2')).json();
    const second = (await rig.call('GET', `/v1/backups?limit=2&cursor=${first.nextCursor}`)).json();
    expect([seconds(first.data), seconds(second.data), second.nextCursor]).toEqual([['04', '03'], ['02'], null]);
  });

  it('makes one of two that are asked for at once', async () => {
    const both = await Promise.all([rig.call('POST', '/v1/backups'), rig.call('POST', '/v1/backups')]);
    expect(both.map((r) => r.statusCode)).toEqual([201, 201]);
    expect(both[0].json()).toEqual(both[1].json());
  });

  it('says why one could not be made, until one could', async () => {
    const { directory } = (await rig.call('GET', '/v1/backups')).json();
    writeFileSync(directory, 'in its way');
    const failed = await rig.call('POST', '/v1/backups');
    expect([failed.statusCode, failed.json().code]).toEqual([503, 'backupFailed']);
    rmSync(directory);
    expect((await rig.call('GET', '/v1/backups')).json()).toMatchObject({ problem: failed.json().detail, reason: 'directory' });
    await rig.call('POST', '/v1/backups');
    expect((await rig.call('GET', '/v1/backups')).json()).toMatchObject({ problem: null, reason: null });
  });

  it('X15 is made by who may operate, and listed by who may read', async () => {
    const [reader, sender] = [await rig.makeKey('read'), await rig.makeKey('send')];
    expect((await rig.call('GET', '/v1/backups', { key: reader })).statusCode).toBe(200);
    expect((await rig.call('POST', '/v1/backups', { key: reader })).statusCode).toBe(403);
    expect((await rig.call('GET', '/v1/backups', { key: sender })).statusCode).toBe(403);
  });
});

it('S06: /readyz says that there is no backup of late, and why, until there is one', async () => {
  const site = await liveSite({ more: '[backup]\ndirectory = "copies"\n', scopes: 'read,operate' });
  const inTheWay = join(site.folder, 'copies');
  const backUp = async (): Promise<number> =>
    (await fetch(`${site.url}/v1/backups`, { method: 'POST', headers: { authorization: `Bearer ${site.key}` } })).status;
  const readiness = async (): Promise<unknown> => JSON.parse(await (await fetch(`${site.url}/readyz`)).text());
  const noBackup = expect.stringMatching(/copies.* There is no backup of late; GET \/v1\/backups lists those that there are\.$/);
  try {
    writeFileSync(inTheWay, '');
    expect(await backUp()).toBe(503);
    expect(await readiness()).toMatchObject({ status: 'ready', reasons: expect.arrayContaining([noBackup]) });
    rmSync(inTheWay);
    expect(await backUp()).toBe(201);
    expect(await readiness()).toMatchObject({ reasons: expect.not.arrayContaining([noBackup]) });
  } finally {
    await site.stop();
  }
});
