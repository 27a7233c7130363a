import { Fault } from '../base/fault.ts';
import type { Db } from './database.ts';
import type { Messages } from './messages.ts';
import { type OccasionRow, occasionColumns, occasionOf, STEP_COLUMNS, type StepRow, stepOf } from './occasion-rows.ts';
import type { Amendment, DueStep, Occasion, OccasionPlan, OccasionStep, Saying, StepMark, WantedStep } from './records/occasion.ts';
import type { Tx } from './work.ts';

/** Why a message of a step that is not true any more is withdrawn. */
const WITHDRAWN = 'withdrawn';

/**
 * What is told of occasions, a row for each thing. A row becomes a message in the transaction that takes the message in, so that it
 * is told once whatever dies in between; a row whose message is not begun can still be taken back.
 */
export class OccasionSteps {
  readonly #messages: Messages;
  readonly #sql;

  constructor(writer: Db, reader: Db, messages: Messages) {
    this.#messages = messages;
    this.#sql = {
      of: writer.prepare<[number], StepRow>(`SELECT ${STEP_COLUMNS} FROM occasion_steps s WHERE s.occasion_seq = ? ORDER BY s.seq`),
      add: writer.prepare<
        [number, string, string, string, string | null, number, number | null, string | null, string | null, string | null, number | null]
      >(
        `INSERT INTO occasion_steps (occasion_seq, instance, step, state, reason, due_at, take_at, joins, variant, saying, about, revision)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT DO NOTHING`,
      ),
      // A new revision each time: what is being written of it just now may name a time that is over.
      plan: writer.prepare<[number, number, string | null, number]>(
        `UPDATE occasion_steps SET state = 'planned', reason = NULL, due_at = ?, take_at = ?, joins = ?, revision = revision + 1, message_id = NULL, about = NULL WHERE seq = ?`,
      ),
      leave: writer.prepare<[string, string | null, number]>(
        'UPDATE occasion_steps SET state = ?, reason = ?, take_at = NULL, message_id = NULL, about = NULL, revision = revision + 1 WHERE seq = ?',
      ),
      // Others that were told in the same text are told anew.
      again: writer.prepare<[number, string]>(
        "UPDATE occasion_steps SET state = 'planned', take_at = ?, revision = revision + 1, message_id = NULL, about = NULL WHERE message_id = ?",
      ),
      take: writer.prepare<[string, number | null, number, number]>(
        // What was said stands in the message from here on, and is erased there.
        `UPDATE occasion_steps SET state = 'accepted', take_at = NULL, message_id = ?, about = ?, saying = json_set(saying, '$.text', '')
         WHERE seq = ? AND revision = ? AND state = 'planned'`,
      ),
      skip: writer.prepare<[string, number, number]>(
        "UPDATE occasion_steps SET state = 'skipped', reason = ?, take_at = NULL WHERE seq = ? AND revision = ? AND state = 'planned'",
      ),
      later: writer.prepare<[number, number, number]>(
        'UPDATE occasion_steps SET take_at = ? WHERE seq = ? AND revision = ? AND take_at IS NOT NULL',
      ),
      joined: writer.prepare<[string, number], { messageId: string }>(
        "SELECT DISTINCT message_id AS messageId FROM occasion_steps WHERE joins = ? AND occasion_seq <> ? AND state = 'accepted' AND message_id IS NOT NULL",
      ),
      due: reader.prepare<[number, number], { occasionSeq: number } & StepRow>(
        `SELECT ${STEP_COLUMNS}, s.occasion_seq AS occasionSeq FROM occasion_steps s INDEXED BY occasion_steps_due WHERE s.take_at <= ? ORDER BY s.take_at, s.seq LIMIT ?`,
      ),
      together: reader.prepare<[string], { occasionSeq: number } & StepRow>(
        `SELECT ${STEP_COLUMNS}, s.occasion_seq AS occasionSeq FROM occasion_steps s INDEXED BY occasion_steps_joins WHERE s.joins = ? AND s.state = 'planned' ORDER BY s.seq`,
      ),
      byMessage: reader.prepare<[string], { occasionSeq: number } & StepRow>(
        `SELECT ${STEP_COLUMNS}, s.occasion_seq AS occasionSeq FROM occasion_steps s WHERE s.message_id = ? ORDER BY s.seq`,
      ),
      next: reader.prepare<[], number | null>('SELECT min(take_at) FROM occasion_steps WHERE take_at IS NOT NULL').pluck(),
      about: writer.prepare<[number], OccasionRow>(
        `SELECT ${occasionColumns('o.')} FROM occasions o JOIN occasion_steps s ON s.occasion_seq = o.seq WHERE s.seq = ?`,
      ),
      occasion: reader.prepare<[number], OccasionRow>(`SELECT ${occasionColumns()} FROM occasions WHERE seq = ?`),
    };
  }

  of(occasionSeq: number): OccasionStep[] {
    return this.#sql.of.all(occasionSeq).map(stepOf);
  }

  /** Takes back what was accepted, is not begun, and is not true any more. @param holds what still is */
  withdraw(tx: Tx, occasionSeq: number, now: number, holds: (step: OccasionStep) => boolean): void {
    for (const row of this.#sql.of.all(occasionSeq)) {
      const { messageId, saying } = row;
      if (row.state !== 'accepted' || messageId === null || saying !== null || holds(stepOf(row))) continue;
      if (this.#cancel(tx, messageId, now)) this.#sql.leave.run('withdrawn', null, row.seq);
    }
  }

  /** Makes the rows what the plan wants. */
  reconcile(tx: Tx, occasionSeq: number, plan: OccasionPlan, now: number): void {
    const rows = new Map(this.#sql.of.all(occasionSeq).map((row) => [row.instance, row]));
    for (const wanted of plan.steps) {
      const row = rows.get(wanted.instance);
      rows.delete(wanted.instance);
      if (row) this.#follow(tx, occasionSeq, row, wanted, now);
      else this.#add(tx, occasionSeq, wanted, now);
    }
    for (const row of rows.values()) {
      if (row.saying !== null) continue;
      if (row.state === 'planned') this.#sql.leave.run('withdrawn', null, row.seq);
      else if (row.state === 'accepted' && row.messageId !== null && this.#cancel(tx, row.messageId, now)) {
        this.#sql.leave.run('withdrawn', null, row.seq);
      }
    }
  }

  /** What is said in words of its own; once for each instance. */
  say(occasionSeq: number, says: NonNullable<Amendment['says']>): void {
    for (const { instance, dueAt, about, skip, ...saying } of says) {
      const written: Saying = saying;
      const state = skip === null ? 'planned' : 'skipped';
      const takeAt = skip === null ? dueAt : null;
      this.#sql.add.run(occasionSeq, instance, instance, state, skip, dueAt, takeAt, null, null, JSON.stringify(written), about);
    }
  }

  /** Everything that is not begun is taken back, also what was said in words of its own. */
  withdrawAll(tx: Tx, occasionSeq: number, now: number): void {
    for (const row of this.#sql.of.all(occasionSeq)) {
      if (row.state === 'planned') this.#sql.leave.run('withdrawn', null, row.seq);
      if (row.state === 'accepted' && row.messageId !== null && this.#cancel(tx, row.messageId, now)) {
        this.#sql.leave.run('withdrawn', null, row.seq);
      }
    }
  }

  /** Takes back one thing that was said, unless it is begun. @returns whether it was */
  takeBack(tx: Tx, occasionSeq: number, instance: string, now: number): boolean {
    const row = this.#sql.of.all(occasionSeq).find((one) => one.instance === instance);
    if (!row || (row.state !== 'planned' && row.state !== 'accepted')) return false;
    if (row.state === 'accepted' && (row.messageId === null || !this.#cancel(tx, row.messageId, now))) return false;
    this.#sql.leave.run('withdrawn', null, row.seq);
    return true;
  }

  /** These are told by a message. @throws Fault `tooLate` where one of them is not planned any more */
  take(messageId: string, marks: readonly StepMark[]): void {
    for (const { seq, revision, about } of marks) {
      if (this.#sql.take.run(messageId, about, seq, revision).changes === 0) {
        throw new Fault('tooLate', 'What was to be told has changed meanwhile.');
      }
    }
  }

  /** It is not told. @returns what it is about, where that is news */
  skip({ seq, revision }: StepMark, reason: string): Occasion | undefined {
    if (this.#sql.skip.run(reason, seq, revision).changes === 0) return undefined;
    const row = this.#sql.about.get(seq);
    return row && occasionOf(row);
  }

  later({ seq, revision }: StepMark, takeAt: number): void {
    this.#sql.later.run(takeAt, seq, revision);
  }

  due(now: number, limit: number): DueStep[] {
    return this.#sql.due.all(now, limit).flatMap((row) => this.#dueStep(row));
  }

  together(joins: string): DueStep[] {
    return this.#sql.together.all(joins).flatMap((row) => this.#dueStep(row));
  }

  byMessage(messageId: string): DueStep[] {
    return this.#sql.byMessage.all(messageId).flatMap((row) => this.#dueStep(row));
  }

  next(): number | undefined {
    return this.#sql.next.get() ?? undefined;
  }

  #dueStep({ occasionSeq, ...row }: { occasionSeq: number } & StepRow): DueStep[] {
    const occasion = this.#sql.occasion.get(occasionSeq);
    return occasion ? [{ ...stepOf(row), joins: row.joins, occasion: occasionOf(occasion) }] : [];
  }

  #add(tx: Tx, occasionSeq: number, wanted: WantedStep, now: number): void {
    const { instance, step, dueAt, takeAt, skip, joins, variant } = wanted;
    const state = skip === null ? 'planned' : 'skipped';
    this.#sql.add.run(occasionSeq, instance, step, state, skip, dueAt, skip === null ? takeAt : null, joins, variant, null, null);
    if (skip === null && joins !== null) this.#rejoin(tx, occasionSeq, joins, now);
  }

  #follow(tx: Tx, occasionSeq: number, row: StepRow, wanted: WantedStep, now: number): void {
    const { skip, dueAt, takeAt, joins } = wanted;
    if (row.state === 'accepted') {
      const isGone = skip !== null && row.messageId !== null && this.#cancel(tx, row.messageId, now);
      if (isGone) this.#sql.leave.run('skipped', skip, row.seq);
      return;
    }
    if (skip !== null) {
      if (row.state !== 'skipped') this.#sql.leave.run('skipped', skip, row.seq);
      return;
    }
    // What was left out for good stays so: its moment has passed, or the door refused it.
    if (row.state === 'skipped' && row.reason !== 'merged' && dueAt <= now) return;
    this.#sql.plan.run(dueAt, takeAt, joins, row.seq);
    if (row.state !== 'planned' && joins !== null) this.#rejoin(tx, occasionSeq, joins, now);
  }

  /** What this one may be told together with, and is on its way already, waits for it. */
  #rejoin(tx: Tx, occasionSeq: number, joins: string, now: number): void {
    for (const { messageId } of this.#sql.joined.all(joins, occasionSeq)) this.#cancel(tx, messageId, now);
  }

  /** Withdraws a message that is not begun; all that were told in it are planned again. */
  #cancel(tx: Tx, messageId: string, now: number): boolean {
    if (this.#messages.cancel(tx, messageId, now, WITHDRAWN).kind !== 'cancelled') return false;
    this.#sql.again.run(now, messageId);
    return true;
  }
}
