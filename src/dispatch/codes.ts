import { createHmac } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { newId } from '../base/ids.ts';
import type { Random } from '../base/random.ts';
import { planText } from '../pdu/plan.ts';
import { judgeTrial, type Trial } from '../policy/code-trial.ts';
import type { Language } from '../policy/language.ts';
import { DEFAULT_TEMPLATE, type OtpTemplate, renderOtp } from '../policy/otp-template.ts';
import type { AcceptOutcome, Idempotency, NewIdempotency } from '../store/records/acceptance.ts';
import type { NewCode } from '../store/records/code.ts';
import type { NewMessage } from '../store/records/message.ts';
import type { Store } from '../store/store.ts';
import type { AcceptRequest } from './accept.ts';
import type { Cost } from './quotes.ts';

/** What a caller asks for. */
export interface CodeRequest {
  readonly to: string;
  readonly template?: string;
  readonly language?: Language;
  /** Digits. */
  readonly length?: number;
  /** Seconds. */
  readonly validFor?: number;
}

export interface IssuedCode {
  readonly id: string;
  readonly messageId: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly attemptsLeft: number;
  readonly segments: number;
  /** Null where no price is known. */
  readonly cost: Cost | null;
}

export type IssueOutcome =
  | { readonly kind: 'issued'; readonly code: IssuedCode }
  | { readonly kind: 'repeated'; readonly earlier: Idempotency };

/** The door into the queue, as `accept.ts` has it. */
interface Door {
  prepare(keyId: string, request: AcceptRequest): NewMessage;
  cost(message: NewMessage): Cost | null;
  commit(messages: readonly NewMessage[], idempotency?: NewIdempotency, code?: NewCode): Promise<AcceptOutcome>;
}

/** Tries at one code. */
const MOST_TRIES = 5;

/** Wrong tries in an hour at all codes of one key to one number: with six digits, one chance in 66,000 to guess right. */
const MOST_WRONG = 15;
const HOUR = 3_600_000;

const DIGITS = 6;

/** The secret's own file in the data folder. */
export const CODE_SECRET = 'otp.key';

/**
 * One-time codes: made, sent and checked here, so that no other program ever holds one. At rest there is a keyed digest, never
 * the code; the text that carries it is erased as soon as its message is final.
 */
export class Codes {
  readonly #parts;

  constructor(parts: {
    store: Store;
    door: Door;
    clock: Clock;
    random: Random;
    /** Under which codes are digested. */
    secret: Buffer;
    /** Which start of the machine this is: its time goes on without steps. */
    bootId: string;
    clockTrusted(): boolean;
    templates: ReadonlyMap<string, OtpTemplate>;
    /** Of texts where a request names none. */
    language: Language;
    /** The name of the business. */
    site: string;
    /** Seconds that a code is good, where a request does not say. */
    validFor: number;
    normalizeNumber(written: string): string;
  }) {
    this.#parts = parts;
  }

  /**
   * Makes a code and sends it. It takes the place of an earlier one of the same key to the same number.
   * @param keep what to store with it under the Idempotency-Key of the request
   * @throws Fault `templateUnknown`, `rateLimited` when too many tries at codes to this number were wrong, and what `Acceptance.prepare` throws
   */
  async issue(keyId: string, request: CodeRequest, keep?: (code: IssuedCode) => NewIdempotency): Promise<IssueOutcome> {
    const { store, door, clock, random } = this.#parts;
    const to = this.#parts.normalizeNumber(request.to);
    const wrong = await store.wrongTries(keyId, to, clock.now() - HOUR);
    if (wrong >= MOST_WRONG) throw guessed(wrong);
    const validFor = request.validFor ?? this.#parts.validFor;
    const code = digits(random, request.length ?? DIGITS);
    const message = door.prepare(keyId, { to, text: this.#text(request, code, validFor), purpose: 'otp', validFor });
    const id = newId('otp', random);
    const issued: IssuedCode = {
      id,
      messageId: message.id,
      issuedAt: message.acceptedAt,
      expiresAt: message.expiresAt,
      attemptsLeft: Math.min(MOST_TRIES, MOST_WRONG - wrong),
      segments: message.segments.length,
      cost: door.cost(message),
    };
    const outcome = await door.commit([message], keep?.(issued), {
      id,
      keyId,
      to: message.to,
      messageId: message.id,
      mac: this.#digest(id, code),
      triesLeft: issued.attemptsLeft,
      createdAt: message.acceptedAt,
      expiresAt: message.expiresAt,
      bootId: this.#parts.bootId,
      endsAt: clock.monotonic() + validFor * 1000,
    });
    return outcome.kind === 'repeated' ? outcome : { kind: 'issued', code: issued };
  }

  /** One try at a code; undefined where this key has no such code. @param typed as the client wrote it, blanks and hyphens allowed */
  verify(keyId: string, id: string, typed: string): Promise<Trial | undefined> {
    const { store, clock, bootId, clockTrusted } = this.#parts;
    const now = clock.now();
    const facts = { mac: this.#digest(id, typed.replaceAll(/[\s-]/g, '')), now, bootId, monotonic: clock.monotonic() };
    return store.tryCode(id, keyId, now, (code) => judgeTrial(code, { ...facts, clockTrusted: clockTrusted() }));
  }

  #digest(id: string, code: string): string {
    return createHmac('sha256', this.#parts.secret).update(`${id}:${code}`).digest('hex');
  }

  /** The most that fits in one segment. */
  #text({ template: name = DEFAULT_TEMPLATE, language }: CodeRequest, code: string, validFor: number): string {
    const { templates, site } = this.#parts;
    const template = templates.get(name);
    if (!template) {
      const why = `is no template; there are ${[...templates.keys()].join(', ')}`;
      throw new Fault('templateUnknown', `"${name}" ${why}.`, [{ pointer: '/template', detail: why }]);
    }
    const written =
      template.texts[language ?? this.#parts.language] ?? template.texts[this.#parts.language] ?? Object.values(template.texts)[0] ?? [];
    const texts = renderOtp(template, written, { code, site, validFor });
    return texts.find((text) => planText(text, { transliterate: false }).segments.length === 1) ?? texts.at(-1) ?? '';
  }
}

/** Decimal digits, each as likely as any other: octets of 250 and more are drawn again. */
function digits(random: Random, length: number): string {
  let drawn = '';
  while (drawn.length < length) for (const octet of random.bytes(length)) if (octet < 250 && drawn.length < length) drawn += octet % 10;
  return drawn;
}

function guessed(wrong: number): Fault {
  const why = `${wrong} tries at codes to this number were wrong within an hour`;
  return new Fault(
    'rateLimited',
    `No code is sent: ${why}; somebody may be guessing. Come back in an hour.`,
    [{ pointer: '/to', detail: why }],
    {
      retryAfter: HOUR / 1000,
    },
  );
}
