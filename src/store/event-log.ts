import { newId } from '../base/ids.ts';
import type { Random } from '../base/random.ts';
import type { Db } from './database.ts';
import type { Outbox } from './outbox.ts';
import type { CampaignHappening } from './records/campaign.ts';
import type { CampaignEventType } from './records/campaign-event.ts';
import type { Dialogue } from './records/dialogue.ts';
import type { DialogueEvent, MessageStatus, NoticeType } from './records/message.ts';
import type { Occasion, OccasionDetail } from './records/occasion.ts';
import type { OccasionEventType } from './records/occasion-event.ts';
import { STANDING_EVENTS, type Standing } from './records/standing.ts';
import type { Tx } from './work.ts';

export interface MessageChange {
  readonly messageSeq: number;
  readonly status: MessageStatus;
  readonly reason: string | null;
  readonly sim: string | null;
  readonly possibleDuplicate: boolean;
  readonly at: number;
}

export interface InboundChange {
  readonly inboundSeq: number;
  readonly revision: number;
  /** The newest row of `received`. */
  readonly upto: number;
  readonly at: number;
}

/**
 * Writes events: one for each change of a message's status and of what is shown of an inbound message, for each call that is over, each
 * balance that fell too low, each change of how a SIM stands, and what happens to the box itself; with what can change later, so that it reads the same whenever it is delivered. The webhook rows go with it.
 */
export class EventLog {
  readonly #random: Random;
  readonly #outbox: Outbox;
  readonly #message;
  readonly #inbound;
  readonly #matched;
  readonly #dialogue;
  readonly #call;
  readonly #balance;
  readonly #alert;
  readonly #notice;
  readonly #campaign;
  readonly #standing;
  readonly #occasion;

  constructor(writer: Db, random: Random, outbox: Outbox) {
    this.#random = random;
    this.#outbox = outbox;
    this.#message = writer.prepare<[string, number, number, MessageStatus, string | null, string | null, number]>(
      'INSERT INTO events (id, at, message_seq, status, reason, sim, possible_duplicate) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#inbound = writer.prepare<[string, number, number, number, number]>(
      'INSERT INTO events (id, at, inbound_seq, revision, upto) VALUES (?, ?, ?, ?, ?)',
    );
    this.#matched = writer.prepare<[string, number, number, number, number]>(
      "INSERT INTO events (id, at, inbound_seq, revision, upto, notice) VALUES (?, ?, ?, ?, ?, 'inbound.matched')",
    );
    this.#dialogue = writer.prepare<[string, number, string, string]>('INSERT INTO events (id, at, notice, dialogue) VALUES (?, ?, ?, ?)');
    this.#call = writer.prepare<[string, number, number]>('INSERT INTO events (id, at, call_seq) VALUES (?, ?, ?)');
    this.#alert = writer.prepare<[string, number, number]>('INSERT INTO events (id, at, alert_seq) VALUES (?, ?, ?)');
    this.#campaign = writer.prepare<[string, number, CampaignEventType, string]>(
      'INSERT INTO events (id, at, notice, detail) VALUES (?, ?, ?, ?)',
    );
    this.#notice = writer.prepare<[string, number, NoticeType, string]>('INSERT INTO events (id, at, notice, detail) VALUES (?, ?, ?, ?)');
    this.#balance = writer.prepare<[string, number, number]>('INSERT INTO events (id, at, balance_seq) VALUES (?, ?, ?)');
    this.#standing = writer.prepare<[string, number, number]>('INSERT INTO events (id, at, standing_seq) VALUES (?, ?, ?)');
    this.#occasion = {
      shown: writer.prepare<[number, OccasionEventType, number, string]>(
        'INSERT INTO occasion_events (occasion_seq, type, at, shown) VALUES (?, ?, ?, ?)',
      ),
      event: writer.prepare<[string, number, number]>('INSERT INTO events (id, at, occasion_event_seq) VALUES (?, ?, ?)'),
    };
  }

  message(tx: Tx, change: MessageChange): void {
    const { lastInsertRowid } = this.#message.run(
      newId('evt', this.#random),
      change.at,
      change.messageSeq,
      change.status,
      change.reason,
      change.sim,
      change.possibleDuplicate ? 1 : 0,
    );
    this.#outbox.add(`message.${change.status}`, Number(lastInsertRowid), change.at);
    tx.events += 1;
  }

  inbound(tx: Tx, change: InboundChange): void {
    const { lastInsertRowid } = this.#inbound.run(newId('evt', this.#random), change.at, change.inboundSeq, change.revision, change.upto);
    this.#outbox.add('inbound.received', Number(lastInsertRowid), change.at);
    tx.events += 1;
  }

  /** A rule of the site took a text, and its webhooks are to know. */
  matched(tx: Tx, { inboundSeq, revision, upto, at }: InboundChange): void {
    const { lastInsertRowid } = this.#matched.run(newId('evt', this.#random), at, inboundSeq, revision, upto);
    this.#outbox.add('inbound.matched', Number(lastInsertRowid), at);
    tx.events += 1;
  }

  /** A dialogue is in another state, or has ended: as it is then. */
  dialogue(tx: Tx, type: DialogueEvent, { trail: _trail, ...dialogue }: Dialogue, at: number): void {
    const { lastInsertRowid } = this.#dialogue.run(newId('evt', this.#random), at, type, JSON.stringify(dialogue));
    this.#outbox.add(type, Number(lastInsertRowid), at);
    tx.events += 1;
  }

  /** A call is over. */
  call(tx: Tx, callSeq: number, at: number): void {
    const { lastInsertRowid } = this.#call.run(newId('evt', this.#random), at, callSeq);
    this.#outbox.add('call.missed', Number(lastInsertRowid), at);
    tx.events += 1;
  }

  /** A SIM has less left than its threshold. */
  balanceLow(tx: Tx, balanceSeq: number, at: number): void {
    const { lastInsertRowid } = this.#balance.run(newId('evt', this.#random), at, balanceSeq);
    this.#outbox.add('sim.balanceLow', Number(lastInsertRowid), at);
    tx.events += 1;
  }

  /** A SIM needs somebody. */
  simAlert(tx: Tx, alertSeq: number, at: number): void {
    const { lastInsertRowid } = this.#alert.run(newId('evt', this.#random), at, alertSeq);
    this.#outbox.add('sim.attention', Number(lastInsertRowid), at);
    tx.events += 1;
  }

  /** Something happened to the box itself. @param detail one sentence */
  notice(tx: Tx, type: NoticeType, detail: string, at: number): void {
    const { lastInsertRowid } = this.#notice.run(newId('evt', this.#random), at, type, detail);
    this.#outbox.add(type, Number(lastInsertRowid), at);
    tx.events += 1;
  }

  /** A campaign goes on or ends. */
  campaign(tx: Tx, type: CampaignEventType, campaign: CampaignHappening, at: number): void {
    const { lastInsertRowid } = this.#campaign.run(newId('evt', this.#random), at, type, JSON.stringify(campaign));
    this.#outbox.add(type, Number(lastInsertRowid), at);
    tx.events += 1;
  }

  /** Something became of an occasion; it is kept as it was right after. */
  occasion(tx: Tx, type: OccasionEventType, occasionSeq: number, occasion: Occasion, detail: OccasionDetail, at: number): void {
    const shown = this.#occasion.shown.run(occasionSeq, type, at, JSON.stringify({ occasion, detail }));
    const { lastInsertRowid } = this.#occasion.event.run(newId('evt', this.#random), at, Number(shown.lastInsertRowid));
    this.#outbox.add(type, Number(lastInsertRowid), at);
    tx.events += 1;
  }

  /** A SIM stands otherwise with its operator than before. */
  standing(tx: Tx, standing: Standing, standingSeq: number, at: number): void {
    const { lastInsertRowid } = this.#standing.run(newId('evt', this.#random), at, standingSeq);
    this.#outbox.add(STANDING_EVENTS[standing], Number(lastInsertRowid), at);
    tx.events += 1;
  }
}
