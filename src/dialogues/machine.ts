import { Fault } from '../base/fault.ts';
import type { Purpose } from '../base/purpose.ts';
import { remember } from '../base/remember.ts';
import type { Language } from '../policy/language.ts';
import type {
  Dialogue,
  DialogueEffect,
  DialogueFields,
  DialogueInput,
  DialogueOption,
  DialogueOutcome,
  DialogueTurn,
  DialogueWorld,
  HeldThing,
  TakeTurn,
} from '../store/records/dialogue.ts';
import { type FieldValue, readField } from '../templates/field-value.ts';
import { render } from '../templates/render.ts';
import { dialogueSays } from '../texts/dialogue-words.ts';
import { type Definition, type Move, readDefinition, type State, type Words } from './definition.ts';
import { globalIn, type Understood, understand } from './hear.ts';

/**
 * One turn of a dialogue: where it is, what came and what is free in; where it is then, what is said and what is done out. Pure.
 *
 * begun -> (a text, an event or silence moves it) state -> ... -> ended, with an outcome.
 * - A text is first read as what the state waits for, free text apart; then as a word that is understood everywhere (BACK, PERSON,
 *   CANCEL, HELP); then as free text. What is neither is a miss: the question comes again, and after three a person takes over.
 * - An event or a silence that the state does not wait for changes nothing.
 * - A move that reserves or bids goes to its `else` where that cannot be. What is held is sold when it completes, kept when a person
 *   takes over, and free again with any other end.
 * - When its time is up it ends as expired; after thirty texts a person takes over (X22).
 */
export function machine(site: DialogueSite): TakeTurn {
  return (body, dialogue, input, world) => {
    const definition = readableDefinition(body);
    return definition ? new Turn(site, definition, dialogue, world).take(input) : unreadable(dialogue, world.now);
  };
}

export interface DialogueSite {
  readonly name: string;
  readonly phone: string | undefined;
  readonly language: Language;
  readonly timeZone: string;
  /** Days since 1970-01-01 there. */
  day(at: number): number;
}

const MOST_STEPS = 30;
const MOST_MISSES = 3;
const MOST_TRAIL = 10;
/** A choice is one digit. */
export const MOST_OFFERED = 9;

/** A definition of the store, which was checked when it came there. @throws Fault `dialogueInvalid` */
export const definitionOf = remember(
  200,
  (body: string) => body,
  (body): Definition => readDefinition(JSON.parse(body)),
);

/** The same; undefined for one that another version of Simpost has kept and this one cannot lead. */
export function readableDefinition(body: string): Definition | undefined {
  try {
    return definitionOf(body);
  } catch (error) {
    if (error instanceof Fault && error.code === 'dialogueInvalid') return undefined;
    throw error;
  }
}

/** Nobody knows how it would go on: a person does. */
const unreadable = (dialogue: Dialogue, now: number): DialogueTurn => ({
  dialogue: { ...dialogue, outcome: 'handedOver', silentAt: null, changedAt: now },
  says: [],
  topic: dialogue.definition,
  effects: [{ kind: 'task' }],
});

class Turn {
  readonly #site: DialogueSite;
  readonly #definition: Definition;
  readonly #before: Dialogue;
  readonly #world: DialogueWorld;
  #now: Dialogue;
  readonly #says: { text: string; purpose: Purpose }[] = [];
  readonly #effects: DialogueEffect[] = [];
  /** When what came in came. */
  #heardAt: number;

  constructor(site: DialogueSite, definition: Definition, dialogue: Dialogue, world: DialogueWorld) {
    this.#site = site;
    this.#definition = definition;
    this.#before = dialogue;
    this.#world = world;
    this.#now = dialogue;
    this.#heardAt = world.now;
  }

  take(input: DialogueInput): DialogueTurn {
    switch (input.kind) {
      case 'begin':
        this.#enter(this.#definition.first ?? '');
        break;
      case 'text':
        this.#heardAt = input.at;
        this.#hear(input.text, input);
        break;
      case 'event':
        this.#event(input.event, input.fields);
        break;
      case 'due':
        this.#due();
        break;
      case 'steer':
        this.#end(input.to === 'cancel' ? 'cancelled' : 'handedOver');
        break;
    }
    const isChanged = this.#now !== this.#before;
    const dialogue = isChanged ? { ...this.#now, changedAt: this.#world.now } : this.#now;
    return { dialogue, says: this.#says, topic: this.#definition.topic, effects: this.#effects };
  }

  get #state(): State | undefined {
    return this.#definition.states[this.#now.state];
  }

  #hear(text: string, { isCancel, isHelp }: { readonly isCancel: boolean; readonly isHelp: boolean }): void {
    this.#now = { ...this.#now, steps: this.#now.steps + 1 };
    if (this.#now.steps > MOST_STEPS) {
      this.#end('handedOver', 'handedOver');
      return;
    }
    const moves = this.#now.state === '' ? this.#definition.start : (this.#state?.moves ?? []);
    const said = isCancel ? 'cancel' : isHelp ? 'help' : globalIn(text);
    const strict = moves.filter(({ on }) => !('text' in on));
    if (this.#moveBy(strict, text)) return;
    switch (said) {
      case 'cancel':
        this.#end('cancelled', 'cancelled');
        return;
      case 'person':
        this.#end('handedOver', 'handedOver');
        return;
      case 'help':
        this.#sayAgain('help');
        return;
      case 'back':
        this.#back();
        return;
      case undefined:
        if (this.#moveBy(moves, text)) return;
        this.#now = { ...this.#now, misses: this.#now.misses + 1 };
        if (this.#now.misses >= MOST_MISSES) {
          this.#end('handedOver', 'handedOver');
          return;
        }
        this.#sayAgain('notUnderstood');
        return;
    }
  }

  #moveBy(moves: readonly Move[], text: string): boolean {
    for (const move of moves) {
      const understood = understand(move.on, text, this.#options(), this.#site.day(this.#world.now));
      if (!understood) continue;
      this.#now = { ...this.#now, misses: 0 };
      this.#move(move, understood, true);
      return true;
    }
    return false;
  }

  #event(event: string, fields: DialogueFields): void {
    const move = (this.#state?.moves ?? []).find(({ on }) => 'event' in on && on.event === event);
    if (!move) return;
    this.#now = { ...this.#now, fields: { ...this.#now.fields, ...fields } };
    this.#move(move, undefined, false);
  }

  #due(): void {
    const { now } = this.#world;
    if (now >= this.#now.endsAt) {
      this.#end('expired', 'expired');
      return;
    }
    const silence = this.#state?.silence;
    if (silence && this.#now.silentAt !== null && now >= this.#now.silentAt) this.#enter(silence.go);
  }

  #move(move: Move, understood: Understood | undefined, byText: boolean): void {
    const { state, fields, held, trail } = this.#now;
    if (move.as !== undefined && understood) {
      const { option, value } = understood;
      const more = option
        ? { [`${move.as}Label`]: option.label, ...(option.price === undefined ? {} : { [`${move.as}Price`]: option.price }) }
        : {};
      this.#now = { ...this.#now, fields: { ...fields, [move.as]: value, ...more } };
    }
    // A person can go back to what was asked, not to what happened.
    const step = { state, fields, held: held.length };
    this.#now = { ...this.#now, trail: byText && state !== '' ? [...trail, step].slice(-MOST_TRAIL) : [] };
    for (const deed of move.do ?? []) {
      const missed = this.#do(deed);
      if (missed !== undefined) {
        this.#enter((missed === 'late' ? move.late : undefined) ?? move.else ?? move.go);
        return;
      }
    }
    this.#enter(move.go);
  }

  /** @returns why it could not be done */
  #do(deed: NonNullable<Move['do']>[number]): 'not' | 'late' | undefined {
    const { fields } = this.#now;
    if ('reserve' in deed) {
      const thing = String(fields[deed.thing] ?? '');
      const pool = this.#poolOf(deed.reserve);
      const own = this.#now.held.some((held) => held.pool === pool && held.thing === thing);
      if (own) return undefined;
      if (!this.#world.free(pool).some((free) => free.thing === thing)) return 'not';
      this.#effects.push({ kind: 'reserve', pool, thing });
      this.#now = { ...this.#now, held: [...this.#now.held, { pool, thing }] };
      return undefined;
    }
    if ('multiply' in deed) {
      const [a, b] = deed.multiply.map((name) => fields[name] ?? this.#definition.data[name]);
      if (typeof a !== 'number' || typeof b !== 'number') return 'not';
      this.#now = { ...this.#now, fields: { ...fields, [deed.as]: a * b } };
      return undefined;
    }
    if ('bid' in deed) return this.#bid(fields[deed.bid]);
    if ('consent' in deed) this.#effects.push({ kind: 'consent', wording: this.#lastSaid() });
    else this.#effects.push({ kind: 'task' });
    return undefined;
  }

  #bid(amount: unknown): 'not' | 'late' | undefined {
    const { auction } = this.#definition;
    if (!auction || this.#heardAt >= Date.parse(auction.closesAt)) return 'late';
    if (typeof amount !== 'number' || amount < this.#leastBid()) return 'not';
    this.#effects.push({ kind: 'lead', amount });
    this.#now = { ...this.#now, fields: { ...this.#now.fields, bid: amount } };
    return undefined;
  }

  #leastBid(): number {
    const { auction } = this.#definition;
    const best = this.#world.best();
    return auction ? (best ? best.amount + auction.step : auction.least) : 0;
  }

  /** @param given what it gives back in this turn, which is not yet among what is free */
  #enter(name: string, given: readonly HeldThing[] = []): void {
    const state = this.#definition.states[name];
    if (!state) return;
    const choice = (state.moves ?? []).find((move) => 'choice' in move.on);
    const options = choice && 'choice' in choice.on ? this.#offered(choice.on.choice, given) : undefined;
    if (options?.length === 0 && choice?.else !== undefined && choice.else !== name) {
      this.#enter(choice.else);
      return;
    }
    const { now } = this.#world;
    this.#now = {
      ...this.#now,
      state: name,
      silentAt: state.silence ? now + state.silence.after * 1000 : null,
      // What was offered is what is chosen from, whatever others take meanwhile.
      fields: options ? { ...this.#now.fields, options } : this.#now.fields,
    };
    this.#say(state.say, state.purpose);
    if (state.end !== undefined) this.#end(state.end);
  }

  #offered(name: string, given: readonly HeldThing[]): readonly DialogueOption[] {
    const known = this.#now.fields[name] ?? this.#definition.data[name];
    if (Array.isArray(known)) return known;
    const pool = this.#poolOf(name);
    const free: DialogueOption[] = this.#world.free(pool).map(({ thing, label }) => ({ value: thing, label }));
    // Who goes back sees the same list again, with what was theirs.
    const back = given.filter((held) => held.pool === pool).map(({ thing }) => thing);
    const before = back.length === 0 ? [] : this.#options();
    const again = before.filter(({ value }) => back.includes(value) || free.some((one) => one.value === value));
    return [...again, ...free.filter(({ value }) => !again.some((one) => one.value === value))].slice(0, MOST_OFFERED);
  }

  /** Which pool a name of the definition means here: a field may name another one, such as the times of one doctor for `slots`. */
  #poolOf(name: string): string {
    const own = this.#now.fields[poolField(name)];
    return typeof own === 'string' ? own : name;
  }

  #options(): readonly DialogueOption[] {
    const { options } = this.#now.fields;
    return Array.isArray(options) ? options : [];
  }

  #back(): void {
    const step = this.#now.trail.at(-1);
    if (!step) {
      this.#sayAgain(undefined);
      return;
    }
    const given = this.#now.held.slice(step.held);
    const gives = given.length > 0;
    if (gives) this.#effects.push({ kind: 'release' });
    // What it had before that step is taken again; it was its own until now.
    const kept = this.#now.held.slice(0, step.held);
    if (gives) for (const held of kept) this.#effects.push({ kind: 'reserve', ...held });
    this.#now = { ...this.#now, fields: step.fields, held: kept, trail: this.#now.trail.slice(0, -1) };
    this.#enter(step.state, given);
  }

  #sayAgain(first: 'notUnderstood' | 'help' | undefined): void {
    const state = this.#state;
    if (this.#now.state === '' || !state) return;
    const help = first === 'help' ? this.#written(state.help) : undefined;
    const before = help ?? (first === undefined ? undefined : dialogueSays(first, this.#now.language));
    const question = this.#written(state.say);
    this.#saidIs([before, question].filter((part) => part !== undefined).join(' '), state.purpose);
  }

  #end(outcome: DialogueOutcome, words?: 'cancelled' | 'handedOver' | 'expired'): void {
    if (words) this.#saidIs(dialogueSays(words, this.#now.language));
    this.#now = { ...this.#now, outcome, silentAt: null, trail: [] };
    if (outcome === 'handedOver') this.#effects.push({ kind: 'task' });
    else if (outcome === 'completed' && !this.#state?.frees) this.#effects.push({ kind: 'sell' });
    else this.#effects.push({ kind: 'release' });
  }

  #say(words: Words | undefined, purpose: Purpose = 'service'): void {
    const text = this.#written(words);
    if (text !== undefined) this.#saidIs(text, purpose);
  }

  #saidIs(text: string, purpose: Purpose = 'service'): void {
    if (text.trim() !== '') this.#says.push({ text, purpose });
  }

  #written(words: Words | undefined): string | undefined {
    if (!words) return undefined;
    const own = languageOf(this.#now.language);
    const template = (own && words[own]) ?? words[this.#site.language] ?? words.en ?? Object.values(words)[0];
    if (template === undefined) return undefined;
    const locale = { language: own ?? this.#site.language, timeZone: this.#site.timeZone, now: this.#world.now };
    return render(template, this.#fields(), locale).text;
  }

  #lastSaid(): string {
    return this.#written(this.#definition.states[this.#before.state]?.say) ?? '';
  }

  /** What texts may name. What a client wrote goes in as it is, and is never read as a template. */
  #fields(): Map<string, FieldValue> {
    const { name, phone } = this.#site;
    const { held, id } = this.#now;
    const [last] = held.slice(-1);
    const best = this.#world.best();
    const out = new Map<string, FieldValue>([
      ['site', name],
      ['dialogue', id],
    ]);
    if (phone !== undefined) out.set('phone', phone);
    if (this.#definition.auction) {
      out.set('least', this.#leastBid());
      const at = Date.parse(this.#definition.auction.closesAt);
      const isToday = this.#site.day(at) === this.#site.day(this.#world.now);
      out.set('closes', { kind: isToday ? 'time' : 'dateTime', at });
    }
    if (best) out.set('best', best.amount);
    for (const [key, value] of [...Object.entries(this.#definition.data), ...Object.entries(this.#now.fields)]) {
      out.set(key, typeof value === 'object' ? listed(value) : typeof value === 'number' ? value : readField(value));
    }
    const secret = last ? this.#world.secret(last.pool, last.thing) : null;
    if (secret !== null) out.set('secret', secret);
    return out;
  }
}

/** The field of a dialogue that names the pool which stands for one of its definition. */
export const poolField = (name: string): string => `${name}Pool`;

/** `1 - Маргарита 180, 2 - Капричоза 210`. */
const listed = (options: readonly DialogueOption[]): string =>
  options.map(({ label, price }, i) => `${i + 1} - ${label}${price === undefined ? '' : ` ${price}`}`).join(', ');

const languageOf = (name: string): Language | undefined => (['uk', 'ru', 'en', 'kk', 'pl'] as const).find((language) => language === name);
