import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Channel } from '../../../src/at/channel.ts';
import * as commands from '../../../src/at/commands.ts';
import type { Submit } from '../../../src/at/exchange-state.ts';
import { Trace } from '../../../src/at/trace.ts';
import type { Fault } from '../../../src/base/fault.ts';
import { deferred } from '../../../src/base/waits.ts';
import { duplexPair } from '../../support/duplex-pair.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakeModem } from '../../support/fake-modem.ts';

const submit: Submit = { line: 'AT+CMGS=18', pdu: '0001000B918350214365F7000005C8329BFD06', promptLimit: 10_000, answerLimit: 130_000 };

function rig(): { channel: Channel; fake: FakeModem; clock: FakeClock; unsolicited: string[]; gone: Fault[]; trace: Trace } {
  const [ours, theirs] = duplexPair();
  const clock = new FakeClock();
  const unsolicited: string[] = [];
  const gone: Fault[] = [];
  const trace = new Trace();
  const events = {
    onUnsolicited: ({ text }: { text: string }): void => void unsolicited.push(text),
    onGone: (fault: Fault): void => void gone.push(fault),
  };
  const channel = new Channel({ port: ours, clock, trace, events });
  return { channel, fake: new FakeModem(theirs), clock, unsolicited, gone, trace };
}

test('a question gets its answer', async () => {
  const { channel, clock } = rig();
  const answer = channel.ask(commands.signalQuality());
  await clock.advance(10);
  expect(await answer).toEqual({ result: { kind: 'ok' }, info: [{ kind: 'info', text: '+CSQ: 20,99', doubtful: false }] });
});

test('one question at a time; an acknowledgement goes before traffic, and traffic before idle questions', async () => {
  const { channel, fake, clock } = rig();
  fake.instead.set('AT+CIMI', null);
  const first = channel.ask(commands.imsi());
  const later = [
    channel.ask(commands.signalQuality(), 'idle'),
    channel.transmit(submit),
    channel.ask(commands.readMessage(1)),
    channel.ask(commands.acknowledge(), 'acknowledgement'),
  ];
  await clock.advance(10);
  expect(fake.heard).toEqual(['AT+CIMI']);
  fake.say('255061234567890', 'OK');
  await clock.advance(10);
  await Promise.all([first, ...later]);
  expect(fake.heard).toEqual(['AT+CIMI', 'AT+CNMA', 'AT+CMGS=18', `PDU:${submit.pdu}`, 'AT+CMGR=1', 'AT+CSQ']);
});

test('noise of the make is no part of an answer, and nobody hears of it; a PDU is never noise', async () => {
  const { channel, fake, clock, unsolicited } = rig();
  channel.ignore(['RSSI', '+CMT']);
  fake.instead.set('AT+CGMM', null);
  const model = channel.ask(commands.model());
  fake.say('RSSI 18', 'E173', 'RSSI 19', 'OK');
  await clock.advance(10);
  expect((await model).info.map((i) => i.text)).toEqual(['E173']);
  fake.say('RSSI 20', 'RING', '+CMT: ,18', submit.pdu);
  await clock.advance(10);
  expect(unsolicited).toEqual(['RING', '+CMT: ,18']);
});

test('closing tells everybody who waits, once, and closes the port', async () => {
  const { channel, fake, clock, gone } = rig();
  fake.instead.set('AT+CIMI', null);
  const waiting = [channel.ask(commands.imsi()), channel.ask(commands.signalQuality())];
  const segment = channel.transmit(submit);
  const late = channel.lateReference(1);
  await clock.advance(10);
  const ends = Promise.allSettled(waiting);
  const closed = channel.close();
  await clock.advance(10);
  await closed;
  expect((await ends).map((e) => (e.status === 'rejected' ? e.reason.code : 'answered'))).toEqual(['closed', 'closed']);
  expect(await segment).toEqual({ kind: 'goneBefore' });
  expect(await late).toBeUndefined();
  await clock.advance(5_000);
  expect(gone.map((f) => f.code)).toEqual(['closed']);
  expect(clock.timers).toBe(0);
  await expect(channel.ask(commands.signalQuality())).rejects.toMatchObject({ code: 'closed' });
  expect(await channel.transmit(submit)).toEqual({ kind: 'goneBefore' });
});

test('an answer that was said before the port went is heard', async () => {
  const { channel, fake, clock, gone } = rig();
  fake.outcome = () => null;
  const segment = channel.transmit(submit);
  await clock.advance(10);
  fake.say('+CMGS: 7', 'OK');
  fake.unplug();
  await clock.advance(10);
  expect(await segment).toEqual({ kind: 'accepted', mr: 7 });
  expect(gone.map((f) => f.code)).toEqual(['portGone']);
});

test('a port that goes with an error of the system is gone in words for people, whatever the system calls it', async () => {
  const [ours] = duplexPair();
  const gone = deferred<Fault>();
  const cause = Object.assign(new Error('EBADF: bad file descriptor, read'), { code: 'EBADF' });
  new Channel({ port: ours, clock: new FakeClock(), events: { onUnsolicited: () => undefined, onGone: gone.resolve } });
  ours.destroy(cause);
  expect(await gone.promise).toMatchObject({
    code: 'portGone',
    message: 'The port is gone: the modem was unplugged, or the far side closed.',
    cause,
  });
});

test('200 unsolicited lines inside of a dialogue: none is lost, in order, and the segment is sent (I09)', async () => {
  const { channel, fake, clock, unsolicited } = rig();
  const kinds = ['+CMTI: "SM",1', 'RING', '^RSSI:12', '+CREG: 1', '+CDSI: "SR",1', '^BOOT:1,0,0,0,6'];
  const noise = Array.from({ length: 200 }, (_, n) => kinds[n % kinds.length] ?? '');
  fake.instead.set('AT+CMGS', null);
  fake.outcome = () => null;
  const segment = channel.transmit(submit);
  await clock.advance(1);
  fake.say(...noise.slice(0, 100));
  fake.raw('\r\n> ');
  fake.say(...noise.slice(100, 150));
  await clock.advance(1);
  fake.say(...noise.slice(150, 180), '+CMGS: 9', ...noise.slice(180), 'OK');
  await clock.advance(1);
  expect(await segment).toEqual({ kind: 'accepted', mr: 9 });
  expect(unsolicited).toEqual(noise);
});

test('a text with forged results inside of a dialogue sends nothing (X02)', async () => {
  const { channel, fake, clock } = rig();
  fake.outcome = () => null;
  const segment = channel.transmit(submit);
  await clock.advance(10);
  fake.raw('\r\n+CUSD: 0,"You won\r\nOK\r\n+CMGS: 66\r\n\r\nOK\r\n\r\nERROR\r\n",15\r\n');
  await clock.advance(3_000);
  fake.say('+CMGS: 7', 'OK');
  await clock.advance(10);
  expect(await segment).toEqual({ kind: 'accepted', mr: 7 });
});

test('a late reference finds the segment that waits for it: the one that nothing was answered after', async () => {
  const { channel, fake, clock } = rig();
  channel.know(fake.imei);
  fake.outcome = () => null;
  const first = channel.transmit(submit);
  await clock.advance(130_000);
  expect(await first).toEqual({ kind: 'overdue' });
  const firstLate = channel.lateReference(5);
  const second = channel.transmit(submit);
  await clock.advance(131_000);
  expect(await second).toEqual({ kind: 'overdue' });
  fake.instead.set('AT+CGSN', null);
  const secondLate = channel.lateReference(6);
  fake.say('+CMGS: 6', 'OK');
  await clock.advance(1_000);
  expect(await secondLate).toBe(6);
  fake.say('+CMGS: 5', 'OK');
  await clock.advance(1_000);
  expect(await firstLate).toBe(5);
});

test('whatever a port says, the channel stands, and every question ends (I11, X02)', async () => {
  const seed = Date.now() % 2 ** 31;
  process.stdout.write(`channel fuzz seed ${seed}\n`);
  const octets = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      'OK\r\n',
      '\r\n> ',
      '+CMGS: 5\r\n',
      '+CUSD: 0,"',
      '+CMT: ,24\r\n',
      '0791',
      '\r\n',
      'ERROR\r',
      '+CMS ERROR: 38\r\n',
      '"',
      '\0',
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(octets, { maxLength: 30 }), async (chunks) => {
      const { channel, fake, clock } = rig();
      const question = channel.ask(commands.signalQuality()).catch(() => undefined);
      const segment = channel.transmit(submit);
      for (const chunk of chunks) {
        fake.raw(chunk);
        await clock.advance(0);
      }
      await clock.advance(1_000_000);
      await channel.close();
      await question;
      expect(await segment).toBeDefined();
      expect(clock.timers).toBe(0);
    }),
    { numRuns: process.env.SIMPOST_TEST_FULL ? 2_000 : 60, seed },
  );
});

test('nothing outside of the grammar is written (X01)', () => {
  const { channel } = rig();
  expect(() => channel.transmit({ ...submit, pdu: '00\x1aAT+CFUN=0\r' })).toThrow();
});

test('the trace has both sides of the dialogue', async () => {
  const { channel, clock, trace } = rig();
  const answer = channel.ask(commands.signalQuality());
  await clock.advance(10);
  await answer;
  expect(trace.lines().map((l) => `${l.direction} ${l.text}`)).toEqual(['sent AT+CSQ', 'heard AT+CSQ', 'heard +CSQ: 20,99', 'heard OK']);
});
