import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { Log } from '../base/log.ts';
import { Alarm } from '../base/waits.ts';
import type { NewDialogue } from '../store/dialogue-store.ts';
import type { NewAudit } from '../store/records/audit.ts';
import type { Dialogue, DialogueFields, StoredDefinition, TakeTurn } from '../store/records/dialogue.ts';
import type { FollowedText } from '../store/records/follow-up.ts';
import type { Store } from '../store/store.ts';
import { languageOfText } from '../texts/own-replies.ts';
import { understand } from './hear.ts';
import { type DialogueSite, definitionOf, machine, readableDefinition } from './machine.ts';
import { definitionFrom } from './shipped.ts';

/** A number that can be written to: international, and no short code or name. */
const NUMBER = /^\+[1-9]\d{6,14}$/;

/** So many equal texts within an hour come from a machine (X22). */
const SAME = 3;

/** Bids that came in time are read first, milliseconds. */
const CLOSING = 5_000;

/** Milliseconds before what could not be done is tried again. */
const AGAIN = 5_000;

/** The longest wait that a timer takes, milliseconds. */
const LONGEST = 24 * 3_600_000;

/** Leads clients through dialogues: their texts, times and events from outside go in, the machine says what follows, the store does it. */
export class Dialogues {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #site: DialogueSite;
  readonly #turn: TakeTurn;
  readonly #onReply: () => void;
  readonly #onTurns: (when: 'turn' | 'start') => Promise<void>;
  readonly #alarm: Alarm;
  readonly #closed = new Set<string>();
  #working: Promise<void> = Promise.resolve();
  #stopped = true;

  constructor(parts: {
    store: Store;
    clock: Clock;
    log: Log;
    site: DialogueSite;
    onReply: () => void;
    onTurns?: (when: 'turn' | 'start') => Promise<void>;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#site = parts.site;
    this.#turn = machine(parts.site);
    this.#onReply = parts.onReply;
    this.#onTurns = parts.onTurns ?? (() => Promise.resolve());
    this.#alarm = new Alarm(parts.clock, () => this.#look());
  }

  /** Takes the turns that fell due meanwhile. */
  start(): void {
    this.#stopped = false;
    this.#look('start');
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#alarm.cancel();
    await this.#working;
  }

  /** Puts a definition into use, for dialogues that begin from now on. @throws Fault `dialogueInvalid` */
  async put(name: string, own: Readonly<Record<string, unknown>>, audit: NewAudit): Promise<StoredDefinition> {
    const definition = definitionFrom(own);
    const stored = await this.#store.dialogues.putDefinition(name, JSON.stringify(definition), this.#clock.now(), audit);
    this.#closed.delete(name);
    this.#look();
    return stored;
  }

  readonly follow = async (text: FollowedText): Promise<'taken' | 'passed'> => {
    const isCancel = text.meaning === 'cancel';
    const begins = isCancel ? undefined : await this.#begins(text);
    const taken = await this.#store.dialogues.hear(text, isCancel, begins, this.#turn, this.#clock.now());
    if (taken === 'taken') this.#moved();
    return taken;
  };

  /** @throws Fault `dialogueUnknown`, `dialogueOpen`, `requestInvalid` */
  async begin(asked: { definition: string; contact: string; sim: string | undefined; fields: DialogueFields }): Promise<Dialogue> {
    const stored = this.#store.dialogues.definitions().find(({ name }) => name === asked.definition);
    if (!stored) {
      const why = 'is not in use: put it into use first (PUT /v1/dialogue-definitions/{name})';
      throw new Fault('dialogueUnknown', `The dialogue ${JSON.stringify(asked.definition)} ${why}.`, [
        { pointer: '/definition', detail: why },
      ]);
    }
    const definition = definitionOf(stored.body);
    if (definition.first === undefined) {
      const why = 'begins only when a client writes';
      throw new Fault('dialogueUnknown', `The dialogue ${JSON.stringify(asked.definition)} ${why}.`, [
        { pointer: '/definition', detail: why },
      ]);
    }
    const now = this.#clock.now();
    const sim = asked.sim ?? this.#store.homeOf(asked.contact) ?? '';
    const news = this.#new(stored, asked.contact, sim, this.#languageOf(asked.contact), now, asked.fields);
    const begun = await this.#store.dialogues.begin(news, this.#turn, now);
    if (!begun)
      throw new Fault('dialogueOpen', 'The client is in another dialogue: wait for its end, or end it (POST /v1/dialogues/{id}/steer).');
    this.#moved();
    return begun;
  }

  /** Something happened outside. @throws Fault `notFound`, `tooLate` where the dialogue does not wait for it */
  async tell(id: string, event: string, fields: DialogueFields): Promise<Dialogue> {
    const told = await this.#store.dialogues.tell(id, { kind: 'event', event, fields }, this.#turn, this.#clock.now());
    if (told === undefined) throw noSuch();
    if (told === null)
      throw new Fault('tooLate', `The dialogue does not wait for ${JSON.stringify(event)} now; GET /v1/dialogues/{id} tells where it is.`);
    this.#moved();
    return told;
  }

  /** A person ends it, or takes it over. @throws Fault `notFound`, `tooLate` */
  async steer(id: string, to: 'cancel' | 'handOver', audit: NewAudit): Promise<Dialogue> {
    const told = await this.#store.dialogues.tell(id, { kind: 'steer', to }, this.#turn, this.#clock.now(), audit);
    if (told === undefined) throw noSuch();
    if (told === null) throw new Fault('tooLate', 'The dialogue has ended.');
    this.#moved();
    return told;
  }

  /** The dialogue that a text would begin. */
  async #begins(text: FollowedText): Promise<NewDialogue | undefined> {
    if (!NUMBER.test(text.from)) return undefined;
    const stored = this.#store.dialogues
      .definitions()
      .find(({ body }) =>
        readableDefinition(body)?.start.some(({ on }) => understand(on, text.text, [], this.#site.day(text.now)) !== undefined),
      );
    if (!stored) return undefined;
    const { isOurs, sameWithinHour } = await this.#store.desk.replyCounts(text.from, text.text, text.now);
    if (isOurs || sameWithinHour >= SAME) return undefined;
    const language = this.#store.contacts.withNumber(text.from)[0]?.language ?? languageOfText(text.text, this.#site.language);
    return this.#new(stored, text.from, text.sim, language, text.now, {});
  }

  #new(definition: StoredDefinition, contact: string, sim: string, language: string, now: number, fields: DialogueFields): NewDialogue {
    return { definition, contact, sim, language, fields, endsAt: now + definitionOf(definition.body).limit * 1000 };
  }

  #languageOf(contact: string): string {
    return this.#store.contacts.withNumber(contact)[0]?.language ?? this.#site.language;
  }

  #moved(): void {
    this.#onReply();
    this.#look();
  }

  /** Takes what is due, and sets the alarm for the next. */
  #look(when: 'turn' | 'start' = 'turn'): void {
    if (this.#stopped) return;
    const work = this.#working.then(() => this.#takeDue()).then(() => this.#onTurns(when));
    this.#working = work.catch((error: unknown) => {
      this.#log.warn({ err: error }, 'dialogues could not go on; they are tried again');
      if (!this.#stopped) this.#alarm.in(AGAIN);
    });
  }

  async #takeDue(): Promise<void> {
    if (this.#stopped) return;
    const now = this.#clock.now();
    let took = 0;
    let next = Number.POSITIVE_INFINITY;
    for (const { name, body } of this.#store.dialogues.definitions()) {
      const auction = readableDefinition(body)?.auction;
      if (!auction || this.#closed.has(name)) continue;
      const closes = Date.parse(auction.closesAt) + CLOSING;
      if (closes > now) next = Math.min(next, closes);
      else {
        took += await this.#store.dialogues.closeAuction(name, this.#turn, now);
        this.#closed.add(name);
      }
    }
    for (let n = 1; n > 0; took += n) n = await this.#store.dialogues.takeDue(this.#turn, now);
    if (took > 0) this.#onReply();
    next = Math.min(next, this.#store.dialogues.nextDue() ?? Number.POSITIVE_INFINITY);
    if (this.#stopped || next === Number.POSITIVE_INFINITY) return;
    this.#alarm.in(Math.min(Math.max(next - now, 0), LONGEST));
  }
}

const noSuch = (): Fault => new Fault('notFound', 'There is no dialogue with this id; GET /v1/dialogues lists them.');
