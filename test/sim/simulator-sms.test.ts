import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { encodeSubmit } from '../../src/pdu/submit.ts';
import { PHONE, rig, submit } from '../unit/simulator/rig.ts';
import { Terminal } from '../unit/simulator/terminal.ts';

const SIM = '+380500000001';

/** A status report's TPDU by the octets of TS 23.040 9.2.2.3: TP-MR, TP-ST. */
function reportIn(text: string): { mr: number; status: number } {
  const pdu = /\r\n([0-9A-F]{20,})\r\n/.exec(text)?.[1] ?? '';
  return { mr: Number.parseInt(pdu.slice(18, 20), 16), status: Number.parseInt(pdu.slice(-2), 16) };
}

describe('sending through a virtual modem (TS 27.005 3.5.1)', () => {
  it('prompts, waits for the radio, answers with TP-MR, and the phone has the text', async () => {
    const { terminal, network, clock, modem } = rig({ radioMs: 250 });
    await terminal.begin();
    const { pdu, tpduLength } = submit();
    terminal.type(`AT+CMGS=${tpduLength}\r`);
    expect(await terminal.expect('> ')).toBe('\r\n> ');
    terminal.type(`${pdu}\x1a`);
    await clock.advance(249);
    expect(terminal.unread).toBe('');
    expect(network.ledger.entries).toEqual([]);
    await clock.advance(1);
    expect(terminal.unread).toBe('\r\n+CMGS: 0\r\n\r\nOK\r\n');
    expect(network.ledger.entries).toEqual([{ at: '2026-11-22T10:00:00.250Z', imsi: '255010000000001', mr: 0, to: PHONE, pdu }]);
    expect(network.phone(PHONE).texts).toMatchObject([{ from: SIM, text: 'Чекаємо о 9:30' }]);
    expect(modem.radio.busyMs).toBe(250);
  });

  it('counts TP-MR on the SIM and wraps after 255, whatever the host writes; or keeps the host’s', async () => {
    const { terminal, network } = rig();
    await terminal.begin();
    for (let i = 0; i < 258; i += 1) {
      expect(await terminal.send(submit({ mr: 77 }))).toBe(`\r\n+CMGS: ${i % 256}\r\n\r\nOK\r\n`);
    }
    expect(network.ledger.entries.slice(-3).map((entry) => entry.mr)).toEqual([255, 0, 1]);

    const keeping = new Terminal(network.plug(network.addModem({ keepMr: true })));
    await keeping.begin();
    expect(await keeping.send(submit({ mr: 77 }))).toContain('+CMGS: 77');
  });

  it('checks length, hexadecimal and PDU: CMS 304', async () => {
    const { terminal, network } = rig();
    await terminal.begin();
    const good = submit();
    for (const bad of [
      { ...good, tpduLength: good.tpduLength + 1 },
      { ...good, pdu: `${good.pdu.slice(0, -1)}X` },
      { pdu: '00', tpduLength: 1 },
      { pdu: '00FFFF', tpduLength: 2 },
    ]) {
      expect(await terminal.send(bad)).toBe('\r\n+CMS ERROR: 304\r\n');
    }
    expect(await terminal.ask('AT+CMGS=x')).toBe('\r\nERROR\r\n');
    expect(network.ledger.entries).toEqual([]);
  });

  it('cancels by ESC before Ctrl-Z: nothing was sent', async () => {
    const { terminal, network } = rig();
    await terminal.begin();
    const { pdu, tpduLength } = submit();
    terminal.type(`AT+CMGS=${tpduLength}\r`);
    await terminal.expect('> ');
    terminal.type(`${pdu}\x1b`);
    expect(await terminal.expect('OK\r\n')).toBe('\r\nOK\r\n');
    expect(network.ledger.entries).toEqual([]);
    expect(await terminal.send(submit())).toContain('+CMGS: 0');
  });

  it('refuses without network (331), without SMSC (330), without SIM (310)', async () => {
    const { terminal, modem, network } = rig();
    await terminal.begin();
    modem.register({ creg: 2, cgreg: 2, cereg: 2 });
    expect(await terminal.send(submit())).toBe('\r\n+CMS ERROR: 331\r\n');
    modem.register({ creg: 5, cgreg: 0, cereg: 0 });
    if (modem.card) modem.card.smsc = '';
    expect(await terminal.send(submit())).toBe('\r\n+CMS ERROR: 330\r\n');
    expect(await terminal.send(submit({ smsc: '+380500000998' }))).toContain('+CMGS:');
    await terminal.ask('AT+CSCA="+380500000997"');
    expect(await terminal.send(submit())).toContain('+CMGS:');
    network.moveCard(modem, null);
    expect(await terminal.ask('AT+CMGS=20')).toBe('\r\n+CMS ERROR: 310\r\n');
    expect(network.ledger.entries.length).toBe(2);
  });

  it('brings several segments to the phone as one text', async () => {
    const { terminal, network } = rig();
    await terminal.begin();
    const parts = ['Доброго дня! ', 'Чекаємо ', 'о 9:30'];
    const shown = once(network.events, 'text');
    for (const [i, text] of parts.entries()) {
      await terminal.send(submit({ text, concat: { ref: 300, bits: 16, total: 3, n: i + 1 } }));
    }
    await shown;
    expect(network.phone('0671112233').texts.map((t) => t.text)).toEqual(['Доброго дня! Чекаємо о 9:30']);
    expect(network.phone(PHONE).received.length).toBe(3);
  });

  it('goes on with what is on the air when the host has gone', async () => {
    const { terminal, network, clock } = rig({ radioMs: 1_000 });
    await terminal.begin();
    const { pdu, tpduLength } = submit();
    terminal.type(`AT+CMGS=${tpduLength}\r`);
    await terminal.expect('> ');
    terminal.type(`${pdu}\x1a`);
    await clock.advance(10);
    terminal.stream.destroy();
    await terminal.gone();
    const again = new Terminal(network.open('modem1'));
    await again.begin();
    const second = again.send(submit({ text: 'ще' }));
    await clock.advance(990);
    expect(network.ledger.entries.length).toBe(1);
    await clock.advance(1_000);
    expect(await second).toBe('\r\n+CMGS: 1\r\n\r\nOK\r\n');
  });
});

describe('status reports', () => {
  it('come by +CDS with <ds> 1, wait for +CNMA under +CSMS=1, and none is expected twice', async () => {
    const { terminal, network, clock } = rig({ deliveryMs: 1_000, reportMs: 500 });
    await terminal.begin('AT+CSMS=1', 'AT+CNMI=2,1,0,1,0');
    await terminal.send(submit());
    await terminal.send(submit({ to: '0671112234' }));
    await terminal.send(submit({ statusReport: false }));
    await clock.advance(1_499);
    expect(terminal.unread).toBe('');
    await clock.advance(1);
    const first = await terminal.expect(/\+CDS: 25\r\n[0-9A-F]+\r\n/);
    expect(reportIn(first)).toEqual({ mr: 0, status: 0 });
    // The next one waits for the acknowledgement of this one.
    expect(terminal.unread).toBe('');
    terminal.type('AT+CNMA\r');
    expect(await terminal.expect('\r\n+CDS')).toBe('\r\nOK\r\n\r\n+CDS');
    expect(reportIn(await terminal.expect(/: 24\r\n[0-9A-F]+\r\n/))).toEqual({ mr: 1, status: 0 });
    expect(await terminal.ask('AT+CNMA=1')).toContain('OK');
    expect(await terminal.ask('AT+CNMA')).toBe('\r\n+CMS ERROR: 340\r\n');
    expect(await terminal.ask('AT+CNMA=0')).toBe('\r\n+CMS ERROR: 340\r\n');
    expect(network.waitingFor(network.card(SIM))).toBe(0);
  });

  it('come by +CDSI with <ds> 2 into SR, are read there, and are kept silently with <ds> 0', async () => {
    const { terminal, modem } = rig();
    await terminal.begin('AT+CNMI=2,1,0,2,0');
    await terminal.send(submit());
    await terminal.expect('+CDSI: "SR",1\r\n');
    expect(await terminal.lines('AT+CPMS="SR"')).toEqual(['+CPMS: 1,50,0,20,0,20', 'OK']);
    expect(reportIn(await terminal.ask('AT+CMGR=1'))).toEqual({ mr: 0, status: 0 });
    expect(await terminal.ask('AT+CMGD=1')).toContain('OK');
    await terminal.ask('AT+CNMI=2,1,0,0,0');
    await terminal.send(submit());
    expect(modem.memory('SR').used).toBe(1);
    expect(terminal.unread).toBe('');
    expect(await terminal.ask('AT+CPMS="SR","SR","SR"')).toBe('\r\n+CMS ERROR: 303\r\n');
  });

  it('follow the phone: off is pending and then delivered, or expires; barred and unknown fail', async () => {
    const { terminal, network, clock } = rig();
    await terminal.begin('AT+CNMI=2,1,0,1,0');
    const status = async () => reportIn(await terminal.expect(/\+CDS: \d+\r\n[0-9A-F]+\r\n/));

    network.setPhoneState(PHONE, 'off');
    await terminal.send(submit({ validity: { relativeSeconds: 300 } }));
    expect(await status()).toEqual({ mr: 0, status: 0x22 });
    await terminal.send(submit({ validity: { relativeSeconds: 3600 } }));
    expect(await status()).toEqual({ mr: 1, status: 0x22 });
    await clock.advance(300_000);
    expect(await status()).toEqual({ mr: 0, status: 0x46 });
    network.setPhoneState(PHONE, 'on');
    expect(await status()).toEqual({ mr: 1, status: 0 });
    expect(network.phone(PHONE).texts.length).toBe(1);

    network.setPhoneState(PHONE, 'barred');
    await terminal.send(submit());
    expect(await status()).toEqual({ mr: 2, status: 0x42 });
    network.setPhoneState(PHONE, 'unknown');
    await terminal.send(submit());
    expect(await status()).toEqual({ mr: 3, status: 0x43 });
    await clock.advance(86_400_000);
    expect(terminal.unread).toBe('');
  });

  it.each([
    ['asAddressed', '0671112233', '0A816017112233'],
    ['international', '0671112233', '0C91836017112233'],
    ['national', PHONE, '0A816017112233'],
  ] as const)('write the recipient %s', async (reportAddress, to, address) => {
    const { terminal } = rig({ reportAddress });
    await terminal.begin('AT+CNMI=2,1,0,1,0');
    await terminal.send(submit({ to }));
    expect(await terminal.expect(/\+CDS: \d+\r\n[0-9A-F]+\r\n/)).toContain(`0600${address}`);
  });

  it('a SMSC refuses a copy of what it still holds when TP-RD asks for that: CMS 197', async () => {
    const { terminal, network, clock } = rig({ deliveryMs: 5_000 }, { keepMr: true });
    await terminal.begin();
    const probe = submit({ mr: 9, rejectDuplicates: true });
    expect(await terminal.send(submit({ mr: 9 }))).toContain('+CMGS: 9');
    expect(await terminal.send(probe)).toBe('\r\n+CMS ERROR: 197\r\n');
    expect(await terminal.send({ ...submit({ mr: 10, rejectDuplicates: true }) })).toContain('+CMGS: 10');
    await clock.advance(5_000);
    expect(await terminal.send(probe)).toContain('+CMGS: 9');
    expect(network.ledger.entries.length).toBe(3);
  });
});

describe('receiving through a virtual modem (TS 27.005 3.4)', () => {
  it('stores, indicates by +CMTI, lists by <stat>, reads once as unread, deletes', async () => {
    const { terminal, network, modem } = rig();
    await terminal.begin('AT+CNMI=2,1,0,0,0');
    network.inbound({ from: PHONE, to: SIM, text: 'ПЕРЕНОС' });
    network.inbound({ from: 'MTC', to: SIM, text: 'Hello' });
    await terminal.expect('\r\n+CMTI: "SM",1\r\n\r\n+CMTI: "SM",2\r\n');
    expect(await terminal.lines('AT+CMGR=2')).toEqual([
      '+CMGR: 0,,21',
      '079183500000909904' + '06D04DEA10' + '0000' + '62112221000080' + '05C8329BFD06',
      'OK',
    ]);
    expect(await terminal.lines('AT+CMGL=0')).toEqual(['+CMGL: 1,0,,33', expect.stringMatching(/^0791.*041F/), 'OK']);
    expect((await terminal.lines('AT+CMGL=4')).filter((line) => line.startsWith('+'))).toEqual(['+CMGL: 1,1,,33', '+CMGL: 2,1,,21']);
    expect(await terminal.lines('AT+CMGD=1;+CMGD=?')).toEqual(['+CMGD: (2),(0-4)', 'OK']);
    expect(await terminal.ask('AT+CMGR=1')).toBe('\r\n+CMS ERROR: 321\r\n');
    expect(await terminal.ask('AT+CMGD=99')).toBe('\r\n+CMS ERROR: 321\r\n');
    await terminal.ask('AT+CMGD=1,4');
    expect(modem.memory('SM').used).toBe(0);
  });

  it('hands over by +CMT; without +CNMA the network hears an error, +CNMI is off, and it comes to the storage', async () => {
    const { terminal, network, clock, modem } = rig({ retryMs: 60_000 }, { acknowledgeMs: 12_000 });
    await terminal.begin('AT+CSMS=1', 'AT+CNMI=2,2,0,1,0');
    network.inbound({ from: PHONE, to: SIM, text: 'ТАК' });
    const shown = await terminal.expect(/\r\n\+CMT: ,25\r\n[0-9A-F]+\r\n/);
    await clock.advance(11_999);
    expect(await terminal.lines('AT+CNMI?')).toEqual(['+CNMI: 2,2,0,1,0', 'OK']);
    await clock.advance(1);
    expect(await terminal.lines('AT+CNMI?')).toEqual(['+CNMI: 2,0,0,0,0', 'OK']);
    expect(await terminal.ask('AT+CNMA')).toBe('\r\n+CMS ERROR: 340\r\n');
    expect(network.waitingFor(network.card(SIM))).toBe(1);
    await clock.advance(60_000);
    expect(
      modem
        .memory('SM')
        .list()
        .map((m) => m.pdu),
    ).toEqual([shown.trim().split('\r\n')[1]]);
  });

  it('brings it again when the host says no (+CNMA=2), and takes +CNMA with a TPDU', async () => {
    const { terminal, network, clock } = rig({ retryMs: 1_000 });
    await terminal.begin('AT+CSMS=1', 'AT+CNMI=2,2,0,0,0');
    network.inbound({ from: PHONE, to: SIM, text: 'ТАК' });
    const first = await terminal.expect(/\r\n\+CMT: ,25\r\n[0-9A-F]+\r\n/);
    await terminal.ask('AT+CNMA=2');
    await clock.advance(1_000);
    expect(await terminal.expect(/\r\n\+CMT: ,25\r\n[0-9A-F]+\r\n/)).toBe(first);
    terminal.type('AT+CNMA=1,3\r');
    await terminal.expect('> ');
    terminal.type('000000\x1a');
    await terminal.expect('OK\r\n');
    expect(network.waitingFor(network.card(SIM))).toBe(0);
  });

  it('stores class 2 on the SIM though <mt> is 2, and hands class 3 over with <mt> 3', async () => {
    const { terminal, network } = rig();
    const other = new Terminal(network.plug(network.addModem()));
    await other.begin();
    await terminal.begin('AT+CNMI=2,2,0,0,0');
    await other.send(submit({ to: SIM, messageClass: 2 }));
    await terminal.expect('+CMTI: "SM",1\r\n');
    await other.send(submit({ to: SIM, flash: true }));
    await terminal.expect('+CMT: ,');
    await terminal.ask('AT+CNMI=2,3,0,0,0');
    await other.send(submit({ to: SIM, messageClass: 3 }));
    await terminal.expect('+CMT: ,');
    await other.send(submit({ to: SIM }));
    await terminal.expect('+CMTI: "SM",2\r\n');
  });

  it('buffers indications in <mode> 0 and gives or clears them as <bfr> says', async () => {
    const { terminal, network, clock } = rig();
    await terminal.begin('AT+CNMI=0,1,0,0,0');
    network.inbound({ from: PHONE, to: SIM, text: 'один' });
    await clock.advance(0);
    expect(terminal.unread).toBe('');
    terminal.type('AT+CNMI=2,1,0,0,0\r');
    expect(await terminal.expect('1\r\n')).toBe('\r\nOK\r\n\r\n+CMTI: "SM",1\r\n');
    await terminal.ask('AT+CNMI=0,1,0,0,0');
    network.inbound({ from: PHONE, to: SIM, text: 'два' });
    await clock.advance(0);
    await terminal.ask('AT+CNMI=2,1,0,0,1');
    await clock.advance(0);
    expect(terminal.unread).toBe('');
    expect(await terminal.ask('AT+CNMI=9')).toBe('\r\n+CMS ERROR: 303\r\n');
  });

  it('brings long texts in segments with one reference, in order', async () => {
    const { terminal, network } = rig();
    await terminal.begin('AT+CNMI=2,2,0,0,0');
    expect(network.inbound({ from: PHONE, to: SIM, text: 'ї'.repeat(140) })).toEqual({ to: SIM, segments: 3 });
    const headers = [];
    for (let i = 0; i < 3; i += 1) {
      headers.push((await terminal.expect(/\+CMT: ,\d+\r\n[0-9A-F]+\r\n/)).match(/0500030103(..)/)?.[1]);
    }
    expect(headers).toEqual(['01', '02', '03']);
  });

  it('keeps what comes while nobody has the port open, until the storage is full; the rest waits at the network', async () => {
    const { terminal, network, modem, clock } = rig({}, { capacity: { SM: 10 } });
    terminal.stream.destroy();
    await terminal.gone();
    for (let i = 0; i < 25; i += 1) network.inbound({ from: PHONE, to: SIM, text: `№ ${i}` });
    await clock.advance(0);
    expect(modem.memory('SM').used).toBe(10);
    expect(network.waitingFor(network.card(SIM))).toBe(15);
    const again = new Terminal(network.open('modem1'));
    await again.begin();
    const read: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      read.push(...(await again.lines('AT+CMGL=4')).filter((line) => line.startsWith('0791')));
      await again.ask('AT+CMGD=1,4');
      await clock.advance(0);
    }
    expect(new Set(read).size).toBe(25);
    expect(modem.memory('SM').used).toBe(0);
  });

  it('waits while the modem is unplugged and comes when it is back', async () => {
    const { network, modem, clock } = rig({}, { registerMs: 4_000 });
    modem.unplug();
    network.inbound({ from: PHONE, to: SIM, text: 'чекаю' });
    await clock.advance(60_000);
    expect(network.waitingFor(network.card(SIM))).toBe(1);
    modem.plug();
    await clock.advance(4_000);
    expect(modem.memory('SM').used).toBe(1);
  });

  it('does not talk into the PDU that the host types', async () => {
    const { terminal, network, clock } = rig();
    await terminal.begin('AT+CNMI=2,1,0,0,0');
    const { pdu, tpduLength } = submit();
    terminal.type(`AT+CMGS=${tpduLength}\r`);
    await terminal.expect('> ');
    network.inbound({ from: PHONE, to: SIM, text: 'ТАК' });
    await clock.advance(0);
    expect(terminal.unread).toBe('');
    terminal.type(`${pdu}\x1a`);
    expect(await terminal.expect('OK\r\n')).toBe('\r\n+CMTI: "SM",1\r\n\r\n+CMGS: 0\r\n\r\nOK\r\n');
  });

  it('receives into ME where +CPMS says so, from index 0, and keeps written PDUs (+CMGW)', async () => {
    const { terminal, network } = rig();
    await terminal.begin('AT+CNMI=2,1,0,0,0');
    expect(await terminal.lines('AT+CPMS="ME","ME","ME"')).toEqual(['+CPMS: 0,100,0,100,0,100', 'OK']);
    network.inbound({ from: PHONE, to: SIM, text: 'ТАК' });
    await terminal.expect('+CMTI: "ME",0\r\n');
    const { pdu, tpduLength } = submit();
    terminal.type(`AT+CMGW=${tpduLength}\r`);
    await terminal.expect('> ');
    terminal.type(`${pdu}\x1a`);
    await terminal.expect('+CMGW: 1\r\n\r\nOK\r\n');
    expect(await terminal.lines('AT+CMGL=2')).toEqual([`+CMGL: 1,2,,${tpduLength}`, pdu, 'OK']);
    expect(await terminal.lines('AT+CPMS?')).toEqual(['+CPMS: "ME",2,100,"ME",2,100,"ME",2,100', 'OK']);
    expect(await terminal.ask('AT+CPMS="XX"')).toBe('\r\n+CMS ERROR: 303\r\n');
  });

  it('carries messages from SIM to SIM, and a SIM keeps its messages and TP-MR when it moves', async () => {
    const { terminal, network, modem } = rig();
    const second = network.addModem();
    const other = new Terminal(network.plug(second));
    await other.begin('AT+CNMI=2,1,0,0,0');
    await terminal.begin('AT+CNMI=2,1,0,1,0');
    const { pdu, tpduLength } = encodeSubmit({ to: '+380500000002', text: 'перевірка', alphabet: 'ucs2', statusReport: true });
    await terminal.send({ pdu, tpduLength });
    await other.expect('+CMTI: "SM",1\r\n');
    await terminal.expect(/\+CDS: 25\r\n\w+\r\n/);
    const moved = second.card;
    if (!moved) throw new Error('no card');
    network.moveCard(modem, moved);
    expect(second.card).toBeUndefined();
    expect(await other.ask('AT+CIMI')).toContain('+CME ERROR: 10');
    expect(await terminal.lines('AT+CIMI')).toEqual(['255010000000002', 'OK']);
    expect((await terminal.lines('AT+CMGL=4')).length).toBe(3);
    expect(await terminal.send(submit())).toContain('+CMGS: 0');
  });

  it('takes raw octets into a storage, right or not', async () => {
    const { terminal, network } = rig();
    await terminal.begin('AT+CNMI=2,1,0,0,0');
    network.raw({ modem: 'modem1', pdu: '07918350000090', stat: 0 });
    await terminal.expect('+CMTI: "SM",1\r\n');
    network.raw({ modem: '1', pdu: 'ffff', memory: 'ME', stat: 3 });
    expect(await terminal.lines('AT+CMGR=1')).toEqual(['+CMGR: 0,,0', '07918350000090', 'OK']);
    expect(await terminal.lines('AT+CPMS="ME";+CMGL=3')).toContain('FFFF');
    expect(() => network.raw({ modem: '1', pdu: 'xyz' })).toThrow('must be hexadecimal');
  });
});
