import { Fields } from './fields.ts';

/** What a phone answers by itself. */
export interface AnswerRule {
  /** Answers a text that contains this, whatever the case; absent: any text. */
  readonly contains?: string | undefined;
  readonly text: string;
  /** After so many milliseconds; 1,500 unless given. */
  readonly afterMs?: number | undefined;
  /** At most so often; without end unless given. */
  readonly times?: number | undefined;
}

/**
 * What the network finds when it delivers: `on` takes messages; `off` does not answer, so that the SMSC keeps trying
 * (reports 0x22, then 0x00 when it comes on, or 0x46 when the validity is over); `barred` refuses them (0x42); `unknown`
 * is a number that nobody has (0x43). TS 23.040 9.2.3.15.
 */
export const PHONE_STATES = ['on', 'off', 'barred', 'unknown'] as const;

export type PhoneState = (typeof PHONE_STATES)[number];

export interface PhoneOptions {
  readonly number: string;
  readonly name?: string | undefined;
  readonly state?: PhoneState | undefined;
  readonly answers?: readonly AnswerRule[] | undefined;
}

/** One segment as it reached the phone. */
export interface ReceivedSegment {
  /** When, milliseconds since 1970. */
  readonly at: number;
  readonly from: string;
  readonly text: string;
  readonly concat: { readonly ref: number; readonly total: number; readonly n: number } | null;
  /** The SMS-DELIVER in hexadecimal, with an empty SMSC prefix; made when asked for. */
  deliver(): string;
}

/** One whole text on the phone's screen. */
export interface ReceivedText {
  readonly at: number;
  readonly from: string;
  readonly text: string;
  readonly segments: number;
}

/** Checks an answer rule from outside. */
export function readAnswer(value: unknown): AnswerRule {
  const fields = new Fields(value, 'an answer');
  const rule: AnswerRule = {
    contains: fields.optionalText('contains'),
    text: fields.text('text'),
    afterMs: fields.optionalNumber('afterMs', 0, 86_400_000),
    times: fields.optionalNumber('times', 0, 1_000_000),
  };
  fields.done();
  return rule;
}

/** A virtual phone: it keeps what it gets, puts long texts together, and answers by its rules. */
export class VirtualPhone {
  readonly number: string;
  name: string | undefined;
  state: PhoneState;
  /** Every segment, in the order of arrival. */
  readonly received: ReceivedSegment[] = [];
  /** Every text that is whole, in the order in which they became so. */
  readonly texts: ReceivedText[] = [];
  #answers: readonly AnswerRule[];
  readonly #given = new Map<AnswerRule, number>();
  readonly #incomplete = new Map<string, Map<number, string>>();

  constructor(options: PhoneOptions) {
    this.number = options.number;
    this.name = options.name;
    this.state = options.state ?? 'on';
    this.#answers = options.answers ?? [];
  }

  get answers(): readonly AnswerRule[] {
    return this.#answers;
  }

  set answers(answers: readonly AnswerRule[]) {
    this.#answers = answers;
    this.#given.clear();
  }

  /** How many texts lack segments. */
  get incomplete(): number {
    return this.#incomplete.size;
  }

  /** Takes one segment; the text that it completes, if it does. */
  take(segment: ReceivedSegment): ReceivedText | undefined {
    this.received.push(segment);
    const whole = this.#complete(segment);
    if (whole === undefined) return undefined;
    const text: ReceivedText = { at: segment.at, from: segment.from, text: whole, segments: segment.concat?.total ?? 1 };
    this.texts.push(text);
    return text;
  }

  #complete({ from, text, concat }: ReceivedSegment): string | undefined {
    if (!concat) return text;
    const key = `${from} ${concat.ref} ${concat.total}`;
    const group = this.#incomplete.get(key) ?? new Map<number, string>();
    group.set(concat.n, text);
    if (group.size < concat.total) {
      this.#incomplete.set(key, group);
      return undefined;
    }
    this.#incomplete.delete(key);
    return [...group]
      .sort(([a], [b]) => a - b)
      .map(([, part]) => part)
      .join('');
  }

  /** The answer to a text: of the first rule that fits and is not used up. */
  answerTo(text: string): AnswerRule | undefined {
    const lower = text.toLowerCase();
    for (const rule of this.#answers) {
      if (rule.contains !== undefined && !lower.includes(rule.contains.toLowerCase())) continue;
      const given = this.#given.get(rule) ?? 0;
      if (given >= (rule.times ?? Number.POSITIVE_INFINITY)) continue;
      this.#given.set(rule, given + 1);
      return rule;
    }
    return undefined;
  }
}
