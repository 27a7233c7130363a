import { type Static, Type } from 'typebox';
import { Nullable, OneOf } from './common.ts';

/** Days of the week as the configuration writes them, from Sunday on, and any that is a holiday. */
export const QUIET_DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'holiday'] as const;

const Time = (description: string) => Type.String({ pattern: '^([01]\\d|2[0-4]):[0-5]\\d$', description });

export const Manners = Type.Object(
  {
    profile: OneOf(['off', 'standard', 'strict'], {
      description: '`off` asks nothing but what clients have said themselves: no quiet hours, no caps.',
    }),
    consent: Type.Boolean({ description: 'Whether an offer needs a consent in the ledger.' }),
    quietHours: Type.Array(
      Type.Object(
        {
          purpose: OneOf(['service', 'promotional']),
          days: Type.Array(OneOf(QUIET_DAYS), { description: 'On which it begins.' }),
          from: Time('By the clock of whoever gets the message.'),
          to: Time('From then on it is sent again; of the next day where it is not after `from`.'),
        },
        { additionalProperties: false },
      ),
      { description: 'When nothing of a purpose is sent. Codes and urgent messages go at any hour.' },
    ),
    closed: Type.Array(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), {
      description: 'The holidays of the site’s own, besides those of each country.',
    }),
    holidays: Type.Array(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), {
      description: 'Of the seven days from today on, those that are holidays here: of the country of the site, and its own.',
    }),
    reminderLead: Type.Integer({ minimum: 0, description: 'Seconds that a reminder leaves before its time when it is moved.' }),
    caps: Type.Object(
      { promotionalPer7Days: Type.Integer({ minimum: 0 }), allPerDay: Type.Integer({ minimum: 0 }) },
      { additionalProperties: false, description: 'Messages to one client; 0 for no cap.' },
    ),
    countries: Nullable(Type.Array(Type.String()), { description: 'That are sent to; null for all.' }),
  },
  {
    $id: 'Manners',
    additionalProperties: false,
    description: 'The rules of policy that the site has set, and when it is quiet.',
    examples: [
      {
        profile: 'standard',
        consent: true,
        quietHours: [
          {
            purpose: 'promotional',
            days: ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'],
            from: '21:00',
            to: '09:00',
          },
        ],
        closed: ['2026-12-31'],
        holidays: [],
        reminderLead: 10800,
        caps: { promotionalPer7Days: 1, allPerDay: 5 },
        countries: ['UA'],
      },
    ],
  },
);
export type Manners = Static<typeof Manners>;
