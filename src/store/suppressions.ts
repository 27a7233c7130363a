import { Fault } from '../base/fault.ts';
import { purposeOf } from '../base/purpose.ts';
import { readScope, type SuppressionScope, scopesOver } from '../base/suppression-scope.ts';
import type { Db } from './database.ts';
import { type NewSuppression, SUPPRESSION_SOURCES, type Suppression } from './records/suppression.ts';
import { storeDamaged } from './sqlite-errors.ts';
import type { SuppressionKey } from './suppression-key.ts';

interface SuppressionRow {
  readonly scope: string;
  readonly source: string;
  readonly at: number;
}

/** What is asked about each message that is to go. */
interface Recipient {
  readonly recipient: string;
  readonly rank: number;
  readonly topic: string | null;
}

/** Who does not want what, by marks. Each question is one probe of an index, and none while nobody has opted out. */
export class Suppressions {
  readonly #key: SuppressionKey;
  readonly #reader: Db;
  /** Nobody has ever opted out or waits for a person, and nothing was lost: true until this process writes otherwise. */
  #nothing: boolean;
  /** A client ended something; a list that is imported tells nothing of when. */
  readonly #onOptOut: (to: string, at: number) => void;
  readonly #sql;

  /** @throws Fault `suppressionKeyMissing` when there are marks and the key is not the one that made them; `storeDamaged` */
  constructor(writer: Db, reader: Db, key: SuppressionKey, daemon: boolean, onOptOut: (to: string, at: number) => void) {
    this.#onOptOut = onOptOut;
    this.#key = key;
    this.#reader = reader;
    const asked = (db: Db) => ({
      of: db.prepare<[Buffer], SuppressionRow>('SELECT scope, source, at FROM suppressions WHERE mark = ? ORDER BY at, scope'),
      lostAt: db.prepare<[], number | null>('SELECT lost_at FROM suppression_state').pluck(),
      heldUntil: db.prepare<[Buffer], number>('SELECT until FROM offer_holds WHERE mark = ?').pluck(),
    });
    this.#sql = {
      now: asked(writer),
      committed: asked(reader),
      proof: writer.prepare<[], Buffer | null>('SELECT proof FROM suppression_state').pluck(),
      setProof: writer.prepare<[Buffer]>(
        'INSERT INTO suppression_state (one, proof) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET proof = excluded.proof',
      ),
      setLost: writer.prepare<[number | null]>('UPDATE suppression_state SET lost_at = ?'),
      // Who opted out before stays so since then.
      add: writer.prepare<[Buffer, string, string, number]>(
        'INSERT OR IGNORE INTO suppressions (mark, scope, source, at) VALUES (?, ?, ?, ?)',
      ),
      remove: writer.prepare<[Buffer, string]>('DELETE FROM suppressions WHERE mark = ? AND scope = ?'),
      hold: writer.prepare<[Buffer, number]>(
        'INSERT INTO offer_holds (mark, until) VALUES (?, ?) ON CONFLICT (mark) DO UPDATE SET until = max(until, excluded.until)',
      ),
      slow: writer.prepare<[Buffer, number]>('INSERT OR IGNORE INTO monthly_offers (mark, at) VALUES (?, ?)'),
      endSlow: writer.prepare<[Buffer]>('DELETE FROM monthly_offers WHERE mark = ?'),
      isSlow: reader.prepare<[Buffer], number>('SELECT 1 FROM monthly_offers WHERE mark = ?').pluck(),
      endHold: writer.prepare<[Buffer]>('DELETE FROM offer_holds WHERE mark = ?'),
      endHolds: writer.prepare<[number]>('DELETE FROM offer_holds WHERE until <= ?'),
    };
    const anyIn = (table: 'suppressions' | 'offer_holds' | 'monthly_offers'): boolean =>
      writer.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() !== undefined;
    this.#nothing = !anyIn('suppressions') && !anyIn('offer_holds') && !anyIn('monthly_offers') && this.lostAt('now') === null;
    const proof = this.#sql.proof.get();
    if (daemon && anyIn('suppressions') && !(proof && key.proof?.equals(proof))) throw isSound(writer) ? keyMissing(key.file) : damaged();
  }

  /** @returns how many of them were new */
  add(entries: readonly NewSuppression[]): number {
    let added = 0;
    this.#nothing = false;
    for (const { to, scopes, source, at } of entries) {
      const mark = this.#mark(to);
      for (const scope of scopes) added += this.#sql.add.run(mark, scope, source, at).changes;
      if (source !== 'import') this.#onOptOut(to, at);
    }
    return added;
  }

  /** @returns how many there were */
  remove(to: string, scopes: readonly SuppressionScope[]): number {
    const mark = this.#key.markOf(to);
    return mark ? scopes.reduce((sum, scope) => sum + this.#sql.remove.run(mark, scope).changes, 0) : 0;
  }

  /** Of a number, the oldest first. @param as `now` inside a transaction, `committed` outside */
  of(to: string, as: 'now' | 'committed'): Suppression[] {
    const { of } = this.#asked(as);
    const mark = this.#nothing ? undefined : this.#key.markOf(to);
    if (!mark) return [];
    return of.all(mark).flatMap(({ scope, source, at }) => {
      const read = readScope(scope);
      return read ? [{ scope: read, source: SUPPRESSION_SOURCES.find((s) => s === source) ?? 'api', at }] : [];
    });
  }

  /** What stops a message: a scope, `unknown` while the list is known not to be whole, or null when nothing does. */
  over({ recipient, rank, topic }: Recipient, as: 'now' | 'committed'): SuppressionScope | 'unknown' | null {
    if (this.#nothing) return null;
    const purpose = purposeOf(rank);
    const found = this.of(recipient, as).map(({ scope }) => scope);
    const stopping = scopesOver(purpose, topic).find((scope) => found.includes(scope));
    if (stopping) return stopping;
    return purpose !== 'otp' && this.lostAt(as) !== null ? 'unknown' : null;
  }

  /** Until when offers to a number wait for a person; null when they do not. */
  offersHeldUntil(to: string, now: number, as: 'now' | 'committed'): number | null {
    const { heldUntil } = this.#asked(as);
    const mark = this.#nothing ? undefined : this.#key.markOf(to);
    const until = mark && heldUntil.get(mark);
    return until !== undefined && until > now ? until : null;
  }

  /** The client wants offers at most once a month. */
  slowOffers(to: string, at: number): void {
    this.#nothing = false;
    this.#sql.slow.run(this.#mark(to), at);
  }

  /** The client takes that back. */
  endSlowOffers(to: string): void {
    const mark = this.#key.markOf(to);
    if (mark) this.#sql.endSlow.run(mark);
  }

  /** As committed. */
  wantsFewOffers(to: string): boolean {
    const mark = this.#nothing || !this.#reader.open ? undefined : this.#key.markOf(to);
    return mark !== undefined && this.#sql.isSlow.get(mark) === 1;
  }

  holdOffers(to: string, until: number): void {
    this.#nothing = false;
    this.#sql.hold.run(this.#mark(to), until);
  }

  endHold(to: string): void {
    const mark = this.#key.markOf(to);
    if (mark) this.#sql.endHold.run(mark);
  }

  lostAt(as: 'now' | 'committed'): number | null {
    return this.#asked(as).lostAt.get() ?? null;
  }

  /** A person says that the list is whole again. */
  setWhole(): void {
    this.#sql.setLost.run(null);
  }

  purge(now: number): void {
    this.#sql.endHolds.run(now);
  }

  /** @throws Fault `closed` */
  #asked(as: 'now' | 'committed') {
    if (!this.#reader.open) throw new Fault('closed', 'The store was closed.');
    return this.#sql[as];
  }

  #mark(to: string): Buffer {
    this.#key.make();
    const { proof } = this.#key;
    const mark = this.#key.markOf(to);
    if (!proof || !mark) throw new Error('there is no key of the opt-out list');
    if (!this.#sql.proof.get()?.equals(proof)) this.#sql.setProof.run(proof);
    return mark;
  }
}

/** Whether the pages of the list are what SQLite made of them: a single bit can make entries out of nothing. */
const isSound = (db: Db): boolean => db.prepare<[], string>("PRAGMA quick_check('suppressions')").pluck().get() === 'ok';

const damaged = (): Fault => storeDamaged('The store', 'the pages of the opt-out list do not hold together');

function keyMissing(file: string): Fault {
  return new Fault(
    'suppressionKeyMissing',
    `The store has opt-outs, and ${file} is not the key that they were made with: put that file back from where you keep it, or run "simpost restore" with --lose-suppression.`,
  );
}
