import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import type { SendOutcome } from '../../src/modem/outcome.ts';
import { ModemPool } from '../../src/modem/pool.ts';
import type { Received } from '../../src/modem/session.ts';
import { decodeTpdu } from '../../src/pdu/decode.ts';
import { duplexPair } from '../support/duplex-pair.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { HELLO, PinTable, PROFILES } from '../support/modem-rig.ts';
import { readTranscript, type Step, TranscriptModem } from '../support/transcript.ts';

const folder = new URL('../transcripts/', import.meta.url);
const transcripts = readdirSync(folder).map((name) => ({ name, ...readTranscript(readFileSync(new URL(name, folder), 'utf8')) }));

/** The modem layer against the modem of a transcript. */
class Replay {
  readonly clock = new FakeClock();
  readonly modem: TranscriptModem;
  readonly pool: ModemPool;
  readonly #received: Received[] = [];
  #outcome: SendOutcome | undefined;
  #late: number | undefined;

  constructor(otherwise: readonly string[]) {
    const [ours, theirs] = duplexPair();
    this.modem = new TranscriptModem(theirs, otherwise);
    this.pool = new ModemPool({
      modems: [{ port: 'port' }],
      open: () => Promise.resolve(ours),
      clock: this.clock,
      random: seededRandom(1),
      log: silentLog,
      hangUpAfter: 0,
      onCall: () => undefined,
      pins: new PinTable(),
      profiles: PROFILES,
      mayRoam: () => false,
      onReceived: async (received) => {
        this.#received.push(received);
      },
      onChange: () => undefined,
    });
  }

  async perform(step: Step): Promise<void> {
    if (step.kind === 'say') {
      this.modem.say(step.lines);
      await this.clock.advance(0);
    } else if (step.kind === 'do') await this.#do(step.lines[0] ?? '');
    else await this.#expect(step.lines[0] ?? '');
  }

  async #do(what: string): Promise<void> {
    const [verb, seconds] = what.split(' ');
    if (verb === 'wait') {
      // In steps, since what is on the line takes its turns between them.
      for (let half = 0; half < Number(seconds) * 2; half += 1) await this.clock.advance(500);
      return;
    }
    expect(verb).toBe('send');
    this.#outcome = undefined;
    this.#late = undefined;
    void this.pool.send(this.pool.sims()[0]?.iccid ?? '', HELLO).then((outcome) => {
      this.#outcome = outcome;
      if (outcome.kind === 'unknown') void outcome.late.then((mr) => (this.#late = mr));
    });
  }

  /** What has come of it now, in the words of the transcripts. */
  #now(what: string): string {
    const [modem] = this.pool.modems();
    switch (what) {
      case 'modem':
        return `${modem?.manufacturer}, ${modem?.model}`;
      case 'iccid':
        return modem?.sim ?? '';
      case 'sent':
        return this.#outcome?.kind === 'ok' ? String(this.#outcome.mr) : JSON.stringify(this.#outcome);
      case 'refused':
      case 'not-sent':
      case 'unknown':
        return this.#outcome?.kind === what ? this.#outcome.cause : JSON.stringify(this.#outcome);
      case 'late':
        return String(this.#late);
      case 'text':
      case 'report':
        return this.#inbox(what);
      default:
        return modem?.state === what ? '' : `${modem?.state}: ${modem?.sentence}`;
    }
  }

  #inbox(kind: 'text' | 'report'): string {
    const received = this.#received[0];
    if (!received) return 'nothing';
    const tpdu = decodeTpdu(received.pdu, 'sc-to-ms');
    if (tpdu.type === 'statusReport') return kind === 'report' ? `${tpdu.mr} ${tpdu.status}` : 'a report';
    return tpdu.type === 'deliver' ? `${tpdu.from?.number} ${tpdu.text}` : tpdu.type;
  }

  async #expect(line: string): Promise<void> {
    const what = line.split(' ', 1)[0] ?? '';
    const rest = line.slice(what.length + 1);
    for (let tries = 0; tries < 600 && this.#now(what) !== rest; tries += 1) await this.clock.advance(100);
    expect(`${what} ${this.#now(what)}`.trim()).toBe(line);
    // Each message is looked at once, so that a second copy of it would be seen by the next who looks.
    if (what === 'text' || what === 'report') this.#received.shift();
  }

  /** Nothing came that no line of the transcript speaks of. */
  get unexpected(): readonly Received[] {
    return this.#received;
  }

  async close(): Promise<void> {
    const stopped = this.pool.stop(0);
    await this.clock.advance(1_000);
    await stopped;
  }
}

let replay: Replay;
afterEach(() => replay?.close());

describe.each(transcripts)('$name', ({ comments, sections }) => {
  it('says where it is from, and that it was not recorded from a device', () => {
    expect(comments.join(' ')).toMatch(/Source: \S.{20}/);
    expect(comments.join(' ')).toMatch(/Not recorded from a device/);
    const named = (word: string): number => sections.filter((section) => section.name.startsWith(word)).length;
    for (const word of ['start', 'send', 'receive', 'report']) expect(named(word), word).toBeGreaterThan(0);
    expect(named('fault')).toBeGreaterThan(2);
  });

  it(`start, ${sections
    .slice(2)
    .map((section) => section.name)
    .join('; ')}`, async () => {
    const [otherwise, ...rest] = sections;
    replay = new Replay(otherwise?.answers[0]?.[1] ?? []);
    for (const section of rest) {
      replay.modem.enter(section);
      if (section.name === 'start') replay.pool.start();
      for (const step of section.steps) await replay.perform(step);
      await replay.clock.advance(2_000);
      // A question of a scenario that nobody asks proves nothing.
      const unasked = section.answers.map(([asked]) => asked).filter((asked) => section.name !== 'start' && !replay.modem.asked.has(asked));
      expect(unasked, section.name).toEqual([]);
    }
    expect(replay.unexpected).toEqual([]);
    for (const pdu of replay.modem.submitted) expect(decodeTpdu(pdu, 'ms-to-sc')).toMatchObject({ type: 'submit', text: HELLO.text });
  });
});
