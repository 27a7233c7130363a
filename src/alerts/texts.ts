import { createHash } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import type { AcceptOutcome, NewIdempotency } from '../store/records/acceptance.ts';
import type { NewMessage } from '../store/records/message.ts';
import { alertPhrase } from '../texts/alerts.ts';
import type { Telling } from './telling.ts';
import type { Channel } from './watch.ts';

/** The door into the queue, as `dispatch/accept.ts` has it. */
interface Door {
  prepare(
    keyId: string,
    request: { readonly to: string; readonly text: string; readonly purpose: 'urgent'; readonly sim?: string; readonly topic: string },
  ): NewMessage;
  commit(messages: readonly NewMessage[], idempotency: NewIdempotency): Promise<AcceptOutcome>;
}

/** Whose messages they are, in place of an API key. */
const SELF = 'alerts';

/** UTF-16 units: three segments of UCS2. */
const LONGEST = 200;

const DAY = 86_400_000;

export interface TextParts {
  readonly door: Door;
  readonly clock: Clock;
  /** Whom to tell, E.164. */
  readonly to: readonly string[];
  /** Messages to each in a day; what is more goes by other ways alone. */
  readonly perDay: number;
  readonly site: string;
  readonly language: string;
  /** SIMs that can send now. */
  readySims(): readonly string[];
  sentence(alert: Telling['raised'][number]): string;
}

/** Tells by SMS, through a SIM that the alerts are not about where there is one. */
export class TextChannel implements Channel {
  readonly name = 'text';
  readonly tellsOver = false;
  readonly #parts: TextParts;
  /** When messages went, on the monotonic clock. */
  #sent: number[] = [];

  constructor(parts: TextParts) {
    this.#parts = parts;
  }

  async tell({ raised }: Telling): Promise<void> {
    const now = this.#parts.clock.monotonic();
    this.#sent = this.#sent.filter((at) => at > now - DAY);
    // Told as far as this way goes.
    if (this.#sent.length >= this.#parts.perDay) return;
    const name = raised.map(({ id }) => id).join(' ');
    await this.#send(this.#words(raised), name, new Set(raised.map(({ subject }) => subject)));
    this.#sent.push(now);
  }

  /** Shows that texts arrive. */
  test(): Promise<void> {
    const { site, language, clock } = this.#parts;
    return this.#send(`${site}: ${alertPhrase('test', {}, language)}`, `test ${clock.now()}`, new Set());
  }

  /** As many sentences as three segments hold, and how many there are besides. */
  #words(raised: Telling['raised']): string {
    const { site, language, sentence } = this.#parts;
    let text = `${site}:`;
    for (const [i, alert] of raised.entries()) {
      const longer = `${text} ${sentence(alert)}`;
      const rest = raised.length - i;
      if (i > 0 && longer.length > LONGEST) return `${text} ${alertPhrase('more', { count: rest }, language)}`;
      text = longer;
    }
    return text;
  }

  async #send(text: string, name: string, about: ReadonlySet<string>): Promise<void> {
    const { door, clock, to, readySims } = this.#parts;
    const sim = readySims().find((iccid) => !about.has(iccid));
    const messages = to.map((one) =>
      door.prepare(SELF, { to: one, text, purpose: 'urgent', topic: 'alert', ...(sim === undefined ? {} : { sim }) }),
    );
    const digest = createHash('sha256').update(name).digest('hex');
    await door.commit(messages, {
      keyId: SELF,
      // A crash before it is noted that they were told makes no second message.
      idempotencyKey: `alert-${digest.slice(0, 32)}`,
      bodyHash: digest,
      status: 202,
      response: messages.map(({ id }) => id).join(' '),
      location: null,
      at: clock.now(),
    });
  }
}
