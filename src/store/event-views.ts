import { purposeOf } from '../base/purpose.ts';
import type { Balances } from './balances.ts';
import type { CallViews } from './calls.ts';
import type { Db } from './database.ts';
import type { InboundViews } from './inbound-views.ts';
import type { Outbox } from './outbox.ts';
import type { CampaignHappening } from './records/campaign.ts';
import { CAMPAIGN_EVENTS, type CampaignEventType } from './records/campaign-event.ts';
import type { Dialogue } from './records/dialogue.ts';
import type { Delivery, EventMessage, StoredEvent } from './records/event.ts';
import type { Listing, Page } from './records/listing.ts';
import type { Alphabet, DialogueEvent, MessageStatus, NoticeType } from './records/message.ts';
import type { Occasion, OccasionDetail } from './records/occasion.ts';
import type { OccasionEventType } from './records/occasion-event.ts';
import { STANDING_EVENTS } from './records/standing.ts';
import type { DeliveryRecord, DeliveryState } from './records/webhook.ts';
import { rowCursor, rowIn } from './row-cursor.ts';
import type { SimAlerts } from './sim-alerts.ts';
import type { Standings } from './standings.ts';

interface EventRow {
  readonly seq: number;
  readonly eventId: string;
  readonly at: number;
  readonly status: MessageStatus | null;
  readonly reason: string | null;
  readonly sim: string | null;
  readonly possibleDuplicate: number | null;
  readonly inboundSeq: number | null;
  readonly revision: number | null;
  readonly upto: number | null;
  readonly callSeq: number | null;
  readonly balanceSeq: number | null;
  readonly alertSeq: number | null;
  /** With an inbound message: that a rule took it. */
  readonly notice: NoticeType | DialogueEvent | CampaignEventType | 'inbound.matched' | null;
  readonly dialogue: string | null;
  readonly detail: string | null;
  readonly standingSeq: number | null;
  readonly occasionType: OccasionEventType | null;
  readonly occasionShown: string | null;
  // The message, where it is one.
  readonly id: string | null;
  readonly keyId: string;
  readonly recipient: string;
  readonly rank: number;
  readonly alphabet: Alphabet;
  readonly flash: number;
  readonly transliterated: number;
  readonly segmentCount: number;
  readonly sendAt: number | null;
  readonly notAfter: number | null;
  readonly acceptedAt: number;
  readonly expiresAt: number;
  readonly text: string;
  readonly textErasedAt: number | null;
  readonly topic: string | null;
  readonly reference: string | null;
}

const EVENT = `SELECT e.seq, e.id AS eventId, e.at, e.status, e.reason, e.sim, e.possible_duplicate AS possibleDuplicate,
  e.inbound_seq AS inboundSeq, e.revision, e.upto, e.call_seq AS callSeq, e.balance_seq AS balanceSeq, e.standing_seq AS standingSeq, e.alert_seq AS alertSeq, e.notice, e.detail, e.dialogue, o.type AS occasionType, o.shown AS occasionShown, m.id, m.key_id AS keyId, m.recipient, m.rank, m.alphabet, m.flash, m.transliterated,
  m.segment_count AS segmentCount, m.send_at AS sendAt, m.not_after AS notAfter, m.accepted_at AS acceptedAt, m.expires_at AS expiresAt, t.text,
  t.erased_at AS textErasedAt, m.topic, t.reference
  FROM events e LEFT JOIN messages m ON m.seq = e.message_seq LEFT JOIN message_texts t ON t.message_seq = e.message_seq
  LEFT JOIN occasion_events o ON o.seq = e.occasion_event_seq`;

/** Events as live listeners and webhooks get them: each with its resource as it was then. */
export class EventViews {
  readonly #inbound: InboundViews;
  readonly #calls: CallViews;
  readonly #balances: Balances;
  readonly #alerts: SimAlerts;
  readonly #standings: Standings;
  readonly #outbox: Outbox;
  readonly #inOneView: <T>(read: () => T) => T;
  readonly #sql;

  constructor(
    reader: Db,
    parts: { inbound: InboundViews; calls: CallViews; balances: Balances; standings: Standings; alerts: SimAlerts; outbox: Outbox },
  ) {
    this.#inbound = parts.inbound;
    this.#calls = parts.calls;
    this.#balances = parts.balances;
    this.#standings = parts.standings;
    this.#alerts = parts.alerts;
    this.#outbox = parts.outbox;
    this.#inOneView = (read) => reader.transaction(read)();
    this.#sql = {
      after: reader.prepare<[number, number], EventRow>(`${EVENT} WHERE e.seq > ? ORDER BY e.seq LIMIT ?`),
      one: reader.prepare<[number], EventRow>(`${EVENT} WHERE e.seq = ?`),
      last: reader.prepare<[], number | null>('SELECT max(seq) FROM events').pluck(),
    };
  }

  after(seq: number, limit: number): StoredEvent[] {
    return this.#inOneView(() => this.#sql.after.all(seq, limit).map((row) => this.#event(row)));
  }

  last(): number {
    return this.#sql.last.get() ?? 0;
  }

  /** Deliveries of an endpoint that are due, with their events. */
  dueDeliveries(endpoint: string, now: number, limit: number): Delivery[] {
    return this.#inOneView(() => {
      const deliveries: Delivery[] = [];
      for (const { id, tries, createdAt, eventSeq } of this.#outbox.due(endpoint, now, limit)) {
        const row = this.#sql.one.get(eventSeq);
        if (row) deliveries.push({ id, tries, createdAt, event: this.#event(row) });
      }
      return deliveries;
    });
  }

  /** What was called of an endpoint, the newest first. @throws Fault `cursorInvalid` */
  deliveries(endpoint: string, state: DeliveryState | undefined, page: Page): Listing<DeliveryRecord> {
    const list = ['deliveries', endpoint, state];
    const below = page.cursor === null ? Number.MAX_SAFE_INTEGER : rowIn(list, page.cursor);
    return this.#inOneView(() => {
      const rows = this.#outbox.list(endpoint, state, below, page.limit + 1);
      const shown = rows.slice(0, page.limit);
      const last = rows.length > page.limit ? shown.at(-1) : undefined;
      const data = shown.flatMap(({ id: delivery, eventSeq, ...row }) => {
        const event = this.#sql.one.get(eventSeq);
        const now: DeliveryState = row.dueAt !== null ? 'pending' : row.status === null ? 'failed' : 'delivered';
        return event ? [{ delivery, ...row, state: now, event: this.#event(event) }] : [];
      });
      return { data, nextCursor: last ? rowCursor(list, last.id) : null };
    });
  }

  #event(row: EventRow): StoredEvent {
    const { seq, eventId: id, at, reason } = row;
    const about = {
      message: null,
      inbound: null,
      call: null,
      balance: null,
      standing: null,
      alert: null,
      notice: null,
      occasion: null,
      dialogue: null,
      campaign: null,
    };
    if (row.notice === 'dialogue.moved' || row.notice === 'dialogue.ended') {
      const dialogue: Omit<Dialogue, 'trail'> = JSON.parse(row.dialogue ?? '{}');
      return { seq, id, type: row.notice, at, reason, ...about, dialogue };
    }
    if (isOfCampaign(row.notice)) {
      const campaign: CampaignHappening = JSON.parse(row.detail ?? '{}');
      return { seq, id, type: row.notice, at, reason, ...about, campaign };
    }
    if (row.inboundSeq !== null) {
      const isMatched = row.notice === 'inbound.matched';
      const inbound = this.#inbound.asOf(row.inboundSeq, row.revision ?? 1, row.upto ?? 0, isMatched) ?? null;
      return { seq, id, type: isMatched ? 'inbound.matched' : 'inbound.received', at, reason, ...about, inbound };
    }
    if (row.callSeq !== null) return { seq, id, type: 'call.missed', at, reason, ...about, call: this.#calls.bySeq(row.callSeq) ?? null };
    if (row.balanceSeq !== null) {
      return { seq, id, type: 'sim.balanceLow', at, reason, ...about, balance: this.#balances.bySeq(row.balanceSeq) ?? null };
    }
    if (row.alertSeq !== null)
      return { seq, id, type: 'sim.attention', at, reason, ...about, alert: this.#alerts.bySeq(row.alertSeq) ?? null };
    if (row.notice !== null && row.notice !== 'inbound.matched')
      return { seq, id, type: row.notice, at, reason, ...about, notice: row.detail ?? '' };
    if (row.standingSeq !== null) {
      const standing = this.#standings.bySeq(row.standingSeq) ?? null;
      return { seq, id, type: STANDING_EVENTS[standing?.standing ?? 'well'], at, reason, ...about, standing };
    }
    if (row.occasionType !== null) {
      const shown: { occasion: Occasion; detail: OccasionDetail } = JSON.parse(row.occasionShown ?? '');
      return { seq, id, type: row.occasionType, at, reason, ...about, occasion: shown };
    }
    const status = row.status ?? 'accepted';
    return { seq, id, type: `message.${status}`, at, reason, ...about, message: messageOf(row, status) };
  }
}

const isOfCampaign = (notice: EventRow['notice']): notice is CampaignEventType => CAMPAIGN_EVENTS.some((type) => type === notice);

function messageOf(row: EventRow, status: MessageStatus): EventMessage | null {
  if (row.id === null) return null;
  return {
    id: row.id,
    keyId: row.keyId,
    to: row.recipient,
    text: row.text,
    textErasedAt: row.textErasedAt,
    purpose: purposeOf(row.rank),
    status,
    reason: row.reason,
    alphabet: row.alphabet,
    possibleDuplicate: row.possibleDuplicate === 1,
    flash: row.flash === 1,
    transliterated: row.transliterated === 1,
    topic: row.topic,
    reference: row.reference,
    sim: row.sim,
    sendAt: row.sendAt,
    notAfter: row.notAfter,
    acceptedAt: row.acceptedAt,
    expiresAt: row.expiresAt,
    updatedAt: row.at,
    segmentCount: row.segmentCount,
  };
}
