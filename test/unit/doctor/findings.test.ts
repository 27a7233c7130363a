import { describe, expect, it } from 'vitest';
import type { Facts, PortFacts } from '../../../src/doctor/facts.ts';
import { findings } from '../../../src/doctor/findings.ts';

const PORT: PortFacts = {
  path: '/dev/ttyUSB0',
  names: ['/dev/serial/by-id/usb-HUAWEI-if00'],
  what: 'HUAWEI 12d1:1506',
  usable: true,
  group: 'dialout',
  holders: [],
};

/** A machine on which all is well. */
const WELL: Facts = {
  version: '0.1.0',
  node: 'v20.19.0',
  platform: 'linux arm64',
  user: 'olena',
  config: {
    file: '/etc/simpost/simpost.toml',
    country: 'UA',
    timeZone: 'Europe/Kyiv',
    ports: ['/dev/ttyUSB0'],
    discovers: false,
    namesModems: true,
  },
  mistakes: [],
  warnings: [],
  ports: [PORT],
  shared: [],
  modemNetworks: [],
  modemManagerRuns: false,
  folder: { path: '/var/lib/simpost', state: 'writable', freeMegabytes: 20_000 },
  clock: { synchronized: true, timeZone: 'Europe/Kyiv' },
  throttled: 0,
  daemon: { asked: true, ready: true, reasons: [] },
  modems: [{ name: 'left', port: '/dev/ttyUSB0', what: 'huawei E173', sentence: 'Ready.', nextStep: null }],
  sims: [{ iccid: '8938001234567890123', name: 'desk', operator: 'Kyivstar', signalDbm: -73, smsc: '+380672021111' }],
};

const [MODEM, SIM] = [WELL.modems[0], WELL.sims[0]];

it('says nothing where all is well, or cannot be known', () => {
  expect(findings(WELL)).toEqual([]);
  expect(findings({ ...WELL, throttled: null, clock: { ...WELL.clock, synchronized: null } })).toEqual([]);
});

it('says nothing of a configuration without modems while there are some, found by themselves, named by IMEI or virtual', () => {
  const config = { ...need(WELL.config), ports: [] };
  expect(findings({ ...WELL, config: { ...config, discovers: true, namesModems: false } })).toEqual([]);
  expect(findings({ ...WELL, config: { ...config, discovers: false, namesModems: true } })).toEqual([]);
  expect(findings({ ...WELL, config: { ...config, discovers: true, namesModems: false }, ports: [] })).toEqual([]);
});

const holder = (name: string): Partial<Facts> => ({ ports: [{ ...PORT, holders: [{ pid: 812, name }] }] });
const notAsked: Facts['daemon'] = { asked: false, why: 'No daemon answers at http://127.0.0.1:8025: start the daemon.' };

/** What is changed, its level, and what must be said of it. */
const CASES: readonly (readonly [string, Partial<Facts>, 'problem' | 'note', RegExp, RegExp])[] = [
  [
    'a mistake in the configuration',
    { config: null, mistakes: ['site.timeZone: line 2: "Kyiv" is no time zone'] },
    'problem',
    /line 2/,
    /config check/,
  ],
  [
    'devices with one serial number',
    { shared: [{ id: '12d1:1506', sockets: ['1-1.2', '1-1.3'], names: ['/dev/serial/by-id/usb-HUAWEI-if00'] }] },
    'note',
    /^2 devices 12d1:1506 have the same serial number \(sockets 1-1\.2, 1-1\.3\)/,
    /usbPath = "1-1\.2"/,
  ],
  [
    'such a name in the configuration',
    {
      shared: [{ id: '12d1:1506', sockets: ['1-1.2', '1-1.3'], names: ['/dev/serial/by-id/usb-HUAWEI-if00'] }],
      config: { ...need(WELL.config), ports: ['/dev/serial/by-id/usb-HUAWEI-if00'] },
    },
    'problem',
    /The configuration names \/dev\/serial\/by-id\/usb-HUAWEI-if00/,
    /usbPath/,
  ],
  [
    'a modem that is a network card too',
    { modemNetworks: [{ name: 'wwan0', socket: '1-1.2' }] },
    'note',
    /^The modem in USB socket 1-1\.2 is a network card of this machine too, wwan0\.$/,
    /62-simpost-only-serial\.rules/,
  ],
  ['a warning of the configuration', { warnings: ['The file x may be read by every user.'] }, 'note', /every user/, /Change it/],
  [
    'no modem configured',
    { config: { ...need(WELL.config), ports: [], namesModems: false }, modems: [], sims: [] },
    'problem',
    /^No modem is configured/,
    /by-id\/usb-HUAWEI-if00/,
  ],
  [
    'two time zones',
    { clock: { synchronized: true, timeZone: 'UTC' } },
    'note',
    /time of UTC and site.timeZone is Europe\/Kyiv/,
    /set-timezone/,
  ],
  ['Kazakhstan', { config: { ...need(WELL.config), country: 'KZ' } }, 'note', /^Kazakhstan wants the IMEI/, /rfs\.gov\.kz/],
  ['a clock that nobody set', { clock: { synchronized: false, timeZone: 'Europe/Kyiv' } }, 'problem', /does not trust its clock/, /NTP/],
  ['too little voltage now', { throttled: 0x50005 }, 'problem', /too little voltage now/, /supply/],
  ['too little voltage before', { throttled: 0x50000 }, 'problem', /since its start/, /supply/],
  ['ModemManager', { modemManagerRuns: true }, 'note', /^ModemManager is running/, /60-simpost\.rules/],
  [
    'ModemManager at a port',
    { modemManagerRuns: true, ...holder('ModemManager') },
    'problem',
    /^ModemManager holds \/dev\/ttyUSB0/,
    /60-simpost\.rules/,
  ],
  ['another program at a port', holder('gammu-smsd'), 'problem', /^gammu-smsd \(process 812\) holds/, /End that program/],
  [
    'no modem found by itself',
    { config: { ...need(WELL.config), ports: [], discovers: true, namesModems: false }, modems: [], sims: [] },
    'problem',
    /^No modem was found/,
    /\[\[modem\]\] with its port/,
  ],
  ['no port', { ports: [], modems: [], sims: [] }, 'problem', /no serial port/, /usb_modeswitch/],
  [
    'a port of another group',
    { ports: [{ ...PORT, usable: false }] },
    'note',
    /^olena may not use \/dev\/ttyUSB0, .* group dialout/,
    /sudo adduser olena dialout/,
  ],
  [
    'no SIM',
    { modems: [{ ...need(MODEM), sentence: 'There is no SIM in the modem.', nextStep: 'Put a SIM in.' }] },
    'problem',
    /^left: There is no SIM/,
    /^Put a SIM in\.$/,
  ],
  ['no SMSC number', { sims: [{ ...need(SIM), smsc: null }] }, 'problem', /^The SIM desk has no number of an SMSC/, /message centre/],
  ['a weak signal', { sims: [{ ...need(SIM), signalDbm: -107 }] }, 'problem', /weakly \(-107 dBm\)/, /antenna/],
  ['no data folder yet', { folder: { path: '/x', state: 'missing', freeMegabytes: 5000 } }, 'note', /not there yet/, /first start/],
  [
    'a data folder of somebody else',
    { folder: { path: '/x', state: 'forbidden', freeMegabytes: 5000 } },
    'note',
    /may not write/,
    /ls -ld/,
  ],
  ['a disk that fills', { folder: { path: '/x', state: 'writable', freeMegabytes: 700 } }, 'note', /700 MB left/, /Free some/],
  ['a full disk', { folder: { path: '/x', state: 'writable', freeMegabytes: 12 } }, 'problem', /12 MB left/, /Free some/],
  ['a daemon that is not there', { daemon: notAsked }, 'note', /was not asked\. No daemon answers/, /directly/],
  [
    'a daemon that is not ready',
    { daemon: { asked: true, ready: false, reasons: ['Sending is paused.'] } },
    'problem',
    /not ready: Sending is paused/,
    /simpost status/,
  ],
];

function need<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('missing');
  return value;
}

describe('one sentence and one next step for', () => {
  it.each(CASES)('%s', (_, change, level, sentence, nextStep) => {
    const found = findings({ ...WELL, ...change });
    expect(found).toEqual([{ level, sentence: expect.stringMatching(sentence), nextStep: expect.stringMatching(nextStep) }]);
    expect(found[0]?.sentence).toMatch(/\w.*\S$/);
  });
});

it('a port that the daemon itself has open is no finding, and one that holds it without a daemon is', () => {
  expect(findings({ ...WELL, ...holder('node') })).toEqual([]);
  expect(findings({ ...WELL, ...holder('node'), daemon: notAsked }).map((f) => f.level)).toEqual(['problem', 'note']);
});

it('a modem behind ser2net needs no serial port', () => {
  expect(findings({ ...WELL, ports: [], config: { ...need(WELL.config), ports: ['tcp://10.0.0.2:2001'] } })).toEqual([]);
});

it('a daemon that is not ready for a reason that was found says it once, and problems come first', () => {
  const daemon = { asked: true, ready: false, reasons: ['No SIM is ready.'] } as const;
  const found = findings({ ...WELL, daemon, modemManagerRuns: true, sims: [{ ...need(SIM), smsc: null }] });
  expect(found.map((f) => f.level)).toEqual(['problem', 'note']);
});
