import { type Static, Type } from 'typebox';
import { DIALOGUE_OUTCOMES } from '../../store/records/dialogue.ts';
import { Instant, NOT_BLANK, Nullable, OneOf, pageParameters } from './common.ts';

const Option = Type.Object(
  { value: Type.String({ maxLength: 60 }), label: Type.String({ maxLength: 60 }), price: Type.Optional(Type.Integer()) },
  { additionalProperties: false },
);

const Name = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9-]{0,39}$' });

const Fields = Type.Record(
  Type.String({ pattern: '^[A-Za-z][A-Za-z0-9-]{0,39}$' }),
  Type.Union([Type.String({ maxLength: 500 }), Type.Integer(), Type.Array(Option, { maxItems: 9 })]),
  { description: 'What was asked and answered: texts, numbers, and lists to choose from.' },
);

export const Dialogue = Type.Object(
  {
    id: Type.String(),
    definition: Type.String(),
    version: Type.Integer({ description: 'Of the definition; it stays the same while the dialogue goes on.' }),
    contact: Type.String({ description: 'E.164.' }),
    sim: Nullable(Type.String(), { description: 'The SIM on which it goes on; null until one is known.' }),
    state: Type.String({ description: 'Where it is, or where it ended.' }),
    outcome: Nullable(OneOf(DIALOGUE_OUTCOMES), { description: 'How it ended; null while it goes on.' }),
    fields: Fields,
    begunAt: Instant('When it began.'),
    changedAt: Instant('When it last moved.'),
  },
  {
    $id: 'Dialogue',
    additionalProperties: false,
    description: 'A conversation by steps with one client.',
    examples: [
      {
        id: 'dlg_5f0c1d2e3a4b5c6d7e8f9a0b',
        definition: 'hire',
        version: 1,
        contact: '+380501234567',
        sim: '8938001234567890123',
        state: 'pay',
        outcome: null,
        fields: { bike: 12 },
        begunAt: '2026-11-22T10:05:00.000Z',
        changedAt: '2026-11-22T10:05:00.000Z',
      },
    ],
  },
);
export type Dialogue = Static<typeof Dialogue>;

export const BeginDialogue = Type.Object(
  {
    definition: Name,
    to: Type.String({ minLength: 1, maxLength: 40, description: 'The number of the client.' }),
    sim: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 60,
        description: 'An ICCID or the name of a SIM; the one that the client knows unless given.',
      }),
    ),
    fields: Type.Optional(Fields),
  },
  { $id: 'BeginDialogue', additionalProperties: false, examples: [{ definition: 'rating', to: '+380501234567' }] },
);

export const DialogueEvent = Type.Object(
  { event: Name, fields: Type.Optional(Fields) },
  { $id: 'DialogueEvent', additionalProperties: false, examples: [{ event: 'paid' }] },
);

export const SteerDialogue = Type.Object(
  {
    to: OneOf(['cancel', 'handOver'], { description: '`cancel` ends it and frees what it has; `handOver` leaves the client to the desk.' }),
  },
  { $id: 'SteerDialogue', additionalProperties: false },
);

export const DialogueQuery = Type.Object(
  {
    contact: Type.Optional(Type.String({ minLength: 1, maxLength: 40, description: 'Of this number alone.' })),
    state: Type.Optional(OneOf(['open', ...DIALOGUE_OUTCOMES], { description: 'Those that go on, or that ended so.' })),
    ...pageParameters,
  },
  { additionalProperties: false },
);

const Body = Type.Record(Type.String({ maxLength: 40 }), Type.Unknown());

export const DialogueDefinition = Type.Object(
  {
    name: Type.String(),
    version: Nullable(Type.Integer(), { description: 'Of the one in use; null for one that Simpost ships and nobody has put into use.' }),
    definition: Body,
  },
  {
    $id: 'DialogueDefinition',
    additionalProperties: false,
    description: 'A dialogue as data: states, what is said in each, and what moves on from it.',
  },
);

export const SetDialogueDefinition = Type.Object(
  {
    from: Type.Optional(
      Type.String({ description: 'One that Simpost ships, which this changes: whole parts, single states, single data.' }),
    ),
  },
  {
    $id: 'SetDialogueDefinition',
    description: 'A definition, or what is to be otherwise in one that Simpost ships; README tells its parts.',
    examples: [{ from: 'order', data: { menu: [{ value: 'margherita', label: 'Маргарита', price: 180 }] } }],
  },
);

export const DialogueDefinitionRemoved = Type.Object({ name: Type.String(), removed: Type.Literal(true) }, { additionalProperties: false });

const thing = {
  thing: Type.String({ ...NOT_BLANK, maxLength: 60, description: 'Its name, by which clients ask for it.' }),
  label: Type.String({ ...NOT_BLANK, maxLength: 60, description: 'How it is offered.' }),
};

export const StockPool = Type.Object(
  {
    things: Type.Array(
      Type.Object(
        {
          ...thing,
          hasSecret: Type.Boolean({ description: 'Whether something opens it; what that is, is not shown.' }),
          dialogue: Nullable(Type.String(), { description: 'Who has it; null while it is free.' }),
          sold: Type.Boolean(),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { $id: 'StockPool', additionalProperties: false, description: 'Things of which there is one each: seats, bicycles, tables at seven.' },
);

export const SetStockPool = Type.Object(
  {
    things: Type.Array(
      Type.Object(
        {
          thing: thing.thing,
          label: Type.Optional(thing.label),
          secret: Type.Optional(
            Type.String({ minLength: 1, maxLength: 60, description: 'What opens it; it is told as a code and never shown.' }),
          ),
        },
        { additionalProperties: false },
      ),
      { maxItems: 1000 },
    ),
  },
  { $id: 'SetStockPool', additionalProperties: false, examples: [{ things: [{ thing: '12', secret: '4711' }] }] },
);

export const StockFreed = Type.Object({ thing: Type.String(), freed: Type.Literal(true) }, { additionalProperties: false });

export const PoolParams = Type.Object({
  pool: Type.String({
    pattern: '^[A-Za-z][A-Za-z0-9-]{0,39}(\\.[^/\\u0000-\\u001f]{1,100})?$',
    description: 'As a definition names it; with a full stop and the name of a resource behind it, the things of that resource alone.',
    examples: ['slots', 'slots.koval'],
  }),
});
export const FreeStock = Type.Object({ thing: thing.thing }, { $id: 'FreeStock', additionalProperties: false });
export const DialogueParams = Type.Object({ id: Type.String({ description: 'As `GET /v1/dialogues` gave it.' }) });
export const DefinitionParams = Type.Object({ name: Name });
