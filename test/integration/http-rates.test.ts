import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { createConnection } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { SIZE_LIMITS } from '../../src/http/parts.ts';
import { type ApiRig, apiRig } from '../support/api-rig.ts';

let rig: ApiRig;
afterEach(() => rig.close());

const limited = (over: Partial<{ requestsPerSecond: number; connections: number; batchesAtOnce: number }>): Promise<ApiRig> =>
  apiRig({ limits: { ...SIZE_LIMITS, requestsPerSecond: 0, connections: 0, batchesAtOnce: 0, ...over } });

describe('the name that a request asks for', () => {
  it('X12: is one of this box, or an address; another one is 421, on every path and without a key', async () => {
    rig = await apiRig({ hosts: ['sms.clinic.example', 'box.local'] });
    const ask = async (host: string, url = '/healthz'): Promise<number> => (await rig.app.inject({ url, headers: { host } })).statusCode;
    for (const ours of [
      'localhost',
      'localhost:8025',
      'LOCALHOST.',
      'sms.clinic.example',
      'box.local:80',
      '127.0.0.1:8025',
      '192.168.1.9',
      '[::1]:8025',
      '[fd00::9]',
    ]) {
      expect(await ask(ours), ours).toBe(200);
    }
    for (const foreign of [
      'evil.example',
      'localhost.evil.example',
      'sms.clinic.example.evil.example',
      '127.0.0.1.evil.example',
      '127.0.0.1@evil.example',
      '[::1].evil',
      '2130706433',
    ]) {
      for (const url of ['/healthz', '/v1/messages', '/nowhere']) expect(await ask(foreign, url), foreign).toBe(421);
    }
    const answer = await rig.call('GET', '/v1/sims', { headers: { host: 'evil.example' } });
    expect(answer.json()).toMatchObject({ status: 421, code: 'hostUnknown', detail: expect.stringContaining('http.hosts') });
  });
});

describe('how much one may ask for', () => {
  it('X18: so many requests a second for each key; what is more is 429, says when to come back, and costs nobody else', async () => {
    rig = await limited({ requestsPerSecond: 5 });
    const other = await rig.makeKey('read');
    const statuses: number[] = [];
    for (let i = 0; i < 8; i += 1) statuses.push((await rig.call('GET', '/v1/sims')).statusCode);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
    const over = await rig.call('GET', '/v1/sims');
    expect(over.json()).toMatchObject({ status: 429, code: 'rateLimited' });
    expect(over.headers).toMatchObject({ 'retry-after': '1', 'ratelimit-policy': '"requests";q=5;w=1', ratelimit: '"requests";r=0;t=1' });
    const fresh = await rig.call('GET', '/v1/sims', { key: other });
    expect([fresh.statusCode, fresh.headers.ratelimit]).toEqual([200, '"requests";r=4;t=1']);
    expect((await rig.call('GET', '/healthz', { key: null })).statusCode).toBe(200);
    await rig.clock.advance(400);
    expect((await rig.call('GET', '/v1/sims')).statusCode).toBe(200);
    expect((await rig.call('GET', '/v1/sims')).statusCode).toBe(200);
    expect((await rig.call('GET', '/v1/sims')).statusCode).toBe(429);
  });

  it('X18: so many of each address for those that are not let in, so that keys cannot be guessed at line speed', async () => {
    rig = await limited({ requestsPerSecond: 5 });
    const guess = async (remoteAddress: string): Promise<number> =>
      (await rig.app.inject({ url: '/v1/sims', remoteAddress, headers: { authorization: 'Bearer simpost_guess' } })).statusCode;
    const statuses: number[] = [];
    for (let i = 0; i < 7; i += 1) statuses.push(await guess('10.0.0.1'));
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect(await guess('10.0.0.2')).toBe(401);
    // Whoever has a key there is not shut out by them.
    const good = await rig.app.inject({ url: '/v1/sims', remoteAddress: '10.0.0.1', headers: { authorization: `Bearer ${rig.key}` } });
    expect(good.statusCode).toBe(200);
  });

  it('X30: so many connections', async () => {
    rig = await limited({ connections: 3 });
    const { port } = new URL(await rig.app.listen({ host: '127.0.0.1', port: 0 }));
    const open = await Promise.all(
      [1, 2, 3].map(async () => {
        const socket = createConnection(Number(port), '127.0.0.1');
        socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n');
        await once(socket, 'data');
        return socket;
      }),
    );
    const late = createConnection(Number(port), '127.0.0.1');
    late.on('error', () => undefined);
    late.resume();
    await once(late, 'close');
    open[0]?.destroy();
    if (open[0]) await once(open[0], 'close');
    for (;;) {
      const next = createConnection(Number(port), '127.0.0.1');
      next.on('error', () => undefined);
      next.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n');
      const [what] = await Promise.race([once(next, 'data'), once(next, 'close')]);
      next.destroy();
      if (Buffer.isBuffer(what)) break;
    }
    for (const socket of open) socket.destroy();
  });

  it('X30: so many batches that are on their way at a time, the others after them', async () => {
    rig = await limited({ batchesAtOnce: 2 });
    const { port } = new URL(await rig.app.listen({ host: '127.0.0.1', port: 0 }));
    const body = JSON.stringify({ messages: [{ to: '+380501234567', text: 'x' }] });
    const headers = { authorization: `Bearer ${rig.key}`, 'content-type': 'application/json', 'content-length': String(body.length) };
    const begin = () => {
      const request = httpRequest({ host: '127.0.0.1', port, path: '/v1/messages/batch', method: 'POST', headers });
      const status = new Promise<number | undefined>((resolve) => {
        request.on('response', (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        request.on('error', () => resolve(undefined));
      });
      return { request, status };
    };
    const { clock } = rig;
    /** Each request has a time in which it has to be here, and one that waits has that of its turn too. */
    const change = async (timers: number, what: () => void): Promise<void> => {
      const before = clock.timers;
      what();
      while (Math.sign(timers) * (clock.timers - before) < Math.abs(timers)) await new Promise((resolve) => setImmediate(resolve));
    };
    // When a key was used is written down a while after.
    await rig.call('GET', '/v1/sims');
    const [slow, gone] = [begin(), begin()];
    await change(1, () => slow.request.write(body.slice(0, 5)));
    await change(1, () => gone.request.write(body.slice(0, 5)));
    const third = begin();
    await change(2, () => third.request.end(body));
    await clock.advance(5000);
    expect(await third.status).toBe(503);
    // One that goes away while it waits takes nobody's turn; one that goes away while it is read makes room.
    const [leaves, stays] = [begin(), begin()];
    await change(2, () => leaves.request.end(body));
    await change(2, () => stays.request.end(body));
    await change(-1, () => leaves.request.destroy());
    gone.request.destroy();
    expect(await stays.status).toBe(202);
    slow.request.end(body.slice(5));
    expect(await slow.status).toBe(202);
  });
});
