import { expect, test } from 'vitest';
import { deliver } from '../support/fake-modem.ts';
import { HELLO, ModemRig } from '../support/modem-rig.ts';

/** What modems by other hands than ours were found to say, and what came of it. */

/** Without the SMSC address, which `deliver` has of 8 octets. */
const bare = (n: number): string => deliver(n).slice(16);

test('a modem that leaves the SMSC address out of its PDUs is understood, whether it lists them or hands them over', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => {
    fake.storage.set(1, { stat: 0, pdu: deliver(1) });
    fake.instead.set('AT+CMGL', [`+CMGL: 1,0,,${bare(1).length / 2}\r\n${bare(1)}`, 'OK']);
    void fake.until('AT+CMGD=1').then(() => fake.instead.delete('AT+CMGL'));
  };
  await rig.ready();
  await rig.until(() => rig.received.length === 1);
  rig.fake().raw(`\r\n+CMT: ,${bare(2).length / 2}\r\n${bare(2)}\r\n`);
  await rig.until(() => rig.received.length === 2);
  expect(rig.received.map((r) => r.pdu)).toEqual([`00${bare(1)}`, `00${bare(2)}`]);
});

test('a PDU whose announced length counts its SMSC address stays as it is', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => {
    fake.storage.set(1, { stat: 0, pdu: deliver(1) });
    fake.instead.set('AT+CMGL', [`+CMGL: 1,0,,${deliver(1).length / 2}\r\n${deliver(1)}`, 'OK']);
    void fake.until('AT+CMGD=1').then(() => fake.instead.delete('AT+CMGL'));
  };
  await rig.ready();
  await rig.until(() => rig.received.length === 1);
  expect(rig.received[0]?.pdu).toBe(deliver(1));
});

test('a reference in quotes is a reference', async () => {
  const rig = new ModemRig();
  await rig.ready();
  rig.fake().outcome = (_pdu, mr) => [`+CMGS: "${mr}"`, 'OK'];
  expect(await rig.pool.send(rig.fake().iccid, HELLO)).toEqual({ kind: 'ok', mr: 41 });
});

test("a make whose own question for the ICCID is not answered is asked by the others'", async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => {
    fake.instead.set('AT+CGMI', ['SIEMENS', 'OK']);
    fake.instead.set('AT+CGMM', ['MC55', 'OK']);
  };
  await rig.ready();
  expect(rig.fake().heard).toContain('AT^SCID');
  expect(rig.pool.sims()[0]?.iccid).toBe(rig.fake().iccid);
});

test('a modem without a SIM that says ERROR and not why is told to have none, and goes on when there is one', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => {
    for (const command of ['AT+CPIN?', 'AT+CIMI', 'AT+CCID']) fake.instead.set(command, ['ERROR']);
    fake.registration = '0,0';
  };
  rig.pool.start();
  await rig.until(() => rig.state() === 'unlocking');
  expect(rig.pool.modems()[0]).toMatchObject({ reason: 'simMissing', sentence: 'There is no SIM in the modem.' });
  expect(rig.pool.sims()).toEqual([]);
  rig.fake().instead.clear();
  rig.fake().registration = '0,1';
  await rig.until(() => rig.state() === 'ready', 10_000);
});

test('a modem that knows no question about its SIM is used as soon as it is in a network', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => {
    for (const command of ['AT+CPIN?', 'AT+CIMI', 'AT+CCID']) fake.instead.set(command, ['ERROR']);
  };
  await rig.ready();
  expect(rig.pool.sims()).toMatchObject([{ state: 'ready' }]);
});

test('a message that is announced in a memory that is not there, or nowhere, is found at once', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  for (const [slot, announced] of ['+CMTI: "ME",1', '+CMTI: "SM_P",2', '+CMTI: 3', '+CMTI:"",4'].entries()) {
    fake.instead.set('AT+CPMS="ME"', ['+CMS ERROR: 302']);
    fake.storage.set(slot + 1, { stat: 0, pdu: deliver(slot + 1) });
    fake.say(announced);
    await rig.until(() => rig.received.length === slot + 1 && fake.storage.size === 0, 1_000);
  }
});

test('a modem may have started anew without a word since it last sent, so it is set to PDU mode before the next segment', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  await rig.clock.advance(3_000);
  const said = async (): Promise<readonly string[]> => {
    const from = fake.heard.length;
    const outcome = rig.pool.send(fake.iccid, HELLO);
    await rig.clock.advance(10);
    expect(await outcome).toMatchObject({ kind: 'ok' });
    return fake.heard.slice(from).filter((line) => line.startsWith('AT+CMG'));
  };
  expect(await said()).toEqual(['AT+CMGF=0', 'AT+CMGS=18']);
  expect(await said()).toEqual(['AT+CMGS=18']);
  await rig.clock.advance(3_000);
  expect(await said()).toEqual(['AT+CMGF=0', 'AT+CMGS=18']);
});

test('a modem that did not answer a segment gets its settings again before the next one, since it may have started anew', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => {
    fake.instead.set('ATE0', ['OK']);
  };
  await rig.ready();
  const fake = rig.fake();
  fake.outcome = () => null;
  const lost = rig.pool.send(fake.iccid, HELLO);
  await rig.clock.advance(130_000);
  expect(await lost).toMatchObject({ kind: 'unknown', cause: 'EV-TIMEOUT' });
  const from = fake.heard.length;
  fake.outcome = (_pdu, mr) => [`+CMGS: ${mr}`, 'OK'];
  await rig.until(() => rig.state() === 'ready', 10_000);
  const next = rig.pool.send(fake.iccid, HELLO);
  await rig.clock.advance(2_000);
  expect(await next).toMatchObject({ kind: 'ok' });
  const heard = fake.heard.slice(from);
  const segment = heard.findIndex((line) => line.startsWith('AT+CMGS='));
  for (const setting of ['AT+CMGF=0', 'AT+CNMI=2,1,0,1,0']) expect(heard.slice(0, segment), setting).toContain(setting);
});

test('an answer that a modem says twice settles no other segment', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  fake.outcome = () => ['+CMS ERROR: 500'];
  const doubtful = await rig.pool.send(fake.iccid, HELLO);
  if (doubtful.kind !== 'unknown') throw new Error('it was to be in doubt');
  let late: number | undefined;
  void doubtful.late.then((mr) => {
    late = mr;
  });
  fake.outcome = (_pdu, mr) => [`+CMGS: ${mr}`, 'OK', `+CMGS: ${mr}`, 'OK'];
  expect(await rig.pool.send(fake.iccid, HELLO)).toEqual({ kind: 'ok', mr: 41 });
  await rig.clock.advance(1_000);
  expect(late).toBeUndefined();
});

test('blanks where others have none hide neither a reference nor a registration', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => {
    fake.instead.set('AT+CREG?', ['+CREG:  0 , 5', 'OK']);
    fake.instead.set('AT+COPS?', ['+COPS:  0 , 2 , "25506"', 'OK']);
  };
  await rig.ready();
  rig.fake().outcome = (_pdu, mr) => [`+CMGS:   ${mr}`, 'OK'];
  expect(await rig.pool.send(rig.fake().iccid, HELLO)).toEqual({ kind: 'ok', mr: 41 });
});

test('a modem that starts anew with a segment on its way leaves that in doubt, and is at work again within seconds', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  fake.outcome = () => ['RDY'];
  const lost = rig.pool.send(fake.iccid, HELLO);
  await rig.clock.advance(10_000);
  expect(await lost).toMatchObject({ kind: 'unknown', cause: 'EV-TIMEOUT' });
  fake.outcome = (_pdu, mr) => [`+CMGS: ${mr}`, 'OK'];
  await rig.until(() => rig.state() === 'ready', 10_000);
  const next = rig.pool.send(fake.iccid, HELLO);
  await rig.clock.advance(2_000);
  expect(await next).toMatchObject({ kind: 'ok' });
});

test('a modem that says its registration again whenever it is asked is not asked for ever', async () => {
  const rig = new ModemRig();
  await rig.ready();
  const fake = rig.fake();
  for (const [at, again] of [
    ['0,1', '+CREG: 1,"00A1","02B3"'],
    ['0,5', '+CREG: 5'],
    ['0,1', '+CREG: 2'],
  ] as const) {
    fake.instead.set('AT+CREG?', [`+CREG: ${at}`, 'OK', again]);
    fake.say(again);
    const from = fake.heard.length;
    for (let turn = 0; turn < 300; turn += 1) await rig.clock.advance(0);
    expect(fake.heard.slice(from).filter((line) => line === 'AT+CREG?').length, again).toBeLessThan(5);
    await rig.clock.advance(60_000);
  }
});

test('an ICCID is read by whatever name a make gives it', async () => {
  for (const [question, name] of [
    ['AT+CICCID', '+ICCID:'],
    ['AT+ICCID', 'ICCID:'],
    ['AT#CCID', '#CCID:'],
    ['AT+CCID', '^SCID:'],
  ] as const) {
    const rig = new ModemRig();
    rig.prepare = (fake) => {
      for (const other of ['AT+CCID', 'AT+ICCID', 'AT+CRSM']) fake.instead.set(other, ['ERROR']);
      fake.instead.set(question, [`${name} "${fake.iccid}"`, 'OK']);
    };
    await rig.ready();
    expect(rig.pool.sims()[0]?.iccid, question).toBe(rig.fake().iccid);
  }
});

test('a report or a message that is handed over without its length is taken and acknowledged', async () => {
  const rig = new ModemRig();
  await rig.ready();
  for (const [n, header] of ['+CDS:', '+CMT:', '+CMT: ,', '+CMT: "",'].entries()) {
    rig.fake().say(header, deliver(n));
    await rig.until(() => rig.received.length === n + 1);
  }
  expect(rig.received.map((r) => r.pdu)).toEqual([0, 1, 2, 3].map(deliver));
  await rig.fake().until('AT+CNMA');
});

test('NULs and FFs of a line that was switched hide neither a prompt nor an answer', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => {
    const { raw } = fake;
    fake.raw = (octets) => raw.call(fake, `\xff\x00\xff${octets}`.replaceAll(/(?<=\n)(?!$)/g, '\x00\xff'));
  };
  await rig.ready();
  expect(await rig.pool.send(rig.fake().iccid, HELLO)).toEqual({ kind: 'ok', mr: 41 });
});

test('a modem that can only hand messages over does so', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => {
    fake.instead.set('AT+CNMI=', ['+CMS ERROR: 303']);
    fake.instead.set('AT+CNMI=1,2,0,1,0', ['OK']);
  };
  await rig.ready();
  expect(rig.pool.modems()[0]?.notes).toEqual([]);
  rig.fake().say(`+CMT: ,30`, deliver(1));
  await rig.until(() => rig.received.length === 1);
});

test('an empty slot that is shown with a length of 0 is empty', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => {
    fake.instead.set('AT+CMGL', ['ERROR']);
    for (const slot of [0, 1, 2, 4]) fake.instead.set(`AT+CMGR=${slot}`, ['+CMGR: 0,,0', 'OK']);
    fake.storage.set(3, { stat: 0, pdu: deliver(1) });
  };
  await rig.ready();
  await rig.until(() => rig.received.length > 0 && rig.fake().storage.size === 0, 10_000);
  expect(rig.received.map((r) => r.pdu)).toEqual([deliver(1)]);
});

test.each([
  ['4, the radio alone', 4, ['+CPIN: READY', 'OK']],
  ['0, its SIM too', 0, ['+CME ERROR: 10']],
])('a modem that another program left at +CFUN: %s, is switched on', async (_what, level, pin) => {
  const rig = new ModemRig();
  rig.prepare = (fake) => {
    fake.registration = '0,0';
    fake.instead.set('AT+CPIN?', pin);
    fake.instead.set('AT+CFUN?', [`+CFUN: ${level}`, 'OK']);
    fake.instead.set('AT+CFUN=1', ['OK']);
    void fake.until('AT+CFUN=1').then(() => {
      fake.registration = '0,1';
      fake.instead.delete('AT+CPIN?');
    });
  };
  rig.pool.start();
  await rig.until(() => rig.state() === 'ready', 20_000);
  expect(rig.fake().heard.filter((line) => line.startsWith('AT+CFUN='))).toEqual(['AT+CFUN=1']);
});

test('a modem that is switched on and finds no network is asked once, and left alone', async () => {
  const rig = new ModemRig();
  rig.prepare = (fake) => {
    fake.registration = '0,2';
    fake.instead.set('AT+CFUN?', ['+CFUN: 1', 'OK']);
  };
  rig.pool.start();
  await rig.until(() => rig.state() === 'registering');
  await rig.clock.advance(60_000);
  expect(rig.fake().heard.filter((line) => line.startsWith('AT+CFUN'))).toEqual(['AT+CFUN?']);
});
