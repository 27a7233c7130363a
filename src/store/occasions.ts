import type { Db } from './database.ts';
import type { EventLog } from './event-log.ts';
import { type OccasionRow, occasionColumns, occasionOf, STEP_COLUMNS, type StepRow, viewOf } from './occasion-rows.ts';
import type { OccasionSteps } from './occasion-steps.ts';
import type { Listing, Page } from './records/listing.ts';
import type { MessageStatus } from './records/message.ts';
import type { Amend, Amendment, FreedSlot, Occasion, OccasionFilter, OccasionRef, OccasionView } from './records/occasion.ts';
import { rowCursor, rowIn } from './row-cursor.ts';
import type { Tasks } from './tasks.ts';
import type { Tx } from './work.ts';

type OccasionColumns = [
  contact: string | null,
  recipient: string,
  name: string | null,
  language: string | null,
  timeZone: string | null,
  startsAt: number | null,
  allDay: number,
  repeats: string | null,
  status: string | null,
  statusAt: number,
  resource: string | null,
  data: string,
  slots: string,
  question: string | null,
  answer: string | null,
  attendance: string | null,
  moves: number,
  heardAt: number | null,
  changedAt: number,
  replanAt: number | null,
];

/** Occasions, each change of one together with all that follows from it. */
export class Occasions {
  readonly #steps: OccasionSteps;
  readonly #events: EventLog;
  readonly #tasks: Tasks;
  readonly #sql;

  constructor(writer: Db, reader: Db, parts: { steps: OccasionSteps; events: EventLog; tasks: Tasks }) {
    this.#steps = parts.steps;
    this.#events = parts.events;
    this.#tasks = parts.tasks;
    const FIND = `SELECT ${occasionColumns()} FROM occasions WHERE kind = ? AND external_id = ?`;
    this.#sql = {
      find: writer.prepare<[string, string], OccasionRow>(FIND),
      add: writer.prepare<[string, string, string, string, number, ...OccasionColumns]>(
        `INSERT INTO occasions (id, key_id, kind, external_id, created_at, contact, recipient, name, language, time_zone, starts_at, all_day, repeats,
         status, status_at, resource, data, slots, question, answer, attendance, moves, heard_at, changed_at, replan_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      save: writer.prepare<[...OccasionColumns, number]>(
        `UPDATE occasions SET contact = ?, recipient = ?, name = ?, language = ?, time_zone = ?, starts_at = ?, all_day = ?, repeats = ?, status = ?,
         status_at = ?, resource = ?, data = ?, slots = ?, question = ?, answer = ?, attendance = ?, moves = ?, heard_at = ?, changed_at = ?, replan_at = ?
         WHERE seq = ?`,
      ),
      setReplan: writer.prepare<[number | null, number]>('UPDATE occasions SET replan_at = ? WHERE seq = ?'),
      // Only steps after a silence wait for a sign, and they are planned anew without it.
      heard: writer.prepare<[number, number, string, number]>(
        'UPDATE occasions SET heard_at = ?, replan_at = ? WHERE recipient = ? AND seq <> ? AND coalesce(heard_at, 0) < status_at',
      ),
      remove: writer.prepare<[number]>('DELETE FROM occasions WHERE seq = ?'),
      rate: writer.prepare<[number, number, string, number]>(
        'INSERT INTO ratings (occasion_seq, rating, inbound_id, at) VALUES (?, ?, ?, ?)',
      ),
      free: writer.prepare<[string, string | null, number, number]>(
        'INSERT INTO freed_slots (kind, resource, starts_at, at) VALUES (?, ?, ?, ?)',
      ),
      closeSlot: writer.prepare<[number]>('DELETE FROM freed_slots WHERE seq = ?'),
      freed: reader.prepare<[number], FreedSlot>('SELECT seq, kind, resource, starts_at AS startsAt FROM freed_slots ORDER BY seq LIMIT ?'),
      withStatus: reader.prepare<[string, string, number], OccasionRow>(
        `SELECT ${occasionColumns()} FROM occasions WHERE kind = ? AND status = ? ORDER BY seq LIMIT ?`,
      ),
      at: reader.prepare<[number, string], OccasionRow>(
        `SELECT ${occasionColumns()} FROM occasions INDEXED BY occasions_starts WHERE starts_at = ? AND kind = ?`,
      ),
      saidSince: reader
        .prepare<[string, number], number>(
          "SELECT count(*) FROM occasions o INDEXED BY occasions_recipient JOIN occasion_steps s ON s.occasion_seq = o.seq WHERE o.recipient = ? AND s.due_at > ? AND s.saying IS NOT NULL AND s.state <> 'skipped'",
        )
        .pluck(),
      read: reader.prepare<[string, string], OccasionRow>(FIND),
      readRating: reader.prepare<[number], number>('SELECT rating FROM ratings WHERE occasion_seq = ? ORDER BY seq DESC LIMIT 1').pluck(),
      steps: reader.prepare<[number], StepRow & { readonly messageStatus: MessageStatus | null }>(
        `SELECT ${STEP_COLUMNS}, m.status AS messageStatus FROM occasion_steps s LEFT JOIN messages m ON m.id = s.message_id WHERE s.occasion_seq = ? ORDER BY s.due_at, s.seq`,
      ),
      list: reader.prepare<[Readonly<Record<string, string | number | null>>], OccasionRow>(
        `SELECT ${occasionColumns()} FROM occasions WHERE seq < :below AND (:kind IS NULL OR kind = :kind) AND (:to IS NULL OR recipient = :to)
         AND (:resource IS NULL OR resource = :resource) AND (:status IS NULL OR status = :status) AND (:key IS NULL OR key_id = :key)
         AND (:from IS NULL OR starts_at >= :from) AND (:until IS NULL OR starts_at < :until) ORDER BY seq DESC LIMIT :limit`,
      ),
      toReplan: reader.prepare<[number, number], OccasionRef>(
        'SELECT kind, external_id AS externalId FROM occasions INDEXED BY occasions_replan WHERE replan_at <= ? ORDER BY replan_at LIMIT ?',
      ),
      nextReplan: reader.prepare<[], number | null>('SELECT min(replan_at) FROM occasions WHERE replan_at IS NOT NULL').pluck(),
      touch: writer.prepare<[number, string]>('UPDATE occasions SET replan_at = ? WHERE kind = ?'),
      touchContact: writer.prepare<[number, string]>('UPDATE occasions INDEXED BY occasions_contact SET replan_at = ? WHERE contact = ?'),
      ofNumber: reader.prepare<[string, number], OccasionRow>(
        `SELECT ${occasionColumns()} FROM occasions INDEXED BY occasions_recipient WHERE recipient = ? ORDER BY seq DESC LIMIT ?`,
      ),
      between: reader.prepare<[number, number, number, number], OccasionRow>(
        `SELECT ${occasionColumns()} FROM occasions INDEXED BY occasions_starts WHERE starts_at >= ? AND starts_at < ? AND seq > ? ORDER BY seq LIMIT ?`,
      ),
    };
  }

  /** One change of an occasion, or a new one, with all that follows. Undefined where `amend` says that nothing is to be done. */
  amend(tx: Tx, { kind, externalId }: OccasionRef, now: number, amend: Amend): Occasion | undefined {
    const row = this.#sql.find.get(kind, externalId);
    const amendment = amend(row && occasionOf(row), row ? this.#steps.of(row.seq) : []);
    if (!amendment) return undefined;
    const { occasion, anew } = amendment;
    const seq = row?.seq ?? this.#add(occasion);
    if (row) this.#sql.save.run(...columnsOf(occasion), row.seq);
    this.#steps.withdraw(tx, seq, now, ({ about }) => !anew && (about === null || about === occasion.startsAt));
    // What is said tells the client something too, so that the plan need not.
    this.#steps.say(seq, amendment.says ?? []);
    const plan = amendment.plan(this.#steps.of(seq));
    this.#steps.reconcile(tx, seq, plan, now);
    this.#sql.setReplan.run(plan.replanAt, seq);
    this.#follow(tx, seq, amendment, now);
    return occasion;
  }

  /** Forgets it, and takes back what is not begun. @param may whether this one may be removed */
  remove(tx: Tx, { kind, externalId }: OccasionRef, now: number, may: (occasion: Occasion) => boolean): boolean {
    const row = this.#sql.find.get(kind, externalId);
    if (!row || !may(occasionOf(row))) return false;
    this.#steps.withdrawAll(tx, row.seq, now);
    this.#sql.remove.run(row.seq);
    return true;
  }

  /** Takes back one thing that was said of an occasion, unless it is begun. */
  takeBack(tx: Tx, { kind, externalId }: OccasionRef, instance: string, now: number): boolean {
    const row = this.#sql.find.get(kind, externalId);
    return row !== undefined && this.#steps.takeBack(tx, row.seq, instance, now);
  }

  /** All of a kind are planned anew: its sequence is another. */
  touch(kind: string, now: number): void {
    this.#sql.touch.run(now, kind);
  }

  /** What a contact has is planned anew: they may have another number. */
  touchContact(contact: string, now: number): void {
    this.#sql.touchContact.run(now, contact);
  }

  view({ kind, externalId }: OccasionRef): OccasionView | undefined {
    const row = this.#sql.read.get(kind, externalId);
    return row && this.#view(row);
  }

  list(filter: OccasionFilter, page: Page): Listing<OccasionView> {
    const { kind = null, to = null, resource = null, status = null, key = null, from = null, until = null } = filter;
    const name = ['occasions', kind, to, resource, status, key, from, until];
    const below = page.cursor === null ? Number.MAX_SAFE_INTEGER : rowIn(name, page.cursor);
    const rows = this.#sql.list.all({ kind, to, resource, status, key, from, until, below, limit: page.limit + 1 });
    const shown = rows.slice(0, page.limit);
    const last = rows.length > page.limit ? shown.at(-1) : undefined;
    return { data: shown.map((row) => this.#view(row)), nextCursor: last ? rowCursor(name, last.seq) : null };
  }

  /** The client did something: whoever waits for a sign of them need not. */
  heard(to: string, now: number): void {
    this.#sql.heard.run(now, now, to, 0);
  }

  at(kind: string, startsAt: number): Occasion[] {
    return this.#sql.at.all(startsAt, kind).map(occasionOf);
  }

  freed(limit: number): FreedSlot[] {
    return this.#sql.freed.all(limit);
  }

  closeSlot(seq: number): void {
    this.#sql.closeSlot.run(seq);
  }

  /** Those of a kind with a status, the oldest first. */
  withStatus(kind: string, status: string, limit: number): Occasion[] {
    return this.#sql.withStatus.all(kind, status, limit).map(occasionOf);
  }

  /** How often something was said to a number in words of its own since then. */
  saidSince(to: string, since: number): number {
    return this.#sql.saidSince.get(to, since) ?? 0;
  }

  toReplan(now: number, limit: number): OccasionRef[] {
    return this.#sql.toReplan.all(now, limit);
  }

  nextReplan(): number | undefined {
    return this.#sql.nextReplan.get() ?? undefined;
  }

  /** The newest of a number. */
  ofNumber(to: string, limit: number): Occasion[] {
    return this.#sql.ofNumber.all(to, limit).map(occasionOf);
  }

  /** Those whose time lies between, a part at a time. @param after the last one of the part before, 0 at first */
  between(from: number, until: number, after: number, limit: number): { readonly seq: number; readonly occasion: Occasion }[] {
    return this.#sql.between.all(from, until, after, limit).map((row) => ({ seq: row.seq, occasion: occasionOf(row) }));
  }

  #add(occasion: Occasion): number {
    const { id, keyId, kind, externalId, createdAt } = occasion;
    return Number(this.#sql.add.run(id, keyId, kind, externalId, createdAt, ...columnsOf(occasion)).lastInsertRowid);
  }

  #follow(tx: Tx, seq: number, { occasion, events = [], tasks = [], rating, heard, frees }: Amendment, now: number): void {
    if (rating) this.#sql.rate.run(seq, rating.rating, rating.inboundId, rating.at);
    for (const { kind, inboundId, isDone } of tasks) this.#tasks.about(occasion, kind, inboundId, now, isDone);
    for (const { type, detail } of events) this.#events.occasion(tx, type, seq, occasion, detail, now);
    if (frees) this.#sql.free.run(occasion.kind, frees.resource, frees.startsAt, now);
    if (heard) this.#sql.heard.run(now, now, occasion.to, seq);
  }

  #view(row: OccasionRow): OccasionView {
    return viewOf(row, this.#sql.steps.all(row.seq), this.#sql.readRating.get(row.seq) ?? null);
  }
}

function columnsOf(o: Occasion): OccasionColumns {
  return [
    o.contact,
    o.to,
    o.name,
    o.language,
    o.timeZone,
    o.startsAt,
    o.allDay ? 1 : 0,
    o.repeats && JSON.stringify(o.repeats),
    o.status,
    o.statusAt,
    o.resource,
    JSON.stringify(o.data),
    JSON.stringify(o.slots),
    o.question && JSON.stringify(o.question),
    o.answer,
    o.attendance,
    o.moves,
    o.heardAt,
    o.changedAt,
    null,
  ];
}
