import { describe, expect, it } from 'vitest';
import { PHONE, type Rig, rig, submit } from '../unit/simulator/rig.ts';
import { Terminal } from '../unit/simulator/terminal.ts';

const SIM = '+380500000001';

/** A rig whose terminal has had its first words, with these faults in the book. */
async function scripted(faults: object[], options: Parameters<typeof rig>[0] = {}): Promise<Rig> {
  const made = rig(options);
  await made.terminal.begin('AT+CNMI=2,1,0,1,0');
  for (const fault of faults) made.network.addFault(fault);
  return made;
}

/** Types +CMGS and its PDU, as a host that waits for the prompt does. */
async function typeMessage(terminal: Terminal): Promise<void> {
  const { pdu, tpduLength } = submit();
  terminal.type(`AT+CMGS=${tpduLength}\r`);
  await terminal.expect('> ');
  terminal.type(`${pdu}\x1a`);
}

describe('faults before Ctrl-Z', () => {
  it('latePrompt', async () => {
    const { terminal, clock, network } = await scripted([{ fault: 'latePrompt', modem: 1, delayMs: 7_000 }]);
    terminal.type(`AT+CMGS=${submit().tpduLength}\r`);
    await clock.advance(6_999);
    expect(terminal.unread).toBe('');
    await clock.advance(1);
    expect(await terminal.expect('> ')).toBe('\r\n> ');
    terminal.type(`${submit().pdu}\x1a`);
    await terminal.expect('+CMGS: 0');
    expect(network.faults.active).toEqual([]);
  });

  it('latePrompt and a host that has given up: ESC counts when the prompt comes', async () => {
    const { terminal, clock, network } = await scripted([{ fault: 'latePrompt', delayMs: 7_000 }]);
    terminal.type(`AT+CMGS=${submit().tpduLength}\r\x1b`);
    await clock.advance(7_000);
    expect(await terminal.expect('OK\r\n')).toBe('\r\n> \r\nOK\r\n');
    expect(network.ledger.entries).toEqual([]);
  });

  it('noPrompt', async () => {
    const { terminal, clock, network } = await scripted([{ fault: 'noPrompt' }]);
    terminal.type(`AT+CMGS=${submit().tpduLength}\r`);
    await clock.advance(60_000);
    expect(terminal.unread).toBe('');
    terminal.type('\x1b');
    await terminal.expect('OK');
    expect(await terminal.send(submit())).toContain('+CMGS: 0');
    expect(network.ledger.entries.length).toBe(1);
  });

  it.each([
    [{ cms: 500 }, '\r\n+CMS ERROR: 500\r\n'],
    [{ cme: 30 }, '\r\n+CME ERROR: 30\r\n'],
    [{}, '\r\nERROR\r\n'],
  ])('errorBefore %j', async (error, answer) => {
    const { terminal } = await scripted([{ fault: 'errorBefore', ...error }]);
    expect(await terminal.ask(`AT+CMGS=${submit().tpduLength}`)).toBe(answer);
    expect(await terminal.send(submit())).toContain('+CMGS: 0');
  });

  it('unplug before Ctrl-Z, and back by itself', async () => {
    const { terminal, clock, modem, network } = await scripted([{ fault: 'unplug', at: 'beforeCtrlZ', backMs: 3_000 }]);
    terminal.type(`AT+CMGS=${submit().tpduLength}\r`);
    await terminal.gone();
    expect(() => network.open('modem1')).toThrow('unplugged');
    await clock.advance(3_000);
    expect(modem.plugged).toBe(true);
    const again = new Terminal(network.open('modem1'));
    await again.begin();
    expect(await again.send(submit())).toContain('+CMGS: 0');
  });

  it('silence before Ctrl-Z, for a while', async () => {
    const { terminal, clock, network } = await scripted([{ fault: 'silence', at: 'beforeCtrlZ', forMs: 5_000 }]);
    terminal.type(`AT+CMGS=${submit().tpduLength}\r`);
    terminal.type(`${submit().pdu}\x1aAT\r`);
    await clock.advance(4_999);
    expect(terminal.unread).toBe('');
    await clock.advance(1);
    expect(await terminal.ask('AT')).toContain('OK');
    expect(network.ledger.entries).toEqual([]);
  });
});

describe('faults after Ctrl-Z', () => {
  it.each([
    [{ cms: 38 }, '\r\n+CMS ERROR: 38\r\n', 0],
    [{ cms: 332, accepted: true }, '\r\n+CMS ERROR: 332\r\n', 1],
    [{ cme: 30 }, '\r\n+CME ERROR: 30\r\n', 0],
    [{ accepted: true }, '\r\nERROR\r\n', 1],
  ])('errorAfter %j', async (error, answer, accepted) => {
    const { terminal, network, clock } = await scripted([{ fault: 'errorAfter', delayMs: 100, ...error }], {
      radioMs: 300,
      reportMs: 1_000,
    });
    await typeMessage(terminal);
    await clock.advance(399);
    expect(terminal.unread).toBe('');
    await clock.advance(1);
    expect(terminal.unread).toBe(answer);
    expect(network.ledger.entries.length).toBe(accepted);
    expect(network.phone(PHONE).texts.length).toBe(accepted);
  });

  it('errorAfter for one recipient alone, however it is written', async () => {
    const { terminal, network } = await scripted([{ fault: 'errorAfter', cms: 10, to: '0671112233', count: 'always' }]);
    expect(await terminal.send(submit())).toBe('\r\n+CMS ERROR: 10\r\n');
    expect(await terminal.send(submit({ to: '+380671112234' }))).toContain('+CMGS');
    expect(await terminal.send(submit({ to: '0671112233' }))).toBe('\r\n+CMS ERROR: 10\r\n');
    expect(network.ledger.entries.map((entry) => entry.to)).toEqual(['+380671112234']);
  });

  it('unanswered: the network has it, the modem serves what comes next', async () => {
    const { terminal, network, clock } = await scripted([{ fault: 'unanswered' }], { radioMs: 100 });
    await typeMessage(terminal);
    await clock.advance(600_000);
    expect(terminal.unread).toMatch(/^\r\n\+CDS: 25\r\n[0-9A-F]+\r\n$/);
    expect(network.ledger.entries.length).toBe(1);
    expect(await terminal.ask('AT')).toContain('OK');
  });

  it('lateAnswer: accepted in time, answered late, other commands served meanwhile', async () => {
    const { terminal, network, clock } = await scripted([{ fault: 'lateAnswer', delayMs: 200_000 }], { radioMs: 100 });
    await typeMessage(terminal);
    await clock.advance(100);
    expect(network.ledger.entries.length).toBe(1);
    expect(await terminal.ask('AT+CSQ')).toContain('+CSQ');
    await clock.advance(199_999);
    expect(terminal.heard).not.toContain('+CMGS:');
    await clock.advance(1);
    await terminal.expect('\r\n+CMGS: 0\r\n\r\nOK\r\n');
  });

  it('lateAnswer, blocking: what the host types meanwhile waits', async () => {
    const { terminal, clock } = await scripted([{ fault: 'lateAnswer', delayMs: 5_000, blocking: true }]);
    await typeMessage(terminal);
    terminal.type('AT+CSQ\r');
    await clock.advance(4_999);
    expect(terminal.heard).not.toContain('+CSQ');
    await clock.advance(1);
    expect(await terminal.expect(/99\r\n\r\nOK\r\n/)).toContain('\r\n+CMGS: 0\r\n\r\nOK\r\n\r\n+CSQ: 20,99');
  });

  it('noReference: OK alone', async () => {
    const { terminal, network } = await scripted([{ fault: 'noReference' }]);
    expect(await terminal.send(submit())).toBe('\r\nOK\r\n');
    expect(network.ledger.entries.length).toBe(1);
  });

  it.each([true, false])('unplug after Ctrl-Z, accepted %s', async (accepted) => {
    const { terminal, network } = await scripted([{ fault: 'unplug', at: 'afterCtrlZ', accepted }], { radioMs: 1_000 });
    await typeMessage(terminal);
    await terminal.gone();
    expect(network.ledger.entries.length).toBe(accepted ? 1 : 0);
  });

  it.each([true, false])('silence after Ctrl-Z, accepted %s, until the plug is pulled', async (accepted) => {
    const { terminal, network, clock, modem } = await scripted([{ fault: 'silence', at: 'afterCtrlZ', accepted }], { radioMs: 1_000 });
    await typeMessage(terminal);
    await clock.advance(1_000);
    terminal.type('\x1bAT\rAT+CFUN=1,1\r');
    await clock.advance(600_000);
    expect(terminal.unread).toBe('');
    expect(network.ledger.entries.length).toBe(accepted ? 1 : 0);
    modem.unplug();
    await terminal.gone();
    expect(await new Terminal(network.plug(modem)).ask('AT')).toContain('OK');
  });
});

describe('a modem that hangs', () => {
  it('now; a new connection does not wake it, and messages wait at the network', async () => {
    const { terminal, network, modem, clock } = await scripted([{ fault: 'silence', modem: 'modem1' }]);
    terminal.type('AT\r');
    terminal.stream.destroy();
    await terminal.gone();
    const again = new Terminal(network.open('modem1'));
    again.type('AT\r');
    network.inbound({ from: PHONE, to: SIM, text: 'ТАК' });
    await clock.advance(1_000);
    expect(again.heard).toBe('');
    expect(network.waitingFor(network.card(SIM))).toBe(1);
    modem.wake();
    await clock.advance(0);
    expect(modem.memory('SM').used).toBe(1);
    expect(await again.ask('AT')).toContain('OK');
  });

  it('at its next command, woken by ESC', async () => {
    const { terminal, clock } = await scripted([{ fault: 'silence', at: 'command', wakes: 'escape' }]);
    terminal.type('AT+CSQ\rAT\r');
    await clock.advance(10_000);
    expect(terminal.unread).toBe('');
    terminal.type('\x1bAT\r');
    expect(await terminal.expect('OK\r\n')).toBe('\r\nOK\r\n');
  });

  it('is woken by a reset, whose octets may come one by one', async () => {
    const { terminal, clock, modem } = await scripted([{ fault: 'silence', wakes: 'reset' }]);
    for (const octet of 'AT\rAT+CFUN=1,1\r') {
      terminal.type(octet);
      await clock.advance(1);
    }
    await terminal.gone();
    await clock.advance(2_000);
    expect(modem).toMatchObject({ plugged: true, silent: false });
  });
});

describe('faults of commands', () => {
  it('noise comes between all the pieces, and the pieces stay whole', async () => {
    const { terminal } = await scripted([{ fault: 'noise', lines: ['^RSSI:18', 'RING'], count: 2 }]);
    const noise = '\r\n^RSSI:18\r\n\r\nRING\r\n';
    expect(await terminal.ask('AT+CSQ')).toBe(`${noise}\r\n+CSQ: 20,99\r\n${noise}\r\nOK\r\n`);
    const { pdu, tpduLength } = submit({ statusReport: false });
    terminal.type(`AT+CMGS=${tpduLength}\r`);
    expect(await terminal.expect('> ')).toBe(`${noise}\r\n> `);
    terminal.type(`${pdu}\x1a`);
    expect(await terminal.expect('OK\r\n')).toBe(`${noise}${noise}\r\n+CMGS: 0\r\n${noise}\r\nOK\r\n`);
    expect(await terminal.ask('AT')).toBe('\r\nOK\r\n');
  });

  it('noise of several makes unless lines are given', async () => {
    const { terminal } = await scripted([{ fault: 'noise' }]);
    expect(await terminal.ask('AT')).toMatch(/\^RSSI:18.*\^BOOT.*\+QIND.*OK/s);
  });

  it('rubbish instead of an answer', async () => {
    const { terminal } = await scripted([{ fault: 'rubbish', octets: 50, command: '+CSQ' }]);
    expect(await terminal.ask('AT')).toBe('\r\nOK\r\n');
    terminal.type('AT+CSQ\r');
    expect((await terminal.expect(/.{50}/s)).length).toBe(50);
    expect(await terminal.ask('AT+CSQ')).toContain('+CSQ: 20,99');
  });

  it('commandFails, commandUnanswered, deleteFails', async () => {
    const { terminal, network, clock, modem } = await scripted([
      { fault: 'commandFails', command: '+CIMI', cme: 14, count: 2 },
      { fault: 'commandUnanswered', command: 'at+cops' },
      { fault: 'deleteFails', cms: 500, count: 2 },
    ]);
    for (const expected of ['+CME ERROR: 14', '+CME ERROR: 14', 'OK']) expect(await terminal.ask('AT+CIMI')).toContain(expected);
    terminal.type('AT+COPS?\r');
    await clock.advance(60_000);
    expect(terminal.unread).toBe('');
    expect(await terminal.ask('AT+COPS?')).toContain('Simnet');
    network.raw({ modem: '1', pdu: '00', stat: 1 });
    for (const expected of ['+CMS ERROR: 500', '+CMS ERROR: 500', 'OK']) expect(await terminal.ask('AT+CMGD=1')).toContain(expected);
    expect(modem.memory('SM').used).toBe(0);
  });

  it('signal', async () => {
    const { terminal } = await scripted([{ fault: 'signal', rssi: 2 }]);
    expect(await terminal.ask('AT+CSQ')).toContain('+CSQ: 2,99');
  });
});

describe('faults of SIM and registration', () => {
  it('registrationLost, for a while', async () => {
    const { terminal, network, clock } = await scripted([]);
    await terminal.ask('AT+CREG=1');
    network.addFault({ fault: 'registrationLost', stat: 3, forMs: 60_000 });
    await terminal.expect('\r\n+CREG: 3\r\n');
    expect(await terminal.send(submit())).toBe('\r\n+CMS ERROR: 331\r\n');
    await clock.advance(60_000);
    await terminal.expect('\r\n+CREG: 1\r\n');
    expect(await terminal.send(submit())).toContain('+CMGS');
  });

  it('simRemoved, for a while', async () => {
    const { terminal, clock, modem } = await scripted([{ fault: 'simRemoved', modem: 1, forMs: 10_000 }]);
    expect(await terminal.ask('AT+CPIN?')).toBe('\r\n+CME ERROR: 10\r\n');
    expect(await terminal.ask('AT+CCID')).toBe('\r\n+CME ERROR: 10\r\n');
    expect(await terminal.ask('AT+CPMS?')).toBe('\r\n+CMS ERROR: 310\r\n');
    await clock.advance(10_000);
    expect(await terminal.ask('AT+CPIN?')).toContain('READY');
    expect(modem.registered).toBe(true);
  });

  it('pin, puk', async () => {
    const { terminal, network, modem } = await scripted([{ fault: 'pin', pin: '9876' }]);
    expect(await terminal.ask('AT+CPIN?')).toContain('SIM PIN');
    expect(modem.registered).toBe(false);
    expect(await terminal.ask('AT+CPIN="9876"')).toContain('OK');
    expect(modem.registered).toBe(true);
    network.addFault({ fault: 'puk' });
    expect(await terminal.ask('AT+CPIN?')).toContain('SIM PUK');
    expect(await terminal.ask('AT+CPIN="9876"')).toContain('+CME ERROR: 12');
  });
});

describe('faults of the network', () => {
  it('dropDelivery, duplicateDelivery, delayDelivery', async () => {
    const { terminal, network, clock } = await scripted([
      { fault: 'dropDelivery' },
      { fault: 'duplicateDelivery' },
      { fault: 'delayDelivery', delayMs: 5_000 },
    ]);
    const phone = network.phone(PHONE);
    await terminal.send(submit({ text: 'один' }));
    await terminal.send(submit({ text: 'два' }));
    await terminal.send(submit({ text: 'три' }));
    expect(phone.texts.map((t) => t.text)).toEqual(['два', 'два']);
    await clock.advance(5_000);
    expect(phone.texts.map((t) => t.text)).toEqual(['два', 'два', 'три']);
    expect(network.ledger.entries.length).toBe(3);
    expect(terminal.heard.split('+CDS').length - 1).toBe(2);
  });

  it('dropReport, doubleReport, delayReport, reportStatus', async () => {
    const { terminal, clock } = await scripted([
      { fault: 'dropReport', to: PHONE },
      { fault: 'doubleReport' },
      { fault: 'delayReport', delayMs: 3_600_000 },
      { fault: 'reportStatus', status: 0x63 },
    ]);
    for (let i = 0; i < 4; i += 1) await terminal.send(submit());
    await clock.advance(0);
    const seen = () => [...terminal.heard.matchAll(/\+CDS: 25\r\n([0-9A-F]+)/g)].map(([, pdu]) => [pdu?.slice(18, 20), pdu?.slice(-2)]);
    expect(seen()).toEqual([
      ['01', '00'],
      ['01', '00'],
      ['03', '63'],
    ]);
    await clock.advance(3_600_000);
    expect(seen().at(-1)).toEqual(['02', '00']);
  });

  it('redeliver: the same octets again', async () => {
    const { terminal, network, clock, modem } = await scripted([{ fault: 'redeliver', from: PHONE, delayMs: 1_000, count: 2 }]);
    network.inbound({ from: PHONE, to: SIM, text: 'ТАК' });
    await terminal.expect('+CMTI: "SM",1');
    await clock.advance(1_000);
    await terminal.expect('+CMTI: "SM",2');
    await clock.advance(1_000);
    await terminal.expect('+CMTI: "SM",3');
    await clock.advance(10_000);
    const pdus = modem.memory('SM').list();
    expect(pdus.length).toBe(3);
    expect(new Set(pdus.map((m) => m.pdu)).size).toBe(1);
  });

  it('storageFull: kept at the network until something is deleted, or the SMSC tries again', async () => {
    const { terminal, network, clock } = await scripted([{ fault: 'storageFull', count: 2 }], { retryMs: 30_000 });
    network.inbound({ from: PHONE, to: SIM, text: 'один' });
    await clock.advance(0);
    expect(network.waitingFor(network.card(SIM))).toBe(1);
    await terminal.ask('AT+CMGD=1');
    expect(network.waitingFor(network.card(SIM))).toBe(1);
    await clock.advance(30_000);
    await terminal.expect('+CMTI: "SM",1');
    expect(network.waitingFor(network.card(SIM))).toBe(0);
  });
});

describe('timers', () => {
  it('leave nothing behind when the network is closed', async () => {
    const { terminal, network, clock, modem } = await scripted([{ fault: 'lateAnswer', delayMs: 50_000 }], {
      radioMs: 100,
      deliveryMs: 5_000,
    });
    await typeMessage(terminal);
    network.inbound({ from: PHONE, to: SIM, text: 'ТАК' });
    network.call({ from: PHONE, to: SIM });
    network.addFault({ fault: 'registrationLost', forMs: 1_000 });
    await clock.advance(150);
    modem.unplug(500);
    expect(clock.timers).toBeGreaterThan(0);
    network.close();
    await terminal.gone();
    expect(clock.timers).toBe(0);
  });
});
