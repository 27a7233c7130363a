import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createKey } from '../../src/commands/keys.ts';
import { apiRig } from '../support/api-rig.ts';
import { type LiveSite, liveSite } from '../support/live-site.ts';

let site: LiveSite;
let operator: string;
let reader: string;

beforeAll(async () => {
  site = await liveSite();
  operator = await createKey({ name: 'hand', scopes: 'operate,send', config: site.config });
  reader = readFileSync(site.keyFile, 'utf8').trim();
});
afterAll(() => site.stop());

// biome-ignore lint/suspicious/noExplicitAny: a test reads any answer.
async function ask(method: string, path: string, body?: unknown, key = operator): Promise<{ status: number; body: any }> {
  const response = await fetch(site.url + path, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

it('X24 shows the dialogue of a modem by port, name or IMEI, with nothing private, to who may operate', async () => {
  const arrived = once(site.network.events, 'text');
  await ask('POST', '/v1/messages', { to: '+380501234567', text: 'Ваш код 4711' });
  await arrived;
  const { status, body } = await ask('GET', '/v1/modems/left/trace');
  expect(status).toBe(200);
  expect(body).toMatchObject({ port: 'sim://left', recording: null });
  const texts: string[] = body.lines.map((l: { text: string }) => l.text);
  expect(texts).toContainEqual(expect.stringMatching(/^AT\+CMGS=\d+$/));
  const { imei } = site.network.modem('left');
  for (const line of texts) expect(line).not.toMatch(new RegExp(`${imei}|\\d{7}|[0-9A-F]{22}|4711`));
  for (const name of [encodeURIComponent('sim://left'), imei]) expect((await ask('GET', `/v1/modems/${name}/trace`)).status).toBe(200);
  const after = await ask('GET', `/v1/modems/left/trace?after=${body.last - 2}`);
  expect(after.body.lines[0].n).toBe(body.last - 1);
  expect(await ask('GET', '/v1/modems/left/trace', undefined, reader)).toMatchObject({ status: 403, body: { code: 'scopeMissing' } });
  expect(await ask('GET', '/v1/modems/right/trace')).toMatchObject({ status: 404, body: { code: 'notFound' } });
});

it('records for a time when asked, and refuses a time that is none', async () => {
  for (const seconds of [0, 3601, 1.5, '60']) {
    expect(await ask('PUT', '/v1/modems/left/trace', { seconds })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/seconds' }] },
    });
  }
  const { status, body } = await ask('PUT', '/v1/modems/left/trace', { seconds: 1 });
  expect(status).toBe(200);
  expect(body.recording.file).toMatch(/\/store\/traces\/\S+_recording_sim-left\.txt$/);
  const arrived = once(site.network.events, 'text');
  await ask('POST', '/v1/messages', { to: '+380501234567', text: 'Hello' });
  await arrived;
  await expect.poll(async () => (await ask('GET', '/v1/modems/left/trace')).body.recording).toBeNull();
  expect(readFileSync(body.recording.file, 'utf8')).toMatch(/> AT\+CMGS=/);
});

it('keeps what was said before a segment became uncertain', async () => {
  const folder = join(site.folder, 'store', 'traces');
  mkdirSync(folder, { recursive: true });
  const kept = (kind: string): string[] => readdirSync(folder).filter((name) => name.includes(`_${kind}_`));
  site.network.addFault({ fault: 'noReference' });
  await ask('POST', '/v1/messages', { to: '+380501234567', text: 'Hello' });
  await expect.poll(() => kept('uncertain').length).toBe(1);
  const text = (): string => readFileSync(join(folder, kept('uncertain')[0] ?? ''), 'utf8');
  await expect.poll(text).toMatch(/^# sim:\/\/left: uncertain, EV-\S+\n[\s\S]*AT\+CMGS/);
});

it('one IMEI on several ports names none of them, and the answer says which there are', async () => {
  const modem = {
    imei: '356938035643809',
    name: null,
    manufacturer: null,
    model: null,
    profile: null,
    state: 'ready',
    reason: 'ready',
    notes: [],
    sentence: 'Ready.',
    nextStep: null,
    sim: null,
    usbPath: null,
    sharedImei: true,
  } as const;
  const rig = await apiRig({ modems: () => ['/dev/ttyUSB0', '/dev/ttyUSB1'].map((port) => ({ ...modem, port })) });
  const refused = await rig.call('GET', `/v1/modems/${modem.imei}/trace`);
  expect(refused.json()).toMatchObject({
    status: 400,
    detail: '2 modems answer to that; name one by its port: /dev/ttyUSB0, /dev/ttyUSB1.',
  });
  expect((await rig.call('GET', '/v1/modems/%2Fdev%2FttyUSB1/trace')).json()).toMatchObject({ port: '/dev/ttyUSB1', last: 0, lines: [] });
  await rig.close();
});
