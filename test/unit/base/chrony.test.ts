import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Chrony, saysSynchronised, trackingRequest } from '../../../src/base/chrony.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { seededRandom } from '../../../src/base/random.ts';
import { askChrony } from '../../../src/commands/ask-chrony.ts';
import { FakeClock } from '../../support/fake-clock.ts';

/** What chronyd 4.3 answered to sequence 0x12345678 without a source of time. */
const UNSYNCHRONISED = Buffer.from(
  '0602000000210005000000000000000012345678000000000000000000000000000000000000000000000000000000000000000000000003' +
    '000000000000000000000000000000000000000000000000000000000000000000000000048000000480000000000000',
  'hex',
);
const SEQUENCE = 0x12345678;

/** The same once it follows a server: its address as reference, stratum 3, no leap second. */
function following(change: (octets: Buffer) => void = () => {}): Buffer {
  const octets = Buffer.from(UNSYNCHRONISED);
  octets.writeUInt32BE(0xc0_00_02_01, 28);
  octets.writeUInt16BE(3, 52);
  octets.writeUInt16BE(0, 54);
  change(octets);
  return octets;
}

describe('what chronyd says', () => {
  it('T01: is believed when it follows another clock, and not otherwise', () => {
    expect(UNSYNCHRONISED).toHaveLength(104);
    expect(saysSynchronised(UNSYNCHRONISED, SEQUENCE)).toBe(false);
    expect(saysSynchronised(following(), SEQUENCE)).toBe(true);
    // It takes its own clock for granted, as it was told.
    expect(
      saysSynchronised(
        following((o) => o.writeUInt32BE(0x7f_7f_01_01, 28)),
        SEQUENCE,
      ),
    ).toBe(false);
  });

  it.each<[string, (octets: Buffer) => Buffer]>([
    ['an answer to another question', (o) => o.fill(9, 16, 20)],
    ['another protocol', (o) => o.fill(5, 0, 1)],
    ['a refusal', (o) => o.fill(3, 9, 10)],
    ['half an answer', (o) => o.subarray(0, 50)],
    ['nothing', () => Buffer.alloc(0)],
  ])('is not believed when it is %s', (_what, change) => {
    expect(saysSynchronised(change(following()), SEQUENCE)).toBe(false);
  });

  it('T06: holds until it says otherwise, and not for ever when it falls silent', async () => {
    const clock = new FakeClock();
    let answers: 'yes' | 'no' | 'silent' = 'silent';
    const chrony = new Chrony({
      clock,
      random: seededRandom(1),
      ask: (request) => {
        if (answers === 'silent') return Promise.resolve(undefined);
        const answer = answers === 'yes' ? following() : Buffer.from(UNSYNCHRONISED);
        answer.set(request.subarray(8, 12), 16);
        return Promise.resolve(answer);
      },
    });
    const synchronisedWhen = async (said: typeof answers, ms: number): Promise<boolean> => {
      answers = said;
      await clock.advance(ms);
      return chrony.synchronised;
    };
    expect(await synchronisedWhen('silent', 20_000)).toBe(false);
    expect(await synchronisedWhen('yes', 10_000)).toBe(true);
    expect(await synchronisedWhen('silent', 20_000)).toBe(true);
    expect(await synchronisedWhen('silent', 20_000)).toBe(false);
    expect(await synchronisedWhen('yes', 10_000)).toBe(true);
    expect(await synchronisedWhen('no', 10_000)).toBe(false);
    chrony.stop();
    expect(clock.timers).toBe(0);
  });

  it('is asked over a datagram, and silence is no answer', async () => {
    const server = createSocket('udp4');
    server.bind(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    server.on('message', (question, from) => {
      const answer = following();
      answer.set(question.subarray(8, 12), 16);
      server.send(answer, from.port, from.address);
    });
    const answer = await askChrony(trackingRequest(7), systemClock, port);
    expect(answer && saysSynchronised(answer, 7)).toBe(true);
    server.close();
    await once(server, 'close');
    expect(await askChrony(trackingRequest(7), systemClock, port)).toBeUndefined();
  });
});
