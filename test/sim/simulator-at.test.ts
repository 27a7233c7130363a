import { describe, expect, it } from 'vitest';
import { GENERIC } from '../../src/simulator/models.ts';
import { PHONE, rig, submit } from '../unit/simulator/rig.ts';
import { Terminal } from '../unit/simulator/terminal.ts';

describe('a virtual modem speaks AT (V.250, TS 27.007)', () => {
  it('echoes until ATE0, in the forms of V1 and V0', async () => {
    const { terminal } = rig();
    expect(await terminal.ask('AT')).toBe('AT\r\r\nOK\r\n');
    expect(await terminal.ask('ATE0')).toBe('ATE0\r\r\nOK\r\n');
    expect(await terminal.ask('at')).toBe('\r\nOK\r\n');
    terminal.type('ATV0\r');
    expect(await terminal.expect('0\r')).toBe('0\r');
    terminal.type('AT+CIMI\r');
    expect(await terminal.expect('0\r')).toBe('255010000000001\r\n0\r');
    terminal.type('ATV1Q1\r');
    expect(await terminal.ask('ATQ0')).toBe('\r\nOK\r\n');
  });

  it('takes commands in pieces, several at once, after rubbish, and again by A/', async () => {
    const { terminal } = rig();
    await terminal.begin();
    terminal.type('A');
    terminal.type('T+CI');
    terminal.type('MI\rAT+CGSN\r');
    await terminal.expect('255010000000001\r\n\r\nOK\r\n');
    await terminal.expect('001017000000011\r\n\r\nOK\r\n');
    terminal.type('\x1b\n\x1aAT\r');
    await terminal.expect('OK\r\n');
    terminal.type('hello\rAT+CSQ\r');
    expect(await terminal.expect('OK\r\n')).toBe('\r\n+CSQ: 20,99\r\n\r\nOK\r\n');
    terminal.type('A/\r');
    expect(await terminal.expect('OK\r\n')).toBe('\r\n+CSQ: 20,99\r\n\r\nOK\r\n');
  });

  it('runs several commands of a line up to the first error', async () => {
    const { terminal } = rig();
    await terminal.begin();
    expect(await terminal.lines('AT+CMGF=0;+CSQ;+CFUN?')).toEqual(['+CSQ: 20,99', '+CFUN: 1', 'OK']);
    expect(await terminal.lines('AT+CSQ;+CMGF=1;+CFUN?')).toEqual(['+CSQ: 20,99', '+CMS ERROR: 303']);
  });

  it('tells who it is, under each of the names of the ICCID', async () => {
    const { terminal, modem } = rig();
    await terminal.begin();
    const iccid = modem.card?.iccid;
    expect(await terminal.lines('AT+CGMI;+CGMM;+CGMR;+CGSN')).toEqual(['Simpost', 'Virtual Modem', '1.0', modem.imei, 'OK']);
    expect(await terminal.lines('AT+CGSN=1')).toEqual([`+CGSN: "${modem.imei}"`, 'OK']);
    expect(await terminal.lines('ATI')).toContain(`IMEI: ${modem.imei}`);
    expect(await terminal.lines('AT+CCID')).toEqual([`+CCID: ${iccid}`, 'OK']);
    expect(await terminal.lines('AT+ICCID')).toEqual([`+ICCID: ${iccid}`, 'OK']);
    expect(await terminal.lines('AT+CICCID')).toEqual([`+ICCID: ${iccid}`, 'OK']);
    expect(await terminal.lines('AT^ICCID?')).toEqual([`^ICCID: ${iccid}`, 'OK']);
    expect(await terminal.lines('AT+QCCID')).toEqual([`+QCCID: ${iccid}`, 'OK']);
    expect(await terminal.lines('AT+CNUM')).toEqual(['+CNUM: ,"+380500000001",145', 'OK']);
    expect(await terminal.lines('AT+CSCA?')).toEqual(['+CSCA: "+380500000999",145', 'OK']);
    expect(await terminal.lines('AT+COPS?')).toEqual(['+COPS: 0,0,"Simnet UA",7', 'OK']);
    expect(await terminal.lines('AT+COPS=3,2;+COPS?')).toEqual(['+COPS: 0,2,"25501",7', 'OK']);
  });

  it('answers errors as +CMEE says, and +CMS ERROR always', async () => {
    const { terminal } = rig();
    await terminal.ask('ATE0');
    expect(await terminal.ask('AT+NOPE')).toBe('\r\nERROR\r\n');
    expect(await terminal.ask('AT+CMGR=3')).toBe('\r\n+CMS ERROR: 321\r\n');
    await terminal.ask('AT+CMEE=1');
    expect(await terminal.ask('AT+NOPE')).toBe('\r\n+CME ERROR: 4\r\n');
    expect(await terminal.ask('AT+CMEE=7')).toBe('\r\n+CME ERROR: 50\r\n');
    await terminal.ask('AT+CMEE=2');
    expect(await terminal.ask('AT+NOPE')).toBe('\r\n+CME ERROR: operation not supported\r\n');
  });

  it('registers after a while and says so to who asked, by +CREG, +CGREG and +CEREG', async () => {
    const { terminal, clock, modem } = rig({}, { registerMs: 3_000 });
    await terminal.begin('AT+CREG=1', 'AT+CGREG=2', 'AT+CEREG=0');
    expect(await terminal.lines('AT+CREG?;+CGREG?')).toEqual(['+CREG: 1,2', '+CGREG: 2,2,"00C3","0000A5B2",7', 'OK']);
    expect(modem.registered).toBe(false);
    await clock.advance(3_000);
    expect(await terminal.expect('7\r\n')).toBe('\r\n+CREG: 1\r\n\r\n+CGREG: 1,"00C3","0000A5B2",7\r\n');
    expect(terminal.unread).toBe('');
    modem.register({ creg: 3, cgreg: 0, cereg: 6 });
    await terminal.expect('+CREG: 3\r\n');
    expect(modem.registered).toBe(true);
  });

  it('leaves the network with +CFUN=4 and comes back with +CFUN=1', async () => {
    const { terminal, modem } = rig();
    await terminal.begin('AT+CREG=1');
    terminal.type('AT+CFUN=4\r');
    await terminal.expect('+CREG: 0\r\n');
    expect(await terminal.lines('AT+COPS?;+CSQ')).toEqual(['+COPS: 0', '+CSQ: 99,99', 'OK']);
    terminal.type('AT+CFUN=1\r');
    await terminal.expect('+CREG: 1\r\n');
    expect(modem.registered).toBe(true);
  });

  it('goes off the bus with +CFUN=1,1, after OK, and comes back with the settings of the start', async () => {
    const { terminal, clock, modem } = rig({}, { rebootMs: 5_000 });
    await terminal.begin('AT+CNMI=2,1,0,1,0');
    terminal.type('AT+CFUN=1,1\r');
    await terminal.gone();
    expect(terminal.heard.endsWith('\r\nOK\r\n')).toBe(true);
    expect(() => modem.openPort()).toThrow('is unplugged');
    await clock.advance(5_000);
    const again = new Terminal(modem.openPort());
    expect(await again.ask('AT+CNMI?')).toContain('+CNMI: 0,0,0,0,0');
  });

  it('asks for the PIN, counts tries, and ends at the PUK', async () => {
    const { terminal, modem, clock } = rig({}, { pin: '4321', registerMs: 1_000 });
    await terminal.begin('AT+CREG=1');
    expect(await terminal.lines('AT+CPIN?')).toEqual(['+CPIN: SIM PIN', 'OK']);
    expect(await terminal.lines('AT+CIMI')).toEqual(['+CME ERROR: 11']);
    expect(await terminal.lines('AT+CMGL=4')).toEqual(['+CMS ERROR: 311']);
    expect(await terminal.lines('AT+CPIN="1111"')).toEqual(['+CME ERROR: 16']);
    expect(await terminal.lines('AT+CPINR')).toEqual(['+CPINR: SIM PIN,2,3', '+CPINR: SIM PUK,10,10', 'OK']);
    expect(await terminal.lines('AT+CPIN="4321"')).toEqual(['OK']);
    await clock.advance(1_000);
    await terminal.expect('+CREG: 1');
    expect(await terminal.lines('AT+CPIN?')).toEqual(['+CPIN: READY', 'OK']);
    expect(modem.card?.pinTried).toBe(2);

    modem.unplug();
    modem.plug();
    const again = new Terminal(modem.openPort());
    await again.begin();
    for (const code of [16, 16, 12]) expect(await again.lines('AT+CPIN=0000')).toEqual([`+CME ERROR: ${code}`]);
    expect(await again.lines('AT+CPIN?')).toEqual(['+CPIN: SIM PUK', 'OK']);
    expect(await again.lines('AT+CIMI')).toEqual(['+CME ERROR: 12']);
    expect(await again.lines('AT+CMGS=20')).toEqual(['+CMS ERROR: 316']);
  });

  it('has a clock that the network sets (NITZ), unless +CTZU=0, and says so by +CTZR', async () => {
    const { terminal, network, modem, clock } = rig({ quarterHours: -18 });
    await terminal.begin();
    expect(await terminal.lines('AT+CCLK?')).toEqual(['+CCLK: "26/11/22,05:30:00-18"', 'OK']);
    await clock.advance(61_000);
    expect(await terminal.lines('AT+CCLK?')).toEqual(['+CCLK: "26/11/22,05:31:01-18"', 'OK']);
    await terminal.ask('AT+CTZU=0;+CTZR=1');
    network.timeErrorMs = 3_600_000;
    modem.networkTime();
    await terminal.expect('+CTZV: "-18"\r\n');
    expect(await terminal.lines('AT+CCLK?')).toEqual(['+CCLK: "26/11/22,05:31:01-18"', 'OK']);
    await terminal.ask('AT+CTZU=1;+CTZR=2');
    modem.networkTime();
    await terminal.expect('+CTZE: "-18",0,"2026/11/22,06:31:01"\r\n');
    expect(await terminal.lines('AT+CCLK?')).toEqual(['+CCLK: "26/11/22,06:31:01-18"', 'OK']);
    await terminal.ask('AT+CCLK="27/01/31,23:59:59+08"');
    await clock.advance(2_000);
    expect(await terminal.lines('AT+CCLK?')).toEqual(['+CCLK: "27/02/01,00:00:01+08"', 'OK']);
  });

  it('rings, tells who calls, and can be answered or hung up', async () => {
    const { terminal, network, modem, clock } = rig();
    await terminal.begin('AT+CLIP=1');
    const rejected = network.call({ from: '+380671112233', to: '+380500000001', forMs: 20_000 });
    await terminal.expect('\r\nRING\r\n\r\n+CLIP: "+380671112233",145,,,,0\r\n');
    await clock.advance(5_000);
    await terminal.expect('RING');
    expect(await terminal.lines('AT+CLCC')).toContain('+CLCC: 1,1,4,0,0,"+380671112233",145');
    await terminal.ask('AT+CHUP');
    expect(rejected.state).toBe('rejected');

    const missed = network.call({ from: '0671112233', modem: 'modem1', forMs: 12_000 });
    await clock.advance(12_000);
    await terminal.expect('NO CARRIER');
    expect(missed.state).toBe('missed');
    expect(terminal.heard.split('RING').length - 1).toBe(2 + 3);

    const answered = network.call({ from: '101', modem: modem.imei });
    await terminal.expect('RING');
    await terminal.ask('ATA');
    expect(await terminal.lines('AT+CPAS')).toEqual(['+CPAS: 4', 'OK']);
    await terminal.ask('ATH');
    expect(answered.state).toBe('answered');
    modem.unplug();
    expect(network.call({ from: '101', modem: '1' }).state).toBe('unreachable');
  });

  it('asks the network by USSD', async () => {
    const { terminal, network } = rig();
    await terminal.begin('AT+CUSD=1');
    network.ussd.replies.set('*101#', { text: 'Баланс 5 грн', more: true });
    terminal.type('AT+CUSD=1,"*111#",15\r');
    expect(await terminal.expect('15\r\n')).toBe('\r\nOK\r\n\r\n+CUSD: 0,"Balance: 25.00 UAH, valid to 31.12.2026",15\r\n');
    terminal.type('AT+CUSD=1,"*101#"\r');
    await terminal.expect('+CUSD: 1,"0411043004');
    terminal.type('AT+CUSD=1,"*999#"\r');
    await terminal.expect('+CUSD: 4\r\n');
  });

  it('goes through a menu by USSD, and leaves it', async () => {
    const { terminal, network, clock } = rig();
    await terminal.begin('AT+CUSD=1');
    terminal.type('AT+CUSD=1,"*100#",15\r');
    await terminal.expect('+CUSD: 1,"0031');
    terminal.type('AT+CUSD=1,"9",15\r');
    await terminal.expect('+CUSD: 1,"0031');
    terminal.type('AT+CUSD=1,"0031",72\r');
    await terminal.expect('+CUSD: 0,"041D0430');
    terminal.type('AT+CUSD=1,"*100#",15\r');
    await terminal.expect('",72\r\n');
    await terminal.ask('AT+CUSD=2');
    terminal.type('AT+CUSD=1,"1",15\r');
    await terminal.expect('+CUSD: 4\r\n');
    network.ussd.replies.set('*105#', { text: 'late', more: false, afterMs: 1_000 });
    terminal.type('AT+CUSD=1,"*105#",15\r');
    await terminal.expect('OK');
    await terminal.ask('AT+CUSD=2');
    await clock.advance(2_000);
    expect(terminal.unread).not.toContain('late');
  });

  it('withholds a number, and forwards calls as it was told', async () => {
    const { terminal, network, modem } = rig();
    await terminal.begin('AT+CLIP=1');
    network.call({ from: 'withheld', modem: 1 });
    await terminal.expect('\r\nRING\r\n\r\n+CLIP: "",128,,,,1\r\n');
    expect(await terminal.lines('AT+CCFC=1,3,"+380441234567",145,1')).toEqual(['OK']);
    expect(network.call({ from: '101', modem: 1 })).toMatchObject({ state: 'forwarded', forwardedTo: '+380441234567' });
    await terminal.ask('ATH');
    expect(await terminal.lines('AT+CCFC=0,3,"0441234567",129,1')).toEqual(['OK']);
    expect(await terminal.lines('AT+CCFC=0,2')).toEqual(['+CCFC: 1,1,"+380441234567",145', 'OK']);
    expect(network.call({ from: '101', modem: 1 }).state).toBe('forwarded');
    expect(await terminal.lines('AT+CCFC=4,4')).toEqual(['OK']);
    expect(network.call({ from: '101', modem: 1 }).state).toBe('ringing');
    modem.loseRegistration(0, undefined);
    expect(network.call({ from: '101', to: '+380500000001' }).state).toBe('unreachable');
  });

  it('lets one host have the port, and a replug of the host finds settings as at the start', async () => {
    const { terminal, network, modem } = rig();
    await terminal.begin('AT+CSMS=1');
    expect(() => network.open('modem1')).toThrow('is open already');
    expect(() => network.open('modem9')).toThrow('There is no virtual modem "modem9": name one of modem1.');
    terminal.stream.destroy();
    await terminal.gone();
    const again = new Terminal(network.open('modem1'));
    expect(await again.ask('AT+CSMS?')).toBe('AT+CSMS?\r\r\n+CSMS: 0,1,1,1\r\n\r\nOK\r\n');
    expect(modem.open).toBe(true);
  });

  it('is of another make where the model says so', async () => {
    const model = {
      ...GENERIC,
      manufacturer: 'SIMCOM_Ltd',
      model: 'SIMCOM_SIM800L',
      iccid: [{ command: '+CCID', prefix: '' }],
      boot: ['RDY', 'SMS Ready'],
      receiveInto: 'ME' as const,
      reportsInto: 'SM' as const,
      firstIndexInMe: 1,
    };
    const { terminal, network, modem } = rig({}, { model });
    expect(await terminal.expect('SMS Ready\r\n')).toBe('\r\nRDY\r\n\r\nSMS Ready\r\n');
    await terminal.begin('AT+CNMI=2,1,0,2,0');
    expect(await terminal.lines('AT+CCID')).toEqual([modem.card?.iccid, 'OK']);
    expect(await terminal.ask('AT+QCCID')).toBe('\r\n+CME ERROR: 4\r\n');
    network.inbound({ from: PHONE, modem: 1, text: 'ТАК' });
    await terminal.expect('+CMTI: "ME",1');
    await terminal.send(submit());
    await terminal.expect('+CDSI: "SM",1');
  });
});
