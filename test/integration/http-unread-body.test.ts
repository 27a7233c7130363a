import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LONGEST } from '../../src/http/unread-body.ts';
import { type ApiRig, apiRig } from '../support/api-rig.ts';

let rig: ApiRig;
let port: number;
beforeAll(async () => {
  rig = await apiRig();
  port = Number(new URL(await rig.app.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterAll(() => rig.close());

const MB = 2 ** 20;

async function begin(path: string, headers: string): Promise<Socket> {
  const socket = createConnection(port, '127.0.0.1');
  socket.pause();
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${rig.key}\r\ncontent-type: application/json\r\n${headers}\r\n\r\n`,
  );
  return socket;
}

/** Reads nothing before all of it is written, as many clients do. */
const writeAll = (socket: Socket, octets: Buffer | string): Promise<void> =>
  new Promise((resolve, reject) => socket.write(octets, (error) => (error ? reject(error) : resolve())));

async function answer(socket: Socket): Promise<{ status: number }> {
  let text = '';
  socket.setEncoding('utf8');
  for await (const chunk of socket) {
    text += chunk;
    const body = text.split('\r\n\r\n')[1];
    if (body?.endsWith('}\n')) return JSON.parse(body);
  }
  throw new Error(`the connection ended with ${JSON.stringify(text)}`);
}

describe('a body that is answered before it was read', () => {
  it.each([
    ['/v1/messages', '', 413],
    ['/v1/messages', 'connection: close\r\n', 413],
    ['/v1/messages/batch', '', 413],
    ['/nowhere', 'connection: close\r\n', 404],
  ])('X30: %s %j: a client that writes all of it first reads the problem', async (path, header, status) => {
    const socket = await begin(path, `${header}content-length: ${12 * MB}`);
    await writeAll(socket, Buffer.alloc(12 * MB, 'x'));
    expect(await answer(socket)).toMatchObject({ status });
    socket.destroy();
  });

  it('X30: so too when its length was not told', async () => {
    const socket = await begin('/v1/messages', 'transfer-encoding: chunked');
    await writeAll(socket, `${(4 * MB).toString(16)}\r\n${'x'.repeat(4 * MB)}\r\n0\r\n\r\n`);
    expect(await answer(socket)).toMatchObject({ status: 413 });
    socket.destroy();
  });

  it('X30: one that is too large or too slow is cut', async () => {
    const endless = await begin('/v1/messages', `content-length: ${1000 * MB}`);
    await expect(writeAll(endless, Buffer.alloc(100 * MB, 'x'))).rejects.toThrow();
    const slow = await begin('/v1/messages', `content-length: ${2 * MB}`);
    await writeAll(slow, 'x');
    const closed = once(slow, 'close');
    slow.resume();
    expect(String((await once(slow, 'data'))[0])).toContain('HTTP/1.1 413');
    await rig.clock.advance(LONGEST - 1);
    expect(slow.closed).toBe(false);
    await rig.clock.advance(1);
    await closed;
  });

  it('X30: the connection serves the next request when the body was read to its end', async () => {
    const socket = await begin('/v1/messages', `content-length: ${2 * MB}`);
    socket.setEncoding('utf8').resume();
    await writeAll(socket, 'x'.repeat(2 * MB));
    expect(String((await once(socket, 'data'))[0])).toContain('HTTP/1.1 413');
    await rig.clock.advance(LONGEST);
    await writeAll(socket, 'GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    expect(String((await once(socket, 'data'))[0])).toContain('HTTP/1.1 200');
  });
});
