import { LANGUAGES } from '../../policy/language.ts';
import type { Table } from '../option.ts';

export const site = {
  description: 'What this installation is called and where it stands.',
  options: {
    name: {
      type: 'string',
      description: 'The name of the business.',
      since: '0.1.0',
      format: 'name',
      default: 'Simpost',
      example: 'Клініка',
      essential: true,
    },
    country: {
      type: 'string',
      description:
        'The country of the site, two letters of ISO 3166. A number written without +, such as 050 123 45 67, is read as a number of this country; while it is not set, such numbers are refused.',
      since: '0.1.0',
      format: 'country',
      optional: true,
      example: 'UA',
      essential: true,
    },
    language: {
      type: 'string',
      description: 'The language of what Simpost itself writes to clients and to you; by the country where it is not set.',
      since: '0.1.0',
      values: LANGUAGES,
      optional: true,
      example: 'uk',
    },
    phone: {
      type: 'string',
      description: 'The telephone of the desk, as clients dial it: the answer to HELP names it.',
      since: '0.1.0',
      format: 'name',
      optional: true,
      example: '044 123 45 67',
    },
    timeZone: {
      type: 'string',
      description: 'The time zone of the site, a name of the IANA zone database.',
      since: '0.1.0',
      format: 'timeZone',
      defaultFrom: 'systemTimeZone',
      example: 'Europe/Kyiv',
      essential: true,
    },
  },
} as const satisfies Table;
