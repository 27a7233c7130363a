import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initTls } from '../../src/commands/tls.ts';
import { type ApiRig, apiRig } from '../support/api-rig.ts';

let folder: string;
let rig: ApiRig;
let port: number;

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'simpost-tls-'));
  initTls({ dir: folder, name: ['sms.clinic.example', '192.168.7.9', 'fd00::7:9'] });
  rig = await apiRig({ tls: { cert: read('server.crt'), key: read('server.key') } });
  port = Number(new URL(await rig.app.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterAll(async () => {
  await rig.close();
  rmSync(folder, { recursive: true });
});

/** Asks as a computer that has the root installed. */
const ask = (
  path: string,
  options: { servername?: string; ca?: string } = {},
): Promise<{ status: number | undefined; protocol: string | null }> =>
  new Promise((resolve, reject) => {
    const request = get(
      { host: '127.0.0.1', port, path, ca: read('ca.crt'), agent: false, headers: { host: 'localhost' }, ...options },
      (response) => {
        const { socket } = response;
        response.resume();
        resolve({
          status: response.statusCode,
          protocol: 'getProtocol' in socket && typeof socket.getProtocol === 'function' ? socket.getProtocol() : null,
        });
      },
    );
    request.on('error', reject);
  });

describe('simpost tls init', () => {
  it('X12: makes a root and a certificate that chain, for the names and addresses of the box', () => {
    const root = new X509Certificate(read('ca.crt'));
    const server = new X509Certificate(read('server.crt'));
    expect(root.ca).toBe(true);
    expect(root.verify(root.publicKey)).toBe(true);
    expect(server.ca).toBe(false);
    expect(server.verify(root.publicKey)).toBe(true);
    expect(server.checkIssued(root)).toBe(true);
    for (const name of ['sms.clinic.example', 'localhost']) expect(server.checkHost(name)).toBe(name);
    expect(server.checkHost('evil.example')).toBeUndefined();
    for (const address of ['192.168.7.9', 'fd00::7:9', '127.0.0.1', '::1']) expect(server.checkIP(address), address).toBe(address);
    expect(server.checkIP('192.168.7.10')).toBeUndefined();
    const days = (Date.parse(server.validTo) - Date.parse(server.validFrom)) / 86_400_000;
    expect(days).toBeLessThanOrEqual(398);
    for (const name of ['ca.key', 'server.key']) expect((statSync(join(folder, name)).mode & 0o777).toString(8)).toBe('600');
  });

  it.each(['bad name', 'https://sms.clinic.example', 'sms.clinic.example:8025', ''])(
    'makes none for %j, which no machine is called',
    (name) => {
      const dir = join(folder, 'none');
      expect(() => initTls({ dir, name: [name] })).toThrow(`--name "${name}" is no name of a machine`);
      expect(existsSync(dir)).toBe(false);
    },
  );

  it('run again, makes another certificate under the same root', () => {
    const [root, server] = [read('ca.crt'), read('server.crt')];
    expect(initTls({ dir: folder })).toContain('As before, it is signed by');
    expect(read('ca.crt')).toBe(root);
    expect(read('server.crt')).not.toBe(server);
    expect(new X509Certificate(read('server.crt')).checkIssued(new X509Certificate(root))).toBe(true);
  });
});

describe('the API over TLS', () => {
  it('X12: is trusted with the root alone, from TLS 1.2 on, and keeps its time limits', async () => {
    expect(await ask('/healthz')).toEqual({ status: 200, protocol: 'TLSv1.3' });
    await expect(ask('/healthz', { servername: 'evil.example' })).rejects.toThrow();
    const other = mkdtempSync(join(tmpdir(), 'simpost-tls-'));
    initTls({ dir: other });
    await expect(ask('/healthz', { ca: readFileSync(join(other, 'ca.crt'), 'utf8') })).rejects.toThrow();
    rmSync(other, { recursive: true });
    const old = connect({ host: '127.0.0.1', port, ca: read('ca.crt'), maxVersion: 'TLSv1.1', minVersion: 'TLSv1' });
    await expect(new Promise((resolve, reject) => old.once('secureConnect', resolve).once('error', reject))).rejects.toThrow();
    const { server } = rig.app;
    expect([server.headersTimeout, server.requestTimeout, server.timeout]).toEqual([10_000, 1_800_000, 60_000]);
  });

  it('X14: its session cookie cannot be set or read over plain http, or by another name', async () => {
    await rig.call('POST', '/v1/users', { body: { name: 'Olena', password: 'correct horse battery', role: 'desk' } });
    const body = JSON.stringify({ name: 'Olena', password: 'correct horse battery' });
    const socket = connect({ host: '127.0.0.1', port, ca: read('ca.crt') });
    socket.write(
      `POST /v1/session HTTP/1.1\r\nhost: localhost\r\norigin: https://localhost\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    let answer = '';
    for await (const chunk of socket.setEncoding('utf8')) answer += chunk;
    expect(answer).toMatch(/set-cookie: __Host-simpost=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure\r\n/i);
  });

  it('refuses a configuration with half of it, and listens on the network with the whole', async () => {
    const { faultOf, linesOf, loadText } = await import('../support/config-text.ts');
    const half = faultOf(() => loadText('[http]\nkeyFile = "server.key"\n'));
    expect(linesOf(half).join()).toContain('stands without certFile: name both, or neither');
    const lan = '[http]\nlisten = "0.0.0.0:8025"\n';
    expect(linesOf(faultOf(() => loadText(lan))).join()).toContain('simpost tls init');
    const whole = loadText(`${lan}certFile = "a.crt"\nkeyFile = "a.key"\n`);
    expect(whole.http.certFile).toMatch(/^\/.*\/a\.crt$/);
  });
});
