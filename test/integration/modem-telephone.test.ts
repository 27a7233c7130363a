import { describe, expect, it } from 'vitest';
import { Trace } from '../../src/at/trace.ts';
import { HELLO, ModemRig, PinTable } from '../support/modem-rig.ts';

const ICCID = '89380062300123456789';

const noise = ['RING', '+CLIP: "+380501234567",145,,,,0'];

async function ready(hangUpAfter = 0, prepare: (rig: ModemRig) => void = () => undefined): Promise<ModemRig> {
  const rig = new ModemRig([{ port: 'port' }], new PinTable(), hangUpAfter);
  prepare(rig);
  await rig.ready();
  return rig;
}

const over = (rig: ModemRig) => rig.calls.filter((call) => call.duration !== null);

describe('a call to the SIM', () => {
  it('becomes one call with its number, and ends when the modem says so', async () => {
    const rig = await ready();
    expect(rig.fake().heard).toContain('AT+CLIP=1');
    rig.fake().say(...noise);
    await rig.clock.advance(5_000);
    rig.fake().say(...noise);
    await rig.clock.advance(3_000);
    rig.fake().say('NO CARRIER');
    await rig.clock.advance(0);
    expect(over(rig)).toMatchObject([{ iccid: ICCID, number: '+380501234567', rings: 2, duration: 8_000, hungUp: false }]);
    expect(rig.fake().heard).not.toContain('AT+CHUP');
  });

  it('ends by itself where the modem does not say it, and with the modem when that is unplugged', async () => {
    const rig = await ready();
    rig.fake().say('+CRING: VOICE');
    await rig.until(() => over(rig).length === 1, 15_000);
    expect(over(rig)).toMatchObject([{ number: null, rings: 1, duration: 0 }]);
    rig.fake().say(...noise);
    await rig.clock.advance(100);
    rig.fake().unplug();
    await rig.clock.advance(100);
    expect(over(rig)).toHaveLength(2);
  });

  it('I09 rings while a segment is on its way, and neither is lost', async () => {
    const rig = await ready();
    const fake = rig.fake();
    fake.outcome = () => null;
    const sent = rig.pool.send(ICCID, HELLO);
    await rig.until(() => fake.heard.some((line) => line.startsWith('PDU:')));
    fake.say(...noise, '+CREG: 1');
    await rig.clock.advance(5_000);
    fake.say('RING', '+CMGS: 7', '+CLIP: "+380501234567",145', 'NO CARRIER', 'OK');
    await rig.clock.advance(0);
    expect(await sent).toEqual({ kind: 'ok', mr: 7 });
    expect(over(rig)).toMatchObject([{ number: '+380501234567', rings: 2 }]);
  });

  it.each([
    ['by +CHUP', ['OK'], ['AT+CHUP'], true],
    ['by ATH where there is no +CHUP', ['ERROR'], ['AT+CHUP', 'ATH'], true],
  ] as const)('is hung up after so many seconds %s', async (_how, answer, commands, hungUp) => {
    const rig = await ready(8_000, (r) => {
      r.prepare = (fake) => {
        fake.instead.set('AT+CHUP', answer);
        fake.instead.set('ATH', ['OK']);
      };
    });
    rig.fake().say(...noise);
    await rig.clock.advance(7_000);
    rig.fake().say(...noise);
    expect(rig.fake().heard).not.toContain('AT+CHUP');
    await rig.until(() => over(rig).length === 1, 3_000);
    expect(rig.fake().heard.filter((line) => /^AT(?:H|\+CHUP)$/.test(line))).toEqual(commands);
    expect(over(rig)).toMatchObject([{ hungUp, rings: 2 }]);
  });

  it('rings out where the modem cannot hang up, or knows no callers', async () => {
    const rig = await ready(2_000, (r) => {
      r.prepare = (fake) => {
        fake.instead.set('AT+CHUP', ['ERROR']);
        fake.instead.set('ATH', ['ERROR']);
        fake.instead.set('AT+CLIP', ['+CME ERROR: 4']);
      };
    });
    expect(rig.state()).toBe('ready');
    rig.fake().say('RING');
    await rig.until(() => over(rig).length === 1, 20_000);
    expect(over(rig)).toMatchObject([{ hungUp: false, number: null }]);
  });
});

describe('USSD', () => {
  const telephone = (rig: ModemRig) => {
    const found = rig.pool.telephone(ICCID);
    if (!found) throw new Error('there is no telephone');
    return found;
  };

  it('asks, answers, and ends', async () => {
    const rig = await ready(0, (r) => {
      r.prepare = (fake) => {
        fake.instead.set('AT+CUSD=1,"*100#",15', ['OK', '+CUSD: 1,"1 Balance\r\nOK\r\n2 Package",15']);
        fake.instead.set('AT+CUSD=1,"1",15', ['+CUSD: 0,"25 UAH",15', 'OK']);
      };
    });
    const asked = telephone(rig).ussd.ask('*100#');
    await rig.clock.advance(500);
    const menu = await asked;
    expect(menu).toMatchObject({ text: '1 Balance\nOK\n2 Package', done: false });
    await expect(telephone(rig).ussd.ask('*101#')).rejects.toMatchObject({ code: 'ussdBusy', status: 409 });
    await expect(telephone(rig).ussd.answer('ussd_other', '1')).rejects.toMatchObject({ code: 'notFound' });
    const answered = telephone(rig).ussd.answer(menu.sessionId ?? '', '1');
    await rig.clock.advance(500);
    expect(await answered).toEqual({ text: '25 UAH', sessionId: null, done: true });
    await expect(telephone(rig).ussd.answer(menu.sessionId ?? '', '1')).rejects.toMatchObject({ code: 'notFound' });
  });

  it('gives up on a silent network, takes the request back, and is free again', async () => {
    const rig = await ready(0, (r) => {
      r.prepare = (fake) => {
        fake.instead.set('AT+CUSD=', ['OK']);
      };
    });
    const asked = telephone(rig).ussd.ask('*101#');
    const refused = expect(asked).rejects.toMatchObject({ code: 'networkMute' });
    await rig.clock.advance(44_000);
    await expect(telephone(rig).ussd.ask('*102#')).rejects.toMatchObject({ code: 'ussdBusy' });
    await rig.clock.advance(2_000);
    await refused;
    expect(rig.fake().heard).toContain('AT+CUSD=2');
    rig.fake().say('+CUSD: 0,"late",15');
    await rig.clock.advance(3_000);
    const again = telephone(rig).ussd.ask('*101#');
    await rig.clock.advance(100);
    rig.fake().say('+CUSD: 0,"new",15');
    await rig.clock.advance(500);
    expect(await again).toMatchObject({ text: 'new' });
  });

  it('says so when the modem refuses, and when it goes away', async () => {
    const rig = await ready(0, (r) => {
      r.prepare = (fake) => {
        fake.instead.set('AT+CUSD=1,"*101#"', ['+CME ERROR: 30']);
        fake.instead.set('AT+CUSD=1,"*102#"', ['OK']);
      };
    });
    const refused = expect(telephone(rig).ussd.ask('*101#')).rejects.toMatchObject({ code: 'networkRefused' });
    await rig.clock.advance(100);
    await refused;
    const gone = expect(telephone(rig).ussd.ask('*102#')).rejects.toMatchObject({ code: 'unavailable' });
    await rig.clock.advance(100);
    rig.fake().unplug();
    await rig.clock.advance(100);
    await gone;
    expect(rig.pool.telephone(ICCID)).toBeUndefined();
  });

  it('X24 what is asked, answered and said stands in no trace', () => {
    const trace = new Trace();
    trace.add(0, 'sent', 'AT+CUSD=1,"*123*4711#",15');
    for (const line of ['AT+CUSD=1,"*123*4711#",15', 'OK', '+CUSD: 0,"my "secret" 4711', 'secret 4711",15', '+CUSD: 1,secret,15']) {
      trace.add(0, 'heard', line);
    }
    trace.add(0, 'sent', 'AT+CCFC=0,3,"+380501234567",145,1');
    const shown = JSON.stringify(trace.lines());
    expect(shown).toContain('AT+CUSD=1,*');
    expect(shown).toContain('+CUSD: 0,*');
    expect(shown).not.toMatch(/4711|secret|1234567/);
  });
});

describe('forwarding', () => {
  it('is ordered for its case and ended for all, and a refusal is said', async () => {
    const rig = await ready(0, (r) => {
      r.prepare = (fake) => {
        fake.instead.set('AT+CCFC=1', ['+CME ERROR: 30']);
        fake.instead.set('AT+CCFC', ['OK']);
      };
    });
    const telephone = rig.pool.telephone(ICCID);
    const done = Promise.all([telephone?.forward('unreachable', '+380441234567'), telephone?.endForwarding()]);
    const refused = expect(telephone?.forward('busy', '+380441234567')).rejects.toMatchObject({ code: 'networkRefused' });
    await rig.clock.advance(500);
    await done;
    await refused;
    expect(rig.fake().heard.filter((line) => line.startsWith('AT+CCFC'))).toEqual([
      'AT+CCFC=3,3,"+380441234567",145,1',
      'AT+CCFC=4,4',
      'AT+CCFC=1,3,"+380441234567",145,1',
    ]);
  });
});
