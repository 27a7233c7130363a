import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { Fault } from '../../src/base/fault.ts';
import { silentLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import { type DoctorCommand, type DoctorWorld, doctor } from '../../src/commands/doctor.ts';
import { createKey } from '../../src/commands/keys.ts';
import { loadConfig } from '../../src/config/load.ts';
import { TraceFolder } from '../../src/modem/trace-folder.ts';
import { VirtualNetwork } from '../../src/simulator/network.ts';
import { type LiveSite, liveSite } from '../support/live-site.ts';
import { freePort } from '../support/port-of.ts';
import { UsbTree } from '../support/usb-tree.ts';

let site: LiveSite;
let keyFile: string;
let root: string;

beforeAll(async () => {
  site = await liveSite();
  keyFile = join(site.folder, 'doctor.key');
  writeFileSync(keyFile, await createKey({ name: 'doctor', scopes: 'read:all,operate,send', config: site.config }));
  root = mkdtempSync(join(tmpdir(), 'simpost-root-'));
  mkdirSync(join(root, 'dev'));
  writeFileSync(join(root, 'dev/ttyUSB0'), '');
});
afterAll(async () => {
  await site.stop();
  rmSync(root, { recursive: true, force: true });
});

/** Looks often, so that a test takes no seconds; its time is that of the system. */
const QUICK: Clock = { ...systemClock, setTimer: (ms, fn) => systemClock.setTimer(ms === 1000 ? 5 : ms, fn) };

async function ask(options: DoctorCommand, change: Partial<DoctorWorld> = {}): Promise<{ code: number; out: string; asked: string[] }> {
  let out = '';
  const asked: string[] = [];
  const world: DoctorWorld = {
    fetch,
    env: {},
    clock: QUICK,
    user: 'olena',
    pid: process.pid,
    root,
    run: () => Promise.resolve(undefined),
    listPorts: () => Promise.resolve([{ path: '/dev/ttyUSB0', manufacturer: 'HUAWEI', vendorId: '12d1', productId: '1506' }]),
    open: (port) => Promise.reject(new Fault('portGone', `There is no port ${port}.`)),
    out: (text) => {
      out += text;
    },
    confirm: (question) => {
      asked.push(question);
      return Promise.resolve(false);
    },
    ...change,
  };
  const code = await doctor(options, world);
  return { code, out, asked };
}

const withDaemon = (): DoctorCommand => ({ url: site.url, keyFile, config: site.config });

describe('simpost doctor with a daemon', () => {
  it('lists ports, modems and SIMs, and what is wrong', async () => {
    const { code, out } = await ask(withDaemon(), { run: () => Promise.resolve('throttled=0x50005') });
    expect(out).toMatch(
      /^Ports:\n {2}\/dev\/ttyUSB0 {2}HUAWEI 12d1:1506\n\nModems:\n {2}left {2}\S.* {2}Ready\.\n\nSIMs:\n {2}\d{19} {2}.* dBm\n/,
    );
    expect(out).toContain('too little voltage now');
    // The modem of the rig stands in no file, as one does that is found by itself.
    expect(out).toMatch(/1 problem was found\.\n$/);
    expect(code).toBe(1);
  });

  it('says what the daemon says of a modem without its SIM', async () => {
    site.network.modem('left').unplug();
    await expect.poll(async () => (await ask(withDaemon())).out).toMatch(/- left: .*\n {4}Plug the modem in/);
    site.network.modem('left').plug();
    await expect.poll(async () => (await ask(withDaemon())).out).toMatch(/left .* Ready\./);
  });

  it('sends a test message from SIM to SIM after a yes, and says what came of it', async () => {
    const iccid = site.network.modem('left').card?.iccid ?? '';
    const no = await ask({ ...withDaemon(), test: [iccid, iccid] });
    expect(no.asked).toEqual([expect.stringMatching(/^A message from \d+ to \d+ \(\+380\d\d\*\*\*\d{4}\) costs what the operator takes/)]);
    expect(no.out).toMatch(/\nNothing was sent\.\n$/);
    const { out, asked } = await ask({ ...withDaemon(), test: [iccid, iccid], yes: true });
    expect(asked).toEqual([]);
    // In either order: on a busy machine the text may be there before the modem's answer is read.
    expect(out).toMatch(/The network took it after \d+ s\.\n/);
    expect(out).toMatch(/It arrived at the other SIM after \d+ s\.\n/);
  });

  it.each([
    ['one SIM', ['89380'], /^--test takes two SIMs/],
    ['a SIM that is in no modem', ['89380', '89381'], /^There is no SIM 89380 in a modem; there are \d+\.$/],
  ])('refuses a test with %s', async (_, test, sentence) => {
    await expect(ask({ ...withDaemon(), test })).rejects.toThrow(sentence);
  });

  it('X24: writes a report without texts, keys and whole numbers, for this user alone, over no other file', async () => {
    const file = join(site.folder, 'report.txt');
    // A fault of earlier, as the daemon keeps it, and a number that its redaction would have missed.
    const { path } = loadConfig(site.config, {}).store;
    const kept = new TraceFolder({ folder: join(path, 'traces'), clock: systemClock, log: silentLog });
    const heard = { n: 1, at: 0, direction: 'heard', text: '+CUSD: 0,"+380501234567"' } as const;
    kept.save({ port: 'sim://left', kind: 'mute', detail: 'no answer to AT', lines: [heard] });
    await kept.close();
    const { out } = await ask({ ...withDaemon(), report: file });
    expect(out).toContain(`The report is in ${file}`);
    const text = readFileSync(file, 'utf8');
    for (const part of [
      '# Facts',
      '# Configuration',
      '# Dialogue with sim://left',
      '> AT+CSQ',
      'country = "UA"',
      'mute, no answer to AT',
      '"+380501*',
    ])
      expect(text).toContain(part);
    const { card, imei } = site.network.modem('left');
    for (const secret of [card?.iccid, card?.imsi, card?.number, imei, readFileSync(keyFile, 'utf8')])
      expect(text).not.toContain(secret ?? 'none');
    expect(text).not.toMatch(/\d{7}|Simpost test/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await expect(ask({ ...withDaemon(), report: file })).rejects.toThrow(/is there already; name another/);
  });
});

describe('simpost doctor without a daemon', () => {
  const network = new VirtualNetwork({ clock: systemClock, random: seededRandom(2) });
  const modem = network.addModem({ name: 'one' });
  let config: string;

  beforeAll(async () => {
    config = join(site.folder, 'other.toml');
    writeFileSync(
      config,
      `[site]\ncountry = "KZ"\n[http]\nlisten = "127.0.0.1:${await freePort()}"\n[store]\npath = "other"\n[[modem]]\nport = "/dev/ttyUSB0"\nname = "left"\n`,
    );
  });
  afterAll(() => network.close());

  const open: DoctorWorld['open'] = () => Promise.resolve(network.open('one'));

  it('looks at the modems itself, and says what it sees', async () => {
    const { code, out } = await ask({ config }, { open });
    expect(out).toMatch(/Modems:\n {2}left {2}\S.* {2}Ready\.\n\nSIMs:\n {2}\d{19} {2}\S.* dBm\n/);
    expect(out).toContain('The running daemon was not asked. An API key is needed');
    expect(out).toContain('Kazakhstan wants the IMEI');
    expect(out).toMatch(/No problem was found\.\n$/);
    expect(code).toBe(0);
  });

  it('enters no PIN, and says that one is wanted', async () => {
    network.addFault({ fault: 'pin', modem: 'one' });
    const { code, out } = await ask({ config }, { open });
    expect(out).toMatch(/- left: The SIM asks for its PIN\.\n/);
    expect(modem.card?.triesLeft).toBe(3);
    expect(code).toBe(1);
    const withPin = join(site.folder, 'with-pin.toml');
    writeFileSync(withPin, `${readFileSync(config, 'utf8')}\n[[sim]]\niccid = "${modem.card?.iccid}"\npin = "1234"\n`, { mode: 0o600 });
    const kept = await ask({ config: withPin }, { open });
    expect(kept.out).toContain('The SIM asks for its PIN, which the configuration has: the daemon enters it when it starts.');
    expect([kept.code, modem.card?.triesLeft]).toEqual([0, 3]);
  });

  it('a port that is gone is a problem, told once though it is listed and configured', async () => {
    const { out } = await ask({ config });
    expect(out.match(/There is no port/g)).toHaveLength(2);
    expect(out).toMatch(/Modems:\n {2}left {2}There is no port \/dev\/ttyUSB0\.\n\n/);
  });

  it('X03: tells of modems that are network cards of this machine too, and of no other network card', async () => {
    const usb = new UsbTree();
    usb.plug('ttyUSB0', '1-1.2', { id: '2c7c:0125', interfaceNumber: 2 });
    usb.plugNetwork('wwan0', '1-1.2', 4);
    usb.plug('ttyACM0', '1-1.3', { id: '1546:1102', driver: 'cdc_acm' });
    usb.plugNetwork('usb0', '1-1.3', 2);
    usb.plug('ttyUSB1', '1-1.4', { id: '0403:6001', driver: 'ftdi_sio' });
    usb.plugNetwork('eth1', '1-1.5', 0);
    const { out } = await ask({ config: site.config }, { root: usb.root });
    usb.remove();
    expect(out.match(/The modem in USB socket .*/g)).toEqual([
      'The modem in USB socket 1-1.3 is a network card of this machine too, usb0.',
      'The modem in USB socket 1-1.2 is a network card of this machine too, wwan0.',
    ]);
  });

  it('leaves the ports of a daemon alone that it may not ask', async () => {
    let opened = 0;
    const counting: DoctorWorld['open'] = () => {
      opened += 1;
      return Promise.reject(new Error('opened'));
    };
    const { out } = await ask({ config: site.config, url: site.url }, { open: counting });
    expect(opened).toBe(0);
    expect(out).toContain('The running daemon was not asked. An API key is needed');
  });

  it('tells every mistake of the configuration, and goes on', async () => {
    const wrong = join(site.folder, 'wrong.toml');
    writeFileSync(wrong, '[site]\ntimeZone = "Kyiv"\n[http]\nlisten = 8025\n');
    const { code, out } = await ask({ config: wrong });
    expect(out).toMatch(/- In the configuration, site\.timeZone: line 2: .*\n/);
    expect(out).toMatch(/- In the configuration, http\.listen: line 4: .*\n/);
    expect(out).toContain('Ports:');
    expect(code).toBe(1);
  });
});
