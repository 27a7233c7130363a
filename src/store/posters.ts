import { newId } from '../base/ids.ts';
import type { Random } from '../base/random.ts';
import { CONSENT_SCOPES } from '../base/suppression-scope.ts';
import type { Consents } from './consents.ts';
import type { Db } from './database.ts';
import type { FollowUps } from './follow-ups.ts';
import type { OwnReplies } from './own-replies.ts';
import type { FollowedText } from './records/follow-up.ts';
import { POSTER_KINDS, type Poster } from './records/poster.ts';
import type { Suppressions } from './suppressions.ts';
import type { Tx } from './work.ts';

interface PosterRow extends Omit<Poster, 'kind'> {
  readonly kind: string;
}

/** Posters, and the consents that come from them. */
export class Posters {
  readonly #random: Random;
  readonly #parts;
  readonly #sql;

  constructor(
    writer: Db,
    reader: Db,
    parts: { random: Random; consents: Consents; suppressions: Suppressions; replies: OwnReplies; followUps: FollowUps },
  ) {
    this.#random = parts.random;
    this.#parts = parts;
    this.#sql = {
      put: writer.prepare<[string, string, string, string, string, number]>(
        'INSERT OR REPLACE INTO posters (word, kind, wording, number, language, at) VALUES (?, ?, ?, ?, ?, ?)',
      ),
      remove: writer.prepare<[string]>('DELETE FROM posters WHERE word = ?'),
      all: reader.prepare<[], PosterRow>('SELECT word, kind, wording, number, language, at FROM posters ORDER BY word'),
    };
  }

  put({ word, kind, wording, number, language, at }: Poster): void {
    this.#sql.put.run(word, kind, wording, number, language, at);
  }

  remove(word: string): boolean {
    return this.#sql.remove.run(word).changes === 1;
  }

  all(): Poster[] {
    return this.#sql.all.all().map((row) => ({ ...row, kind: POSTER_KINDS.find((kind) => kind === row.kind) ?? 'consent' }));
  }

  agree(tx: Tx, { seq, from, sim }: FollowedText, { word, wording }: Poster, mayReply: boolean, at: number): boolean {
    const { consents, suppressions, replies, followUps } = this.#parts;
    if (!followUps.finish(seq)) return false;
    const hadAgreed = consents.everToOffers(from);
    const id = newId('con', this.#random);
    const consent = { id, to: from, purpose: 'promotional', topic: null, source: `poster ${word}`, wording, actor: 'client' } as const;
    consents.add({ ...consent, at, until: null, recordedAt: at });
    if (hadAgreed) suppressions.remove(from, CONSENT_SCOPES);
    const isEnded = suppressions.of(from, 'now').some(({ scope }) => scope === 'all' || scope === 'purpose:promotional');
    if (isEnded || !mayReply) return false;
    replies.add(tx, { to: from, iccid: sim, inboundSeq: seq, kind: 'agreed', at });
    return true;
  }
}
