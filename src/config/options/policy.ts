import type { Table } from '../option.ts';

export const policy = {
  description: 'What keeps a business from becoming a nuisance: when, how often and to whom messages may go.',
  options: {
    profile: {
      type: 'string',
      description:
        'How strict: "standard" sends service messages and offers from 9 to 21, "strict" offers from 9 to 20 and never on Sundays and holidays. "off" asks nothing but what clients have said themselves; it is for staging, and every start says so.',
      since: '0.1.0',
      values: ['off', 'standard', 'strict'],
      default: 'standard',
      example: 'strict',
    },
    consent: {
      type: 'boolean',
      description:
        'Whether an offer goes only to whom the ledger of consents (POST /v1/consents) proves to have agreed. Switch it off only where no law asks for that.',
      since: '0.1.0',
      default: true,
      example: true,
    },
    countries: {
      type: 'texts',
      description:
        'The countries whose numbers are sent to, two letters of ISO 3166 each; "*" for all. Where none is named it is the country of the site, or all while that is not set.',
      since: '0.1.0',
      format: 'countryOrAny',
      default: [],
      example: ['UA'],
    },
    reminderLead: {
      type: 'integer',
      description: 'What a message with notAfter leaves at least before that moment, when quiet hours move it.',
      since: '0.1.0',
      unit: 's',
      default: 10_800,
      example: 10_800,
      minimum: 0,
      maximum: 604_800,
    },
    spread: {
      type: 'integer',
      description: 'What waited for the end of quiet hours goes out over so long a time, each message at its own moment.',
      since: '0.1.0',
      unit: 's',
      default: 600,
      example: 600,
      minimum: 0,
      maximum: 7200,
    },
  },
} as const satisfies Table;

export const quietHours = {
  description:
    'Hours at which nothing of a purpose is sent, by the clock where the recipient is; one [[quietHours]] for each. They stand instead of those of the profile for that purpose. Codes and urgent messages have none.',
  list: true,
  options: {
    purpose: {
      type: 'string',
      description: 'What they are for.',
      since: '0.1.0',
      values: ['service', 'promotional'],
      example: 'promotional',
    },
    days: {
      type: 'texts',
      description: 'The days on which they begin: "monday" to "sunday", and "holiday" for those of the recipient\'s country and your own.',
      since: '0.1.0',
      format: 'quietDay',
      default: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
      example: ['sunday', 'holiday'],
    },
    from: {
      type: 'string',
      description: 'When they begin.',
      since: '0.1.0',
      format: 'timeOfDay',
      example: '20:00',
    },
    to: {
      type: 'string',
      description: 'When they end; on the next day where it is not later than from. A whole day is "00:00" to "24:00".',
      since: '0.1.0',
      format: 'timeOfDay',
      example: '09:00',
    },
  },
} as const satisfies Table;

export const holidays = {
  description: 'Days of rest. Those of Ukraine, Kazakhstan, Poland, the United Kingdom, Germany, France and Russia are built in.',
  options: {
    dates: {
      type: 'texts',
      description: "Your own, besides those of the recipient's country.",
      since: '0.1.0',
      format: 'date',
      default: [],
      example: ['2026-12-31'],
    },
  },
} as const satisfies Table;

export const caps = {
  description: 'How often one number is written to, over all keys and whatever its answers. 0 takes a cap away.',
  options: {
    promotionalPer7Days: {
      type: 'integer',
      description: 'Offers in seven days.',
      since: '0.1.0',
      unit: 'messages',
      default: 1,
      example: 1,
      minimum: 0,
      maximum: 1000,
    },
    allPerDay: {
      type: 'integer',
      description: 'Messages of any kind in 24 hours, codes and answers apart.',
      since: '0.1.0',
      unit: 'messages',
      default: 5,
      example: 5,
      minimum: 0,
      maximum: 1000,
    },
  },
} as const satisfies Table;
