import { parse, Submit } from 'node-pdu';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { decodeTpdu } from '../../src/pdu/decode.ts';
import { encodeDeliver } from '../../src/pdu/deliver.ts';
import { planText } from '../../src/pdu/plan.ts';
import { encodeStatusReport } from '../../src/pdu/status-report.ts';
import { encodeSubmit } from '../../src/pdu/submit.ts';

/**
 * The codec against node-pdu, whole messages a second: our side plans the text and then encodes each segment; decoding is of
 * the same SMS-DELIVER PDUs on both sides. Where node-pdu makes more segments of a text, that stands in the row.
 */
export interface CodecRow {
  readonly name: string;
  /** Segments that we make of it, or that are decoded. */
  readonly segments: number;
  readonly nodePduSegments: number;
  readonly oursPerSecond: number;
  readonly nodePduPerSecond: number;
  readonly ratio: number;
  /** The least ratio that the project wants. */
  readonly target: number;
}

const LATIN = 'The quick brown fox jumps over the lazy dog, and then it comes back to do that again. ';
const CYRILLIC = 'Доброго дня! Нагадуємо: ваш візит до лікаря завтра о 10:30, кабінет 7. ';
const NUMBER = '+380671234567';
const WHEN = { epochMs: 1_795_000_000_000, offsetMinutes: 120 };

/** A text as one comes out of JSON or the store, all in one piece. */
const flat = (text: string): string => Buffer.from(text).toString();

const TEXTS = [
  { name: '20 GSM characters', text: flat(LATIN.slice(0, 20)), target: 3 },
  { name: '160 GSM characters', text: flat(LATIN.repeat(2).slice(0, 160)), target: 5 },
  { name: '70 UCS2 characters', text: flat(CYRILLIC.repeat(2).slice(0, 70)), target: 5 },
  { name: '201 UCS2 characters', text: flat(CYRILLIC.repeat(3).slice(0, 201)), target: 5 },
  { name: '459 GSM characters', text: flat(LATIN.repeat(6).slice(0, 459)), target: 5 },
] as const;

/** The messages of one text, as a daemon would encode them. */
export function encodeMessage(text: string, ref: number): string[] {
  const plan = planText(text);
  const total = plan.segments.length;
  return plan.segments.map(
    (segment, i) =>
      encodeSubmit({
        to: NUMBER,
        text: segment.text,
        alphabet: plan.alphabet,
        language: plan.language,
        concat: total > 1 ? { ref, bits: 8, total, n: i + 1 } : null,
      }).pdu,
  );
}

/** What the calls returned, so that none of them can be left out by the compiler. */
let kept: unknown;

/** Calls a second over `ms` milliseconds. */
function rate(clock: Clock, ms: number, call: () => unknown): number {
  const start = clock.monotonic();
  let calls = 0;
  let took = 0;
  while (took < ms) {
    for (let i = 0; i < 16; i++) kept = call();
    calls += 16;
    took = clock.monotonic() - start;
  }
  return Math.round((calls * 1000) / took);
}

/** The best of `rounds` of each, in turns, so that a busy moment of the machine meets both; the first is for warming up. */
function rates(clock: Clock, ms: number, rounds: number, ours: () => unknown, theirs: () => unknown): readonly [number, number] {
  rate(clock, ms, ours);
  rate(clock, ms, theirs);
  let best: readonly [number, number] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    best = [Math.max(best[0], rate(clock, ms, ours)), Math.max(best[1], rate(clock, ms, theirs))];
  }
  return best;
}

/**
 * @param options `ms`: how long each measurement takes, 100 unless given; `rounds` of each, the best of which counts, 5
 */
export function codecRows(options: { clock?: Clock; ms?: number; rounds?: number } = {}): CodecRow[] {
  const { clock = systemClock, ms = 100, rounds = 5 } = options;
  const rows: CodecRow[] = [];
  const add = (name: string, target: number, segments: readonly [number, number], ours: () => unknown, theirs: () => unknown): void => {
    const [oursPerSecond, nodePduPerSecond] = rates(clock, ms, rounds, ours, theirs);
    const ratio = Math.round((oursPerSecond / nodePduPerSecond) * 10) / 10;
    rows.push({ name, segments: segments[0], nodePduSegments: segments[1], oursPerSecond, nodePduPerSecond, ratio, target });
  };
  for (const { name, text, target } of TEXTS) {
    const counts = [encodeMessage(text, 7).length, new Submit(NUMBER, text).getPartStrings().length] as const;
    add(
      `encode ${name}`,
      target,
      counts,
      () => encodeMessage(text, 7),
      () => new Submit(NUMBER, text).getPartStrings(),
    );
  }
  for (const { name, text, target } of TEXTS) {
    const plan = planText(text);
    const total = plan.segments.length;
    const pdus = plan.segments.map(
      (segment, i) =>
        encodeDeliver({
          from: NUMBER,
          timestamp: WHEN,
          text: segment.text,
          alphabet: plan.alphabet,
          concat: total > 1 ? { ref: 7, bits: 8, total, n: i + 1 } : null,
          smsc: '+380672021111',
        }).pdu,
    );
    add(
      `decode ${name}`,
      target,
      [total, total],
      () => pdus.map((pdu) => decodeTpdu(pdu, 'sc-to-ms')),
      () => pdus.map((pdu) => parse(pdu)),
    );
  }
  const report = encodeStatusReport({
    mr: 7,
    recipient: NUMBER,
    smscTime: WHEN,
    dischargeTime: WHEN,
    status: 0,
    smsc: '+380672021111',
  }).pdu;
  add(
    'decode a status report',
    5,
    [1, 1],
    () => decodeTpdu(report, 'sc-to-ms'),
    () => parse(report),
  );
  if (kept === undefined) throw new Error('nothing was measured');
  return rows;
}
