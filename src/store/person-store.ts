import type { NewAudit } from './records/audit.ts';
import type { ErasureOutcome, PersonRecords } from './records/person.ts';

/** What is known of one person, by a number in E.164 (or a short code or name that wrote). */
export interface PersonStore {
  /** All of it. The entry is written before it is read. */
  export(number: string, audit: NewAudit): Promise<PersonRecords>;
  /**
   * Erases who it was from everything: numbers give way to an alias, texts to nothing; rows stay, and totals with them. Messages that are not begun
   * are cancelled before, those in doubt count as sent. What was opted out of stays so. Nothing of it is left in the file or its WAL.
   */
  erase(number: string, alias: string, now: number, audit: NewAudit): Promise<ErasureOutcome>;
}
