import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { ServiceNotify } from '../../src/commands/service-notify.ts';
import { FakeClock } from '../support/fake-clock.ts';

/** As systemd listens: a datagram socket, which Node has not. */
const LISTENER = `
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
print('listening', flush=True)
while True:
    print(s.recv(4096).decode().strip().replace('\\n', ' '), flush=True)
`;

const here = spawnSync('systemd-notify', ['--version']).status === 0 && spawnSync('python3', ['--version']).status === 0;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simpost-notify-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.skipIf(!here)('systemd is told of the start, each turn of the loop and the stop by a program that stays until it is read', async () => {
  const socket = join(folder, 'notify');
  const listener = spawn('python3', ['-c', LISTENER, socket], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: listener.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value);
  expect(await next()).toBe('listening');
  const clock = new FakeClock();
  const service = new ServiceNotify({ env: { ...process.env, NOTIFY_SOCKET: socket, WATCHDOG_USEC: '120000000' }, clock, log: silentLog });
  await service.ready();
  expect(await next()).toContain('READY=1');
  expect(await next()).toBe('BARRIER=1');
  await clock.advance(40_000);
  expect(await next()).toContain('WATCHDOG=1');
  expect(await next()).toBe('BARRIER=1');
  await service.stopping();
  expect(await next()).toContain('STOPPING=1');
  expect(await next()).toBe('BARRIER=1');
  service.end();
  listener.kill();
  await once(listener, 'exit');
});

it('nobody is told where nobody asked', async () => {
  const service = new ServiceNotify({ env: { PATH: '/nonexistent' }, clock: new FakeClock(), log: silentLog });
  await service.ready();
  await service.stopping();
  service.end();
});
