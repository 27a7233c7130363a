import { Type } from 'typebox';
import { ADVICE_REASONS, LINT_RULES, TEXT_KINDS } from '../../policy/lint/advice.ts';
import { Nullable, OneOf } from './common.ts';

/** What the lint says of a text. */
export const AdviceList = Type.Array(
  Type.Object(
    {
      rule: OneOf(LINT_RULES),
      reason: OneOf(ADVICE_REASONS, { description: 'What the rule found, for programs.' }),
      sentence: Type.String({ description: 'What is wrong and what to do, in the language of the site.' }),
      where: Nullable(
        Type.Object({ from: Type.Integer({ minimum: 0 }), to: Type.Integer({ minimum: 0 }) }, { additionalProperties: false }),
        {
          description: 'Which words it is about, in UTF-16 units of the text, the end exclusive; null where something is missing.',
        },
      ),
    },
    { additionalProperties: false },
  ),
  { description: 'What could be better about the text (`[lint]`).' },
);

/** What sort of text it is. */
export const Kind = Type.Optional(
  OneOf(TEXT_KINDS, { description: 'What sort of text it is, for what the lint looks for; by the purpose and the words unless given.' }),
);
