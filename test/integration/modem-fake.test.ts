import { Duplex } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { Fault } from '../../src/base/fault.ts';
import { deferred } from '../../src/base/waits.ts';
import type { SendOutcome } from '../../src/modem/outcome.ts';
import { duplexPair } from '../support/duplex-pair.ts';
import { deliver, type FakeModem } from '../support/fake-modem.ts';
import { HELLO, ModemRig, PinTable } from '../support/modem-rig.ts';

/** `<length>` of +CMT and +CDS: the TPDU without the SMSC address. */
const length = (pdu: string): number => pdu.length / 2 - 8;

// ---- start ------------------------------------------------------------------------------------------------------

test('a modem is ready with all that there is to know', async () => {
  const rig = new ModemRig([{ port: 'port', name: 'left stick' }]);
  await rig.ready();
  const { imei, iccid, imsi } = rig.fake();
  expect(rig.pool.modems()).toEqual([
    {
      port: 'port',
      usbPath: null,
      name: 'left stick',
      sharedImei: false,
      imei,
      manufacturer: 'Fake',
      profile: 'generic',
      model: 'F100',
      state: 'ready',
      reason: 'ready',
      notes: [],
      wentWithOthers: false,
      sentence: 'Ready.',
      nextStep: null,
      sim: iccid,
    },
  ]);
  expect(rig.pool.sims()).toEqual([
    {
      iccid,
      imsi,
      number: '+380501112233',
      state: 'ready',
      operator: 'Fakecom',
      signalDbm: -73,
      imei,
      predictedMr: null,
      keepsReference: false,
      smsc: '+380500000501',
      registered: true,
      waitsForHub: false,
    },
  ]);
});

test('a modem that refuses all that is not essential is ready all the same', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => {
    for (const command of [
      'ATE0',
      'AT+CMEE',
      'AT+CGMI',
      'AT+CGMM',
      'AT+CNUM',
      'AT+CSCA',
      'AT+CSMS',
      'AT+CPMS',
      'AT+CNMI',
      'AT+CREG',
      'AT+COPS',
      'AT+CSQ',
      'AT+CPIN',
    ]) {
      fake.instead.set(command, ['ERROR']);
    }
  };
  await rig.ready();
  expect(rig.pool.sims()).toMatchObject([{ state: 'ready', number: null, smsc: null, operator: null, signalDbm: null }]);
  expect(await sent(rig)).toEqual({ kind: 'ok', mr: 41 });
});

test('a modem that speaks another dialect is understood', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => {
    fake.instead.set('AT+CGSN', [`+CGSN: "${fake.imei}"`, ' OK ']);
    fake.instead.set('AT+CCID', ['+CME ERROR: operation not supported']);
    fake.instead.set('AT+ICCID', ['ERROR']);
    fake.instead.set('AT^ICCID?', [`^ICCID: ${fake.iccid}F`, '^RSSI:20', 'OK']);
    fake.instead.set('ATE0', ['ERROR']);
    fake.instead.set('AT+CNMI=2,1,0,1,0', ['+CMS ERROR: 303']);
    fake.instead.set('AT+CSMS=1', ['+CMS ERROR: 303']);
    fake.outcome = (_pdu, mr) => [`+CMGS:${mr},"0011"`, '^RSSI:20', 'OK'];
  };
  await rig.ready();
  expect(rig.pool.sims()[0]?.iccid).toBe(rig.fake().iccid);
  expect(rig.fake().heard).toContain('AT+CNMI=1,1,0,1,0');
  expect(rig.fake().heard).toContain('AT+CSMS=0');
  expect(rig.fake().echo).toBe(true);
  expect(await sent(rig)).toEqual({ kind: 'ok', mr: 41 });
});

test('a SIM that does not tell its ICCID is known by its IMSI', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => fake.instead.set('AT+CCID', ['ERROR']);
  await rig.ready();
  expect(rig.pool.sims()[0]?.iccid).toBe(`imsi-${rig.fake().imsi}`);
});

test('a modem that does not tell its IMEI is named by its port, and gets in step again all the same', async () => {
  const rig = new ModemRig(undefined, undefined, 0, { answerLimit: 60_000 });
  rig.prepare = (fake) => {
    fake.instead.set('AT+CGSN', ['OK']);
    fake.instead.set('AT+CCID', ['ERROR']);
    fake.instead.set('AT+CIMI', ['ERROR']);
  };
  await rig.ready();
  expect(rig.pool.modems()[0]?.imei).toBeNull();
  expect(rig.pool.sims()).toMatchObject([{ iccid: 'imei-port-port', imei: 'port-port', state: 'ready' }]);
  const fake = rig.fake();
  fake.outcome = () => null;
  const lost = rig.pool.send('imei-port-port', HELLO);
  await rig.clock.advance(60_000);
  expect(await lost).toMatchObject({ kind: 'unknown', cause: 'EV-TIMEOUT' });
  await rig.until(() => rig.state() === 'ready', 5_000);
  fake.outcome = (_pdu, mr) => [`+CMGS: ${mr}`, 'OK'];
  const next = rig.pool.send('imei-port-port', HELLO);
  await rig.clock.advance(10);
  expect(await next).toEqual({ kind: 'ok', mr: 41 });
});

test('a modem without PDU mode is told apart', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => fake.instead.set('AT+CMGF', ['ERROR']);
  rig.pool.start();
  await rig.until(() => rig.state() === 'failed');
  expect(rig.pool.modems()[0]?.sentence).toContain('PDU mode');
});

test('without a SIM it says so, and goes on when there is one', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => fake.instead.set('AT+CPIN', ['+CME ERROR: 10']);
  rig.pool.start();
  await rig.until(() => rig.state() === 'unlocking');
  expect(rig.pool.modems()[0]?.sentence).toBe('There is no SIM in the modem.');
  rig.fake().instead.delete('AT+CPIN');
  await rig.until(() => rig.state() === 'ready');
});

/** A SIM that asks for its PIN until it is given. */
function locked(fake: FakeModem, { pin = '4711', tries = 3 }: { pin?: string; tries?: number | null } = {}): void {
  fake.instead.set('AT+CPIN?', ['+CPIN: SIM PIN', 'OK']);
  fake.instead.set('AT+CPINR', tries === null ? ['ERROR'] : [`+CPINR: SIM PIN,${tries},3`, 'OK']);
  fake.instead.set('AT+CPIN=', ['+CME ERROR: 16']);
  fake.instead.set(`AT+CPIN="${pin}"`, ['OK', '+CPIN: READY']);
  void fake.until(`AT+CPIN="${pin}"`).then(() => fake.instead.delete('AT+CPIN?'));
}

const entered = (rig: ModemRig): string[] => rig.fake().heard.filter((line) => line.startsWith('AT+CPIN="'));

test('the PIN of the configuration unlocks its SIM, again after every start', async () => {
  const pins = new PinTable();
  pins.configured.set('89380062300123456789', '4711');
  for (const tries of [3, null, 3]) {
    const rig = new ModemRig(undefined, pins);
    rig.prepare = (fake) => locked(fake, { tries });
    await rig.ready();
    expect(entered(rig)).toEqual(['AT+CPIN="4711"']);
    await rig.pool.stop(0);
  }
});

test('a wrong PIN is tried once ever, over 100 starts; another value once more (M06)', async () => {
  const pins = new PinTable();
  const all: string[] = [];
  for (let start = 0; start < 100; start += 1) {
    pins.configured.set('89380062300123456789', start < 50 ? '1111' : '2222');
    const rig = new ModemRig(undefined, pins);
    rig.prepare = (fake) => locked(fake);
    rig.pool.start();
    await rig.until(() => rig.pool.modems()[0]?.sentence.includes('did not take') ?? false);
    await rig.clock.advance(30_000);
    all.push(...entered(rig));
    await rig.pool.stop(0);
  }
  expect(all).toEqual(['AT+CPIN="1111"', 'AT+CPIN="2222"']);
});

test('where the modem does not tell how many tries are left, two wrong PINs are the last that are tried, over all starts (M06)', async () => {
  const pins = new PinTable();
  const all: string[] = [];
  for (const pin of ['1111', '2222', '3333', '4711']) {
    pins.configured.set('89380062300123456789', pin);
    const rig = new ModemRig(undefined, pins);
    rig.prepare = (fake) => locked(fake, { tries: null });
    rig.pool.start();
    await rig.until(() => rig.pool.modems()[0]?.sentence.includes('did not take') ?? false);
    all.push(...entered(rig));
    await rig.pool.stop(0);
  }
  expect(all).toEqual(['AT+CPIN="1111"', 'AT+CPIN="2222"']);
});

test('no PIN is entered with fewer than two tries left, without one configured, for another SIM, or instead of a PUK (M06)', async () => {
  const cases: [prepare: (fake: FakeModem) => void, sentence: string][] = [
    [(fake) => locked(fake, { tries: 1 }), 'Fewer than two tries'],
    [
      (fake) => {
        fake.iccid = '89380062300100000000';
        locked(fake);
      },
      'asks for its PIN.',
    ],
    [(fake) => fake.instead.set('AT+CPIN?', ['+CPIN: SIM PUK', 'OK']), 'asks for its PUK'],
    [
      (fake) => {
        fake.instead.set('AT+CCID', ['ERROR']);
        locked(fake);
      },
      'does not tell its ICCID',
    ],
  ];
  for (const [prepare, sentence] of cases) {
    const pins = new PinTable();
    pins.configured.set('89380062300123456789', '4711');
    const rig = new ModemRig(undefined, pins);
    rig.prepare = prepare;
    rig.pool.start();
    await rig.until(() => rig.state() === 'unlocking');
    for (let minute = 0; minute < 10; minute += 1) await rig.clock.advance(60_000);
    expect(rig.pool.modems()[0], sentence).toMatchObject({ state: 'unlocking', sentence: expect.stringContaining(sentence) });
    expect(rig.pool.modems()[0]?.nextStep).not.toBeNull();
    expect(
      rig.fake().heard.filter((line) => line.startsWith('AT+CPIN=')),
      sentence,
    ).toEqual([]);
    await rig.pool.stop(0);
  }
});

test('a text that a process before ours began is taken back before anything else is said', async () => {
  const rig = new ModemRig();
  let writing = true;
  rig.prepare = (fake) => {
    // Waits for the text of a message, in which an `AT` is a line like any other.
    fake.instead.set('AT', null);
    void fake.until('ESC').then(() => {
      writing = false;
      fake.instead.delete('AT');
    });
  };
  await rig.ready();
  expect(writing).toBe(false);
});

test('the answer to a segment of a process before ours does not answer anything of ours (D02)', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => fake.instead.set('AT+CMEE', ['+CMGS: 40', 'OK', 'OK']);
  await rig.ready();
  expect(rig.pool.modems()[0]).toMatchObject({ manufacturer: 'Fake', model: 'F100' });
  expect(await sent(rig)).toEqual({ kind: 'ok', mr: 41 });
});

test('a modem that passes on no delivery reports is used, and says so', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => {
    fake.instead.set('AT+CNMI', ['+CMS ERROR: 303']);
    fake.instead.set('AT+CNMI=2,1,0,0,0', ['OK']);
  };
  await rig.ready();
  expect(rig.pool.modems()[0]).toMatchObject({
    state: 'ready',
    sentence: 'Ready. It passes on no delivery reports, so what it sends stays at sent.',
    notes: [{ code: 'noReports' }],
  });
});

// ---- ports that are no modems -----------------------------------------------------------------------------------

test('a port with rubbish is named and tried again, and the rest goes on', async () => {
  const rig = new ModemRig([{ port: 'good' }, { port: 'rubbish' }, { port: 'silent' }, { port: 'missing' }, { port: 'busy' }]);
  rig.open = (port) => {
    if (port === 'good') return undefined;
    if (port === 'missing') return Promise.reject(new Fault('portGone', 'There is no port missing.'));
    if (port === 'busy') return Promise.reject(new Fault('portBusy', 'Another program has this port open.'));
    const [ours, theirs] = duplexPair();
    theirs.on('data', () => port === 'rubbish' && theirs.write(Buffer.from('login: \xff\xfe\0garbage>\r\n"+CUSD: "\r\n', 'latin1')));
    return Promise.resolve(ours);
  };
  rig.pool.start();
  await rig.until(() => rig.state('rubbish') === 'failed' && rig.state('silent') === 'failed', 60_000);
  const views = new Map(rig.pool.modems().map((m) => [m.port, m]));
  expect(views.get('rubbish')?.sentence).toBe('What is on this port does not speak AT.');
  expect(views.get('silent')?.sentence).toBe('The modem does not answer.');
  expect(views.get('missing')).toMatchObject({ state: 'absent', sentence: 'There is no port missing.' });
  expect(views.get('busy')).toMatchObject({ state: 'failed', sentence: 'Another program has this port open.' });
  for (const [port, view] of views) expect(view.nextStep === null, String(port)).toBe(port === 'good');
  expect(views.get('good')?.state).toBe('ready');
  expect(await sent(rig, 'good')).toMatchObject({ kind: 'ok' });
  const before = rig.opened;
  await rig.clock.advance(600_000);
  expect(rig.opened - before).toBeGreaterThan(0);
  await rig.pool.stop(0);
});

test('pauses between openings grow, so that a dead port costs next to nothing', async () => {
  const rig = new ModemRig();
  rig.open = () => Promise.reject(new Fault('portBusy', 'Busy.'));
  rig.pool.start();
  await rig.clock.advance(3_600_000);
  expect(rig.opened).toBeGreaterThan(50);
  expect(rig.opened).toBeLessThan(90);
});

test('two modems with one IMEI stay two', async () => {
  const rig = new ModemRig([{ port: 'one' }, { port: 'two' }]);
  rig.prepare = (fake, port) => {
    if (port === 'two') fake.iccid = '89380062300199999999';
  };
  await rig.ready();
  expect(rig.pool.sims()).toHaveLength(2);
  expect(await sent(rig, 'two')).toMatchObject({ kind: 'ok' });
  expect(rig.fake('two').taken).toHaveLength(1);
  expect(rig.fake('one').taken).toHaveLength(0);
});

test('a modem that was told to answer in numbers is told to use words', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => {
    fake.instead.set('ATQ0V1', ['OK']);
    fake.instead.set('AT', ['0']);
    void fake.until('ATQ0V1').then(() => fake.instead.delete('AT'));
  };
  await rig.ready();
  expect(await sent(rig)).toMatchObject({ kind: 'ok' });
});

test('what says OK to everything and tells nothing is no modem', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => fake.instead.set('AT', ['OK']);
  rig.pool.start();
  await rig.until(() => rig.state() === 'failed');
  expect(rig.pool.modems()[0]?.sentence).toContain('it is no modem');
  expect(rig.pool.sims()).toEqual([]);
});

test('what answers ERROR to everything is not said to answer OK', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => fake.instead.set('AT', ['ERROR']);
  rig.pool.start();
  await rig.until(() => rig.state() === 'failed');
  expect(rig.pool.modems()[0]).toMatchObject({
    reason: 'noAt',
    sentence: 'What is on this port answers, but tells nothing of itself: it is no modem.',
  });
});

test('a port that never answers stays shown as failed while it is tried again', async () => {
  const rig = new ModemRig();
  rig.open = () => Promise.resolve(duplexPair()[0]);
  rig.pool.start();
  await rig.until(() => rig.state() === 'failed');
  const seen = new Set<string | undefined>();
  for (let second = 0; second < 180; second += 1) {
    await rig.clock.advance(1_000);
    seen.add(rig.pool.modems()[0]?.sentence);
  }
  expect([...seen]).toEqual(['The modem does not answer.']);
});

// ---- sending ----------------------------------------------------------------------------------------------------

/** Sends one segment and lets at most so much time pass, milliseconds. */
async function sent(rig: ModemRig, port = 'port', ms = 0): Promise<SendOutcome> {
  const outcome = rig.pool.send(rig.fake(port).iccid, HELLO);
  await rig.clock.advance(ms);
  return outcome;
}

test('a segment goes out, and the next TP-MR is known', async () => {
  const rig = new ModemRig();
  await rig.ready();
  expect(await sent(rig)).toEqual({ kind: 'ok', mr: 41 });
  expect(rig.pool.sims()[0]?.predictedMr).toBe(42);
  rig.fake().mr = 255;
  expect(await sent(rig)).toEqual({ kind: 'ok', mr: 255 });
  expect(rig.pool.sims()[0]?.predictedMr).toBe(0);
  expect(rig.fake().taken).toHaveLength(2);
});

test('a SIM that is nowhere, busy or not registered sends nothing, and says so', async () => {
  const rig = new ModemRig();
  await rig.ready();
  expect(await rig.pool.send('8900', HELLO)).toEqual({ kind: 'not-sent', cause: 'EV-PORT-GONE-BEFORE' });
  rig.fake().outcome = () => null;
  const first = rig.pool.send(rig.fake().iccid, HELLO);
  expect(await rig.pool.send(rig.fake().iccid, HELLO)).toEqual({ kind: 'not-sent', cause: 'CMS-314' });
  await rig.clock.advance(10);
  rig.fake().say('+CMGS: 41', 'OK');
  await rig.clock.advance(10);
  expect(await first).toEqual({ kind: 'ok', mr: 41 });
});

test('a segment that cannot be encoded is refused and nothing is written', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const before = rig.fake().heard.length;
  expect(await rig.pool.send(rig.fake().iccid, { ...HELLO, to: '\r\nAT+CFUN=0' })).toEqual({ kind: 'refused', cause: 'CMS-304' });
  expect(rig.fake().heard.length).toBe(before);
});

test('a late prompt is waited for', async () => {
  const rig = new ModemRig();
  await rig.ready();
  rig.fake().prompt = 'never';
  const outcome = rig.pool.send(rig.fake().iccid, HELLO);
  await rig.clock.advance(9_000);
  rig.fake().askForText();
  await rig.clock.advance(0);
  expect(await outcome).toEqual({ kind: 'ok', mr: 41 });
});

test('a prompt after the segment was given up is answered with ESC, and no segment goes into it', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  fake.prompt = 'never';
  expect(await sent(rig, 'port', 10_000)).toEqual({ kind: 'not-sent', cause: 'EV-NO-PROMPT' });
  await rig.until(() => rig.state() === 'ready', 5_000);
  // Its settings are made again.
  for (let turn = 0; turn < 20; turn += 1) await rig.clock.advance(10);
  fake.askForText();
  await rig.clock.advance(100);
  expect(fake.heard.at(-1)).toBe('ESC');
  expect(fake.taken).toEqual([]);
  fake.prompt = 'at once';
  expect(await sent(rig)).toMatchObject({ kind: 'ok' });
});

test('no prompt in 10 s: ESC, nothing was sent, and the modem is ready again', async () => {
  const rig = new ModemRig();
  await rig.ready();
  rig.fake().prompt = 'never';
  expect(await sent(rig, 'port', 10_000)).toEqual({ kind: 'not-sent', cause: 'EV-NO-PROMPT' });
  expect(rig.fake().heard).toContain('ESC');
  expect(rig.fake().heard.some((line) => line.startsWith('PDU'))).toBe(false);
  rig.fake().prompt = 'at once';
  await rig.until(() => rig.state() === 'ready', 5_000);
  expect(await sent(rig)).toMatchObject({ kind: 'ok' });
});

test('errors before the prompt and after Ctrl-Z', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  fake.instead.set('AT+CMGS', ['+CMS ERROR: 330']);
  expect(await sent(rig)).toEqual({ kind: 'not-sent', cause: 'CMS-330' });
  fake.instead.delete('AT+CMGS');
  fake.outcome = () => ['+CMS ERROR: 38'];
  expect(await sent(rig)).toEqual({ kind: 'refused', cause: 'CMS-38' });
  fake.outcome = () => ['+CMS ERROR: 500'];
  expect(await sent(rig)).toMatchObject({ kind: 'unknown', cause: 'CMS-500' });
  fake.outcome = () => ['OK'];
  const unnamed = sent(rig);
  await rig.clock.advance(5_000);
  expect(await unnamed).toMatchObject({ kind: 'unknown', cause: 'EV-OK-NO-REF' });
  fake.outcome = () => ['ERROR'];
  expect(await sent(rig)).toMatchObject({ kind: 'unknown', cause: 'EV-ERROR-AFTER' });
  expect(fake.taken).toHaveLength(0);
});

test('a modem that is ready and refuses segment after segment says so, with what to do, until one goes out (M08)', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  fake.outcome = () => ['+CMS ERROR: 28'];
  for (let n = 0; n < 3; n += 1) await sent(rig);
  const [view] = rig.pool.modems();
  expect(view?.sentence).toBe('Ready. The last 3 segments did not go out: the SIM has no credit or no SMS plan, or is barred (CMS-28).');
  expect(view?.nextStep).toBe('Top the SIM up, or ask its operator.');
  // A number that is none is nobody's fault.
  fake.outcome = () => ['+CMS ERROR: 1'];
  await sent(rig);
  expect(rig.pool.modems()[0]?.sentence).toContain('The last 3 segments');
  fake.outcome = (_pdu, mr) => [`+CMGS: ${mr}`, 'OK'];
  await sent(rig);
  expect(rig.pool.modems()[0]).toMatchObject({ sentence: 'Ready.', nextStep: null });
});

test('after an error without a code the settings are made again, before the next segment', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  fake.instead.set('AT+CMGS', ['ERROR']);
  const from = fake.heard.length;
  const second = rig.pool.send(fake.iccid, HELLO).then((first) => {
    fake.instead.delete('AT+CMGS');
    expect(first).toEqual({ kind: 'not-sent', cause: 'EV-ERROR-BEFORE' });
    return rig.pool.send(fake.iccid, HELLO);
  });
  for (let turn = 0; turn < 10; turn += 1) await rig.clock.advance(10);
  expect(await second).toMatchObject({ kind: 'ok' });
  expect(fake.heard.slice(from).filter((line) => line === 'AT+CMGS=18' || SETTINGS.includes(line))).toEqual([
    'AT+CMGS=18',
    ...SETTINGS,
    'AT+CMGS=18',
  ]);
});

/** What a modem that lost its settings must be told, in this order. */
const SETTINGS = ['ATE0', 'AT+CMEE=1', 'AT+CMGF=0', 'AT+CSMS=1', 'AT+CPMS="SM","SM","SM"', 'AT+CNMI=2,1,0,1,0'];

test('an answer that takes 125 s is waited for (D05)', async () => {
  const rig = new ModemRig();
  await rig.ready();
  rig.fake().outcome = () => null;
  const outcome = rig.pool.send(rig.fake().iccid, HELLO);
  await rig.clock.advance(125_000);
  rig.fake().say('+CMGS: 41', 'OK');
  await rig.clock.advance(10);
  expect(await outcome).toEqual({ kind: 'ok', mr: 41 });
});

test('an answer after the limit resolves the uncertain outcome, and nothing is sent meanwhile (D06)', async () => {
  for (const delay of [131_000, 300_000, 600_000]) {
    const rig = new ModemRig();
    await rig.ready();
    const fake = rig.fake();
    fake.outcome = () => null;
    // A modem that does nothing else while it waits for the network.
    const outcome = rig.pool.send(fake.iccid, HELLO);
    await rig.clock.advance(0);
    fake.instead.set('AT', null);
    await rig.clock.advance(130_000);
    const unknown = await outcome;
    if (unknown.kind !== 'unknown') throw new Error(`it was ${unknown.kind}`);
    expect(unknown.cause).toBe('EV-TIMEOUT');
    expect(rig.state()).toBe('degraded');
    expect(await rig.pool.send(fake.iccid, HELLO)).toEqual({ kind: 'not-sent', cause: 'EV-NO-PROMPT' });
    await rig.clock.advance(delay - 130_000);
    fake.instead.delete('AT');
    fake.say('+CMGS: 41', 'OK');
    await rig.until(() => rig.state() === 'ready', 40_000);
    expect(await unknown.late).toBe(41);
    expect(fake.heard.filter((line) => line.startsWith('PDU'))).toHaveLength(1);
    expect(rig.opened).toBe(1);
    fake.outcome = (_pdu, mr) => [`+CMGS: ${mr}`, 'OK'];
    fake.mr = 42;
    expect(await sent(rig)).toEqual({ kind: 'ok', mr: 42 });
    await rig.pool.stop(0);
  }
});

test('after one lost answer the next one is not taken for it', async () => {
  const rig = new ModemRig(undefined, undefined, 0, { answerLimit: 60_000 });
  await rig.ready();
  const fake = rig.fake();
  for (let round = 0; round < 5; round += 1) {
    fake.outcome = () => null;
    const lost = rig.pool.send(fake.iccid, HELLO);
    await rig.clock.advance(60_000);
    expect(await lost).toMatchObject({ kind: 'unknown', cause: 'EV-TIMEOUT' });
    await rig.until(() => rig.state() === 'ready', 5_000);
    fake.outcome = (_pdu, mr) => [`+CMGS: ${mr}`, 'OK'];
    fake.mr = 100 + round;
    expect(await sent(rig)).toEqual({ kind: 'ok', mr: 100 + round });
  }
});

test('a make that may take longer for a segment than others is waited for as long', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => {
    fake.instead.set('AT+CGMI', ['u-blox', 'OK']);
    fake.instead.set('AT+CGMM', ['SARA-R410M-02B', 'OK']);
  };
  await rig.ready();
  const fake = rig.fake();
  fake.outcome = () => null;
  const sending = rig.pool.send(fake.iccid, HELLO);
  await rig.clock.advance(170_000);
  fake.say('+CMGS: 41', 'OK');
  await rig.clock.advance(100);
  expect(await sending).toEqual({ kind: 'ok', mr: 41 });
});

test('a late answer that comes while the modem is at work again belongs to the lost segment', async () => {
  const rig = new ModemRig(undefined, undefined, 0, { answerLimit: 60_000 });
  await rig.ready();
  const fake = rig.fake();
  fake.outcome = () => null;
  const lost = rig.pool.send(fake.iccid, HELLO);
  await rig.clock.advance(60_000);
  const unknown = await lost;
  if (unknown.kind !== 'unknown') throw new Error(`it was ${unknown.kind}`);
  await rig.until(() => rig.state() === 'ready', 5_000);
  fake.say('+CMGS: 41', 'OK');
  await rig.clock.advance(100);
  expect(await unknown.late).toBe(41);
});

test('a modem that goes silent is degraded within 36 s, and reopened (M01)', async () => {
  const rig = new ModemRig();
  await rig.ready();
  rig.fake().instead.set('AT', null);
  await rig.until(() => rig.state() === 'degraded', 36_000);
  expect(rig.pool.sims()[0]?.state).toBe('notReady');
  await rig.until(() => rig.opened === 2 && rig.state() === 'ready', 60_000);
});

/** A modem that answers nothing, over all openings of its port, until it is started anew; for ever without `cured`. */
function hangs(rig: ModemRig, { cured = true } = {}): { resets: number[] } {
  const state = { hangs: true, resets: [] as number[] };
  rig.prepare = (fake) => {
    if (!state.hangs) return;
    fake.instead.set('AT', null);
    void fake.until('AT+CFUN=1,1').then(() => {
      state.resets.push(rig.clock.monotonic());
      state.hangs = !cured;
    });
  };
  rig.fake().instead.set('AT', null);
  return state;
}

test('a modem that hangs until it is started anew is ready again within 90 s, by one reset (M02)', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const { resets } = hangs(rig);
  await rig.until(() => rig.state() !== 'ready', 36_000);
  await rig.until(() => rig.state() === 'ready', 60_000);
  await rig.clock.advance(500);
  expect(resets).toHaveLength(1);
  expect(await sent(rig)).toMatchObject({ kind: 'ok' });
});

test('a modem that nothing helps is given up within 5 minutes, in words, and started anew twice an hour at most (M02)', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const { resets } = hangs(rig, { cured: false });
  await rig.until(() => rig.pool.modems()[0]?.sentence.includes('did not help') ?? false, 300_000);
  expect(rig.pool.modems()[0]?.nextStep).toContain('Unplug the modem');
  expect(resets).toHaveLength(2);
  for (let minute = 0; minute < 180; minute += 1) await rig.clock.advance(60_000);
  for (const reset of resets) expect(resets.filter((r) => r > reset - 3_600_000 && r <= reset).length).toBeLessThanOrEqual(2);
  // Still tried, so a replug is all that it needs.
  rig.prepare = () => undefined;
  await rig.until(() => rig.state() === 'ready', 90_000);
  await rig.pool.stop(0);
});

test('nothing is started anew because a port is absent, or because eight modems vanished at once (M02, M11)', async () => {
  const ports = Array.from({ length: 8 }, (_, n) => ({ port: `port-${n}` }));
  const rig = new ModemRig(ports);
  rig.prepare = (fake, port) => {
    fake.iccid = `8938006230012345678${port.at(-1)}`;
  };
  await rig.ready();
  let away = true;
  rig.open = () => (away ? Promise.reject(new Fault('portGone', 'There is no port.')) : undefined);
  const old = ports.map(({ port }) => rig.fake(port));
  for (const fake of old) fake.unplug();
  for (let minute = 0; minute < 60; minute += 1) await rig.clock.advance(60_000);
  away = false;
  await rig.until(() => ports.every(({ port }) => rig.state(port) === 'ready'), 120_000);
  const said = [...old, ...ports.map(({ port }) => rig.fake(port))].flatMap((fake) => fake.heard);
  expect(said.filter((line) => line.startsWith('AT+CFUN'))).toEqual([]);
});

test('a modem that says again and again that it is faulty is started anew (M02)', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const { resets } = hangs(rig);
  rig.fake().instead.delete('AT');
  rig.fake().outcome = () => ['+CMS ERROR: 313'];
  for (let n = 0; n < 3; n += 1) await sent(rig);
  await rig.until(() => resets.length === 1, 30_000);
  await rig.until(() => rig.state() === 'ready', 60_000);
  await rig.clock.advance(500);
  expect(await sent(rig)).toMatchObject({ kind: 'ok' });
});

test('unplugged before Ctrl-Z: not sent; after it: unknown; and back when it is plugged in (M04)', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const [{ imei, manufacturer, model } = { imei: null }] = rig.pool.modems();
  const facts = { imei, manufacturer, model };
  expect(imei).not.toBeNull();
  rig.fake().prompt = 'never';
  const before = rig.pool.send(rig.fake().iccid, HELLO);
  await rig.clock.advance(0);
  rig.fake().unplug();
  await rig.clock.advance(0);
  expect(await before).toEqual({ kind: 'not-sent', cause: 'EV-PORT-GONE-BEFORE' });
  expect(rig.state()).toBe('absent');
  expect(rig.pool.sims()).toEqual([]);
  // Which one of them it was can still be told.
  expect(rig.pool.modems()[0]).toMatchObject({ ...facts, sim: null });
  await rig.until(() => rig.state() === 'ready', 5_000);
  // What is asked at the start has its answers.
  await rig.clock.advance(500);

  rig.fake().outcome = () => null;
  const after = rig.pool.send(rig.fake().iccid, HELLO);
  await rig.clock.advance(0);
  rig.fake().unplug();
  await rig.clock.advance(0);
  const outcome = await after;
  expect(outcome).toMatchObject({ kind: 'unknown', cause: 'EV-PORT-GONE-AFTER' });
  if (outcome.kind === 'unknown') expect(await outcome.late).toBeUndefined();
  await rig.until(() => rig.state() === 'ready', 5_000);
  await rig.clock.advance(500);
  expect(await sent(rig)).toMatchObject({ kind: 'ok' });
});

test('the TP-MR goes on where it was after the modem was plugged in again', async () => {
  const rig = new ModemRig();
  await rig.ready();
  await sent(rig);
  rig.fake().unplug();
  await rig.until(() => rig.state() === 'ready', 10_000);
  expect(rig.pool.sims()[0]?.predictedMr).toBe(42);
});

test('a modem that leaves TP-MR as it is gets another one for each segment, once it shows that', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  fake.outcome = (pdu) => [`+CMGS: ${Number.parseInt(pdu.slice(4, 6), 16)}`, 'OK'];
  const mrs: (number | undefined)[] = [];
  for (let i = 0; i < 5; i += 1) {
    const outcome = await rig.pool.send(fake.iccid, HELLO);
    mrs.push(outcome.kind === 'ok' ? outcome.mr : undefined);
  }
  expect(mrs).toEqual([0, 0, 129, 130, 131]);
  expect(rig.pool.sims()[0]?.keepsReference).toBe(false);
});

test('nothing is sent while not registered, and it goes on within 10 s (M07)', async () => {
  const rig = new ModemRig();
  await rig.ready();
  rig.fake().registration = '0,2';
  rig.fake().say('+CREG: 2');
  await rig.clock.advance(10);
  expect(rig.state()).toBe('registering');
  expect(await sent(rig)).toEqual({ kind: 'not-sent', cause: 'CMS-331' });
  await rig.clock.advance(600_000);
  expect(rig.fake().heard.some((line) => line.startsWith('AT+CMGS'))).toBe(false);
  rig.fake().registration = '0,5';
  await rig.until(() => rig.state() === 'ready', 10_000);
});

test('a SIM abroad sends nothing without a yes; with a partner in its own country it does', async () => {
  for (const [network, roaming, state] of [
    ['26006', false, 'registering'],
    ['26006', true, 'ready'],
    ['25503', false, 'ready'],
  ] as const) {
    const rig = new ModemRig();
    rig.roaming = roaming;
    rig.prepare = (fake) => {
      fake.registration = '0,5';
      fake.instead.set('AT+COPS?', [`+COPS: 0,2,"${network}"`, 'OK']);
    };
    rig.pool.start();
    await rig.until(() => rig.pool.sims()[0]?.registered === true);
    await rig.clock.advance(40_000);
    expect(rig.state(), network).toBe(state);
    const outcome = await sent(rig);
    expect(outcome.kind, network).toBe(state === 'ready' ? 'ok' : 'not-sent');
    if (state !== 'ready')
      expect(rig.pool.modems()[0]).toMatchObject({
        sentence: expect.stringContaining('abroad'),
        nextStep: expect.stringContaining('roaming = true'),
      });
    await rig.pool.stop(0);
  }
});

test('registration that is lost without a word is noticed by looking', async () => {
  const rig = new ModemRig();
  await rig.ready();
  rig.fake().registration = '0,0';
  await rig.until(() => rig.state() === 'registering', 31_000);
});

test('a modem that starts anew by itself gets its settings again, and nothing is sent before', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  const from = fake.heard.length;
  fake.say('RDY', '+CFUN: 1');
  await rig.clock.advance(0);
  const outcome = rig.pool.send(fake.iccid, HELLO);
  for (let turn = 0; turn < 10; turn += 1) await rig.clock.advance(10);
  expect(await outcome).toEqual({ kind: 'ok', mr: 41 });
  expect(fake.heard.slice(from).filter((line) => line.startsWith('PDU') || SETTINGS.includes(line))).toEqual([
    ...SETTINGS,
    expect.stringMatching(/^PDU/),
  ]);
  expect(rig.state()).toBe('ready');
});

test('a word about the SIM or a start before the prompt costs the segment no try', async () => {
  for (const word of ['^SIMST:1', 'RDY']) {
    const rig = new ModemRig();
    await rig.ready();
    const fake = rig.fake();
    fake.prompt = 'never';
    const from = fake.heard.length;
    const outcome = rig.pool.send(fake.iccid, HELLO);
    await fake.until('AT+CMGS', from);
    fake.prompt = 'at once';
    fake.say(word);
    fake.askForText();
    await rig.until(() => fake.heard.slice(from).some((line) => line.startsWith('PDU')), 20_000);
    expect(await outcome, word).toEqual({ kind: 'ok', mr: 41 });
    expect(fake.taken, word).toHaveLength(1);
    const heard = fake.heard.slice(from);
    expect(heard.indexOf('ESC'), word).toBeLessThan(heard.indexOf('AT+CMGF=0'));
    await rig.pool.stop(0);
  }
});

test('a segment that the modem takes for no PDU gets one more try after the settings are made again', async () => {
  for (const [code, outcome] of [
    [304, { kind: 'refused', cause: 'CMS-304' }],
    [305, { kind: 'not-sent', cause: 'CMS-305' }],
  ] as const) {
    const rig = new ModemRig();
    await rig.ready();
    const fake = rig.fake();
    let refusals = 1;
    fake.outcome = (_pdu, mr) => (refusals-- > 0 ? [`+CMS ERROR: ${code}`] : [`+CMGS: ${mr}`, 'OK']);
    const from = fake.heard.length;
    const once = rig.pool.send(fake.iccid, HELLO);
    await rig.until(() => fake.taken.length === 1, 10_000);
    expect(await once).toEqual({ kind: 'ok', mr: 41 });
    const heard = fake.heard.slice(from).filter((line) => line === 'AT+CMGF=0' || line.startsWith('PDU'));
    expect(heard).toEqual([expect.stringMatching(/^PDU/), 'AT+CMGF=0', expect.stringMatching(/^PDU/)]);
    refusals = 5;
    const again = rig.pool.send(fake.iccid, HELLO);
    await rig.until(() => refusals === 3, 10_000);
    expect(await again).toEqual(outcome);
    await rig.pool.stop(0);
  }
});

test('a modem that refuses the length of a PDU, as one in text mode may, is asked once more after the settings are made again', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  fake.instead.set('AT+CMGS', ['+CMS ERROR: 305']);
  void fake.until('AT+CMGF=0', fake.heard.length).then(() => fake.instead.delete('AT+CMGS'));
  const outcome = rig.pool.send(fake.iccid, HELLO);
  await rig.until(() => fake.taken.length === 1, 10_000);
  expect(await outcome).toEqual({ kind: 'ok', mr: 41 });
});

test('a word about another SIM before the prompt sends nothing from it', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  const { iccid } = fake;
  fake.prompt = 'never';
  const from = fake.heard.length;
  const outcome = rig.pool.send(iccid, HELLO);
  await fake.until('AT+CMGS', from);
  fake.prompt = 'at once';
  fake.iccid = '89380062300000000001';
  fake.imsi = '255060000000001';
  fake.say('^SIMST:1');
  fake.askForText();
  await rig.until(() => rig.opened > 1, 20_000);
  expect(await outcome).toEqual({ kind: 'not-sent', cause: 'EV-NO-PROMPT' });
  expect(fake.taken).toEqual([]);
});

test('a modem that lost its settings without a word is noticed by its echo, and no PDU goes out as a text', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  fake.echo = true;
  const from = fake.heard.length;
  expect(await sent(rig)).toEqual({ kind: 'ok', mr: 41 });
  const heard = fake.heard.slice(from);
  expect(heard.filter((line) => line === 'ESC' || line === 'AT+CNMI=2,1,0,1,0' || line.startsWith('PDU'))).toEqual([
    'ESC',
    'AT+CNMI=2,1,0,1,0',
    expect.stringMatching(/^PDU/),
  ]);
});

test('a modem that starts anew into a locked SIM says so, and sends nothing until it is unlocked', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  fake.instead.set('AT+CPIN?', ['+CPIN: SIM PUK', 'OK']);
  fake.say('RDY');
  expect(await sent(rig)).toMatchObject({ kind: 'not-sent' });
  expect(rig.pool.modems()[0]).toMatchObject({ state: 'unlocking', sentence: 'The SIM is blocked and asks for its PUK.' });
  fake.instead.delete('AT+CPIN?');
  await rig.until(() => rig.state() === 'ready');
  expect(await sent(rig)).toMatchObject({ kind: 'ok' });
});

test('a SIM that is changed under a running modem is noticed, and nothing leaves from the wrong one (M03)', async () => {
  for (const signs of [['+CPIN: NOT INSERTED', '+CPIN: READY'], ['+QUSIM: 1'], ['+CREG: 0']]) {
    const rig = new ModemRig();
    let card = '89380062300123456789';
    rig.prepare = (fake) => {
      fake.iccid = card;
    };
    await rig.ready();
    const fake = rig.fake();
    const before = fake.iccid;
    card = '89380062300199999999';
    fake.iccid = card;
    fake.imsi = '255061999999999';
    if (signs[0] === '+CREG: 0') fake.registration = '0,0';
    fake.say(...signs);
    await rig.clock.advance(10);
    fake.registration = '0,1';
    const outcome = rig.pool.send(before, HELLO);
    await rig.until(() => rig.pool.sims()[0]?.iccid === card && rig.state() === 'ready', 20_000);
    expect(await outcome, signs.join()).toMatchObject({ kind: 'not-sent' });
    expect([...fake.taken, ...rig.fake().taken]).toEqual([]);
    await rig.pool.stop(0);
  }
});

test('a SIM that is busy with its start is waited for before the settings count as made', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => {
    for (const command of ['AT+CSMS', 'AT+CPMS', 'AT+CNMI']) fake.instead.set(command, ['+CMS ERROR: 314']);
  };
  rig.pool.start();
  await rig.clock.advance(8_000);
  expect(rig.state()).not.toBe('ready');
  const fake = rig.fake();
  fake.instead.clear();
  await rig.until(() => rig.state() === 'ready', 3_000);
  expect(SETTINGS.filter((line) => !fake.heard.includes(line))).toEqual([]);
  expect(rig.pool.modems()[0]?.sentence).toBe('Ready.');
});

test('a SIM that stays busy may send, says what is missing, and gets its settings as soon as it takes them', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => {
    for (const command of ['AT+CPMS', 'AT+CNMI']) fake.instead.set(command, ['+CMS ERROR: 314']);
  };
  rig.pool.start();
  await rig.until(() => rig.state() === 'ready', 40_000);
  await rig.clock.advance(500);
  const fake = rig.fake();
  expect(rig.pool.modems()[0]?.sentence).toContain('still busy');
  expect(await sent(rig)).toMatchObject({ kind: 'ok' });
  fake.instead.clear();
  fake.storage.set(1, { stat: 0, pdu: deliver(1) });
  await rig.until(() => rig.received.length === 1, 60_000);
  expect(rig.pool.modems()[0]?.sentence).toBe('Ready.');
});

test('a SIM that says that it is done gets its settings again', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const from = rig.fake().heard.length;
  rig.fake().say('+QIND: SMS DONE');
  for (let turn = 0; turn < 10; turn += 1) await rig.clock.advance(10);
  expect(rig.fake().heard.slice(from)).toContain('AT+CNMI=2,1,0,1,0');
});

test('looks wait while segments go out', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const from = rig.fake().heard.length;
  for (let n = 0; n < 100; n += 1) await sent(rig, 'port', 500);
  expect(
    rig
      .fake()
      .heard.slice(from)
      .filter((line) => line === 'AT+CSQ'),
  ).toEqual([]);
  await rig.clock.advance(40_000);
  expect(
    rig
      .fake()
      .heard.slice(from)
      .filter((line) => line === 'AT+CSQ'),
  ).not.toEqual([]);
});

test('stopping lets the segment in the air end, begins no other, and leaves nothing behind (D04)', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  fake.outcome = () => null;
  const outcome = rig.pool.send(fake.iccid, HELLO);
  await rig.clock.advance(10);
  const stopped = rig.pool.stop(140_000);
  expect(await rig.pool.send(fake.iccid, HELLO)).toEqual({ kind: 'not-sent', cause: 'EV-PORT-GONE-BEFORE' });
  await rig.clock.advance(3_000);
  fake.say('+CMGS: 41', 'OK');
  await rig.clock.advance(100);
  await stopped;
  expect(await outcome).toEqual({ kind: 'ok', mr: 41 });
  expect(rig.clock.timers).toBe(0);
  const opened = rig.opened;
  await rig.clock.advance(100_000);
  expect(rig.opened).toBe(opened);
});

// ---- receiving --------------------------------------------------------------------------------------------------

test('an announced message is read, kept, and only then deleted', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  const kept = deferred<void>();
  rig.commit = () => kept.promise;
  fake.storage.set(3, { stat: 0, pdu: deliver(1) });
  fake.say('+CMTI: "SM",3');
  await rig.clock.advance(10_000);
  expect(fake.heard).toContain('AT+CMGR=3');
  expect(fake.heard).not.toContain('AT+CMGD=3');
  kept.resolve();
  await rig.clock.advance(0);
  expect(fake.heard.at(-1)).toBe('AT+CMGD=3');
  expect(fake.storage.size).toBe(0);
  expect(rig.received).toEqual([
    { iccid: fake.iccid, imei: fake.imei, pdu: deliver(1), stat: 0, kind: 'deliver-or-report', isDamaged: false },
  ]);
});

test('what waited while the host was down is all taken: 25 messages, and those that come into the freed slots (I08)', async () => {
  const rig = new ModemRig();
  const waiting = Array.from({ length: 25 }, (_, n) => deliver(n));
  rig.prepare = (fake) => {
    // A SIM of 10 slots; the network hands over the next as soon as there is room.
    const fill = (): void => {
      for (let slot = 1; slot <= 10 && waiting.length > 0; slot += 1) {
        if (!fake.storage.has(slot)) fake.storage.set(slot, { stat: 0, pdu: waiting.shift() ?? '' });
      }
    };
    fill();
    void (async () => {
      while (waiting.length > 0) {
        await fake.until('AT+CMGD', fake.heard.length);
        fill();
      }
    })();
  };
  await rig.ready();
  await rig.until(() => rig.received.length === 25 && rig.fake().storage.size === 0, 60_000);
  expect(new Set(rig.received.map((r) => r.pdu)).size).toBe(25);
});

test('S03: a full disk leaves a message in the SIM, however long, and it is taken within ten seconds of there being room', async () => {
  const rig = new ModemRig();
  await rig.ready();
  let full = true;
  rig.commit = () => (full ? Promise.reject(new Fault('storeFull', 'The disk is full.')) : Promise.resolve());
  rig.fake().storage.set(1, { stat: 0, pdu: deliver(1) });
  rig.fake().say('+CMTI: "SM",1');
  await rig.clock.advance(1_800_000);
  expect([rig.received.length, rig.fake().storage.size]).toEqual([0, 1]);
  full = false;
  await rig.clock.advance(10_000);
  expect([rig.received.length, rig.fake().storage.size]).toEqual([1, 0]);
});

test('a message that cannot be kept stays in the modem and is tried again', async () => {
  const rig = new ModemRig();
  await rig.ready();
  let fails = 3;
  rig.commit = () => (fails-- > 0 ? Promise.reject(new Fault('storeFull', 'The disk is full.')) : Promise.resolve());
  rig.fake().storage.set(1, { stat: 0, pdu: deliver(1) });
  rig.fake().say('+CMTI: "SM",1');
  await rig.clock.advance(500);
  expect(rig.fake().storage.size).toBe(1);
  await rig.until(() => rig.fake().storage.size === 0, 60_000);
  expect(rig.received).toHaveLength(1);
});

test('a message that the modem does not delete is received once, and deleting is tried again with pauses (I02)', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  fake.instead.set('AT+CMGD', ['ERROR']);
  fake.storage.set(1, { stat: 0, pdu: deliver(1) });
  fake.say('+CMTI: "SM",1');
  await rig.clock.advance(1_800_000);
  const tries = fake.heard.filter((line) => line.startsWith('AT+CMGD')).length;
  expect(tries).toBeGreaterThan(4);
  expect(tries).toBeLessThan(30);
  expect(rig.received).toHaveLength(1);
  expect(rig.pool.modems()[0]?.sentence).toContain('does not delete 1');
  fake.instead.delete('AT+CMGD');
  await rig.until(() => fake.storage.size === 0, 400_000);
  expect(rig.received).toHaveLength(1);
  expect(rig.pool.modems()[0]?.sentence).toBe('Ready.');
});

test('a new message in the slot of one that was not deleted is not thrown away with it', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  // Deleted in truth, but the modem says no; the network uses the slot again.
  fake.instead.set('AT+CMGD', ['ERROR']);
  fake.storage.set(1, { stat: 0, pdu: deliver(1) });
  fake.say('+CMTI: "SM",1');
  await rig.clock.advance(100);
  fake.storage.set(1, { stat: 0, pdu: deliver(2) });
  fake.instead.delete('AT+CMGD');
  await rig.until(() => fake.storage.size === 0, 60_000);
  expect(rig.received.map((r) => r.pdu)).toEqual([deliver(1), deliver(2)]);
});

test('an announcement of an empty slot leads to a look at all of them, once', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  fake.storage.set(7, { stat: 0, pdu: deliver(7) });
  const from = fake.heard.length;
  fake.say('+CMTI: "SM",0');
  await rig.clock.advance(1_000);
  expect(rig.received).toHaveLength(1);
  expect(fake.heard.slice(from)).toEqual(['AT+CMGR=0', 'AT+CMGL=4', 'AT+CMGD=7']);
});

test('a message that was never announced is found by looking', async () => {
  const rig = new ModemRig();
  await rig.ready();
  rig.fake().storage.set(2, { stat: 0, pdu: deliver(2) });
  await rig.until(() => rig.received.length === 1, 60_000);
});

test('a modem without +CMGL is read slot by slot, and no further than it has slots', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => {
    fake.instead.set('AT+CMGL', ['ERROR']);
    for (const slot of [1, 5, 20]) fake.storage.set(slot, { stat: 1, pdu: deliver(slot) });
  };
  await rig.ready();
  await rig.until(() => rig.received.length === 3);
  expect(rig.fake().heard.filter((line) => line.startsWith('AT+CMGR')).length).toBeLessThanOrEqual(21);
});

test('the messages of a modem that lets nobody choose a memory are read as they are', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => {
    fake.instead.set('AT+CPMS', ['+CME ERROR: 4']);
    fake.storage.set(1, { stat: 0, pdu: deliver(1) });
  };
  await rig.ready();
  const fake = rig.fake();
  await rig.until(() => rig.received.length === 1 && fake.storage.size === 0, 2_000);
  fake.storage.set(2, { stat: 0, pdu: deliver(2) });
  fake.say('+CMTI: "SM",2');
  await rig.until(() => rig.received.length === 2 && fake.storage.size === 0, 1_000);
  fake.storage.set(3, { stat: 0, pdu: deliver(3) });
  await rig.until(() => rig.received.length === 3, 60_000);
});

test('a stored message that is listed without its length, or damaged, is kept as it was read, and removed', async () => {
  for (const [row, pdu] of [
    [`+CMGL: 1,0,,0\r\n${deliver(1)}`, deliver(1)],
    ['+CMGL: 1,0,,24\r\n%%garbled%%', '%%garbled%%'],
    ['+CMGL: 1,0,,24', ''],
  ] as const) {
    const rig = new ModemRig();
    rig.prepare = (fake) => {
      fake.storage.set(1, { stat: 0, pdu: '' });
      fake.instead.set('AT+CMGR=1', ['+CMGR: 0,,0', 'OK']);
      fake.instead.set('AT+CMGL', [row, 'OK']);
      void fake.until('AT+CMGD=1').then(() => fake.instead.delete('AT+CMGL'));
    };
    rig.pool.start();
    await rig.until(() => rig.received.length === 1, 180_000);
    expect(rig.received[0]?.pdu, row).toBe(pdu);
    expect(rig.fake().storage.size).toBe(0);
    await rig.pool.stop(0);
  }
});

test('a slot that is in use with nothing in it is removed, and is nobody’s message', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => {
    fake.storage.set(1, { stat: 1, pdu: '' });
    fake.instead.set('AT+CMGR=1', ['+CMGR: 0,,0', 'OK']);
    fake.instead.set('AT+CMGL', ['+CMGL: 1,1,,0', 'OK']);
    void fake.until('AT+CMGD=1').then(() => fake.instead.delete('AT+CMGL'));
  };
  rig.pool.start();
  await rig.until(() => rig.fakes.size === 1 && rig.fake().heard.includes('AT+CMGD=1'), 180_000);
  await rig.clock.advance(1_000);
  expect(rig.fake().storage.size).toBe(0);
  expect(rig.received).toEqual([]);
});

describe('a modem that is back in text mode without a word', () => {
  const say = (fake: FakeModem): void => {
    const shown = '+380501234567",,"26/11/23,10:00:00+08"\r\nHello there';
    fake.instead.set('AT+CMGL', [`+CMGL: 2,"REC UNREAD","${shown}`, 'OK']);
    fake.instead.set('AT+CMGR=2', [`+CMGR: "REC UNREAD","${shown}`, 'OK']);
    void fake.until('AT+CMGF=0', fake.heard.length).then(() => {
      fake.instead.delete('AT+CMGL');
      fake.instead.delete('AT+CMGR=2');
    });
  };

  test('is set to PDU mode before what it has stored is taken, whether it announced it or not', async () => {
    const rig = new ModemRig();
    await rig.ready();
    const fake = rig.fake();
    say(fake);
    fake.storage.set(2, { stat: 0, pdu: deliver(2) });
    fake.say('+CMTI: "SM",2');
    await rig.until(() => rig.received.length === 1 && fake.storage.size === 0, 5_000);
    say(fake);
    fake.storage.set(2, { stat: 0, pdu: deliver(3) });
    await rig.until(() => rig.received.length === 2 && fake.storage.size === 0, 60_000);
    expect(rig.received.map((r) => r.pdu)).toEqual([deliver(2), deliver(3)]);
  });

  test('is asked for what it hands over once more, in PDU mode', async () => {
    const rig = new ModemRig();
    await rig.ready();
    const fake = rig.fake();
    for (const line of [
      '+CMT: "+380501234567",,"26/11/23,10:00:00+08"\r\nHello there',
      '+CDS: 6,41,"+380501234567",145,"26/11/23,10:00:00+08","26/11/23,10:00:02+08",0',
    ]) {
      const from = fake.heard.length;
      fake.say(line);
      await rig.until(() => ['AT+CNMA=2', 'AT+CMGF=0'].every((command) => fake.heard.slice(from).includes(command)), 5_000);
      await rig.clock.advance(5_000);
    }
  });

  test('and takes no PDU mode any more is heard as it speaks', async () => {
    const rig = new ModemRig();
    await rig.ready();
    const fake = rig.fake();
    fake.instead.set('AT+CMGR=2', ['+CMGR: "REC UNREAD","+380501234567",,"26/11/23,10:00:00+08"\r\nHello there', 'OK']);
    fake.storage.set(2, { stat: 0, pdu: deliver(2) });
    fake.instead.set('AT+CMGL', [`+CMGL: 2,"REC UNREAD","+380501234567",,"26/11/23,10:00:00+08"\r\nHello there`, 'OK']);
    void fake.until('AT+CMGD=2').then(() => fake.instead.delete('AT+CMGL'));
    fake.say('+CMTI: "SM",2');
    await rig.until(() => rig.received.length === 1, 180_000);
    expect(rig.received[0]?.pdu).toBe('Hello there');
  });
});

test('what loses octets on the serial line is read again before it is deleted', async () => {
  const rig = new ModemRig();
  const cut = (pdu: string): string => pdu.slice(0, 30) + pdu.slice(40);
  rig.prepare = (fake) => {
    fake.storage.set(1, { stat: 0, pdu: deliver(1) });
    fake.instead.set('AT+CMGL', [`+CMGL: 1,0,,${length(deliver(1))}\r\n${cut(deliver(1))}`, 'OK']);
    void fake.until('AT+CMGD=1').then(() => fake.instead.delete('AT+CMGL'));
  };
  await rig.ready();
  await rig.until(() => rig.received.length === 1);
  const fake = rig.fake();
  fake.storage.set(2, { stat: 0, pdu: deliver(2) });
  fake.instead.set('AT+CMGR=2', [`+CMGR: 0,,${length(deliver(2))}\r\n${cut(deliver(2))}`, 'OK']);
  void fake.until('AT+CMGR=2').then(() => fake.instead.delete('AT+CMGR=2'));
  fake.say('+CMTI: "SM",2');
  await rig.until(() => rig.received.length === 2 && fake.storage.size === 0);
  expect(rig.received.map((r) => r.pdu)).toEqual([deliver(1), deliver(2)]);
});

test('what is never read twice alike is looked at again a little later', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  fake.storage.set(2, { stat: 0, pdu: deliver(2) });
  const answer = (pdu: string): string[] => [`+CMGR: 0,,${length(deliver(2))}\r\n${pdu}`, 'OK'];
  const readings = async (): Promise<void> => {
    for (const at of [20, 22, 24]) {
      const from = fake.heard.length;
      fake.instead.set('AT+CMGR=2', answer(deliver(2).slice(0, at) + deliver(2).slice(at + 6)));
      await fake.until('AT+CMGR=2', from);
    }
    fake.instead.delete('AT+CMGR=2');
  };
  void readings();
  fake.say('+CMTI: "SM",2');
  await rig.until(() => rig.received.length === 1 && fake.storage.size === 0, 10_000);
  expect(rig.received[0]?.pdu).toBe(deliver(2));
});

test('a modem that announces wrong lengths is read twice for each message, and no more', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  fake.storage.set(2, { stat: 0, pdu: deliver(2) });
  fake.instead.set('AT+CMGR=2', [`+CMGR: 0,,17\r\n${deliver(2)}`, 'OK']);
  fake.say('+CMTI: "SM",2');
  await rig.until(() => rig.received.length === 1 && fake.storage.size === 0);
  expect(rig.received[0]?.pdu).toBe(deliver(2));
  expect(fake.heard.filter((line) => line === 'AT+CMGR=2')).toHaveLength(2);
});

test('what the modem stores to be sent is told apart', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => fake.storage.set(1, { stat: 2, pdu: deliver(1) });
  await rig.ready();
  expect(rig.received).toMatchObject([{ stat: 2, kind: 'stored-submit' }]);
});

test('a damaged PDU is handed over as it was read, and removed', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => fake.storage.set(1, { stat: 0, pdu: '0791FFZZ' });
  await rig.ready();
  expect(rig.received.map((r) => r.pdu)).toEqual(['0791FFZZ']);
  expect(rig.fake().storage.size).toBe(0);
});

test('a report that is handed over is acknowledged after it is kept, and not before (I10)', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  const kept = deferred<void>();
  rig.commit = () => kept.promise;
  const from = fake.heard.length;
  fake.raw(`\r\n+CDS: ${length(deliver(1))}\r\n${deliver(1)}\r\n`);
  await rig.clock.advance(3_000);
  expect(fake.heard.slice(from)).toEqual([]);
  kept.resolve();
  await rig.clock.advance(0);
  expect(fake.heard.slice(from)).toEqual(['AT+CNMA']);
  expect(rig.received).toEqual([
    { iccid: fake.iccid, imei: fake.imei, pdu: deliver(1), stat: null, kind: 'deliver-or-report', isDamaged: false },
  ]);
});

test('messages that are handed over are kept in order, one acknowledgement each (I10)', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  const from = fake.heard.length;
  fake.raw(`\r\n+CMT: ,${length(deliver(1))}\r\n${deliver(1)}\r\n\r\n+CMT: "Anna",${length(deliver(2))}\r\n${deliver(2)}\r\n`);
  await rig.clock.advance(100);
  expect(rig.received.map((r) => r.pdu)).toEqual([deliver(1), deliver(2)]);
  expect(fake.heard.slice(from)).toEqual(['AT+CNMA', 'AT+CNMA']);
});

test('one that comes during a dialogue is acknowledged as soon as the line is free', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  fake.outcome = () => null;
  const outcome = rig.pool.send(fake.iccid, HELLO);
  await rig.clock.advance(10);
  fake.raw(`\r\n+CDS: ${length(deliver(1))}\r\n${deliver(1)}\r\n`);
  await rig.clock.advance(10);
  expect(rig.received).toHaveLength(1);
  fake.say('+CMGS: 41', 'OK');
  await rig.clock.advance(10);
  expect(await outcome).toEqual({ kind: 'ok', mr: 41 });
  expect(fake.heard.at(-1)).toBe('AT+CNMA');
});

test('an acknowledgement that is refused sets the indications again; one that was not expected is no matter', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  fake.instead.set('AT+CNMA', ['+CMS ERROR: 340']);
  let from = fake.heard.length;
  fake.raw(`\r\n+CDS: ${length(deliver(1))}\r\n${deliver(1)}\r\n`);
  await rig.clock.advance(100);
  expect(fake.heard.slice(from)).toEqual(['AT+CNMA']);
  fake.instead.set('AT+CNMA', ['+CMS ERROR: 500']);
  from = fake.heard.length;
  fake.raw(`\r\n+CDS: ${length(deliver(2))}\r\n${deliver(2)}\r\n`);
  await rig.clock.advance(2_500);
  expect(fake.heard.slice(from)).toEqual(['AT+CNMA', 'AT+CNMA', 'AT+CNMA', 'AT+CNMI=2,1,0,1,0']);
  // And again when the modem has waited in vain.
  from = fake.heard.length;
  await rig.until(() => fake.heard.slice(from).includes('AT+CNMI=2,1,0,1,0'), 25_000);
});

test('an acknowledgement for which the SIM is busy is given a little later', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  fake.instead.set('AT+CNMA', ['+CMS ERROR: 314']);
  let from = fake.heard.length;
  fake.raw(`\r\n+CDS: ${length(deliver(1))}\r\n${deliver(1)}\r\n`);
  await rig.clock.advance(100);
  fake.instead.delete('AT+CNMA');
  await rig.clock.advance(2_000);
  expect(fake.heard.slice(from)).toEqual(['AT+CNMA', 'AT+CNMA']);
  from = fake.heard.length;
  await rig.clock.advance(25_000);
  expect(fake.heard.slice(from)).not.toContain('AT+CNMI=2,1,0,1,0');
});

test('an acknowledgement that came too late, because a segment was on the air, sets the indications again (I10)', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  fake.outcome = () => null;
  fake.instead.set('AT+CNMA', ['+CMS ERROR: 340']);
  const outcome = rig.pool.send(fake.iccid, HELLO);
  await rig.clock.advance(10);
  fake.raw(`\r\n+CDS: ${length(deliver(1))}\r\n${deliver(1)}\r\n`);
  await rig.clock.advance(5_000);
  fake.say('+CMGS: 41', 'OK');
  await rig.clock.advance(100);
  expect(await outcome).toEqual({ kind: 'ok', mr: 41 });
  expect(fake.heard.slice(-2)).toEqual(['AT+CNMA', 'AT+CNMI=2,1,0,1,0']);
});

describe('what is handed over and loses octets on the serial line', () => {
  /** It ends where its text does. */
  const whole = deliver(1).slice(0, -2);
  const lost = whole.slice(0, 30) + whole.slice(38);
  const heardBy = async (rig: ModemRig, ...lines: readonly string[]): Promise<readonly string[]> => {
    const from = rig.fake().heard.length;
    for (const line of lines) {
      rig.fake().say(line);
      await rig.clock.advance(100);
    }
    return rig.fake().heard.slice(from);
  };

  test.each([
    ['octets are missing', `+CMT: ,${length(whole)}\r\n${lost}`, lost],
    ['half an octet is missing', `+CMT: ,${length(whole)}\r\n${whole.slice(0, -1)}`, whole.slice(0, -1)],
    [
      'an octet is none',
      `+CMT: ,${length(whole)}\r\n${whole.slice(0, 40)}~~${whole.slice(42)}`,
      `${whole.slice(0, 40)}~~${whole.slice(42)}`,
    ],
    ['octets of a report are missing', `+CDS: ${length(whole)}\r\n${lost}`, lost],
  ])('%s: it is kept as it came, and the network is asked again', async (_what, line, pdu) => {
    const rig = new ModemRig();
    await rig.ready();
    expect(await heardBy(rig, line)).toEqual(['AT+CNMA=2']);
    expect(rig.received).toMatchObject([{ pdu, isDamaged: true }]);
    expect(await heardBy(rig, `+CMT: ,${length(whole)}\r\n${whole}`)).toEqual(['AT+CNMA']);
    expect(rig.received[1]).toMatchObject({ pdu: whole, isDamaged: false });
  });

  test('the same octets once more are how this modem writes, and no noise', async () => {
    const rig = new ModemRig();
    await rig.ready();
    const line = `+CMT: ,${length(whole)}\r\n${lost}`;
    expect(await heardBy(rig, line, line)).toEqual(['AT+CNMA=2', 'AT+CNMA']);
    expect(rig.received.map((r) => r.isDamaged)).toEqual([true, false]);
  });

  test('the sixth in a row is let be, and the count begins anew', async () => {
    const rig = new ModemRig();
    await rig.ready();
    const lines = [20, 22, 24, 26, 28, 30, 32].map((at) => `+CMT: ,${length(whole)}\r\n${whole.slice(0, at)}${whole.slice(at + 6)}`);
    expect(await heardBy(rig, ...lines)).toEqual([...Array.from({ length: 5 }, () => 'AT+CNMA=2'), 'AT+CNMA', 'AT+CNMA=2']);
    expect(rig.received).toHaveLength(7);
  });

  test('a modem that cannot say no to the network says yes', async () => {
    const rig = new ModemRig();
    await rig.ready();
    rig.fake().instead.set('AT+CNMA=2', ['ERROR']);
    expect(await heardBy(rig, `+CMT: ,${length(whole)}\r\n${lost}`)).toEqual(['AT+CNMA=2', 'AT+CNMA']);
    expect(rig.received).toHaveLength(1);
  });

  test('a modem that counts otherwise is believed at once', async () => {
    const rig = new ModemRig();
    await rig.ready();
    expect(await heardBy(rig, `+CMT: ,${whole.length / 2}\r\n${whole}`, `+CMT: ,17\r\n${whole}`)).toEqual(['AT+CNMA', 'AT+CNMA']);
    expect(rig.received.map((r) => r.isDamaged)).toEqual([false, false]);
  });

  test('a message whose announcement was lost is taken; an announcement whose message was lost is refused', async () => {
    const rig = new ModemRig();
    await rig.ready();
    expect(await heardBy(rig, whole)).toEqual(['AT+CNMA']);
    expect(rig.received).toMatchObject([{ pdu: whole, isDamaged: false }]);
    const noise = Array.from({ length: 9 }, () => '^RSSI:18');
    expect(await heardBy(rig, `+CMT: ,${length(whole)}`, ...noise)).toEqual(['AT+CNMA=2']);
    expect(await heardBy(rig, '89380062300123456789', '356938035643809')).toEqual([]);
    const { length: before } = rig.received;
    rig.fake().say('+CUSD: 0,"who says when it ends', whole);
    await rig.clock.advance(5_000);
    expect(rig.received).toHaveLength(before);
  });
});

test('a modem that stopped handing over without a word is told again within three minutes', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const from = rig.fake().heard.length;
  await rig.clock.advance(60_000);
  expect(rig.fake().heard.slice(from)).not.toContain('AT+CNMI=2,1,0,1,0');
  await rig.until(() => rig.fake().heard.slice(from).includes('AT+CNMI=2,1,0,1,0'), 120_000);
});

test('without phase 2+ nothing is acknowledged', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => fake.instead.set('AT+CSMS=1', ['ERROR']);
  await rig.ready();
  rig.fake().raw(`\r\n+CDS: ${length(deliver(1))}\r\n${deliver(1)}\r\n`);
  await rig.clock.advance(100);
  expect(rig.received).toHaveLength(1);
  expect(rig.fake().heard).not.toContain('AT+CNMA');
});

test('a report that is stored is read from its own memory and deleted there', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => fake.instead.set('AT+CPMS=?', ['+CPMS: ("SM","SR"),("SM"),("SM")', 'OK']);
  await rig.ready();
  const fake = rig.fake();
  const from = fake.heard.length;
  fake.storage.set(4, { stat: 0, pdu: deliver(4) });
  fake.say('+CDSI: "SR",4');
  await rig.clock.advance(100);
  expect(fake.heard.slice(from)).toEqual(['AT+CPMS="SR"', 'AT+CMGR=4', 'AT+CMGD=4']);
  expect(rig.received).toHaveLength(1);
});

test('an inbound message is read between two segments', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  let taken = 0;
  let stop = false;
  const sending = (async () => {
    while (!stop) {
      await rig.pool.send(fake.iccid, HELLO);
      taken += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  await rig.clock.advance(10);
  fake.storage.set(1, { stat: 0, pdu: deliver(1) });
  fake.say('+CMTI: "SM",1');
  for (let turn = 0; turn < 100 && fake.storage.size > 0; turn += 1) await rig.clock.advance(1);
  const before = taken;
  await rig.clock.advance(5);
  stop = true;
  await rig.clock.advance(5);
  await sending;
  expect(rig.received).toHaveLength(1);
  expect(taken).toBeGreaterThan(before);
});

test('a stream that fails in every way ends the session and nothing else', async () => {
  const rig = new ModemRig();
  let streams = 0;
  rig.open = () => {
    streams += 1;
    const stream = new Duplex({
      read() {},
      write(_chunk, _encoding, done) {
        done(new Error('EIO'));
        setImmediate(() => {
          this.emit('error', new Error('EIO again'));
          this.emit('close');
        });
      },
    });
    return Promise.resolve(stream);
  };
  rig.pool.start();
  await rig.clock.advance(60_000);
  expect(streams).toBeGreaterThan(5);
  expect(rig.state()).toBe('absent');
  rig.open = () => undefined;
  await rig.until(() => rig.state() === 'ready', 60_000);
});
