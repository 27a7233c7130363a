import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { Fault, type FaultPlace, type PlaceReason } from '../base/fault.ts';
import { escapedName, reasonOf } from '../base/place-reason.ts';
import { TOPIC } from '../base/suppression-scope.ts';
import { LANGUAGES } from '../policy/language.ts';
import { patternFlaw } from '../policy/text-pattern.ts';
import { DIALOGUE_OUTCOMES, type DialogueOutcome } from '../store/records/dialogue.ts';
import { parseTemplate } from '../templates/parse.ts';

/**
 * A dialogue as data: states, what is said in each, and what moves on from it. There is no code in it and no expression: what a
 * move can do is one of the deeds below (X04). All times are whole seconds.
 */

const Name = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9-]{0,39}$' });
const Seconds = Type.Integer({ minimum: 10, maximum: 90 * 86_400 });

/** By language; the site's own must be among them, or English. */
const Words = Type.Partial(
  Type.Object(
    {
      uk: Type.String({ minLength: 1, maxLength: 600 }),
      ru: Type.String({ minLength: 1, maxLength: 600 }),
      en: Type.String({ minLength: 1, maxLength: 600 }),
      kk: Type.String({ minLength: 1, maxLength: 600 }),
      pl: Type.String({ minLength: 1, maxLength: 600 }),
    },
    { additionalProperties: false },
  ),
);
export type Words = Static<typeof Words>;

const strict = { additionalProperties: false } as const;

/** What is waited for. */
const Heard = Type.Union([
  Type.Object({ words: Type.Array(Type.String({ maxLength: 200 }), { minItems: 1, maxItems: 30 }) }, strict),
  Type.Object({ number: Type.Object({ min: Type.Integer(), max: Type.Integer() }, strict) }, strict),
  /** The name of a field, of a list in `data`, or of a pool of the stock. */
  Type.Object({ choice: Name }, strict),
  Type.Object({ date: Type.Object({ withinDays: Type.Integer({ minimum: 1, maximum: 366 }) }, strict) }, strict),
  Type.Object({ text: Type.Object({ max: Type.Integer({ minimum: 1, maximum: 500 }) }, strict) }, strict),
  Type.Object({ event: Name }, strict),
]);
export type Heard = Static<typeof Heard>;

/** What a move does; where it cannot, the move goes to `else` (`late` for an auction that is closed). */
const Deed = Type.Union([
  Type.Object({ reserve: Name, thing: Name }, strict),
  Type.Object({ multiply: Type.Tuple([Name, Name]), as: Name }, strict),
  Type.Object({ bid: Name }, strict),
  Type.Object({ consent: Type.Literal(true) }, strict),
  Type.Object({ task: Type.Literal(true) }, strict),
]);

const Move = Type.Object(
  {
    on: Heard,
    /** Keeps what was heard under this name. */
    as: Type.Optional(Name),
    do: Type.Optional(Type.Array(Deed, { maxItems: 5 })),
    go: Name,
    else: Type.Optional(Name),
    late: Type.Optional(Name),
  },
  strict,
);
export type Move = Static<typeof Move>;

const State = Type.Object(
  {
    say: Type.Optional(Words),
    /** `otp` for what carries a secret. */
    purpose: Type.Optional(Type.Union([Type.Literal('service'), Type.Literal('otp')])),
    help: Type.Optional(Words),
    silence: Type.Optional(Type.Object({ after: Seconds, go: Name }, strict)),
    moves: Type.Optional(Type.Array(Move, { maxItems: 20 })),
    end: Type.Optional(Type.Unsafe<DialogueOutcome>({ type: 'string', enum: DIALOGUE_OUTCOMES })),
    /** What it has is free again though it was completed: it was lent. */
    frees: Type.Optional(Type.Literal(true)),
  },
  strict,
);
export type State = Static<typeof State>;

const Option = Type.Object(
  {
    value: Type.String({ minLength: 1, maxLength: 60 }),
    label: Type.String({ minLength: 1, maxLength: 60 }),
    price: Type.Optional(Type.Integer()),
  },
  strict,
);

export const DefinitionSchema = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 100 }),
    /** Of its texts: what STOP after one of them ends. */
    topic: Type.String({ pattern: TOPIC.source }),
    /** Texts that begin it; none where only the API does. */
    start: Type.Array(Move, { maxItems: 10 }),
    /** Where it begins by API. */
    first: Type.Optional(Name),
    /** From the beginning to the end. */
    limit: Seconds,
    /** What its texts and choices name: texts, numbers, lists. */
    data: Type.Record(Name, Type.Union([Type.String({ maxLength: 300 }), Type.Integer(), Type.Array(Option, { maxItems: 9 })])),
    /** Of an auction: what the first bid is at least, by how much the next is higher, and when it closes (RFC 3339). */
    auction: Type.Optional(
      Type.Object(
        { least: Type.Integer({ minimum: 1 }), step: Type.Integer({ minimum: 1 }), closesAt: Type.String({ format: 'date-time' }) },
        strict,
      ),
    ),
    states: Type.Record(Name, State),
  },
  strict,
);
export type Definition = Static<typeof DefinitionSchema>;

/** @throws Fault `dialogueInvalid`, with every place that is wrong */
export function readDefinition(body: unknown): Definition {
  if (!Value.Check(DefinitionSchema, body)) {
    const places = [...Value.Errors(DefinitionSchema, body)].flatMap(placesOf).slice(0, 10);
    throw new Fault(
      'dialogueInvalid',
      `The dialogue is not as it should be: ${places[0]?.pointer ?? ''} ${places[0]?.detail ?? ''}.`,
      places,
    );
  }
  const flaws = flawsOf(body);
  const [first] = flaws;
  if (first) throw new Fault('dialogueInvalid', `${first.pointer} ${first.detail}.`, flaws);
  return body;
}

type SchemaError = ReturnType<typeof Value.Errors>[number];

/** Where the schema is broken: of a field that is missing or not known, the field. */
function placesOf(error: SchemaError): FaultPlace[] {
  const { instancePath, message, keyword, params } = error;
  const fields = (names: readonly string[], detail: string): FaultPlace[] =>
    names.map((name) => ({ pointer: `${instancePath}/${escapedName(name)}`, detail, ...reasonOf(keyword, undefined) }));
  if (keyword === 'required') return fields(error.params.requiredProperties, 'is missing');
  if (keyword === 'additionalProperties') return fields(error.params.additionalProperties, 'is not known here');
  // A field that is not known, once more.
  if (keyword === 'boolean') return [];
  return [{ pointer: instancePath, detail: message, ...reasonOf(keyword, 'limit' in params ? params.limit : undefined) }];
}

function flawsOf({ states, start, first, auction }: Definition): FaultPlace[] {
  const flaws: FaultPlace[] = [];
  const say = (pointer: string, detail: string, reason?: PlaceReason): void => void flaws.push({ pointer, detail, reason });
  const known = (pointer: string, name: string | undefined): void => {
    if (name !== undefined && !Object.hasOwn(states, name)) say(pointer, `names the state ${name}, which there is not`, 'unknown');
  };
  const words = (pointer: string, texts: Words | undefined): void => {
    for (const language of LANGUAGES) {
      const text = texts?.[language];
      if (text === undefined) continue;
      try {
        parseTemplate(text);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        say(`${pointer}/${language}`, error.places[0]?.detail ?? 'cannot be read', error.places[0]?.reason);
      }
    }
  };
  const moves = (pointer: string, list: readonly Move[]): void => {
    for (const [i, { on, do: deeds = [], ...move }] of list.entries()) {
      const at = `${pointer}/${i}`;
      known(`${at}/go`, move.go);
      known(`${at}/else`, move.else);
      known(`${at}/late`, move.late);
      if ('words' in on) {
        for (const [n, pattern] of on.words.entries()) {
          const flaw = patternFlaw(pattern);
          if (flaw !== undefined) say(`${at}/on/words/${n}`, flaw, 'phrase');
        }
      }
      if (deeds.some((deed) => 'reserve' in deed || 'bid' in deed) && move.else === undefined) {
        say(`${at}/else`, 'is missing: the move may not succeed, and this names the state for that', 'missing');
      }
      if (deeds.some((deed) => 'bid' in deed) && auction === undefined)
        say('/auction', `is missing, and ${at} bids: say what the least bid is, the step and when it closes`, 'missing');
    }
  };
  if (start.length === 0 && first === undefined) say('/start', 'is empty, and there is no first: nothing could begin it', 'empty');
  known('/first', first);
  moves('/start', start);
  for (const [name, state] of Object.entries(states)) {
    const at = `/states/${name}`;
    words(`${at}/say`, state.say);
    words(`${at}/help`, state.help);
    known(`${at}/silence/go`, state.silence?.go);
    moves(`${at}/moves`, state.moves ?? []);
    if (state.end === undefined && (state.moves ?? []).length === 0)
      say(`${at}/moves`, 'is missing: the state is no end, and nothing moves on from it', 'missing');
  }
  return flaws;
}
