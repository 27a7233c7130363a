import swagger from '@fastify/swagger';
import { Type } from 'typebox';
import { answers } from './docs.ts';
import { JSON_TYPE } from './idempotency.ts';
import type { Api } from './parts.ts';
import { Alert, AlertTest } from './schemas/alert.ts';
import { AuditEntry } from './schemas/audit.ts';
import { Backup, Backups, BackupToRestore } from './schemas/backup.ts';
import { Call } from './schemas/call.ts';
import { Campaign, CampaignEstimate, CampaignHappening, CampaignResults, CreateCampaign, StartCampaign } from './schemas/campaign.ts';
import { CodeVerdict, IssuedCode, SendCode, VerifyCode } from './schemas/code.ts';
import { Problem } from './schemas/common.ts';
import { Consent, GiveConsent } from './schemas/consent.ts';
import { Contact, ContactRemoved, Resource, ResourceRemoved, SetContact, SetResource } from './schemas/contact.ts';
import { ContactImport } from './schemas/contact-import.ts';
import { Conversation, ConversationSeen, Conversations, SeeConversation } from './schemas/conversation.ts';
import { Costs } from './schemas/cost.ts';
import {
  BeginDialogue,
  Dialogue,
  DialogueDefinition,
  DialogueEvent,
  FreeStock,
  SetDialogueDefinition,
  SetStockPool,
  SteerDialogue,
  StockPool,
} from './schemas/dialogue.ts';
import { Estimate, EstimateRequest } from './schemas/estimate.ts';
import { Happening, StreamedEvent } from './schemas/event.ts';
import { Modem, Sim, SimBalance, SimStanding } from './schemas/hardware.ts';
import { Inbound } from './schemas/inbound.ts';
import { ApiKey, CreatedKey, CreateKey, KeyRevoked } from './schemas/key.ts';
import { Manners } from './schemas/manners.ts';
import {
  BatchItem,
  BatchResult,
  Message,
  MessageSummary,
  Released,
  ReleaseMessage,
  Resolve,
  SendMessage,
  sendBatch,
} from './schemas/message.ts';
import { DecideMissed, Missed } from './schemas/missed.ts';
import { Notice } from './schemas/notice.ts';
import { NoticeUndone, NotifyOccasions, OccasionNotice } from './schemas/notify.ts';
import { MarkOccasion, Occasion, OccasionHappening, OccasionRemoved, PutOccasion } from './schemas/occasion.ts';
import { ErasePerson, ExportPerson, PersonErased, PersonExport } from './schemas/person.ts';
import { Phones, SwitchPhone, WriteOnPhone } from './schemas/phone.ts';
import { Poster, SetPoster } from './schemas/poster.ts';
import { Preview, PreviewRequest } from './schemas/preview.ts';
import { NewRule, Rule, RuleToTry, RuleTrial } from './schemas/rule.ts';
import {
  BeginSecondFactor,
  ConfirmSecondFactor,
  EndSecondFactor,
  NewSecondFactor,
  RecoveryCodes,
  SecondFactor,
} from './schemas/second-factor.ts';
import { CountedSegment, Segment, SegmentCount, SegmentRemoved, SetSegment } from './schemas/segment.ts';
import { Sending, SetSending } from './schemas/sending.ts';
import { Sequence, SetSequence } from './schemas/sequence.ts';
import { ChangeSettings, Settings } from './schemas/setting.ts';
import { Signal } from './schemas/signal.ts';
import { GivePin, PinTaken } from './schemas/sim-pin.ts';
import { Allow, Allowed, Retire, Retired, SimAttention, SimPlan, TopUp } from './schemas/sim-plan.ts';
import { Site } from './schemas/site.ts';
import { Ratings, Statistics } from './schemas/statistic.ts';
import { SetSuppressionState, Suppress, Suppression, SuppressionImport, SuppressionState, Suppressions } from './schemas/suppression.ts';
import { CreateTask, Task } from './schemas/task.ts';
import { AskUssd, Forwarding, ForwardingEnded, ForwardingSet, ForwardingState, UssdAnswer } from './schemas/telephone.ts';
import { SetTemplate, Template, TemplatePreview, TemplatePreviewRequest, TemplateRemoved } from './schemas/template.ts';
import { ConfirmTime, Time } from './schemas/time.ts';
import { RecordTrace, Trace } from './schemas/trace.ts';
import { ChangeUser, CreateUser, Login, OwnPassword, Session, SessionEnded, SetUp, User, UserRemoved } from './schemas/user.ts';
import {
  ChangeWebhook,
  CreateWebhook,
  DeliveriesResent,
  ResendDeliveries,
  Webhook,
  WebhookDelivery,
  WebhookRemoved,
  WebhookWithSecret,
} from './schemas/webhook.ts';

const shared = [
  SendMessage,
  Released,
  ReleaseMessage,
  Resolve,
  BatchItem,
  Message,
  MessageSummary,
  BatchResult,
  SendCode,
  IssuedCode,
  VerifyCode,
  CodeVerdict,
  Inbound,
  Call,
  Sim,
  SimBalance,
  SimPlan,
  SimAttention,
  TopUp,
  Allow,
  Allowed,
  Retire,
  Retired,
  Notice,
  SimStanding,
  Modem,
  Trace,
  RecordTrace,
  Signal,
  GivePin,
  PinTaken,
  AskUssd,
  UssdAnswer,
  Forwarding,
  ForwardingSet,
  ForwardingEnded,
  ForwardingState,
  PreviewRequest,
  Preview,
  Costs,
  EstimateRequest,
  Estimate,
  SetSending,
  Backup,
  Backups,
  BackupToRestore,
  Sending,
  DecideMissed,
  Missed,
  Suppress,
  Suppression,
  Suppressions,
  SuppressionImport,
  SuppressionState,
  SetSuppressionState,
  Task,
  PutOccasion,
  MarkOccasion,
  Occasion,
  OccasionHappening,
  OccasionRemoved,
  NotifyOccasions,
  OccasionNotice,
  NoticeUndone,
  SetSequence,
  Statistics,
  Ratings,
  Sequence,
  Dialogue,
  BeginDialogue,
  DialogueEvent,
  SteerDialogue,
  DialogueDefinition,
  SetDialogueDefinition,
  StockPool,
  SetStockPool,
  FreeStock,
  Poster,
  SetPoster,
  Rule,
  NewRule,
  RuleToTry,
  RuleTrial,
  GiveConsent,
  Consent,
  Contact,
  SetContact,
  ContactRemoved,
  ContactImport,
  CreateCampaign,
  Campaign,
  CampaignHappening,
  CampaignEstimate,
  StartCampaign,
  CampaignResults,
  SetSegment,
  Segment,
  CountedSegment,
  SegmentCount,
  SegmentRemoved,
  Resource,
  SetResource,
  ResourceRemoved,
  Template,
  SetTemplate,
  TemplateRemoved,
  TemplatePreviewRequest,
  TemplatePreview,
  ConfirmTime,
  Time,
  ApiKey,
  CreateKey,
  CreateTask,
  CreatedKey,
  KeyRevoked,
  User,
  CreateUser,
  ChangeUser,
  UserRemoved,
  SetUp,
  Login,
  OwnPassword,
  Session,
  SessionEnded,
  SecondFactor,
  BeginSecondFactor,
  NewSecondFactor,
  ConfirmSecondFactor,
  RecoveryCodes,
  EndSecondFactor,
  Conversation,
  Conversations,
  SeeConversation,
  ConversationSeen,
  Phones,
  WriteOnPhone,
  SwitchPhone,
  Site,
  Manners,
  Settings,
  ChangeSettings,
  AuditEntry,
  ExportPerson,
  PersonExport,
  ErasePerson,
  PersonErased,
  Alert,
  AlertTest,
  Webhook,
  WebhookWithSecret,
  CreateWebhook,
  ChangeWebhook,
  WebhookRemoved,
  WebhookDelivery,
  ResendDeliveries,
  DeliveriesResent,
  Happening,
  StreamedEvent,
  Problem,
];

const component = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });

/** Told to the document generator; must come before the routes. */
export async function describeApi(app: Api, version: string, batchMessages: number): Promise<void> {
  for (const schema of [...shared, sendBatch(batchMessages)]) app.addSchema(schema);
  await app.register(swagger, {
    convertConstToEnum: false,
    refResolver: { buildLocalReference: (json, _base, _fragment, i) => (typeof json.$id === 'string' ? json.$id : `def-${i}`) },
    transform: ({ schema, url, route }) => ({
      url,
      schema: {
        ...schema,
        // A body that has a name of its own is shown by that name.
        ...(named(schema.body) ? { body: { $ref: `${schema.body.$id}#` } } : {}),
        // A list is read row by row and has no schema in the route.
        ...(schema.consumes ? { body: { type: 'string' } } : {}),
        ...(route.config?.headers ? { headers: route.config.headers } : {}),
      },
    }),
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Simpost',
        version,
        description:
          'A self-hosted SMS gateway. Times are RFC 3339, durations whole seconds, what is not known is null. Fields that are not listed are refused. Every refusal is a problem as in RFC 9457.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      tags: [
        { name: 'messages', description: 'Texts to clients.' },
        { name: 'contacts', description: 'Clients, and whom and where they visit.' },
        { name: 'campaigns', description: 'One text, or several tried against each other, to many.' },
        { name: 'templates', description: 'The texts to clients, in their languages.' },
        { name: 'occasions', description: 'Visits, orders, birthdays: what clients have a date for, and what they are told of it.' },
        { name: 'statistics', description: 'The figures that the owner asks about.' },
        { name: 'codes', description: 'One-time codes, sent and checked.' },
        { name: 'inbound', description: 'Texts from clients.' },
        { name: 'calls', description: 'Calls from clients.' },
        { name: 'events', description: 'What happens, as it happens.' },
        { name: 'persons', description: 'What is known of somebody, told or forgotten.' },
        { name: 'webhooks', description: 'Who is told of it.' },
        { name: 'rules', description: 'What is done by itself when a client writes.' },
        { name: 'dialogues', description: 'Conversations by steps: orders, bookings, hire, auctions.' },
        { name: 'opt-out', description: 'Who does not want what.' },
        { name: 'sending', description: 'Pause, resume and kill switch.' },
        { name: 'costs', description: 'What was spent, and what will be.' },
        { name: 'time', description: 'The clock of the box, and whether it is believed.' },
        { name: 'hardware', description: 'SIMs and modems.' },
        { name: 'access', description: 'Who may do what, and who did.' },
        { name: 'box', description: 'The installation itself.' },
        { name: 'rehearsal', description: 'The virtual phones of a demo.' },
        { name: 'health', description: 'For whoever watches the box; no key needed.' },
      ],
      components: {
        securitySchemes: {
          apiKey: {
            type: 'http',
            scheme: 'bearer',
            description:
              'A key made by `simpost keys create`, in the header `Authorization: Bearer KEY`. Its scopes are named with each call.',
          },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'simpost',
            description:
              'The cookie of `POST /v1/session`; over TLS its name is `__Host-simpost`. With it, all but GET needs the headers `Origin` and `X-CSRF-Token`. The roles that may are named with each call.',
          },
        },
      },
      webhooks: {
        event: {
          post: {
            operationId: 'webhook',
            tags: ['events'],
            summary: 'What webhooks receive',
            description:
              'Signed as in Standard Webhooks: `webhook-signature` is `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body` under the secret of the endpoint; twice, apart by a space, while one secret takes over from another. `webhook-id` is the same at every retry. Anything but 2xx within 10 seconds is retried for two days; 410 ends it.',
            security: [],
            parameters: ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({
              name,
              in: 'header' as const,
              required: true,
              schema: { type: 'string' as const },
            })),
            requestBody: { required: true, content: { 'application/json': { schema: component('Event') } } },
            responses: { '2XX': { description: 'Received.' } },
          },
        },
      },
    },
  });
}

const named = (body: unknown): body is { $id: string } =>
  typeof body === 'object' && body !== null && '$id' in body && typeof body.$id === 'string';

/** `GET /openapi.json`: the whole API, for people and for generators of clients. */
export function openApiRoute(app: Api): void {
  let document: string | undefined;
  app.get(
    '/openapi.json',
    {
      schema: {
        operationId: 'openApi',
        tags: ['health'],
        summary: 'This document',
        security: [],
        response: answers({ 200: { description: 'OpenAPI 3.1.', schema: Type.Object({}) } }, ['setupNeeded', 'rateLimited'], false),
      },
    },
    (_request, reply) => {
      document ??= JSON.stringify(app.swagger());
      return reply.header('content-type', JSON_TYPE).send(document);
    },
  );
}
