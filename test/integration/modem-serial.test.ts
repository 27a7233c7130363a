import { once } from 'node:events';
import { realpath } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { systemRandom } from '../../src/base/random.ts';
import { ModemPool } from '../../src/modem/pool.ts';
import type { Received } from '../../src/modem/session.ts';
import { openPort } from '../../src/serial/open-port.ts';
import { parseTcp } from '../../src/serial/tcp-transport.ts';
import { FakeModem } from '../support/fake-modem.ts';
import { HELLO, PinTable, PROFILES } from '../support/modem-rig.ts';
import { haveSocat, openPtyPair } from '../support/pty.ts';

const PDU = '07918380000005F1040C918350214365870000622111010000000CC8329BFD065DDF7236390401';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A pool on one real port, whose changes can be awaited. */
function poolOn(port: string): { pool: ModemPool; received: Received[]; until: (done: () => boolean) => Promise<void> } {
  const received: Received[] = [];
  let watchers: (() => void)[] = [];
  const tell = (): void => {
    const told = watchers;
    watchers = [];
    for (const watcher of told) watcher();
  };
  const pool = new ModemPool({
    modems: [{ port }],
    open: (path) => openPort(path, { clock: systemClock }),
    clock: systemClock,
    random: systemRandom,
    log: silentLog,
    pins: new PinTable(),
    profiles: PROFILES,
    mayRoam: () => false,
    hangUpAfter: 0,
    onCall: () => undefined,
    onReceived: (message) => {
      received.push(message);
      tell();
      return Promise.resolve();
    },
    onChange: tell,
  });
  cleanups.push(() => pool.stop(0));
  const until = async (done: () => boolean): Promise<void> => {
    while (!done()) await new Promise<void>((resolve) => watchers.push(resolve));
  };
  return { pool, received, until };
}

/** The far end of a pty, opened as a serial port too, with a fake modem on it. */
async function fakeOn(path: string): Promise<FakeModem> {
  const line: Duplex = await openPort(path, { clock: systemClock });
  cleanups.push(async () => {
    line.destroy();
    await Promise.resolve();
  });
  return new FakeModem(line);
}

describe.runIf(haveSocat())('over a real serial port', () => {
  test('starts, sends with the prompt, receives, and sees that it was unplugged', async () => {
    const pty = await openPtyPair();
    cleanups.push(pty.unplug);
    const fake = await fakeOn(pty.right);
    const { pool, received, until } = poolOn(pty.left);
    pool.start();
    await until(() => pool.modems()[0]?.state === 'ready');
    expect(await pool.send(fake.iccid, HELLO)).toEqual({ kind: 'ok', mr: 41 });
    expect(fake.taken).toHaveLength(1);

    fake.storage.set(1, { stat: 0, pdu: PDU });
    fake.say('+CMTI: "SM",1');
    await until(() => received.length === 1);
    expect(received[0]).toMatchObject({ pdu: PDU, iccid: fake.iccid });
    await fake.until('AT+CMGD=1');

    fake.outcome = () => null;
    const outcome = pool.send(fake.iccid, HELLO);
    await fake.until('PDU', fake.heard.length);
    await pty.unplug();
    expect(await outcome).toMatchObject({ kind: 'unknown', cause: 'EV-PORT-GONE-AFTER' });
    await until(() => pool.modems()[0]?.state === 'absent');
  });

  test('a port that is in use is named, and so are one that is none and one that is not there', async () => {
    const pty = await openPtyPair();
    cleanups.push(pty.unplug);
    const first = await openPort(pty.left, { clock: systemClock });
    const busy = openPort(pty.left, { clock: systemClock });
    await expect(busy).rejects.toMatchObject({ code: 'portBusy' });
    await expect(busy).rejects.toThrow(/ cannot be opened: .+ has this port open/);
    const closed = once(first, 'close');
    first.destroy();
    await closed;
    const second = await openPort(pty.left, { clock: systemClock });
    second.destroy();
    await expect(openPort('/dev/simpost-nowhere', { clock: systemClock })).rejects.toMatchObject({ code: 'portGone' });
    await expect(openPort(import.meta.filename, { clock: systemClock })).rejects.toMatchObject({ code: 'portNotSerial' });
  });

  test('what is written to a port that is closed is not sent after it is opened again', async () => {
    const pty = await openPtyPair();
    cleanups.push(pty.unplug);
    const fake = await fakeOn(pty.right);
    const first = await openPort(pty.left, { clock: systemClock });
    const closed = once(first, 'close');
    first.destroy();
    await closed;
    first.write('ATSTALE\r', () => undefined);
    const second = await openPort(pty.left, { clock: systemClock });
    cleanups.push(async () => {
      second.destroy();
      await Promise.resolve();
    });
    second.write('ATE0\r');
    await fake.until('ATE0');
    expect(fake.heard).toEqual(['ATE0']);
  });
});

describe('a port that fails is told in a sentence and a next step that fit each other', () => {
  const failing = async (port: string): Promise<{ state?: string; sentence?: string; nextStep?: string | null }> => {
    const { pool, until } = poolOn(port);
    pool.start();
    await until(() => ['absent', 'failed'].includes(pool.modems()[0]?.state ?? '') && pool.modems()[0]?.nextStep !== null);
    const { state, sentence, nextStep } = pool.modems()[0] ?? {};
    return { ...(state && { state }), ...(sentence && { sentence }), nextStep: nextStep ?? null };
  };

  test('a device that is no serial port, such as /dev/null', async () => {
    const said = {
      state: 'failed',
      sentence: '/dev/null is not a serial port.',
      nextStep: expect.stringContaining('ls -l /dev/serial/by-id'),
    };
    expect(await failing('/dev/null')).toEqual(said);
  });

  test('ser2net that does not listen', async () => {
    expect(await failing('tcp://127.0.0.1:1')).toEqual({
      state: 'absent',
      sentence: 'Nobody answers at tcp://127.0.0.1:1: nothing listens there.',
      nextStep: expect.stringContaining('Start ser2net there'),
    });
  });

  test('ser2net that hangs up, because another program has the modem', async () => {
    const server = createServer((socket) => socket.end('Port already in use\r\n'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    cleanups.push(async () => {
      server.close();
      await Promise.resolve();
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const { nextStep } = await failing(`tcp://127.0.0.1:${address.port}`);
    expect(nextStep).toContain('no other program is connected to it');
  });

  test('a name where there is nothing', async () => {
    expect(await failing('/dev/simpost-nowhere')).toEqual({
      state: 'absent',
      sentence: 'There is no port /dev/simpost-nowhere.',
      nextStep: expect.stringContaining('Plug the modem in'),
    });
  });

  test.runIf(haveSocat() && process.getuid?.() === 0)('a device that this user may not open', async () => {
    const pty = await openPtyPair();
    cleanups.push(pty.unplug);
    const device = await realpath(pty.left);
    // Root may open everything, so somebody else asks.
    process.seteuid?.(65_534);
    try {
      await expect(openPort(device, { clock: systemClock })).rejects.toMatchObject({ code: 'portForbidden' });
      // The folder of the links is closed to others as well.
      await expect(openPort(pty.left, { clock: systemClock })).rejects.toMatchObject({ code: 'portForbidden' });
    } finally {
      process.seteuid?.(0);
    }
  });
});

describe('over TCP', () => {
  test('starts, sends, and sees that the far side closed', async () => {
    const sockets: Socket[] = [];
    const fakes: FakeModem[] = [];
    const server = createServer((socket) => {
      sockets.push(socket);
      fakes.push(new FakeModem(socket));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    cleanups.push(async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await Promise.resolve();
    });
    const address: AddressInfo | string | null = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const { pool, until } = poolOn(`tcp://127.0.0.1:${address.port}`);
    pool.start();
    await until(() => pool.modems()[0]?.state === 'ready');
    expect(await pool.send(fakes[0]?.iccid ?? '', HELLO)).toEqual({ kind: 'ok', mr: 41 });
    fakes[0]?.unplug();
    await until(() => pool.modems()[0]?.state === 'absent');
    await until(() => pool.modems()[0]?.state === 'ready');
    expect(fakes).toHaveLength(2);
  });

  test('an address where nobody listens says so', async () => {
    await expect(openPort('tcp://127.0.0.1:1', { clock: systemClock })).rejects.toMatchObject({ code: 'portUnreachable' });
    await expect(openPort('tcp://nowhere', { clock: systemClock })).rejects.toMatchObject({ code: 'portUnreachable' });
  });

  test('addresses', () => {
    expect(parseTcp('tcp://10.0.0.1:7001')).toEqual({ host: '10.0.0.1', port: 7001 });
    expect(parseTcp('tcp://[::1]:7001')).toEqual({ host: '::1', port: 7001 });
    expect(parseTcp('tcp://pi.local:7001/')).toEqual({ host: 'pi.local', port: 7001 });
    for (const text of ['tcp://::1:7001', 'tcp://host', 'tcp://host:0', 'tcp://host:70000', 'udp://host:1', 'tcp://a b:1']) {
      expect(parseTcp(text), text).toBeUndefined();
    }
  });
});
