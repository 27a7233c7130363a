import { LINT_ACTIONS } from '../../policy/lint/advice.ts';
import type { Table } from '../option.ts';

export const lint = {
  description:
    'The manners of texts. "advise" says in the answer what could be better, "refuse" refuses the message with 422, "off" does not look.',
  options: {
    names: {
      type: 'texts',
      description: 'By what names the business signs its texts, besides site.name: short ones, or in other letters.',
      since: '0.1.0',
      format: 'name',
      default: [],
      example: ['Усмішка', 'Usmishka'],
    },
    shouting: rule('Capital letters where none belong, and heaps of exclamation marks.'),
    threat: rule('A threat in a reminder, or in another text that is no offer and no confirmation.'),
    senderName: rule('A text that does not say who writes; silent until site.name or lint.names is set.'),
    wayOut: rule('An offer that does not say how to get no more of them.'),
    confirmation: rule('A confirmation without a time, or with neither a place nor a phone number.'),
  },
} as const satisfies Table;

function rule(description: string) {
  return { type: 'string', description, since: '0.1.0', values: LINT_ACTIONS, default: 'advise', example: 'refuse' } as const;
}
