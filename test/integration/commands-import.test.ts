import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gateway, importFrom } from '../../src/commands/import.ts';
import { type LiveSite, liveSite } from '../support/live-site.ts';

let site: LiveSite;
let folder: string;
beforeAll(async () => {
  site = await liveSite();
  folder = mkdtempSync(join(tmpdir(), 'simpost-import-'));
});
afterAll(async () => {
  await site.stop();
  rmSync(folder, { recursive: true, force: true });
});

const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

function smstools(): string {
  const spool = join(folder, 'sms');
  for (const name of ['outgoing', 'checked', 'incoming']) mkdirSync(join(spool, name), { recursive: true });
  writeFileSync(join(spool, 'outgoing/send_a'), 'To: 380501110001\n\nYour car is ready\n');
  writeFileSync(
    join(spool, 'outgoing/send_b'),
    Buffer.concat([Buffer.from('To: 380501110002\nAlphabet: UCS\nFlash: yes\n\n'), swapped('Ваше авто готове')]),
  );
  writeFileSync(join(spool, 'checked/send_c'), Buffer.from('To: 380501110003\nAlphabet: ISO\n\nCaf\xe9', 'latin1'));
  writeFileSync(join(spool, 'outgoing/send_d.LOCK'), '');
  writeFileSync(join(spool, 'outgoing/send_e'), 'To: 380501110005\nHex: yes\nUDH-DATA: 05 00 03\n\n0102');
  writeFileSync(join(spool, 'outgoing/send_f'), 'To: 12\n\nto nobody');
  writeFileSync(
    join(spool, 'incoming/GSM1.xyz'),
    Buffer.concat([Buffer.from('From: 380671112233\nReceived: 26-10-01 09:30:00\nAlphabet: UCS2\n\n'), swapped('Прошу ПЕРЕНОС')]),
  );
  const config = join(folder, 'smsd.conf');
  writeFileSync(
    config,
    `# the gateway\ndevices = GSM1, NET\noutgoing = ${spool}/outgoing\nchecked = ${spool}/checked\nincoming = ${spool}/incoming\n\n[GSM1]\ndevice = /dev/ttyUSB0\nbaudrate = 19200\npin = 1234\n[NET]\ndevice = @10.0.0.5:2001\n`,
  );
  return config;
}

function gammu(): string {
  const spool = join(folder, 'gammu');
  for (const name of ['outbox', 'inbox']) mkdirSync(join(spool, name), { recursive: true });
  writeFileSync(join(spool, 'outbox/OUT+380501110010.txt'), 'Hello');
  writeFileSync(
    join(spool, 'outbox/OUTC20261101_100000_00_+380501110011_sms0.txtf'),
    Buffer.concat([Buffer.from([0xfe, 0xff]), swapped('Привіт')]),
  );
  writeFileSync(join(spool, 'outbox/notes.bak'), 'x');
  writeFileSync(join(spool, 'inbox/IN20261101_101500_00_+380671110000_01.txt'), ' and its end');
  writeFileSync(join(spool, 'inbox/IN20261101_101500_00_+380671110000_00.txt'), 'A long text');
  const config = join(folder, 'gammu-smsdrc');
  writeFileSync(
    config,
    `[gammu]\ndevice = /dev/ttyACM0\nconnection = at115200\n[smsd]\nservice = files\noutboxpath = ${spool}/outbox/\ninboxpath = ${spool}/inbox/\n`,
  );
  return config;
}

async function run(gateway: Gateway, from: string, dryRun = false): Promise<string> {
  let said = '';
  const options = { from, dryRun, url: site.url, keyFile: site.keyFile, config: site.config };
  await importFrom(gateway, options, { fetch, env: {}, out: (text) => (said += text) });
  return said;
}

const ask = async (path: string): Promise<{ to: string; text: string; from: string; flash: boolean; receivedAt: string }[]> => {
  const response = await fetch(site.url + path, { headers: { authorization: `Bearer ${readFileSync(site.keyFile, 'utf8').trim()}` } });
  return JSON.parse(await response.text()).data;
};

const waitingOf = async (beginning: string) =>
  (await ask('/v1/messages?limit=100')).filter(({ to }) => to.startsWith(beginning)).map(({ to, text, flash }) => ({ to, text, flash }));

it('says what is no configuration of the other, and what may not be read', async () => {
  const other = join(folder, 'other');
  writeFileSync(other, 'root:x:0:0:root:/root:/bin/bash\n');
  await expect(run('gammu', other, true)).rejects.toThrow(`${other} is no configuration of gammu: it has not a section [smsd].`);
  await expect(run('smstools', other, true)).rejects.toThrow(`${other} is no configuration of smstools: it has not a line devices =.`);
  await expect(run('gammu', join(folder, 'none'), true)).rejects.toThrow('cannot be read');
  // A file where the folder of what waits should be: nothing of it is taken for an empty one.
  const config = join(folder, 'smsdrc-file');
  writeFileSync(config, `[smsd]\nservice = files\noutboxpath = ${other}\n`);
  await expect(run('gammu', config, true)).rejects.toThrow(`${other} cannot be used`);
});

describe('moving in from smstools', () => {
  it('shows in a dry run what it would do, and does nothing', async () => {
    const said = await run('smstools', smstools(), true);
    expect(said).toContain('[[modem]]\nport = "/dev/ttyUSB0"\nbaudRate = 19200\n# It has a PIN');
    expect(said).toContain('[[modem]]\nport = "tcp://10.0.0.5:2001"\n');
    expect(said).toContain('Messages that wait: 4, and that were received: 1.');
    expect(said).toContain('outgoing/send_e holds octets and no text: it stays where it is.');
    expect(said).not.toMatch(/1234\n|ready|380501110001/);
    expect(await waitingOf('+38050111000')).toEqual([]);
  });

  it('takes over what waits and what was received, once however often it runs, and tells what is refused', async () => {
    const config = smstools();
    const said = await run('smstools', config);
    expect(said).toContain('3 messages are in the queue, 1 were refused.');
    expect(said).toContain('1 texts are in the inbox now, and 0 were there before.');
    const waiting = await waitingOf('+38050111000');
    expect(waiting).toHaveLength(3);
    expect(waiting).toEqual(
      expect.arrayContaining([
        { to: '+380501110001', text: 'Your car is ready', flash: false },
        { to: '+380501110002', text: 'Ваше авто готове', flash: true },
        { to: '+380501110003', text: 'Café', flash: false },
      ]),
    );
    expect(await run('smstools', config)).toContain('0 texts are in the inbox now, and 1 were there before.');
    expect(await waitingOf('+38050111000')).toHaveLength(3);
    expect((await ask('/v1/inbound')).filter(({ from }) => from === '+380671112233')).toMatchObject([{ text: 'Прошу ПЕРЕНОС' }]);
    expect(readdirSync(join(folder, 'sms/outgoing'))).toHaveLength(5);
  });
});

describe('moving in from gammu', () => {
  it('takes over modem, outbox and inbox; a long text is whole', async () => {
    const said = await run('gammu', gammu());
    expect(said).toContain('[[modem]]\nport = "/dev/ttyACM0"\nbaudRate = 115200\n');
    expect(said).toContain('notes.bak is no text that waits');
    expect(await waitingOf('+38050111001')).toEqual(
      expect.arrayContaining([
        { to: '+380501110010', text: 'Hello', flash: false },
        { to: '+380501110011', text: 'Привіт', flash: true },
      ]),
    );
    const [text] = (await ask('/v1/inbound')).filter(({ from }) => from === '+380671110000');
    expect(text).toMatchObject({ text: 'A long text and its end', receivedAt: new Date(2026, 10, 1, 10, 15).toISOString() });
  });

  it('takes over what its SQLite database has; parts of a long text are one, and a reference that comes around is another', async () => {
    const db = new Database(join(folder, 'smsd.db'));
    // As `sqlite.sql` of gammu makes them, with the columns that matter here.
    db.exec(`
      CREATE TABLE outbox (ID INTEGER PRIMARY KEY, DestinationNumber TEXT, TextDecoded TEXT, Text TEXT, Class INTEGER DEFAULT -1, MultiPart TEXT);
      CREATE TABLE outbox_multipart (ID INTEGER, SequencePosition INTEGER, TextDecoded TEXT, Text TEXT, UDH TEXT);
      CREATE TABLE inbox (ID INTEGER PRIMARY KEY, SenderNumber TEXT, TextDecoded TEXT, UDH TEXT, ReceivingDateTime NUMERIC, Processed TEXT);
      INSERT INTO outbox VALUES (1, '+380501110020', 'Ваше авто готове', '', -1, 'false'), (2, '380501110021', 'A long text ', '', -1, 'true'),
        (3, '+380501110022', 'Увага', '', 0, 'false'), (4, NULL, NULL, '00', -1, 'false');
      INSERT INTO outbox_multipart VALUES (2, 3, 'and its end', '', ''), (2, 2, 'in the middle ', '', '');
      INSERT INTO inbox VALUES (1, '+380671110020', 'ПЕРЕНОС', '', '2026-11-01 10:15:00', 'false'),
        (2, '+380671110021', ' two', '050003AA0202', '2026-11-01 10:16:00', 'false'), (3, '+380671110021', 'One', '050003AA0201', '2026-11-01 10:16:01', 'false'),
        (4, '+380671110021', 'Again', '050003AA0201', '2026-11-02 10:16:00', 'false'), (5, '+380671110022', 'Long', '06080400110101', '2026-11-02 10:17:00', 'true');
    `);
    db.close();
    const config = join(folder, 'sqlite');
    writeFileSync(config, `[gammu]\nport = /dev/ttyUSB3\n[smsd]\nservice = sql\ndriver = sqlite3\ndbdir = ${folder}\ndatabase = smsd.db\n`);
    expect(await run('gammu', config, true)).toContain('Messages that wait: 3, and that were received: 4.');
    const said = await run('gammu', config);
    expect(said).toContain('Row 4 of outbox is no text that waits');
    expect(await waitingOf('+38050111002')).toEqual(
      expect.arrayContaining([
        { to: '+380501110020', text: 'Ваше авто готове', flash: false },
        { to: '+380501110021', text: 'A long text in the middle and its end', flash: false },
        { to: '+380501110022', text: 'Увага', flash: true },
      ]),
    );
    const texts = (await ask('/v1/inbound?limit=100'))
      .filter(({ from }) => from.startsWith('+38067111002'))
      .map(({ from, text }) => `${from} ${text}`);
    expect(texts.sort()).toEqual(['+380671110020 ПЕРЕНОС', '+380671110021 Again', '+380671110021 One two', '+380671110022 Long']);
    expect(await run('gammu', config)).toContain('0 texts are in the inbox now, and 4 were there before.');
    writeFileSync(join(folder, 'smsd.db'), 'rubbish');
    await expect(run('gammu', config)).rejects.toMatchObject({ code: 'requestInvalid' });
  });

  it('takes over a copy of a database server as docs/moving-in.md makes it: every column a text, or the octets of one', async () => {
    const db = new Database(join(folder, 'copied.db'));
    db.exec(`
      CREATE TABLE outbox ("ID" TEXT, "DestinationNumber" TEXT, "TextDecoded" TEXT, "Class" TEXT);
      CREATE TABLE outbox_multipart ("ID" TEXT, "SequencePosition" TEXT, "TextDecoded" TEXT);
      CREATE TABLE inbox (ID, SenderNumber, TextDecoded, UDH, ReceivingDateTime);
      INSERT INTO outbox VALUES ('9', '+380501110030', 'Ваше "авто"' || char(10) || 'готове', '-1'), ('10', '+380501110031', 'Увага', '0'),
        ('11', '+380501110032', 'Чекаємо ', ''), ('12', '+380501110033', '', '-1');
      INSERT INTO outbox_multipart VALUES ('11', '10', '!'), ('11', '2', 'на вас');
      INSERT INTO inbox VALUES (1, x'2B333830363731313130303330', x'D0A2D090D09A', x'', '2026-11-03 10:15:00');
    `);
    db.close();
    const config = join(folder, 'copied');
    writeFileSync(config, `[smsd]\nservice = sql\ndriver = sqlite3\ndatabase = copied.db\ndbdir = ${folder}\n`);
    expect(await run('gammu', config)).toContain('Row 12 of outbox is no text that waits');
    expect(await waitingOf('+38050111003')).toEqual(
      expect.arrayContaining([
        { to: '+380501110030', text: 'Ваше "авто"\nготове', flash: false },
        { to: '+380501110031', text: 'Увага', flash: true },
        { to: '+380501110032', text: 'Чекаємо на вас!', flash: false },
      ]),
    );
    const texts = (await ask('/v1/inbound?limit=100')).filter(({ from }) => from === '+380671110030').map(({ text }) => text);
    expect(texts).toEqual(['ТАК']);
  });

  it('says so where its messages are in a database server, and where there is no configuration', async () => {
    const config = join(folder, 'sql');
    writeFileSync(config, '[gammu]\nport = /dev/ttyUSB3\n[smsd]\nservice = sql\ndriver = native_mysql\n');
    expect(await run('gammu', config, true)).toContain('keeps its messages in a database server (native_mysql)');
    await expect(run('gammu', join(folder, 'none'))).rejects.toMatchObject({ code: 'requestInvalid' });
  });
});
