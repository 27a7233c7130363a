import { type Static, Type } from 'typebox';
import { LANGUAGES } from '../../policy/language.ts';
import { Nullable, OneOf } from './common.ts';
import { QUIET_DAYS } from './manners.ts';

const Line = (maxLength: number, description: string) => Type.String({ minLength: 1, maxLength, description });

const QuietHours = Type.Array(
  Type.Object(
    {
      purpose: OneOf(['service', 'promotional']),
      days: Type.Array(OneOf(QUIET_DAYS), { minItems: 1, maxItems: 8, description: 'On which it begins.' }),
      from: Line(5, 'By the clock of whoever gets the message.'),
      to: Line(5, 'From then on it is sent again; of the next day where it is not after `from`. A whole day is `00:00` to `24:00`.'),
    },
    { additionalProperties: false },
  ),
  { maxItems: 100, description: 'In place of those of the profile, for each purpose that is named.' },
);
const OpeningHours = Type.Array(
  Type.Object(
    {
      days: Type.Array(OneOf(QUIET_DAYS), { minItems: 1, maxItems: 8, description: 'On a holiday only what names `holiday` counts.' }),
      from: Line(5, 'When you open, by the clock of the site.'),
      to: Line(5, 'When you close; on the next day where it is not after `from`. A whole day is `00:00` to `24:00`.'),
    },
    { additionalProperties: false },
  ),
  { maxItems: 100, description: 'When somebody is there to read what clients write.' },
);
const Dates = Type.Array(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), {
  maxItems: 366,
  description: 'The holidays of the site’s own.',
});

const name = Line(60, 'Of the business.');
const country = Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166, two letters.' });
const language = OneOf(LANGUAGES, { description: 'In which Simpost itself writes; by the country where it is not set.' });
const phone = Line(60, 'Of the desk, as clients dial it.');
const timeZone = Line(64, 'A name of the IANA zone database.');

const upTo = (maximum: number, description: string, minimum = 0) => Type.Integer({ minimum, maximum, description });
const tables = {
  caps: {
    promotionalPer7Days: upTo(1000, 'Offers to one number in seven days; 0 is no cap.'),
    allPerDay: upTo(1000, 'Messages of any kind to one number in 24 hours, codes and answers apart; 0 is no cap.'),
  },
  limits: {
    recipientPerHour: upTo(100_000, 'Messages to one number in an hour, from all keys; 0 is no limit.'),
    recipientPerDay: upTo(100_000, 'The same in 24 hours.'),
  },
  alarm: {
    words: Type.Array(Line(100, 'A word or phrase.'), {
      maxItems: 200,
      description: 'What a client writes that the duty phone is told of.',
    }),
    perHour: upTo(100, 'Texts to the duty phone in an hour, at most.', 1),
  },
} as const;
const costPerDay = Line(30, 'What messages of 24 hours may cost together: `300 UAH`.');
const awayPhone = Line(60, 'Whom clients are to call when it cannot wait; without it there is no such answer.');
const awayText = Line(1000, 'What is said outside of opening hours; `{site}` and `{phone}` may stand in it.');
const alarmPhone = Line(40, 'The duty phone, with + and its country.');

const shut = { additionalProperties: false } as const;

export const Settings = Type.Object(
  {
    site: Type.Object({ name, country: Nullable(country), language: Nullable(language), phone: Nullable(phone), timeZone }, shut),
    quietHours: QuietHours,
    openingHours: OpeningHours,
    holidays: Type.Object({ dates: Dates }, shut),
    caps: Type.Object(tables.caps, shut),
    limits: Type.Object({ ...tables.limits, costPerDay: Nullable(costPerDay) }, shut),
    away: Type.Object({ phone: Nullable(awayPhone), text: Nullable(awayText) }, shut),
    alarm: Type.Object({ phone: Nullable(alarmPhone), ...tables.alarm }, shut),
    changed: Type.Array(Type.String(), { description: 'What was changed here and does not stand as the file has it: `site.country`.' }),
    restarting: Type.Boolean({ description: 'The box begins anew for what was changed, and answers again in a few seconds.' }),
  },
  {
    $id: 'Settings',
    ...shut,
    description: 'What may be changed while the box runs, by the names that the configuration has for it.',
    examples: [
      {
        site: { name: 'Клініка', country: 'UA', language: null, phone: '044 123 45 67', timeZone: 'Europe/Kyiv' },
        quietHours: [{ purpose: 'promotional', days: ['sunday', 'holiday'], from: '00:00', to: '24:00' }],
        openingHours: [{ days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], from: '09:00', to: '18:00' }],
        holidays: { dates: ['2026-12-31'] },
        caps: { promotionalPer7Days: 1, allPerDay: 5 },
        limits: { recipientPerHour: 5, recipientPerDay: 20, costPerDay: '300 UAH' },
        away: { phone: '103', text: null },
        alarm: { phone: '+380501234567', words: ['кровотеча'], perHour: 10 },
        changed: ['quietHours'],
        restarting: false,
      },
    ],
  },
);
export type Settings = Static<typeof Settings>;

const back = <T extends Parameters<typeof Nullable>[0]>(schema: T) => Type.Optional(Nullable(schema));

export const ChangeSettings = Type.Object(
  {
    site: Type.Optional(
      Type.Object(
        { name: back(name), country: back(country), language: back(language), phone: back(phone), timeZone: back(timeZone) },
        shut,
      ),
    ),
    quietHours: back(QuietHours),
    openingHours: back(OpeningHours),
    holidays: Type.Optional(Type.Object({ dates: back(Dates) }, shut)),
    caps: Type.Optional(
      Type.Object({ promotionalPer7Days: back(tables.caps.promotionalPer7Days), allPerDay: back(tables.caps.allPerDay) }, shut),
    ),
    limits: Type.Optional(
      Type.Object(
        {
          recipientPerHour: back(tables.limits.recipientPerHour),
          recipientPerDay: back(tables.limits.recipientPerDay),
          costPerDay: back(costPerDay),
        },
        shut,
      ),
    ),
    away: Type.Optional(Type.Object({ phone: back(awayPhone), text: back(awayText) }, shut)),
    alarm: Type.Optional(
      Type.Object({ phone: back(alarmPhone), words: back(tables.alarm.words), perHour: back(tables.alarm.perHour) }, shut),
    ),
  },
  { $id: 'ChangeSettings', ...shut, minProperties: 1, examples: [{ site: { country: 'UA' }, holidays: { dates: ['2026-12-31'] } }] },
);
export type ChangeSettings = Static<typeof ChangeSettings>;
