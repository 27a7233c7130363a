import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { simulateUntilStopped } from '../../src/commands/simulate.ts';
import { openSerial } from '../../src/serial/serial-transport.ts';
import { Ledger } from '../../src/simulator/ledger.ts';
import { DEMO_PHONES } from '../../src/simulator/phones.ts';
import { type SimulateOptions, type Simulation, simulate } from '../../src/simulator/simulate.ts';
import { portOf } from '../support/port-of.ts';
import { haveSocat } from '../support/pty.ts';
import { PHONE, submit } from '../unit/simulator/rig.ts';
import { Terminal } from '../unit/simulator/terminal.ts';

const SIM = '+380500000001';

const running: Simulation[] = [];
const folders: string[] = [];

async function started(options: SimulateOptions): Promise<Simulation> {
  const simulation = await simulate(options);
  running.push(simulation);
  return simulation;
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'simpost-simulator-'));
  folders.push(path);
  return path;
}

afterEach(async () => {
  for (const simulation of running.splice(0)) await simulation.close();
  for (const path of folders.splice(0)) rmSync(path, { recursive: true });
});

async function dial(port: number | undefined): Promise<Terminal> {
  const socket: Socket = connect(port ?? 0, '127.0.0.1');
  const terminal = new Terminal(socket);
  await once(socket, 'connect');
  return terminal;
}

describe('the ledger', () => {
  it('has the line in its file before the modem says +CMGS', async () => {
    const file = join(folder(), 'ledger.jsonl');
    const simulation = await started({ modems: 1, ledger: file });
    const port = simulation.network.open('modem1');
    const terminal = new Terminal(port);
    await terminal.begin();
    const atAnswer: string[] = [];
    port.on('data', (chunk: Buffer) => {
      if (String(chunk).includes('+CMGS:')) atAnswer.push(readFileSync(file, 'utf8'));
    });
    const first = submit({ to: '0671112233' });
    await terminal.send(first);
    await terminal.send(submit());
    expect(atAnswer.map((text) => text.split('\n').length - 1)).toEqual([1, 2]);
    const [line] = readFileSync(file, 'utf8').split('\n');
    expect(JSON.parse(line ?? '')).toEqual({
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      imsi: '255010000000001',
      mr: 0,
      to: PHONE,
      pdu: first.pdu,
    });
  });

  it('goes on where an earlier one ended, and refuses a place where it cannot be', async () => {
    const file = join(folder(), 'ledger.jsonl');
    writeFileSync(file, 'before\n');
    const ledger = new Ledger(file);
    ledger.append({ at: '', imsi: '', mr: 1, to: '', pdu: '00' });
    ledger.close();
    ledger.append({ at: '', imsi: '', mr: 2, to: '', pdu: '00' });
    expect(readFileSync(file, 'utf8')).toBe('before\n{"at":"","imsi":"","mr":1,"to":"","pdu":"00"}\n');
    expect(ledger.entries.length).toBe(2);
    await expect(simulate({ modems: 1, ledger: folder() })).rejects.toThrow('cannot be opened for writing');
  });
});

describe('modems on TCP', () => {
  it('serve one client each; a second is closed; a reconnect finds storage and TP-MR, and settings as at the start', async () => {
    const simulation = await started({ modems: 3, tcp: 0, phones: DEMO_PHONES });
    expect(simulation.tcp.length).toBe(3);
    const terminal = await dial(simulation.tcp[1]);
    await terminal.begin('AT+CSMS=1');
    expect(await terminal.ask('AT+CIMI')).toContain('255010000000002');
    const second = await dial(simulation.tcp[1]);
    await second.gone();
    expect(await terminal.send(submit())).toContain('+CMGS: 0');
    simulation.network.raw({ modem: 2, pdu: '00', stat: 1 });

    const left = once(terminal.stream, 'close');
    terminal.stream.end();
    await left;
    const again = await dial(simulation.tcp[1]);
    expect(await again.ask('ATE0')).toContain('ATE0');
    expect(await again.ask('AT+CSMS?')).toContain('+CSMS: 0');
    expect(await again.ask('AT+CPMS?')).toContain('"SM",1,20');
    expect(await again.send(submit())).toContain('+CMGS: 1');
  });

  it('refuse connections while unplugged, and listen on the same port when plugged in again', async () => {
    const simulation = await started({ modems: 1, tcp: 0 });
    const [port] = simulation.tcp;
    const terminal = await dial(port);
    await terminal.ask('AT');
    simulation.modems[0]?.unplug();
    await terminal.gone();
    await expect(dial(port)).rejects.toThrow('ECONNREFUSED');
    simulation.modems[0]?.plug();
    for (;;) {
      const found = await dial(port).catch(() => undefined);
      if (!found) continue;
      expect(await found.ask('AT')).toContain('OK');
      break;
    }
  });

  it('take consecutive ports, and say which is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const port = portOf(taken);
    await expect(simulate({ modems: 1, tcp: port })).rejects.toThrow(`The port ${port} on 127.0.0.1 cannot be opened`);
    await expect(simulate({ modems: 1, control: port })).rejects.toThrow(`The control port ${port} on 127.0.0.1 cannot be opened`);
    taken.close();
  });
});

describe.runIf(haveSocat())('modems on pseudo-terminals', () => {
  it('are serial ports; closing the port is a replug, unplugging takes the port away', async () => {
    const path = folder();
    const simulation = await started({ modems: 2, pty: path });
    expect(simulation.ptys).toEqual([join(path, 'modem1'), join(path, 'modem2')]);
    // The link comes back with the next socat.
    const open = async (): Promise<Terminal> => {
      for (;;) {
        const port = await openSerial(simulation.ptys[0] ?? '').catch(() => undefined);
        if (port) return new Terminal(port);
      }
    };
    const modem = simulation.modems[0];
    const terminal = await open();
    await terminal.begin('AT+CSMS=1');
    expect(modem?.open).toBe(true);
    expect(await terminal.send(submit())).toContain('+CMGS: 0');
    const closed = once(terminal.stream, 'close');
    terminal.stream.destroy();
    await closed;
    // socat notices, and takes its link with it.
    while (modem?.open) await new Promise((resolve) => setImmediate(resolve));

    const again = await open();
    expect(await again.ask('ATE1')).toContain('OK');
    expect(await again.ask('AT+CSMS?')).toContain('+CSMS: 0');
    modem?.unplug();
    expect(existsSync(simulation.ptys[0] ?? '')).toBe(false);
    expect(modem?.open).toBe(false);
  });
});

describe('the control port', () => {
  interface Answer {
    status: number;
    body: unknown;
  }

  async function control(options: Partial<SimulateOptions> = {}) {
    const simulation = await started({ modems: 2, control: 0, seed: 5, ...options });
    const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
      const answer = await fetch(`${simulation.control}${path}`, {
        method,
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
    };
    return { simulation, call };
  }

  it('shows modems, pulls and plugs them, moves SIMs', async () => {
    const { simulation, call } = await control();
    expect(await call('GET', '/modems')).toMatchObject({ status: 200, body: { data: [{ name: 'modem1' }, { name: 'modem2' }] } });
    expect(await call('GET', '/modems/2')).toMatchObject({
      body: {
        imei: '001017000000029',
        plugged: true,
        registered: true,
        sim: { iccid: '8938001000000000028', number: '+380500000002', lock: 'READY', waiting: 0 },
        storage: { SM: { used: 0, capacity: 20 } },
        radioBusyMs: 0,
      },
    });
    expect(await call('POST', '/modems/modem1/unplug')).toMatchObject({ status: 200, body: { plugged: false, registered: false } });
    expect(simulation.modems[0]?.plugged).toBe(false);
    expect(await call('POST', '/modems/modem1/plug')).toMatchObject({ body: { plugged: true } });
    expect(await call('POST', '/modems/modem1/sim', { sim: '8938001000000000028' })).toMatchObject({
      body: { sim: { number: '+380500000002' } },
    });
    expect(await call('GET', '/modems/2')).toMatchObject({ body: { sim: null } });
    expect(await call('POST', '/modems/modem1/sim', { sim: null })).toMatchObject({ body: { sim: null } });
  });

  it('brings messages, raw octets and calls to SIMs, and shows phones, calls and the ledger', async () => {
    const { simulation, call } = await control();
    const terminal = new Terminal(simulation.network.open('modem1'));
    await terminal.begin('AT+CNMI=2,1,0,0,0', 'AT+CLIP=1');
    expect(await call('POST', '/inbound', { from: PHONE, to: SIM, text: 'ПЕРЕНОС' })).toEqual({
      status: 202,
      body: { to: SIM, segments: 1 },
    });
    await terminal.expect('+CMTI: "SM",1');
    expect(await call('POST', '/inbound', { from: 'MTC', modem: 1, text: 'ї'.repeat(71) })).toMatchObject({ body: { segments: 2 } });
    await terminal.expect('+CMTI: "SM",3');
    expect(await call('POST', '/raw', { modem: 1, pdu: '00', memory: 'ME' })).toEqual({ status: 204, body: undefined });
    await terminal.expect('+CMTI: "ME",0');
    expect(await call('POST', '/call', { from: PHONE, modem: 'modem1', forMs: 5 })).toMatchObject({
      status: 202,
      body: { to: SIM, state: 'ringing' },
    });
    await terminal.expect('NO CARRIER');
    expect(await call('GET', '/calls')).toMatchObject({ body: { data: [{ from: PHONE, state: 'missed' }] } });
    await terminal.send(submit());
    await terminal.send(submit({ to: '0671112234' }));
    expect(await call('GET', '/ledger')).toMatchObject({ body: { total: 2, data: [{ to: PHONE, mr: 0 }, { to: '+380671112234' }] } });
    expect(await call('GET', '/ledger?from=1')).toMatchObject({ body: { total: 2, data: [{ to: '+380671112234' }] } });
    expect(await call('GET', '/phones')).toMatchObject({
      body: { data: [{ number: PHONE, texts: [{ from: SIM, text: 'Чекаємо о 9:30' }] }, {}] },
    });
    expect(await call('GET', '/phones/0671112233')).toMatchObject({ body: { received: [{ pdu: expect.stringMatching(/^0024/) }] } });
  });

  it('scripts phones: names, states and answers', async () => {
    const { simulation, call } = await control();
    const answers = [{ contains: '9:30', text: 'ТАК', afterMs: 1 }];
    expect(await call('PUT', `/phones/${PHONE}`, { name: 'Олена', answers })).toMatchObject({
      status: 200,
      body: { name: 'Олена', state: 'on', answers },
    });
    const terminal = new Terminal(simulation.network.open('modem1'));
    await terminal.begin('AT+CNMI=2,1,0,0,0');
    await terminal.send(submit());
    await terminal.expect('+CMTI: "SM",1');
    await call('PUT', `/phones/${PHONE}`, { state: 'off' });
    await terminal.send(submit());
    expect(simulation.network.phone(PHONE).texts.length).toBe(1);
    await call('PUT', `/phones/${PHONE}`, { state: 'on' });
    expect(simulation.network.phone(PHONE).texts.length).toBe(2);
  });

  it('scripts faults: one or a list, all or none', async () => {
    const { simulation, call } = await control();
    expect(await call('POST', '/faults', { fault: 'errorAfter', modem: 2, cms: 38, count: 'always' })).toEqual({
      status: 201,
      body: expect.objectContaining({ id: 1, fault: 'errorAfter', modem: 'modem2', cms: 38, count: 'always', seen: 0, struck: 0 }),
    });
    expect(await call('POST', '/faults', [{ fault: 'noPrompt' }, { fault: 'nothing' }])).toMatchObject({ status: 400 });
    expect(await call('POST', '/faults', [{ fault: 'noPrompt' }, { fault: 'dropReport' }])).toMatchObject({
      status: 201,
      body: { data: [{}, {}] },
    });
    expect(await call('GET', '/faults')).toMatchObject({ body: { data: [{ id: 1 }, { id: 2 }, { id: 3 }] } });
    expect(await call('DELETE', '/faults/2')).toEqual({ status: 204, body: undefined });
    expect(await call('DELETE', '/faults/2')).toMatchObject({ status: 404, body: { detail: 'No fault 2 is in force.' } });
    expect(await call('DELETE', '/faults')).toMatchObject({ status: 204 });
    expect(simulation.network.faults.active).toEqual([]);
    await call('POST', '/ussd', { code: '*101#', text: '5 UAH' });
    expect(simulation.network.ussd.replies.get('*101#')).toEqual({ text: '5 UAH', more: false });
  });

  it.each<[string, string, unknown, number, RegExp]>([
    ['POST', '/inbound', { from: PHONE, text: 'x' }, 400, /^Say either "to", the number of a SIM, or "modem", the modem that has it\.$/],
    ['POST', '/inbound', { from: PHONE, to: SIM, modem: 1, text: 'x' }, 400, /^Say either/],
    ['POST', '/inbound', { from: PHONE, to: '+380999999999', text: 'x' }, 404, /^No virtual SIM has the number \+380999999999/],
    ['POST', '/inbound', { from: PHONE, to: SIM }, 400, /^The field "text" of an inbound message must be given, as a text\.$/],
    ['POST', '/inbound', { from: PHONE, to: SIM, text: '' }, 422, /^The text is empty: write one\.$/],
    ['POST', '/inbound', { from: 'a name that is long', to: SIM, text: 'x' }, 422, /.+/],
    [
      'POST',
      '/inbound',
      { from: PHONE, to: SIM, text: 'x', txt: 1 },
      400,
      /^There is no field "txt" in an inbound message: there are from, to, modem, text\.$/,
    ],
    ['POST', '/inbound', [], 400, /^An inbound message must be a JSON object\.$/],
    ['POST', '/raw', { modem: 7, pdu: '00' }, 404, /^There is no virtual modem "7": there are modem1, modem2\.$/],
    ['POST', '/raw', { modem: 1, pdu: '0' }, 400, /^The field "pdu" must be hexadecimal/],
    ['POST', '/modems/modem9/unplug', undefined, 404, /^There is no virtual modem "modem9"/],
    ['POST', '/modems/1/sim', { sim: '1' }, 404, /^There is no virtual SIM "1"/],
    ['PUT', '/phones/101', { state: 'lost' }, 400, /^The field "state" of a phone must be one of on, off, barred, unknown\.$/],
    ['POST', '/faults', { fault: 'unplug', at: 'noon' }, 400, /^The field "at" of the fault unplug must be one of/],
    ['GET', '/ledger?from=x', undefined, 400, /^The parameter "from" must be a whole number from 0\.$/],
    ['GET', '/nowhere', undefined, 404, /^There is no GET \/nowhere here\.$/],
  ])('answers %s %s %j with %i and one sentence', async (method, path, body, status, sentence) => {
    const { call } = await control();
    const answer = await call(method, path, body);
    expect(answer).toMatchObject({ status, body: { detail: expect.stringMatching(sentence) } });
  });

  it('refuses what is not JSON', async () => {
    const { simulation } = await control();
    const bad = await fetch(`${simulation.control}/faults`, { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } });
    expect([bad.status, await bad.json()]).toEqual([400, { code: 'requestInvalid', detail: 'The body is not JSON.' }]);
    const form = await fetch(`${simulation.control}/faults`, { method: 'POST', body: new URLSearchParams({ fault: 'x' }) });
    expect([form.status, await form.json()]).toEqual([
      415,
      expect.objectContaining({ detail: expect.stringContaining('application/json') }),
    ]);
  });
});

describe('chance', () => {
  it('is the same for the same seed', async () => {
    const spans = async (seed: number): Promise<number[]> => {
      const { network } = await started({ modems: 0, radioMs: [3_000, 7_000], seed });
      return Array.from({ length: 50 }, () => network.radioMs());
    };
    const first = await spans(1);
    expect(await spans(1)).toEqual(first);
    expect(await spans(2)).not.toEqual(first);
    expect(Math.min(...first)).toBeGreaterThanOrEqual(3_000);
    expect(Math.max(...first)).toBeLessThanOrEqual(7_000);
    expect(Math.max(...first) - Math.min(...first)).toBeGreaterThan(2_000);
  });
});

it('a make that does not exist is named before anything is opened', async () => {
  const options = { modems: 1, tcp: 0, make: 'nokia', radioMs: 0, deliveryMs: 0, reportMs: 0, seed: 1 };
  await expect(simulateUntilStopped(options)).rejects.toThrow(/no virtual make "nokia": name one of generic, huawei/);
});
