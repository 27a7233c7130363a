import type { Db } from './database.ts';
import type { CodeTrial, NewCode, StoredCode } from './records/code.ts';

/** Kept for so long after they were made, milliseconds: wrong tries are counted over the last hour. */
const KEPT_MS = 86_400_000;

type CodeColumns = [
  id: string,
  keyId: string,
  recipient: string,
  messageId: string,
  mac: string,
  triesLeft: number,
  createdAt: number,
  expiresAt: number,
  bootId: string,
  endsAt: number,
];

/** One-time codes. What is final keeps no digest. */
export class Codes {
  readonly #sql;

  constructor(writer: Db, reader: Db) {
    this.#sql = {
      add: writer.prepare<CodeColumns>(
        `INSERT INTO codes (id, key_id, recipient, message_id, state, mac, tries_left, created_at, expires_at, boot_id, ends_at)
         VALUES (?, ?, ?, ?, 'open', ?, ?, ?, ?, ?, ?)`,
      ),
      supersede: writer
        .prepare<[string, string], string>(
          "UPDATE codes SET state = 'superseded', mac = NULL WHERE recipient = ? AND key_id = ? AND state = 'open' RETURNING message_id",
        )
        .pluck(),
      find: writer.prepare<[string, string], StoredCode & { seq: number }>(
        `SELECT seq, state, mac, tries_left AS triesLeft, expires_at AS expiresAt, boot_id AS bootId, ends_at AS endsAt
         FROM codes WHERE id = ? AND key_id = ?`,
      ),
      use: writer.prepare<[number]>("UPDATE codes SET state = 'used', mac = NULL WHERE seq = ?"),
      miss: writer.prepare<[number, number, number]>(
        'UPDATE codes SET tries_left = ?, wrong = wrong + 1, wrong_at = ?, mac = iif(tries_left > 1, mac, NULL) WHERE seq = ?',
      ),
      wrong: reader
        .prepare<[string, string, number], number>(
          'SELECT coalesce(sum(wrong), 0) FROM codes WHERE recipient = ? AND key_id = ? AND wrong_at > ?',
        )
        .pluck(),
      purge: writer.prepare<[number]>('DELETE FROM codes WHERE created_at <= ?'),
    };
  }

  /** @returns the ids of the messages that carry the codes which this one takes the place of */
  add(code: NewCode): string[] {
    const before = this.#sql.supersede.all(code.to, code.keyId);
    const { id, keyId, to, messageId, mac, triesLeft, createdAt, expiresAt, bootId, endsAt } = code;
    this.#sql.add.run(id, keyId, to, messageId, mac, triesLeft, createdAt, expiresAt, bootId, endsAt);
    return before;
  }

  /** Judges a try and records it in the same transaction, so that two at once cannot both pass. */
  try(id: string, keyId: string, now: number, judge: (code: StoredCode) => CodeTrial): CodeTrial | undefined {
    const code = this.#sql.find.get(id, keyId);
    if (!code) return undefined;
    const trial = judge(code);
    if (trial.outcome === 'right') this.#sql.use.run(code.seq);
    if (trial.outcome === 'wrong') this.#sql.miss.run(trial.triesLeft, now, code.seq);
    return trial;
  }

  /** How many tries at codes of a key to a number were wrong; of each code all of them, where the last is later than `since`. */
  wrongTries(keyId: string, to: string, since: number): number {
    return this.#sql.wrong.get(to, keyId, since) ?? 0;
  }

  purge(now: number): void {
    this.#sql.purge.run(now - KEPT_MS);
  }
}
