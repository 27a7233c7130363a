import { type Static, Type } from 'typebox';
import { CAMPAIGN_EVENTS } from '../../store/records/campaign-event.ts';
import { MESSAGE_STATUSES } from '../../store/records/message.ts';
import { OCCASION_EVENTS } from '../../store/records/occasion-event.ts';
import type { Call } from './call.ts';
import type { CampaignHappening } from './campaign.ts';
import { Instant, OneOf, Shared } from './common.ts';
import type { Dialogue } from './dialogue.ts';
import type { SimBalance, SimStanding } from './hardware.ts';
import type { Inbound } from './inbound.ts';
import type { MessageSummary } from './message.ts';
import type { Notice } from './notice.ts';
import type { OccasionHappening } from './occasion.ts';
import type { SimAttention } from './sim-plan.ts';

export const EVENT_TYPES = [
  ...MESSAGE_STATUSES.map((status) => `message.${status}` as const),
  'inbound.received' as const,
  'inbound.matched' as const,
  'dialogue.moved' as const,
  'dialogue.ended' as const,
  'call.missed' as const,
  'sim.balanceLow' as const,
  'sim.attention' as const,
  'backup.failed' as const,
  'limits.adjacentNumbers' as const,
  'alert.raised' as const,
  'alert.over' as const,
  'replies.many' as const,
  'store.restored' as const,
  'sim.barred' as const,
  'sim.silent' as const,
  'sim.restored' as const,
  ...OCCASION_EVENTS,
  ...CAMPAIGN_EVENTS,
];

const happening = {
  type: OneOf(EVENT_TYPES),
  timestamp: Instant('When it happened.'),
  data: Type.Unsafe<
    MessageSummary | Inbound | Call | SimBalance | SimStanding | SimAttention | OccasionHappening | Notice | Dialogue | CampaignHappening
  >(
    Type.Union(
      [
        Shared('MessageSummary'),
        Shared('Inbound'),
        Shared('Call'),
        Shared('SimBalance'),
        Shared('SimStanding'),
        Shared('SimAttention'),
        Shared('OccasionHappening'),
        Shared('Notice'),
        Shared('Dialogue'),
        Shared('CampaignHappening'),
      ],
      {
        description:
          'The message, the inbound message, the call, what is left on the SIM, how it stands with its operator or what it needs, the occasion, the dialogue or the campaign, as it was right after; or what happened to the box.',
      },
    ),
  ),
};

/** What webhooks carry (`{type, timestamp, data}`). */
export const Happening = Type.Object(happening, { $id: 'Event', additionalProperties: false, description: 'Something that happened.' });
export type Happening = Static<typeof Happening>;

/** What `GET /v1/events` carries in `data:`. */
export const StreamedEvent = Type.Object(
  { id: Type.String({ description: 'The one id of this event, the same as in `webhook-id`.' }), ...happening },
  { $id: 'StreamedEvent', additionalProperties: false, description: 'The `data:` of one server-sent event.' },
);
