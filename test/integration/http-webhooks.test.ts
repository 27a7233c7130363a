import { readdirSync, readFileSync } from 'node:fs';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import { rfc3339 } from '../../src/base/clock.ts';
import { type ApiRig, apiRig, type WebhookWorld } from '../support/api-rig.ts';
import { newMessage } from '../support/store-samples.ts';
import { type ReceivedCall, WebhookReceiver } from '../support/webhook-receiver.ts';

let rig: ApiRig;
const receivers: WebhookReceiver[] = [];
afterEach(async () => {
  await rig.close();
  await Promise.all(receivers.splice(0).map((one) => one.close()));
});

async function receiver(): Promise<WebhookReceiver> {
  const one = await WebhookReceiver.start();
  receivers.push(one);
  return one;
}

async function start(webhookWorld: WebhookWorld = { allow: ['127.0.0.1'] }): Promise<void> {
  rig = await apiRig({ webhookWorld });
}

const happen = (): Promise<unknown> => rig.store.accept([newMessage(rig.clock.now())]);

const add = async (one: { url: string }, ...events: string[]): Promise<{ id: string; secret: string }> => {
  const answer = await rig.call('POST', '/v1/webhooks', { body: { url: one.url, ...(events.length > 0 ? { events } : {}) } });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
};

const deliveries = async (
  id: string,
  query = '',
): Promise<{ delivery: number; state: string; tries: number; error: string | null; reason: string | null; about: string }[]> =>
  (await rig.call('GET', `/v1/webhooks/${id}/deliveries${query}`)).json().data;

async function until<T>(look: () => Promise<T>, right: (seen: T) => boolean): Promise<T> {
  for (;;) {
    const seen = await look();
    if (right(seen)) return seen;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A receiver's own watch goes with that of the rig. */
const verify = (secret: string, call: ReceivedCall): string => {
  const signed = new Webhook(secret).sign(call.id, new Date(Number(call.timestamp) * 1000), call.body);
  return call.signature.split(' ').includes(signed) ? 'ours' : 'not ours';
};

describe('webhooks by API', () => {
  it('are added, called at once, signed with the secret that was shown, and gone when they are removed', async () => {
    await start();
    const shop = await receiver();
    const { id, secret } = await add(shop, 'message.*');
    await happen();
    const [call] = await shop.until(1);
    if (!call) throw new Error('no call');
    expect(verify(secret, call)).toBe('ours');
    const [one] = await until(
      () => deliveries(id),
      (seen) => seen[0]?.state === 'delivered',
    );
    expect(one).toMatchObject({
      state: 'delivered',
      status: 204,
      tries: 1,
      error: null,
      about: JSON.parse(call.body).data.id,
      event: call.id,
    });
    const { data } = (await rig.call('GET', '/v1/webhooks')).json();
    expect(data).toEqual([expect.objectContaining({ id, source: 'api', url: shop.url, events: ['message.*'] })]);
    expect(JSON.stringify(data)).not.toContain('whsec_');
    expect((await rig.call('DELETE', `/v1/webhooks/${id}`)).statusCode).toBe(200);
    await happen();
    expect((await rig.call('DELETE', `/v1/webhooks/${id}`)).statusCode).toBe(404);
    expect((await rig.call('GET', `/v1/webhooks/${id}/deliveries`)).statusCode).toBe(404);
    expect(shop.calls.length).toBe(1);
  });

  it('go on after a restart with the same secret, which no file of the store has', async () => {
    await start();
    const shop = await receiver();
    const { secret } = await add(shop);
    await rig.restart();
    await happen();
    const [call] = await shop.until(1);
    if (!call) throw new Error('no call');
    expect(verify(secret, call)).toBe('ours');
    const stored = readdirSync(rig.path).filter((name) => name.includes('.db'));
    expect(stored.length).toBeGreaterThan(0);
    for (const name of stored) expect(readFileSync(`${rig.path}/${name}`).includes(secret.slice('whsec_'.length))).toBe(false);
  });

  it('X09: have a new secret beside the old one for a day, then alone', async () => {
    await start();
    const shop = await receiver();
    const { id, secret: before } = await add(shop);
    const { secret: now, previousSecretUntil } = (await rig.call('POST', `/v1/webhooks/${id}/secret`)).json();
    expect(now).not.toBe(before);
    expect(previousSecretUntil).toBe('2026-11-23T10:00:00.000Z');
    await happen();
    const [both] = await shop.until(1);
    if (!both) throw new Error('no call');
    expect([verify(before, both), verify(now, both)]).toEqual(['ours', 'ours']);
    await until(
      () => deliveries(id, '?state=delivered'),
      (all) => all.length === 1,
    );
    await rig.clock.advance(86_400_000);
    await happen();
    const alone = (await shop.until(2))[1];
    if (!alone) throw new Error('no call');
    expect([verify(before, alone), verify(now, alone)]).toEqual(['not ours', 'ours']);
    expect((await rig.call('GET', '/v1/webhooks')).json().data[0].previousSecretUntil).toBeNull();
  });

  it.each(['api', 'file'])('are not called any more once they say 410 Gone, until somebody has them called again (%s)', async (source) => {
    const shop = await receiver();
    const configured = [{ url: shop.url, secret: `whsec_${'A'.repeat(32)}`, events: ['*'] }];
    await start({ allow: ['127.0.0.1'], configured: source === 'file' ? configured : [] });
    if (source === 'api') await add(shop);
    const seen = async (): Promise<{ id: string; goneSince: string | null }> => (await rig.call('GET', '/v1/webhooks')).json().data[0];
    const { id } = await seen();
    await happen();
    await until(
      () => deliveries(id, '?state=delivered'),
      (all) => all.length === 1,
    );
    expect((await seen()).goneSince).toBeNull();
    shop.behaviour = () => 410;
    await happen();
    await until(seen, ({ goneSince }) => goneSince === rfc3339(rig.clock.now()));
    shop.behaviour = () => 204;
    await rig.restart();
    await happen();
    const failed = await until(
      () => deliveries(id, '?state=failed'),
      (all) => all.length === 2,
    );
    expect(failed.map(({ error }) => error)).toEqual(['not called: it said that it is gone (HTTP 410)', 'HTTP 410']);
    expect(failed.map(({ reason }) => reason)).toEqual(['uncalled', 'gone']);
    expect(failed.map(({ tries }) => tries)).toEqual([0, 1]);
    expect(shop.calls.length).toBe(2);

    const resent = await rig.call('POST', `/v1/webhooks/${id}/resend`, { body: { failedSince: '2026-11-22T00:00:00Z' } });
    expect(resent.json()).toEqual({ resent: 2 });
    await shop.until(4);
    expect((await seen()).goneSince).toBeNull();
    await happen();
    await shop.until(5);
  });

  it('are called again once they are changed, whatever they said before', async () => {
    await start();
    const shop = await receiver();
    shop.behaviour = () => 410;
    const { id } = await add(shop);
    await happen();
    const seen = async (): Promise<string | null> => (await rig.call('GET', '/v1/webhooks')).json().data[0].goneSince;
    await until(seen, (since) => since !== null);
    shop.behaviour = () => 204;
    expect((await rig.call('PUT', `/v1/webhooks/${id}`, { body: { url: shop.url } })).json().goneSince).toBeNull();
    expect(await seen()).toBeNull();
    await happen();
    await shop.until(2);
  });

  it('X08: are refused with the reason where they lead inside, and nothing is stored', async () => {
    await start({ resolve: () => Promise.resolve([{ address: '192.168.1.5', family: 4 }]) });
    const refused = await rig.call('POST', '/v1/webhooks', { body: { url: 'http://printer.example/x' } });
    expect(refused.statusCode).toBe(422);
    expect(refused.json()).toMatchObject({
      code: 'webhookRefused',
      detail: 'printer.example leads to 192.168.1.5, which is a private network: name it in allow of [webhooks] if it is meant.',
    });
    for (const url of ['nonsense', 'http://10.0.0.1/', 'http://a:b@clinic.example/']) {
      expect((await rig.call('POST', '/v1/webhooks', { body: { url } })).statusCode, url).toBe(422);
    }
    expect((await rig.call('POST', '/v1/webhooks', { body: { url: 'https://clinic.example', events: ['message.lost'] } })).statusCode).toBe(
      400,
    );
    expect((await rig.call('GET', '/v1/webhooks')).json().data).toEqual([]);
  });

  it('X08: whose name leads inside later are not called, and the log of deliveries says so', async () => {
    let address = '93.184.215.14';
    await start({ resolve: () => Promise.resolve([{ address, family: 4 }]) });
    const shop = await receiver();
    const { id } = await add({ url: shop.url.replace('127.0.0.1', 'rebinding.example') });
    address = '127.0.0.1';
    await happen();
    const [one] = await until(
      () => deliveries(id),
      (seen) => (seen[0]?.error ?? null) !== null,
    );
    expect(one).toMatchObject({ state: 'pending', status: null });
    expect(one?.error).toMatch(/^rebinding.example leads to 127.0.0.1, which is this machine/);
    expect(shop.calls.length).toBe(0);
  });

  it('are called again about what was given up: one delivery, or all since a time, under the ids that they had', async () => {
    await start();
    const shop = await receiver();
    shop.behaviour = () => 410;
    const { id } = await add(shop, 'message.*');
    for (let i = 0; i < 3; i += 1) await happen();
    await shop.until(3);
    const failed = await until(
      () => deliveries(id, '?state=failed'),
      (seen) => seen.length === 3,
    );
    expect(await deliveries(id, '?state=delivered')).toEqual([]);
    shop.behaviour = () => 204;
    const resend = (body: object) => rig.call('POST', `/v1/webhooks/${id}/resend`, { body });
    expect((await resend({ deliveries: [failed[0]?.delivery, 999_999] })).json()).toEqual({ resent: 1 });
    await shop.until(4);
    await until(
      () => deliveries(id, '?state=delivered'),
      (seen) => seen.length === 1,
    );
    expect((await resend({ failedSince: '2026-11-22T10:00:01Z' })).json()).toEqual({ resent: 0 });
    expect((await resend({ failedSince: '2026-11-22T10:00:00Z' })).json()).toEqual({ resent: 2 });
    await shop.until(6);
    const ids = shop.calls.map((call) => call.id);
    expect(new Set(ids).size).toBe(3);
    expect(new Set(ids.slice(3)).size).toBe(3);
    for (const body of [{}, { deliveries: [1], failedSince: '2026-11-22T10:00:00Z' }, { failedSince: 'yesterday' }]) {
      expect((await resend(body)).statusCode, JSON.stringify(body)).toBe(400);
    }
  });

  it('D18: one that hangs is changed and removed without delay to the others', async () => {
    await start();
    const [hanging, well] = [await receiver(), await receiver()];
    hanging.behaviour = () => undefined;
    const { id } = await add(hanging);
    await add(well);
    await happen();
    await Promise.all([hanging.until(1), well.until(1)]);
    const better = await receiver();
    const changed = await rig.call('PUT', `/v1/webhooks/${id}`, { body: { url: better.url } });
    expect(changed.json()).toMatchObject({ id, url: better.url });
    // What was due at the old address is called at the new one.
    await better.until(1);
    await happen();
    await Promise.all([better.until(2), well.until(2)]);
    expect(hanging.calls.length).toBe(1);
  });

  it('of the configuration are listed, and changed there alone', async () => {
    const shop = await receiver();
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    const previousSecret = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
    await start({ configured: [{ url: shop.url, secret, previousSecret, events: ['*'] }] });
    const [one] = (await rig.call('GET', '/v1/webhooks')).json().data;
    expect(one).toMatchObject({ source: 'file', url: shop.url, createdAt: null });
    await happen();
    const [call] = await shop.until(1);
    if (!call) throw new Error('no call');
    expect([verify(secret, call), verify(previousSecret, call)]).toEqual(['ours', 'ours']);
    await until(
      () => deliveries(one.id),
      (seen) => seen[0]?.state === 'delivered',
    );
    for (const [method, path, body] of [
      ['PUT', '', { events: ['*'] }],
      ['DELETE', '', undefined],
      ['POST', '/secret', undefined],
    ] as const) {
      const answer = await rig.call(method, `/v1/webhooks/${one.id}${path}`, body === undefined ? {} : { body });
      expect(answer.json().code).toBe('webhookConfigured');
    }
  });

  it('are for administrators', async () => {
    await start();
    const key = await rig.makeKey('send', 'read:all', 'operate');
    expect((await rig.call('GET', '/v1/webhooks', { key })).statusCode).toBe(403);
    expect((await rig.call('POST', '/v1/webhooks', { key, body: { url: 'https://clinic.example' } })).statusCode).toBe(403);
  });
});
