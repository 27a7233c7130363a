import { type Static, Type } from 'typebox';
import { NOT_BLANK, Nullable, OneOf, Shared } from './common.ts';

const what = {
  words: Type.Array(Type.String({ ...NOT_BLANK, maxLength: 200 }), {
    maxItems: 50,
    description: 'Texts that are just one of these words or phrases.',
  }),
  prefix: Nullable(Type.String({ ...NOT_BLANK, maxLength: 200 }), { description: 'Texts that begin with this.' }),
  pattern: Nullable(Type.String({ ...NOT_BLANK, maxLength: 200 }), {
    description: 'Texts of this shape: words, `*` for any words or none, `?` for one word, `#` for a number, `a|b` for either.',
  }),
};

const does = {
  reply: Nullable(Type.String({ ...NOT_BLANK, maxLength: 600 }), {
    description: 'What the client is answered; `{site}` and `{phone}` are filled in.',
  }),
  tag: Nullable(Type.String({ ...NOT_BLANK, maxLength: 40 }), { description: 'A word that the text is marked with.' }),
  webhook: Type.Boolean({ description: 'Whether `inbound.matched` goes to the webhooks.' }),
  notify: Type.Boolean({ description: 'Whether the desk gets a task.' }),
};

export const Rule = Type.Object(
  {
    name: Type.String(),
    source: OneOf(['file', 'api'], { description: '`file`: it stands in the configuration, and is changed there.' }),
    ...what,
    ...does,
  },
  {
    $id: 'Rule',
    additionalProperties: false,
    description: 'What is done when a client writes something that the site knows.',
    examples: [
      {
        name: 'prices',
        source: 'api',
        words: ['ціна', 'прайс'],
        prefix: null,
        pattern: null,
        reply: 'Прийом від 500 грн. Записатися: 044 123 45 67',
        tag: 'prices',
        webhook: false,
        notify: false,
      },
    ],
  },
);

export const NewRule = Type.Object(
  {
    words: Type.Optional(what.words),
    prefix: Type.Optional(what.prefix),
    pattern: Type.Optional(what.pattern),
    reply: Type.Optional(does.reply),
    tag: Type.Optional(does.tag),
    webhook: Type.Optional(does.webhook),
    notify: Type.Optional(does.notify),
  },
  {
    $id: 'NewRule',
    additionalProperties: false,
    description: 'A rule: one of `words`, `prefix` and `pattern`, and at least one thing to do.',
  },
);
export type NewRule = Static<typeof NewRule>;

export const RuleTrial = Type.Object(
  {
    meaning: Nullable(Type.String(), { description: 'What every text is read for first, such as `stop`; null for anything else.' }),
    rule: Nullable(Type.Unsafe<Static<typeof Rule>>(Shared('Rule')), {
      description: 'The rule that would take it; null where none would.',
    }),
    reply: Nullable(Type.String(), { description: 'What its sender would be answered, as long as replies are not too many.' }),
    alarm: Type.Boolean({ description: 'Whether the duty phone would be told.' }),
  },
  {
    $id: 'RuleTrial',
    additionalProperties: false,
    description: 'What would follow from a text. Dialogues and answers to visits come before rules.',
  },
);

export const RuleToTry = Type.Object(
  { text: Type.String({ minLength: 1, maxLength: 2000, description: 'What a client might write.' }) },
  { $id: 'RuleToTry', additionalProperties: false },
);

export const RuleRemoved = Type.Object({ name: Type.String(), removed: Type.Literal(true) }, { additionalProperties: false });
