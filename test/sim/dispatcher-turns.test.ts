import { afterEach, describe, expect, it } from 'vitest';
import { sleep } from '../../src/base/clock.ts';
import { Fault } from '../../src/base/fault.ts';
import { PURPOSES } from '../../src/base/purpose.ts';
import { seededRandom } from '../../src/base/random.ts';
import type { SendOutcome } from '../../src/dispatch/sender.ts';
import { APART } from '../../src/dispatch/spacing.ts';
import { heldMegabytes } from '../support/held-memory.ts';
import { type QueueRig, queueRig } from '../support/queue-rig.ts';

const FULL = process.env.SIMPOST_TEST_FULL !== undefined;
const SEED = 20_261_122;
const SIMS = ['sim-a', 'sim-b', 'sim-c', 'sim-d'];
const MINUTE = 60_000;

let rig: QueueRig;

afterEach(() => rig.close());

interface Begun {
  readonly iccid: string;
  readonly text: string;
  readonly at: number;
  readonly takes: number;
}

/** Four SIMs that take 3 to 7 s for each segment, and what they begin, in order. */
async function fourSims(hang?: (begun: Begun) => boolean, options: Parameters<typeof queueRig>[0] = {}): Promise<Begun[]> {
  rig = await queueRig({ sims: SIMS, ...options });
  const random = seededRandom(SEED);
  const log: Begun[] = [];
  rig.sender.auto = async (iccid, segment): Promise<SendOutcome> => {
    const begun = { iccid, text: segment.text, at: rig.clock.monotonic(), takes: Math.round(3000 + 4000 * random.float()) };
    log.push(begun);
    if (hang?.(begun)) {
      await sleep(rig.clock, 130_000);
      return { kind: 'unknown', cause: 'EV-TIMEOUT', late: Promise.resolve(undefined) };
    }
    await sleep(rig.clock, begun.takes);
    return { kind: 'ok', mr: rig.sender.nextMr() };
  };
  return log;
}

async function offers(n: number, key?: string): Promise<void> {
  for (let i = 0; i < n; i += 1000) {
    const some = Array.from({ length: Math.min(1000, n - i) }, () => ({ purpose: 'promotional', text: key ?? 'offer' }) as const);
    await rig.acceptMany(some.map((request) => (key === undefined ? request : { ...request, key })));
  }
}

/** Codes at random moments of a span, and how long each waited for its AT+CMGS, milliseconds, in order. */
async function codesWaited(log: readonly Begun[], n: number, span: number): Promise<number[]> {
  const random = seededRandom(SEED + 1);
  const asked = new Map<string, number>();
  for (let i = 0; i < n; i += 1) {
    rig.clock.setTimer(Math.floor(random.float() * span), () => {
      asked.set(`code ${i}`, rig.clock.monotonic());
      void rig.acceptMany([{ purpose: 'otp', text: `code ${i}`, to: `+3805012345${String(i % 100).padStart(2, '0')}` }]);
    });
  }
  await rig.clock.advance(span + MINUTE);
  const waited = log.filter((b) => asked.has(b.text)).map((b) => b.at - (asked.get(b.text) ?? 0));
  expect(waited, `seed ${SEED}`).toHaveLength(n);
  return waited.sort((a, b) => a - b);
}

const quantile = (sorted: readonly number[], q: number): number => sorted[Math.ceil(sorted.length * q) - 1] ?? Number.NaN;

describe('codes in a flood of offers', () => {
  it('Q01: go at the next segment of any of four SIMs; Q09: which lose no time', async () => {
    const log = await fourSims();
    await offers(FULL ? 50_000 : 3000);
    const span = (FULL ? 60 : 18) * MINUTE;
    const waited = await codesWaited(log, FULL ? 200 : 100, span);
    expect(quantile(waited, 0.5), `seed ${SEED}`).toBeLessThanOrEqual(1200);
    expect(quantile(waited, 0.95), `seed ${SEED}`).toBeLessThanOrEqual(3200);
    expect(waited.at(-1), `seed ${SEED}`).toBeLessThanOrEqual(7200);
    const busy = log.filter((b) => b.at + b.takes <= span).reduce((sum, b) => sum + b.takes, 0);
    expect(busy / (span * SIMS.length)).toBeGreaterThanOrEqual(0.98);
  }, 120_000);

  it('Q01: hardly wait where one of the SIMs is kept for them', async () => {
    const purposes = (iccid: string) => (iccid === 'sim-d' ? (['otp'] as const) : PURPOSES);
    const log = await fourSims(undefined, { purposes });
    await offers(FULL ? 50_000 : 2000);
    // As rare as in the flood that 50,000 offers are to three SIMs: it lasts for most of a day.
    const [codes, span] = FULL ? [200, 1000 * MINUTE] : [20, 40 * MINUTE];
    const waited = await codesWaited(log, codes, span);
    expect(quantile(waited, 0.95), `seed ${SEED}`).toBeLessThanOrEqual(300);
    expect(waited.at(-1), `seed ${SEED}`).toBeLessThanOrEqual(7200);
    expect(new Set(log.filter((b) => b.iccid === 'sim-d').map((b) => b.text.slice(0, 5)))).toEqual(new Set(['code ']));
  }, 900_000);

  it('Q02: wait no longer than three SIMs allow while one hangs for 130 s', async () => {
    let hung = 0;
    const log = await fourSims((b) => {
      if (hung > 0 && b.at < hung + 130_000) return false;
      if (b.text !== 'offer' || b.at < MINUTE || hung > 4 * MINUTE) return false;
      hung = b.at;
      return true;
    });
    await offers(2000);
    const waited = await codesWaited(log, 60, 6 * MINUTE);
    expect(hung).toBeGreaterThan(0);
    expect(quantile(waited, 0.95), `seed ${SEED}`).toBeLessThanOrEqual(3800);
    expect(waited.at(-1), `seed ${SEED}`).toBeLessThanOrEqual(7200);
  }, 120_000);
});

describe('ten times as much as the SIMs can send', () => {
  it('Q06: is refused with when to come back, loses nothing that was accepted, keeps memory flat, and is over when it ends', async () => {
    await fourSims(undefined, { hardLimit: 500 });
    const [before, accepted, retries] = [heldMegabytes(), [] as string[], [] as (number | undefined)[]];
    const seconds = (FULL ? 60 : 10) * 60;
    for (let second = 0; second < seconds; second += 1) {
      // Eight a second; 48 a minute can be sent.
      for (let i = 0; i < 8; i += 1) {
        try {
          accepted.push(...(await rig.acceptMany([{ purpose: 'service' }])));
        } catch (error) {
          if (!(error instanceof Fault) || error.code !== 'queueFull') throw error;
          retries.push(error.retryAfter);
        }
      }
      if (second === 0) rig.dispatcher.wake();
      await rig.clock.advance(1000);
    }
    expect(retries.length).toBeGreaterThan(accepted.length * (FULL ? 5 : 3));
    expect(retries.every((retry) => retry !== undefined && retry >= 5)).toBe(true);
    expect(rig.store.queueDepth().ready).toBeLessThanOrEqual(500);
    expect(heldMegabytes() - before).toBeLessThan(20);
    await rig.clock.advance(15 * MINUTE);
    expect(rig.store.queueDepth()).toEqual({ ready: 0, waiting: 0 });
    for (const id of accepted) expect((await rig.view(id)).status).toBe('sent');
    expect((await rig.acceptMany([{}])).length).toBe(1);
  }, 900_000);
});

describe('floods', () => {
  it('Q03: an endless flood of urgent messages leaves offers their tenth on each SIM', async () => {
    const log = await fourSims();
    await offers(300);
    for (let i = 0; i < 2; i += 1)
      await rig.acceptMany(Array.from({ length: 1000 }, () => ({ purpose: 'urgent', text: 'urgent' }) as const));
    await rig.clock.advance(20 * MINUTE);
    for (const iccid of SIMS) {
      const begun = log.filter((b) => b.iccid === iccid).map((b) => b.text);
      expect(begun.length).toBeGreaterThan(200);
      for (let from = 0; from + 10 <= begun.length; from += 1) {
        expect(
          begun.slice(from, from + 10).filter((text) => text === 'offer'),
          `${iccid} from ${from}`,
        ).toHaveLength(1);
      }
    }
  }, 120_000);

  it('Q04: two keys with the same purpose share any five minutes evenly, whoever came first', async () => {
    const log = await fourSims();
    await offers(1000, 'key_a');
    await rig.clock.advance(5 * MINUTE);
    const both = rig.clock.monotonic();
    await offers(1000, 'key_b');
    await rig.clock.advance(15 * MINUTE);
    for (let from = both; from <= both + 10 * MINUTE; from += MINUTE) {
      const window = log.filter((b) => b.at >= from && b.at < from + 5 * MINUTE);
      const share = window.filter((b) => b.text === 'key_b').length / window.length;
      expect(share, `seed ${SEED}, from ${from}`).toBeGreaterThanOrEqual(0.45);
      expect(share, `seed ${SEED}, from ${from}`).toBeLessThanOrEqual(0.55);
    }
  }, 120_000);
});

describe('lanes that are answered in one moment', () => {
  it('claim one after the other, once, and are not in step again', async () => {
    rig = await queueRig({ sims: SIMS });
    const together = rig.clock.monotonic() + 10_000;
    const begun: { iccid: string; at: number }[] = [];
    rig.sender.auto = async (iccid): Promise<SendOutcome> => {
      const at = rig.clock.monotonic();
      begun.push({ iccid, at });
      await sleep(rig.clock, at < together ? together - at : 4000);
      return { kind: 'ok', mr: rig.sender.nextMr() };
    };
    await rig.acceptMany(Array.from({ length: 200 }, () => ({})));
    await rig.clock.advance(5 * MINUTE);
    const after = begun.map((b) => b.at).filter((at) => at >= together);
    expect(after.length).toBe(196);
    for (const [i, at] of after.slice(1).entries()) expect(at - (after[i] ?? 0)).toBeGreaterThanOrEqual(APART / 2);
    // Each waited for the others at that moment, and for nobody since.
    const last = Math.max(...after);
    expect(last - together).toBeLessThanOrEqual(48 * 4000 + 3 * APART);
  });
});
