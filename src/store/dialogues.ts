import { newId } from '../base/ids.ts';
import type { Random } from '../base/random.ts';
import { CONSENT_SCOPES } from '../base/suppression-scope.ts';
import type { Auctions } from './auctions.ts';
import type { Consents } from './consents.ts';
import type { Db } from './database.ts';
import { type DialogueRow, dialogueOf, type Run, runOf } from './dialogue-row.ts';
import type { NewDialogue } from './dialogue-store.ts';
import type { EventLog } from './event-log.ts';
import type { FollowUps } from './follow-ups.ts';
import type { OwnReplies } from './own-replies.ts';
import type { Dialogue, DialogueEffect, DialogueInput, DialogueTurn, TakeTurn } from './records/dialogue.ts';
import type { FollowedText } from './records/follow-up.ts';
import type { Stock } from './stock.ts';
import type { Suppressions } from './suppressions.ts';
import type { Tasks } from './tasks.ts';
import type { Tx } from './work.ts';

/** What is said is worth saying for so long; a secret much shorter. Milliseconds. */
const DAY = 86_400_000;
const SECRET = 10 * 60_000;

/** Dialogues that one client begins in a day: more are from a machine (X22). */
const MOST_A_DAY = 10;

/** Turns that are taken in one transaction. */
const AT_ONCE = 20;

export const DIALOGUE_COLUMNS = `d.seq, d.id, d.definition, d.version, d.contact, d.iccid, d.state, d.outcome, d.run, d.begun_at AS begunAt,
  d.changed_at AS changedAt`;

const WITH_BODY = `SELECT ${DIALOGUE_COLUMNS}, f.body FROM dialogues d JOIN dialogue_definitions f ON f.name = d.definition AND f.version = d.version`;

interface OpenRow extends DialogueRow {
  readonly body: string;
}

type ChangeColumns = [
  iccid: string,
  state: string,
  outcome: string | null,
  run: string,
  at: number,
  due: number | null,
  ended: number | null,
  seq: number,
];

/** The dialogues themselves: every turn of theirs, in the transaction that it is. */
export class Dialogues {
  readonly #random: Random;
  readonly #parts;
  readonly #sql;

  constructor(
    writer: Db,
    parts: {
      random: Random;
      events: EventLog;
      replies: OwnReplies;
      tasks: Tasks;
      consents: Consents;
      suppressions: Suppressions;
      followUps: FollowUps;
      stock: Stock;
      auctions: Auctions;
    },
  ) {
    this.#random = parts.random;
    this.#parts = parts;
    this.#sql = {
      add: writer.prepare<[string, string, number, string, string, string, number, number, number]>(
        `INSERT INTO dialogues (id, definition, version, contact, iccid, state, run, begun_at, changed_at, due_at) VALUES (?, ?, ?, ?, ?, '', ?, ?, ?, ?)`,
      ),
      change: writer.prepare<ChangeColumns>(
        'UPDATE dialogues SET iccid = ?, state = ?, outcome = ?, run = ?, changed_at = ?, due_at = ?, ended_at = ? WHERE seq = ?',
      ),
      bySeq: writer.prepare<[number], OpenRow>(`${WITH_BODY} WHERE d.seq = ?`),
      byId: writer.prepare<[string], OpenRow>(`${WITH_BODY} WHERE d.id = ?`),
      open: writer.prepare<[string, string], OpenRow>(
        `${WITH_BODY} WHERE d.contact = ? AND d.iccid IN (?, '') AND d.outcome IS NULL ORDER BY d.iccid DESC LIMIT 1`,
      ),
      isOpen: writer
        .prepare<[string, string], number>("SELECT 1 FROM dialogues WHERE contact = ? AND iccid IN (?, '') AND outcome IS NULL LIMIT 1")
        .pluck(),
      begunSince: writer
        .prepare<[string, number], number>('SELECT count(*) FROM dialogues INDEXED BY dialogues_contact WHERE contact = ? AND begun_at > ?')
        .pluck(),
      allOpen: writer.prepare<[string], OpenRow>(`${WITH_BODY} WHERE d.contact = ? AND d.outcome IS NULL`),
      openOf: writer.prepare<[string], OpenRow>(`${WITH_BODY} WHERE d.definition = ? AND d.outcome IS NULL ORDER BY d.seq`),
      due: writer.prepare<[number, number], OpenRow>(
        `${WITH_BODY} WHERE d.outcome IS NULL AND d.due_at IS NOT NULL AND d.due_at <= ? ORDER BY d.due_at LIMIT ?`,
      ),
      erase: writer.prepare<[number]>("UPDATE dialogues SET run = '{}' WHERE ended_at <= ? AND run <> '{}'"),
      eraseEvents: writer.prepare<[number]>(
        "UPDATE events SET dialogue = json_set(dialogue, '$.fields', json('{}')) WHERE dialogue IS NOT NULL AND at <= ?",
      ),
    };
  }

  /** Whether a number is in a dialogue, as of this transaction. */
  isOpen(contact: string, iccid: string): boolean {
    return this.#sql.isOpen.get(contact, iccid) === 1;
  }

  begin(tx: Tx, news: NewDialogue, turn: TakeTurn, now: number): Dialogue | undefined {
    if (this.isOpen(news.contact, news.sim)) return undefined;
    const row = this.#add(news, now);
    return row && this.#turn(tx, row, { kind: 'begin' }, turn, null, now);
  }

  hear(tx: Tx, text: FollowedText, isCancel: boolean, begins: NewDialogue | undefined, turn: TakeTurn, now: number): 'taken' | 'passed' {
    const open = this.#sql.open.get(text.from, text.sim);
    if (!open && (!begins || (this.#sql.begunSince.get(text.from, now - DAY) ?? 0) >= MOST_A_DAY)) return 'passed';
    if (!this.#parts.followUps.finish(text.seq)) return 'taken';
    const row = open ?? (begins && this.#add(begins, now));
    if (!row) return 'passed';
    const input = { kind: 'text', text: text.text, at: text.receivedAt, isCancel, isHelp: text.meaning === 'help' } as const;
    this.#turn(tx, { ...row, iccid: text.sim }, input, turn, text.seq, now);
    return 'taken';
  }

  /** Null where it changed nothing. */
  tell(tx: Tx, id: string, input: DialogueInput, turn: TakeTurn, now: number): Dialogue | null | undefined {
    const row = this.#sql.byId.get(id);
    if (!row) return undefined;
    return row.outcome === null ? (this.#turn(tx, row, input, turn, null, now) ?? null) : null;
  }

  takeDue(tx: Tx, turn: TakeTurn, now: number): number {
    const rows = this.#sql.due.all(now, AT_ONCE);
    for (const row of rows) this.#turn(tx, row, { kind: 'due' }, turn, null, now);
    return rows.length;
  }

  closeAuction(tx: Tx, definition: string, turn: TakeTurn, now: number): number {
    const leader = this.#parts.auctions.best(definition)?.leaderSeq;
    const rows = this.#sql.openOf.all(definition);
    for (const row of rows) this.#turn(tx, row, { kind: 'event', event: row.seq === leader ? 'won' : 'lost', fields: {} }, turn, null, now);
    this.#parts.auctions.end(definition);
    return rows.length;
  }

  /** The client ended texts, or is not who was meant: nothing goes on. */
  stopAll(tx: Tx, contact: string, now: number): void {
    for (const row of this.#sql.allOpen.all(contact)) {
      this.#parts.stock.release(row.seq);
      this.#keep(tx, row, { ...dialogueOf(row), outcome: 'stopped', silentAt: null, changedAt: now }, now);
    }
  }

  /** Ended dialogues lose what was said in them. */
  erase(before: number): void {
    this.#sql.erase.run(before);
    this.#sql.eraseEvents.run(before);
  }

  #add({ definition, contact, sim, language, fields, endsAt }: NewDialogue, now: number): OpenRow | undefined {
    const run: Run = { language, fields, trail: [], held: [], misses: 0, steps: 0, silentAt: null, endsAt };
    const { name, version } = definition;
    const { lastInsertRowid } = this.#sql.add.run(
      newId('dlg', this.#random),
      name,
      version,
      contact,
      sim,
      JSON.stringify(run),
      now,
      now,
      endsAt,
    );
    return this.#sql.bySeq.get(Number(lastInsertRowid));
  }

  /** @returns the dialogue as it is then; undefined where nothing moved */
  #turn(tx: Tx, row: OpenRow, input: DialogueInput, take: TakeTurn, inboundSeq: number | null, now: number): Dialogue | undefined {
    const { stock, auctions } = this.#parts;
    const before = dialogueOf(row);
    const turn = take(row.body, before, input, {
      now,
      free: (pool) => stock.free(pool),
      secret: (pool, thing) => stock.secret(pool, thing),
      best() {
        const best = auctions.best(row.definition);
        return best ? { amount: best.amount, isOwn: best.leaderSeq === row.seq } : null;
      },
    });
    if (turn.dialogue === before) return undefined;
    const beaten = this.#do(row, turn, now);
    this.#keep(tx, row, turn.dialogue, now);
    this.#say(tx, turn, inboundSeq, now);
    const other = beaten === undefined ? undefined : this.#sql.bySeq.get(beaten);
    // Who led is told in the same transaction, and once: it leads no more.
    if (other?.outcome === null) this.#turn(tx, other, { kind: 'event', event: 'outbid', fields: {} }, take, null, now);
    return turn.dialogue;
  }

  /** @returns who led an auction before, where somebody else leads it now */
  #do(row: OpenRow, { dialogue, effects }: DialogueTurn, now: number): number | undefined {
    let beaten: number | undefined;
    for (const effect of effects) beaten = this.#doOne(row, dialogue, effect, now) ?? beaten;
    return beaten;
  }

  #doOne(row: OpenRow, { contact }: Dialogue, effect: DialogueEffect, now: number): number | undefined {
    const { stock, auctions, tasks, consents, suppressions } = this.#parts;
    switch (effect.kind) {
      case 'reserve':
        stock.reserve(effect.pool, effect.thing, row.seq);
        return undefined;
      case 'release':
        stock.release(row.seq);
        return undefined;
      case 'sell':
        stock.sell(row.seq);
        return undefined;
      case 'lead': {
        const before = auctions.best(row.definition)?.leaderSeq;
        auctions.lead(row.definition, row.seq, effect.amount, now);
        return before === row.seq ? undefined : before;
      }
      case 'consent': {
        const id = newId('con', this.#random);
        const purpose = 'promotional' as const;
        const { wording } = effect;
        consents.add({
          id,
          to: contact,
          purpose,
          topic: null,
          source: 'doubleOptIn',
          wording,
          actor: 'client',
          at: now,
          until: null,
          recordedAt: now,
        });
        suppressions.remove(contact, CONSENT_SCOPES);
        return undefined;
      }
      case 'task':
        tasks.add({ kind: 'dialogue', contact, inboundId: null, at: now });
        return undefined;
    }
  }

  #say(tx: Tx, { dialogue, says, topic }: DialogueTurn, inboundSeq: number | null, at: number): void {
    for (const { text, purpose } of says) {
      const until = at + (purpose === 'otp' ? SECRET : DAY);
      this.#parts.replies.add(tx, {
        to: dialogue.contact,
        iccid: dialogue.sim,
        inboundSeq,
        kind: 'dialogue',
        at,
        text,
        purpose,
        topic,
        until,
      });
    }
  }

  #keep(tx: Tx, row: OpenRow, dialogue: Dialogue, now: number): void {
    const { sim, state, outcome, silentAt, endsAt } = dialogue;
    const due = outcome === null ? Math.min(silentAt ?? endsAt, endsAt) : null;
    this.#sql.change.run(sim, state, outcome, JSON.stringify(runOf(dialogue)), now, due, outcome === null ? null : now, row.seq);
    const type = outcome === null ? 'dialogue.moved' : 'dialogue.ended';
    if (outcome !== null || state !== row.state) this.#parts.events.dialogue(tx, type, dialogue, now);
  }
}
