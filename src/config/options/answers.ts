import type { Table } from '../option.ts';

export const openingHours = {
  description:
    'When somebody is there, by the clock of the site; one [[openingHours]] for each. On a holiday only what names "holiday" counts.',
  list: true,
  options: {
    days: {
      type: 'texts',
      description: 'The days: "monday" to "sunday", and "holiday" for those of the country of the site and your own.',
      since: '0.1.0',
      format: 'quietDay',
      default: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      example: ['saturday'],
    },
    from: {
      type: 'string',
      description: 'When you open.',
      since: '0.1.0',
      format: 'timeOfDay',
      example: '09:00',
    },
    to: {
      type: 'string',
      description: 'When you close; on the next day where it is not later than from. A whole day is "00:00" to "24:00".',
      since: '0.1.0',
      format: 'timeOfDay',
      example: '18:00',
    },
  },
} as const satisfies Table;

export const away = {
  description: 'The answer to who writes outside [[openingHours]]: one a night for each number.',
  options: {
    phone: {
      type: 'string',
      description: 'Whom to call when it cannot wait, as clients dial it. While it is not set there is no such answer.',
      since: '0.1.0',
      format: 'name',
      optional: true,
      example: '103',
    },
    text: {
      type: 'string',
      description: 'What is said, instead of what Simpost says in the language of the client; {site} and {phone} may stand in it.',
      since: '0.1.0',
      format: 'replyText',
      optional: true,
      example: '{site}: відповімо о 9:00. Терміново: {phone}',
    },
  },
} as const satisfies Table;

export const alarm = {
  description: 'A telephone that gets a text, as urgent, when a client writes one of these words.',
  options: {
    phone: {
      type: 'string',
      description: 'The duty phone. While it is not set nobody is told.',
      since: '0.1.0',
      format: 'fullNumber',
      optional: true,
      example: '+380501234567',
    },
    words: {
      type: 'texts',
      description: 'Words and phrases, wherever they stand in a text, however they are written.',
      since: '0.1.0',
      format: 'phrase',
      default: [],
      example: ['кровотеча', 'дуже погано'],
    },
    perHour: {
      type: 'integer',
      description: 'At most so many such texts, so that nobody can make the phone ring all night.',
      since: '0.1.0',
      unit: 'messages',
      default: 10,
      example: 10,
      minimum: 1,
      maximum: 100,
    },
  },
} as const satisfies Table;

export const rule = {
  description:
    'What is done when a client writes something that the site knows: one [[rule]] for each, the first that fits is taken. Opt-outs, dialogues and answers to visits come first. Each has words, prefix or pattern, and does something. POST /v1/rules/try tells what a text would do.',
  list: true,
  exactlyOne: ['words', 'prefix', 'pattern'],
  options: {
    name: {
      type: 'string',
      description: 'Its name.',
      since: '0.1.0',
      format: 'name',
      example: 'prices',
    },
    words: {
      type: 'texts',
      description: 'Texts that are just one of these words or phrases, in whatever letters, layout or punctuation.',
      since: '0.1.0',
      format: 'phrase',
      default: [],
      example: ['ціна', 'прайс', 'price list'],
    },
    prefix: {
      type: 'string',
      description: 'Texts that begin with this word or phrase.',
      since: '0.1.0',
      format: 'phrase',
      optional: true,
      example: 'запис',
    },
    pattern: {
      type: 'string',
      description: 'Texts of this shape: words, "*" for any words or none, "?" for one word, "#" for a number, "a|b" for either.',
      since: '0.1.0',
      format: 'textPattern',
      optional: true,
      example: '* ціна|прайс *',
    },
    reply: {
      type: 'string',
      description: 'What the client is answered; {site} and {phone} may stand in it. At most three an hour and five a day to one number.',
      since: '0.1.0',
      format: 'replyText',
      optional: true,
      example: '{site}: прийом від 500 грн. Записатися: {phone}',
    },
    tag: {
      type: 'string',
      description: 'A word that the text is marked with.',
      since: '0.1.0',
      format: 'tag',
      optional: true,
      example: 'prices',
    },
    webhook: {
      type: 'boolean',
      description: 'Whether the webhooks are told: the event inbound.matched.',
      since: '0.1.0',
      default: false,
      example: true,
    },
    notify: {
      type: 'boolean',
      description: 'Whether the desk gets a task.',
      since: '0.1.0',
      default: false,
      example: true,
    },
  },
} as const satisfies Table;
