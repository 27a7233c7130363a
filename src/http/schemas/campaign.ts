import { type Static, Type } from 'typebox';
import { CAMPAIGN_STATES, FINDINGS, MEASURES, OUTLOOK_NOTES } from '../../store/records/campaign.ts';
import { Instant, NOT_BLANK, Nullable, OneOf } from './common.ts';
import { fits } from './preview.ts';
import { SetTemplate } from './template.ts';

const Name = (description: string) => Type.String({ ...NOT_BLANK, maxLength: 60, description });
const money = (description: string) =>
  Type.Object(
    { amount: Type.String({ pattern: '^\\d{1,6}(\\.\\d{1,6})?$' }), currency: Type.String({ pattern: '^[A-Z]{3}$' }) },
    { additionalProperties: false, description },
  );

const Variant = Type.Object(
  {
    name: Name('Such as `A`.'),
    template: Type.Optional(Name('The name of a template; or `texts`.')),
    texts: Type.Optional(SetTemplate.properties.texts),
    share: Type.Integer({
      minimum: 1,
      maximum: 100,
      description:
        'Of a hundred recipients; all together 100. It is kept to within one recipient. Who gets which is drawn once, when the campaign begins.',
    }),
  },
  { additionalProperties: false },
);

const planned = {
  name: Name('For people.'),
  segment: Type.Optional(Nullable(Name('The name of a segment.'))),
  condition: Type.Optional(
    Type.Unsafe<unknown>({
      type: ['object', 'null'],
      description: 'A condition as `PUT /v1/segments/{name}` takes it, instead of `segment`.',
    }),
  ),
  variants: Type.Array(Variant, { minItems: 1, maxItems: 8, description: 'One text, or several that are tried against each other.' }),
  purpose: Type.Optional(OneOf(['promotional', 'service'], { default: 'promotional' })),
  topic: Type.Optional(Nullable(Type.String({ maxLength: 40, description: 'What it is about, in a word.' }))),
  startAt: Type.Optional(Nullable(Instant('When it begins once it is started; at once unless given. The segment is read then.'))),
  perHour: Type.Optional(
    Nullable(Type.Integer({ minimum: 1, maximum: 10_000, description: 'Messages an hour; as fast as the SIMs carry them unless given.' })),
  ),
  budget: Type.Optional(Nullable(money('It pauses before it costs more.'))),
  stopAtOptOuts: Type.Optional(
    Nullable(
      Type.Number({
        minimum: 0.1,
        maximum: 100,
        description: 'It pauses when so many of a hundred who got it have written a word of opt-out; 3 unless given.',
      }),
    ),
  ),
  sim: Type.Optional(Nullable(Type.String({ minLength: 1, maxLength: 64 }))),
  cameBackDays: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 365, default: 30, description: 'Who has an occasion within so many days has come back.' }),
  ),
};

export const CreateCampaign = Type.Object(planned, {
  $id: 'CreateCampaign',
  additionalProperties: false,
  examples: [
    {
      name: 'Чистка в грудні',
      segment: 'vip-silent',
      variants: [
        { name: 'A', texts: { uk: '{site}: {firstName|вітаємо}, чистка -20% до 31.12. Не цікаво? СТОП' }, share: 50 },
        { name: 'B', texts: { uk: '{site}: подаруйте усмішку: чистка -20% до 31.12. Не цікаво? СТОП' }, share: 50 },
      ],
      perHour: 60,
      budget: { amount: '500.00', currency: 'UAH' },
    },
  ],
});
export type CreateCampaign = Static<typeof CreateCampaign>;

const count = (description: string) => Type.Integer({ minimum: 0, description });

const Progress = Type.Object(
  {
    planned: count('Whose turn is to come.'),
    waiting: count('Whose message is in the queue.'),
    begun: count('Whose message was handed to a modem.'),
    skipped: count('Who gets none: opted out, no consent, a field that is not known …'),
    cancelled: count('Who got none before it was cancelled.'),
  },
  { additionalProperties: false },
);

export const Campaign = Type.Object(
  {
    id: Type.String(),
    ...planned,
    state: OneOf(CAMPAIGN_STATES),
    reason: Nullable(Type.String(), {
      description: 'Why it paused or ended by itself: `budget`, `optOuts`, `restored` (a backup: who got it since is not known).',
    }),
    progress: Progress,
    spent: Nullable(money('What it is expected to have cost so far; null where no budget says the currency.')),
    createdAt: Instant('When it was made.'),
    startedAt: Nullable(Instant('When it began.')),
    changedAt: Instant('When its state last changed.'),
  },
  { $id: 'Campaign', additionalProperties: false, description: 'One text, or several tried against each other, to a segment of contacts.' },
);
export type Campaign = Static<typeof Campaign>;

export const CampaignHappening = Type.Object(
  {
    campaign: Type.String({ description: 'Its id.' }),
    name: Type.String(),
    state: OneOf(CAMPAIGN_STATES),
    reason: Nullable(Type.String({ description: 'Why it paused or ended by itself: `budget`, `optOuts`, `restored`.' })),
    progress: Progress,
    optedOut: count('Recipients who have ended texts since they got it.'),
    key: Type.String({ description: 'The key that made it.' }),
  },
  { $id: 'CampaignHappening', additionalProperties: false, description: 'A campaign as it was right after an event.' },
);
export type CampaignHappening = Static<typeof CampaignHappening>;

export const CampaignEstimate = Type.Object(
  {
    recipients: count('Whom it reaches: to be typed in at the start.'),
    messages: count('Messages that would be taken now.'),
    unreached: Type.Object(
      {
        channel: count('They want no texts.'),
        noNumber: count('They have no number.'),
        sameNumber: count('Another contact with the same number gets it.'),
      },
      { additionalProperties: false },
    ),
    refused: Type.Record(Type.String(), count('Recipients.'), {
      description: 'Why others would get none, by its code: `optedOut`, `consentMissing`, `fieldMissing` …',
    }),
    segments: count('Of all messages.'),
    longest: Type.Object({ text: Type.String(), segments: count('Of it.'), ...fits }, { additionalProperties: false }),
    cost: Nullable(money('What it is expected to cost; null where no price is known.')),
    days: Nullable(count('Days that the SIMs there are take under their caps; null where they never do.')),
    sims: count('SIMs that are in a modem now.'),
    notes: Type.Array(OneOf(OUTLOOK_NOTES), { description: 'What `sentences` say, one each, for whoever says it in another language.' }),
    sentences: Type.Array(Type.String(), { description: 'What to know before it is started, in the language of the site.' }),
  },
  { $id: 'CampaignEstimate', additionalProperties: false, description: 'What a campaign would do if it began now.' },
);

const rate = (description: string) => Type.Number({ minimum: 0, maximum: 1, description });
const Shares = Type.Object(
  {
    count: count('Recipients.'),
    rate: rate('Of those to whom it was sent.'),
    low: rate('95 %: no less than this …'),
    high: rate('… and no more.'),
  },
  { additionalProperties: false },
);

export const CampaignResults = Type.Object(
  {
    measure: OneOf(MEASURES),
    comparison: Type.Object(
      {
        finding: OneOf(FINDINGS, { description: '`one` text alone, too `few` sent to tell, perhaps the `same`, or one is `better`.' }),
        best: Nullable(Type.String(), { description: 'The text that did most by this measure; null where there is one.' }),
        next: Nullable(Type.String(), { description: 'The next best.' }),
      },
      { additionalProperties: false, description: 'What `sentence` says, for whoever says it in another language.' },
    ),
    sentence: Type.String({ description: 'Whether the difference means anything, in the language of the site.' }),
    variants: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          recipients: count('Who is to get this one.'),
          sent: count('To whom it was sent.'),
          failed: count('To whom it could not be.'),
          skipped: count('Who got none.'),
          delivered: Shares,
          replied: Shares,
          clicked: Shares,
          optedOut: Shares,
          cameBack: Shares,
        },
        { additionalProperties: false },
      ),
    ),
  },
  { $id: 'CampaignResults', additionalProperties: false, description: 'What became of a campaign so far, by its texts.' },
);

export const StartCampaign = Type.Object(
  { recipients: Type.Optional(Type.Integer({ minimum: 0, description: 'How many you expect, as the estimate said: needed above 20.' })) },
  { $id: 'StartCampaign', additionalProperties: false, examples: [{ recipients: 1240 }] },
);

export const CampaignParams = Type.Object({ id: Type.String({ maxLength: 64, description: 'As `POST /v1/campaigns` gave it.' }) });
export const ResultsQuery = Type.Object(
  { measure: Type.Optional(OneOf(MEASURES, { default: 'replied', description: 'What is compared.' })) },
  { additionalProperties: false },
);
