import { rfc3339 } from '../base/clock.ts';
import { Fault, faultIn, wrongAt } from '../base/fault.ts';
import { readAmount, writeAmount } from '../base/money.ts';
import { readInstant } from '../base/rfc3339.ts';
import { TOPIC } from '../base/suppression-scope.ts';
import type { VariantResult } from '../campaigns/results.ts';
import { readCondition } from '../contacts/segment.ts';
import type { CampaignPlan, CampaignVariant, Campaign as StoredCampaign } from '../store/records/campaign.ts';
import { templateOf } from '../templates/shelf.ts';
import { textsOf } from '../templates/stored.ts';
import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { pageIn } from './query.ts';
import { type Campaign, CampaignParams, CreateCampaign, ResultsQuery, StartCampaign } from './schemas/campaign.ts';
import { listOf, PageQuery, Shared } from './schemas/common.ts';
import type { Slices } from './slices.ts';
import { checkTemplate } from './templates.ts';
import { checkLine } from './text.ts';

const tags = ['campaigns'];

/** Opt-outs of a hundred at which a campaign pauses unless it says otherwise. */
const STOP_AT = 3;

/** One text, or several tried against each other, to a segment of contacts. */
export function campaignRoutes(app: Api, parts: ApiParts, slices: Slices): void {
  const { store, clock, campaigns } = parts;
  const rest = (): Promise<void> => slices.next();
  const known = (id: string): StoredCampaign => {
    const campaign = store.campaigns.of(id);
    if (!campaign) throw new Fault('notFound', 'There is no campaign with this id; GET /v1/campaigns lists those that there are.');
    return campaign;
  };

  app.post(
    '/v1/campaigns',
    {
      schema: {
        operationId: 'createCampaign',
        tags,
        summary: 'Make a campaign',
        description: 'A draft: nothing is sent before `POST /v1/campaigns/{id}/start`. Offers need consent, as always.',
        body: CreateCampaign,
        response: answers({ 201: { description: 'The draft.', schema: Shared('Campaign') } }, [
          ...BODY_FAULTS,
          'templateInvalid',
          'templateUnknown',
          'textInvalid',
          'topicInvalid',
          'timeInvalid',
          'simUnknown',
          'storeFull',
        ]),
      },
    },
    async (request, reply) => reply.code(201).send(shape(await campaigns.add(request.keyId, readPlan(request.body, parts)), store)),
  );

  app.get(
    '/v1/campaigns',
    {
      schema: {
        operationId: 'listCampaigns',
        tags,
        summary: 'List campaigns',
        description: 'The newest first.',
        querystring: PageQuery,
        response: answers({ 200: { description: 'A page of campaigns.', schema: listOf('Campaign') } }, [
          'requestInvalid',
          'cursorInvalid',
        ]),
      },
    },
    (request) => {
      const { data, nextCursor } = store.campaigns.list(pageIn(request.query));
      return Promise.resolve({ data: data.map((campaign) => shape(campaign, store)), nextCursor });
    },
  );

  app.get(
    '/v1/campaigns/:id',
    {
      schema: {
        operationId: 'getCampaign',
        tags,
        summary: 'One campaign, with its progress',
        params: CampaignParams,
        response: answers({ 200: { description: 'The campaign.', schema: Shared('Campaign') } }, ['requestInvalid', 'notFound']),
      },
    },
    (request) => Promise.resolve(shape(known(request.params.id), store)),
  );

  app.post(
    '/v1/campaigns/:id/estimate',
    {
      schema: {
        operationId: 'estimateCampaign',
        tags,
        summary: 'What a campaign would do',
        description:
          'Recipients, segments, cost, and the days that the SIMs take under their caps: every text is written and judged, and nothing is stored.',
        params: CampaignParams,
        response: answers({ 200: { description: 'The estimate.', schema: Shared('CampaignEstimate') } }, [
          'requestInvalid',
          'notFound',
          'stateDiffers',
          'templateUnknown',
        ]),
      },
    },
    async (request) => {
      const estimate = await campaigns.estimate(request.params.id, rest);
      const { cost, refused } = estimate;
      return {
        ...estimate,
        refused: Object.fromEntries(refused),
        cost: cost && { amount: writeAmount(cost.micros), currency: cost.currency },
        notes: [...estimate.notes],
        sentences: [...estimate.sentences],
      };
    },
  );

  app.post(
    '/v1/campaigns/:id/start',
    {
      schema: {
        operationId: 'startCampaign',
        tags,
        summary: 'Start a campaign',
        description: 'Now, or at its `startAt`. Above 20 recipients their number is typed in, as the estimate says it.',
        params: CampaignParams,
        body: StartCampaign,
        response: answers({ 200: { description: 'As it is now.', schema: Shared('Campaign') } }, [
          ...BODY_FAULTS,
          'notFound',
          'stateDiffers',
          'countDiffers',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { recipients } = request.body;
      const entry = auditEntry(clock, request, 'campaign.start', id, { name: known(id).plan.name, recipients });
      return shape(await campaigns.start(id, recipients, entry, rest), store);
    },
  );

  for (const [verb, summary, description] of [
    ['pause', 'Pause a campaign', 'What waits in the queue is withdrawn, and nothing of it begins any more; what has begun goes on.'],
    ['resume', 'Go on with a campaign', 'With everybody who has not got it.'],
    ['cancel', 'End a campaign', 'For good: what waits in the queue is withdrawn.'],
  ] as const) {
    app.post(
      `/v1/campaigns/:id/${verb}`,
      {
        schema: {
          operationId: `${verb}Campaign`,
          tags,
          summary,
          description,
          params: CampaignParams,
          response: answers({ 200: { description: 'As it is now.', schema: Shared('Campaign') } }, [
            'requestInvalid',
            'notFound',
            'stateDiffers',
            'storeFull',
          ]),
        },
      },
      async (request) => {
        const { id } = request.params;
        await campaigns.move(id, verb, auditEntry(clock, request, `campaign.${verb}`, id, { name: known(id).plan.name }));
        return shape(known(id), store);
      },
    );
  }

  app.get(
    '/v1/campaigns/:id/results',
    {
      schema: {
        operationId: 'getCampaignResults',
        tags,
        summary: 'What became of a campaign',
        description:
          'By its texts: delivered, replied, opted out, came back, each with the interval in which the truth lies, and a plain sentence.',
        params: CampaignParams,
        querystring: ResultsQuery,
        response: answers({ 200: { description: 'The results so far.', schema: Shared('CampaignResults') } }, [
          'requestInvalid',
          'notFound',
        ]),
      },
    },
    async (request) => {
      const { measure = 'replied' } = request.query;
      const { variants, comparison, sentence } = await campaigns.results(request.params.id, measure, rest);
      return { measure, comparison, sentence, variants: variants.map(shapeVariant) };
    },
  );
}

function shapeVariant({ name, recipients, sent, failed, skipped, shares }: VariantResult) {
  const share = ({ count, of, low, high }: VariantResult['shares']['replied']) => ({ count, rate: of === 0 ? 0 : count / of, low, high });
  return {
    name,
    recipients,
    sent,
    failed,
    skipped,
    delivered: share(shares.delivered),
    replied: share(shares.replied),
    clicked: share(shares.clicked),
    optedOut: share(shares.optedOut),
    cameBack: share(shares.cameBack),
  };
}

function shape(
  { seq, id, plan, state, reason, spent, createdAt, startedAt, changedAt }: StoredCampaign,
  store: ApiParts['store'],
): Campaign {
  const { accepted: waiting, ...counts } = store.campaigns.counts(seq);
  const { budget } = plan;
  return {
    id,
    name: plan.name,
    segment: plan.segment,
    condition: plan.condition,
    variants: plan.variants.map(({ name, template, texts, share }) => ({
      name,
      share,
      ...(template === null ? { texts: { ...texts } } : { template }),
    })),
    purpose: plan.purpose,
    topic: plan.topic,
    startAt: plan.startAt === null ? null : rfc3339(plan.startAt),
    perHour: plan.perHour,
    budget: budget && { amount: writeAmount(budget.micros), currency: budget.currency },
    stopAtOptOuts: plan.stopAtOptOuts,
    sim: plan.sim,
    cameBackDays: plan.cameBackDays,
    state,
    reason,
    progress: { planned: counts.planned, waiting, begun: counts.begun, skipped: counts.skipped, cancelled: counts.cancelled },
    spent: budget && { amount: writeAmount(spent), currency: budget.currency },
    createdAt: rfc3339(createdAt),
    startedAt: startedAt === null ? null : rfc3339(startedAt),
    changedAt: rfc3339(changedAt),
  };
}

/** @throws Fault that says what is wrong with a campaign as a caller wrote it, with the place */
function readPlan(body: CreateCampaign, { store, clock, simNamed }: ApiParts): CampaignPlan {
  const { name, segment = null, condition = null, topic = null, startAt = null, perHour = null, budget = null, sim = null } = body;
  checkLine(name, (why) => wrongAt('/name', why, 'characters'));
  if (segment !== null && condition !== null) throw wrongAt('/condition', 'is given beside segment: give one of the two');
  if (segment !== null && !store.segments.of(segment))
    throw wrongAt('/segment', 'is not the name of a segment; GET /v1/segments lists them', 'notThere');
  if (condition !== null) readCondition(condition);
  if (topic !== null && !TOPIC.test(topic)) throw faultIn('topicInvalid', 'topic', 'must be one word', 'tag');
  if (sim !== null && simNamed(sim) === undefined) {
    throw new Fault('simUnknown', 'There is no such SIM; GET /v1/sims lists those that there are.', [
      { pointer: '/sim', detail: 'is not known' },
    ]);
  }
  const at = startAt === null ? null : readInstant(startAt);
  if (at === undefined || (at !== null && at - clock.now() > 366 * 86_400_000)) {
    throw faultIn('timeInvalid', 'startAt', 'is no time within a year');
  }
  const shares = body.variants.reduce((sum, { share }) => sum + share, 0);
  if (shares !== 100) throw wrongAt('/variants', `have shares that make ${shares}, and must make 100`);
  if (new Set(body.variants.map((variant) => variant.name)).size < body.variants.length)
    throw wrongAt('/variants', 'must have different names');
  const micros = budget === null ? undefined : readAmount(budget.amount);
  return {
    name,
    segment,
    condition,
    variants: body.variants.map((variant, i) => readVariant(variant, `/variants/${i}`, store)),
    purpose: body.purpose ?? 'promotional',
    topic,
    startAt: at,
    perHour,
    budget: budget === null || micros === undefined ? null : { micros, currency: budget.currency },
    stopAtOptOuts: body.stopAtOptOuts === undefined ? STOP_AT : body.stopAtOptOuts,
    sim,
    cameBackDays: body.cameBackDays ?? 30,
  };
}

function readVariant(
  { name, template, texts, share }: CreateCampaign['variants'][number],
  pointer: string,
  store: ApiParts['store'],
): CampaignVariant {
  if ((template === undefined) === (texts === undefined))
    throw wrongAt(pointer, 'has its text by template or by texts: give one of the two');
  if (template !== undefined && !templateOf(template, textsOf(store.templates.of(template)))) {
    const detail = 'is not the name of a template; GET /v1/templates lists those that there are';
    throw new Fault('templateUnknown', `"${template}" ${detail}.`, [{ pointer: `${pointer}/template`, detail }]);
  }
  const written: Record<string, string> = {};
  for (const [language, text] of Object.entries(texts ?? {})) {
    checkTemplate(text, `${pointer}/texts/${language}`);
    written[language] = text;
  }
  return { name, template: template ?? null, texts: written, share };
}
