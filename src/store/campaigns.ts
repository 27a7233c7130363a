import { Fault } from '../base/fault.ts';
import { PURPOSES } from '../base/purpose.ts';
import type { Db } from './database.ts';
import type { EventLog } from './event-log.ts';
import {
  CAMPAIGN_STATES,
  type Campaign,
  type CampaignMark,
  type CampaignMove,
  type CampaignPlan,
  type CampaignState,
  type NewRecipient,
  type RecipientFate,
  type RecipientState,
  type WaitingRecipient,
} from './records/campaign.ts';
import type { CampaignEventType } from './records/campaign-event.ts';
import type { Listing, Page } from './records/listing.ts';
import type { MessageStatus } from './records/message.ts';
import { rowCursor, rowIn } from './row-cursor.ts';
import type { Steps, Tx } from './work.ts';

interface CampaignRow extends Omit<Campaign, 'plan' | 'state'> {
  readonly plan: string;
  readonly state: string;
}

interface FateRow extends Omit<RecipientFate, 'replied' | 'clicked' | 'optedOut' | 'cameBack'> {
  readonly replied: number;
  readonly clicked: number;
  readonly optedOut: number;
  readonly cameBack: number;
}

const LIST = ['campaigns'];

/** Campaigns that began so long ago led to no opt-out of today, milliseconds. */
const LATELY = 30 * 86_400_000;

interface CountRow {
  readonly state: RecipientState;
  readonly count: number;
}

/** Recipients between two chances for the event loop, and those that are taken back in one transaction. */
const STEP = 50;
const CLEARED = 500;

/** Campaigns, and who gets them. */
export class Campaigns {
  readonly #sql;
  readonly #events: EventLog;

  constructor(writer: Db, reader: Db, events: EventLog) {
    this.#events = events;
    const COLUMNS = `seq, id, key_id AS keyId, plan, state, reason, spent, next_at AS nextAt, created_at AS createdAt,
      started_at AS startedAt, changed_at AS changedAt`;
    const MINE = 'campaign_recipients WHERE campaign_seq = ?';
    const ROW = 'n, contact, recipient, variant';
    const COUNTS = `SELECT state, count(*) AS count FROM campaign_recipients INDEXED BY campaign_recipients_state WHERE campaign_seq = ? GROUP BY state`;
    const OPT_OUTS =
      'SELECT count(*) FROM campaign_recipients INDEXED BY campaign_recipients_opted_out WHERE campaign_seq = ? AND opted_out_at IS NOT NULL';
    this.#sql = {
      add: writer.prepare<[string, string, string, number, number]>(
        `INSERT INTO campaigns (id, key_id, plan, state, spent, first_inbound, created_at, changed_at)
         VALUES (?, ?, ?, 'draft', 0, 0, ?, ?)`,
      ),
      find: writer.prepare<[string], CampaignRow>(`SELECT ${COLUMNS} FROM campaigns WHERE id = ?`),
      move: writer.prepare<[CampaignState, string | null, number, number | null, string]>(
        'UPDATE campaigns SET state = ?, reason = ?, changed_at = ?, started_at = coalesce(started_at, ?) WHERE id = ?',
      ),
      begin: writer.prepare<[string]>(
        'UPDATE campaigns SET first_inbound = coalesce((SELECT max(seq) FROM inbound), 0) WHERE id = ? AND started_at IS NULL',
      ),
      state: writer.prepare<[number], string>('SELECT state FROM campaigns WHERE seq = ?').pluck(),
      spend: writer.prepare<[number, number | null, number]>('UPDATE campaigns SET spent = spent + ?, next_at = ? WHERE seq = ?'),
      refund: writer.prepare<[number, number]>('UPDATE campaigns SET spent = spent - ? WHERE seq = ?'),
      addRecipient: writer.prepare<[number, number, string, string, number]>(
        "INSERT INTO campaign_recipients (campaign_seq, n, contact, recipient, variant, state) VALUES (?, ?, ?, ?, ?, 'planned')",
      ),
      clear: writer.prepare<[number, number, number]>(
        `DELETE FROM campaign_recipients WHERE campaign_seq = ? AND n IN (SELECT n FROM ${MINE} LIMIT ?)`,
      ),
      take: writer.prepare<[string, number, number, number]>(
        "UPDATE campaign_recipients SET state = 'accepted', message_id = ?, cost = ? WHERE campaign_seq = ? AND n = ? AND state = 'planned'",
      ),
      cost: writer
        .prepare<[number, number], number | null>('SELECT cost FROM campaign_recipients WHERE campaign_seq = ? AND n = ?')
        .pluck(),
      settle: writer.prepare<[RecipientState, string | null, number, number]>(
        'UPDATE campaign_recipients SET state = ?, reason = ? WHERE campaign_seq = ? AND n = ?',
      ),
      forget: writer.prepare<[number, number]>(
        'UPDATE campaign_recipients SET message_id = NULL, cost = NULL WHERE campaign_seq = ? AND n = ?',
      ),
      keepLink: writer.prepare<[string, number, number, string]>(
        'INSERT OR IGNORE INTO campaign_links (token, campaign_seq, n, url) VALUES (?, ?, ?, ?)',
      ),
      followed: writer.prepare<[number, string]>('UPDATE campaign_links SET clicked_at = ? WHERE token = ? AND clicked_at IS NULL'),
      leadsTo: writer.prepare<[string], string>('SELECT url FROM campaign_links WHERE token = ?').pluck(),
      of: reader.prepare<[string], CampaignRow>(`SELECT ${COLUMNS} FROM campaigns WHERE id = ?`),
      list: reader.prepare<[number, number], CampaignRow>(`SELECT ${COLUMNS} FROM campaigns WHERE seq < ? ORDER BY seq DESC LIMIT ?`),
      active: reader.prepare<[], CampaignRow>(
        `SELECT ${COLUMNS} FROM campaigns WHERE state IN ('scheduled', 'planning', 'running') OR (state IN ('paused', 'cancelled')
           AND EXISTS (SELECT 1 FROM campaign_recipients WHERE campaign_seq = seq AND campaign_recipients.state = 'accepted'))`,
      ),
      counts: reader.prepare<[number], CountRow>(COUNTS),
      countsNow: writer.prepare<[number], CountRow>(COUNTS),
      next: reader.prepare<[number, number], NewRecipient>(`SELECT ${ROW} FROM ${MINE} AND state = 'planned' ORDER BY n LIMIT ?`),
      waiting: reader.prepare<[number], WaitingRecipient>(
        `SELECT r.n, r.message_id AS messageId, m.status, m.reason FROM campaign_recipients r JOIN messages m ON m.id = r.message_id
         WHERE r.campaign_seq = ? AND r.state = 'accepted'`,
      ),
      optOuts: reader.prepare<[number], number>(OPT_OUTS).pluck(),
      optOutsNow: writer.prepare<[number], number>(OPT_OUTS).pluck(),
      optOut: writer.prepare<[number, string, number]>(
        `UPDATE campaign_recipients SET opted_out_at = ? WHERE recipient = ? AND message_id IS NOT NULL AND opted_out_at IS NULL
           AND campaign_seq IN (SELECT seq FROM campaigns WHERE started_at > ?)`,
      ),
      fates: reader.prepare<[number, number, number, number], FateRow>(
        `SELECT r.n, r.variant, r.state, r.cost, m.status,
           m.id IS NOT NULL AND EXISTS (SELECT 1 FROM inbound i INDEXED BY inbound_sender
             WHERE i.sender = r.recipient AND i.seq > c.first_inbound AND i.received_at >= m.accepted_at) AS replied,
           r.opted_out_at IS NOT NULL AS optedOut,
           EXISTS (SELECT 1 FROM campaign_links l WHERE l.campaign_seq = r.campaign_seq AND l.n = r.n AND l.clicked_at IS NOT NULL) AS clicked,
           m.id IS NOT NULL AND EXISTS (SELECT 1 FROM occasions o INDEXED BY occasions_recipient
             WHERE o.recipient = r.recipient AND o.created_at BETWEEN m.accepted_at AND m.accepted_at + ?) AS cameBack
         FROM campaign_recipients r JOIN campaigns c ON c.seq = r.campaign_seq LEFT JOIN messages m ON m.id = r.message_id
         WHERE r.campaign_seq = ? AND r.n > ? ORDER BY r.n LIMIT ?`,
      ),
    };
  }

  add({ id, keyId, plan, createdAt }: Pick<Campaign, 'id' | 'keyId' | 'plan' | 'createdAt'>): Campaign {
    this.#sql.add.run(id, keyId, JSON.stringify(plan), createdAt, createdAt);
    const row = this.#sql.find.get(id);
    if (!row) throw new Error('what was written is there');
    return campaignOf(row);
  }

  move(
    tx: Tx,
    id: string,
    from: readonly CampaignState[],
    to: CampaignState,
    { now, reason = null, started }: CampaignMove,
  ): Campaign | undefined {
    const row = this.#sql.find.get(id);
    if (!row || !from.some((state) => state === row.state)) return undefined;
    if (started) this.#sql.begin.run(id);
    this.#sql.move.run(to, reason, now, started ? now : null, id);
    const moved = this.#sql.find.get(id);
    if (!moved) return undefined;
    const campaign = campaignOf(moved);
    const type = eventOf(row.state, campaign);
    if (type) {
      const { keyId, state, seq } = campaign;
      const counts = countsOf(this.#sql.countsNow.all(seq));
      const optedOut = this.#sql.optOutsNow.get(seq) ?? 0;
      this.#events.campaign(tx, type, { id, keyId, name: campaign.plan.name, state, reason, counts, optedOut }, now);
    }
    return campaign;
  }

  *addRecipients(campaign: number, recipients: readonly NewRecipient[]): Steps<void> {
    for (const [i, { n, contact, recipient, variant }] of recipients.entries()) {
      this.#sql.addRecipient.run(campaign, n, contact, recipient, variant);
      if (i % STEP === STEP - 1) yield;
    }
  }

  clearRecipients(campaign: number): boolean {
    return this.#sql.clear.run(campaign, campaign, CLEARED).changes < CLEARED;
  }

  /** @throws Fault `tooLate` where the campaign does not run any more, or the recipient has one already */
  take({ campaign, n, messageId, cost, nextAt, links }: CampaignMark): void {
    const isOpen = this.#sql.state.get(campaign) === 'running' && this.#sql.take.run(messageId, cost, campaign, n).changes === 1;
    if (!isOpen) throw new Fault('tooLate', 'The campaign does not run any more.');
    this.#sql.spend.run(cost, nextAt, campaign);
    for (const { token, url } of links) this.#sql.keepLink.run(token, campaign, n, url);
  }

  /** A client ended texts: it counts for what they got lately. */
  optOut(recipient: string, at: number): void {
    this.#sql.optOut.run(at, recipient, at - LATELY);
  }

  /** @returns where it leads */
  follow(token: string, now: number): string | undefined {
    this.#sql.followed.run(now, token);
    return this.#sql.leadsTo.get(token);
  }

  settle(campaign: number, fates: readonly { readonly n: number; readonly state: RecipientState; readonly reason: string | null }[]): void {
    for (const { n, state, reason } of fates) {
      if (state !== 'begun') this.#sql.refund.run(this.#sql.cost.get(campaign, n) ?? 0, campaign);
      if (state === 'planned' || state === 'cancelled') this.#sql.forget.run(campaign, n);
      this.#sql.settle.run(state, reason, campaign, n);
    }
  }

  of(id: string): Campaign | undefined {
    const row = this.#sql.of.get(id);
    return row && campaignOf(row);
  }

  /** @throws Fault `cursorInvalid` */
  list(page: Page): Listing<Campaign> {
    const below = page.cursor === null ? Number.MAX_SAFE_INTEGER : rowIn(LIST, page.cursor);
    const rows = this.#sql.list.all(below, page.limit + 1);
    const shown = rows.slice(0, page.limit);
    const last = rows.length > page.limit ? shown.at(-1) : undefined;
    return { data: shown.map(campaignOf), nextCursor: last ? rowCursor(LIST, last.seq) : null };
  }

  active(): Campaign[] {
    return this.#sql.active.all().map(campaignOf);
  }

  counts(campaign: number): Record<RecipientState, number> {
    return countsOf(this.#sql.counts.all(campaign));
  }

  next(campaign: number, limit: number): NewRecipient[] {
    return this.#sql.next.all(campaign, limit);
  }

  waiting(campaign: number): WaitingRecipient[] {
    return this.#sql.waiting.all(campaign);
  }

  optOuts(campaign: number): number {
    return this.#sql.optOuts.get(campaign) ?? 0;
  }

  fates(campaign: number, after: number, limit: number, within: number): RecipientFate[] {
    return this.#sql.fates.all(within, campaign, after, limit).map((row) => ({
      ...row,
      status: row.status satisfies MessageStatus | null,
      replied: row.replied === 1,
      clicked: row.clicked === 1,
      optedOut: row.optedOut === 1,
      cameBack: row.cameBack === 1,
    }));
  }
}

function countsOf(rows: readonly CountRow[]): Record<RecipientState, number> {
  const counts = { planned: 0, accepted: 0, begun: 0, skipped: 0, cancelled: 0 };
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}

/** What a move tells; undefined for one that goes on by itself. */
function eventOf(from: string, { state, reason }: Campaign): CampaignEventType | undefined {
  switch (state) {
    case 'planning':
      return 'campaign.started';
    case 'running':
      return from === 'paused' ? 'campaign.resumed' : undefined;
    case 'paused':
      return reason === 'optOuts' ? 'campaign.stopped' : 'campaign.paused';
    case 'cancelled':
      return 'campaign.cancelled';
    case 'finished':
      return 'campaign.finished';
    case 'draft':
    case 'scheduled':
      return undefined;
  }
}

const campaignOf = ({ plan, state, ...row }: CampaignRow): Campaign => ({
  ...row,
  plan: readPlan(plan),
  state: CAMPAIGN_STATES.find((one) => one === state) ?? 'paused',
});

/** As `add` wrote it. */
function readPlan(json: string): CampaignPlan {
  const read: unknown = JSON.parse(json);
  const said = new Map<string, unknown>(typeof read === 'object' && read !== null ? Object.entries(read) : []);
  const text = (name: string): string | null => (typeof said.get(name) === 'string' ? String(said.get(name)) : null);
  const number = (name: string): number | null => (typeof said.get(name) === 'number' ? Number(said.get(name)) : null);
  const purpose = PURPOSES.find((one) => one === said.get('purpose'));
  const variants = said.get('variants');
  const budget = said.get('budget');
  return {
    name: text('name') ?? '',
    segment: text('segment'),
    condition: said.get('condition') ?? null,
    variants: Array.isArray(variants) ? variants.flatMap(variantOf) : [],
    purpose: purpose === 'service' ? 'service' : 'promotional',
    topic: text('topic'),
    startAt: number('startAt'),
    perHour: number('perHour'),
    budget:
      typeof budget === 'object' && budget !== null && 'micros' in budget && 'currency' in budget
        ? { micros: Number(budget.micros), currency: String(budget.currency) }
        : null,
    stopAtOptOuts: number('stopAtOptOuts'),
    sim: text('sim'),
    cameBackDays: number('cameBackDays') ?? 30,
  };
}

function variantOf(written: unknown): CampaignPlan['variants'][number][] {
  if (typeof written !== 'object' || written === null || !('name' in written) || !('share' in written)) return [];
  const texts = 'texts' in written && typeof written.texts === 'object' && written.texts !== null ? Object.entries(written.texts) : [];
  return [
    {
      name: String(written.name),
      share: Number(written.share),
      template: 'template' in written && typeof written.template === 'string' ? written.template : null,
      texts: Object.fromEntries(texts.map(([language, text]) => [language, String(text)])),
    },
  ];
}
