import { newId } from '../base/ids.ts';
import { purposeOf } from '../base/purpose.ts';
import type { Random } from '../base/random.ts';
import type { Consents } from './consents.ts';
import type { Db } from './database.ts';
import type { Dialogues } from './dialogues.ts';
import type { FollowUps } from './follow-ups.ts';
import type { OwnReplies } from './own-replies.ts';
import type { InboundFacts, JudgeInbound } from './records/inbound-rules.ts';
import type { Suppressions } from './suppressions.ts';
import type { Tasks } from './tasks.ts';
import type { Tx } from './work.ts';

/** What somebody answers after longer than this answers nothing, milliseconds. */
const MEMORY = 90 * 86_400_000;

interface AnsweredRow {
  readonly rank: number;
  readonly topic: string | null;
  readonly remindsOf: number | null;
  readonly at: number;
  readonly text: string;
}

/** A text that is whole now. */
export interface WholeText {
  readonly inboundSeq: number;
  readonly inboundId: string;
  readonly iccid: string;
  readonly from: string;
  readonly text: string;
  readonly at: number;
}

/** What follows from a client's text, in the transaction that stores it: both are on the disk, or neither. */
export class InboundRules {
  readonly #random: Random;
  readonly #suppressions: Suppressions;
  readonly #consents: Consents;
  readonly #tasks: Tasks;
  readonly #followUps: FollowUps;
  readonly #replies: OwnReplies;
  readonly #dialogues: Dialogues;
  readonly #sql;

  constructor(
    writer: Db,
    parts: {
      random: Random;
      suppressions: Suppressions;
      consents: Consents;
      tasks: Tasks;
      followUps: FollowUps;
      replies: OwnReplies;
      dialogues: Dialogues;
    },
  ) {
    this.#random = parts.random;
    this.#suppressions = parts.suppressions;
    this.#consents = parts.consents;
    this.#tasks = parts.tasks;
    this.#followUps = parts.followUps;
    this.#replies = parts.replies;
    this.#dialogues = parts.dialogues;
    this.#sql = {
      answered: writer.prepare<[string, number], AnsweredRow>(
        `SELECT m.rank, m.topic, m.not_after AS remindsOf, m.accepted_at AS at, t.text
         FROM messages m INDEXED BY messages_recipient JOIN message_texts t ON t.message_seq = m.seq WHERE recipient = ? AND begun = 1 AND answer = 0 AND accepted_at > ? ORDER BY seq DESC LIMIT 1`,
      ),
      lastWasOurs: writer
        .prepare<[string], number>(
          'SELECT answer FROM messages INDEXED BY messages_recipient WHERE recipient = ? AND begun = 1 ORDER BY seq DESC LIMIT 1',
        )
        .pluck(),
      setMeaning: writer.prepare<[string | null, number]>('UPDATE inbound SET meaning = ? WHERE seq = ?'),
    };
  }

  /** Judges a text and does what follows. @returns whether a reply of our own is to go out, and whether more may follow */
  follow(tx: Tx, whole: WholeText, judge: JudgeInbound): { replies: boolean; follows: boolean } {
    const outcome = judge(this.#facts(whole));
    const { meaning, suppress, release, agrees, holdOffersUntil, task, reply } = outcome;
    const { from, iccid, at, inboundSeq, inboundId } = whole;
    if (meaning === 'stop' || meaning === 'wrongNumber') this.#dialogues.stopAll(tx, from, at);
    if (meaning !== null) this.#sql.setMeaning.run(meaning, inboundSeq);
    if (release.length > 0) this.#suppressions.remove(from, release);
    if (meaning === 'start') this.#suppressions.endSlowOffers(from);
    if (agrees !== null) this.#agree(whole, agrees);
    if (suppress.length > 0) this.#suppressions.add([{ to: from, scopes: suppress, source: 'reply', at }]);
    if (holdOffersUntil !== null) this.#suppressions.holdOffers(from, holdOffersUntil);
    if (task !== null) this.#tasks.add({ kind: task, contact: from, inboundId, at });
    if (reply !== null) this.#replies.add(tx, { to: from, iccid, inboundSeq, kind: reply, at });
    return { replies: reply !== null, follows: this.#followUps.begin(inboundSeq, outcome) };
  }

  /** The same for a call: its number may be forged, so that it may end texts and do nothing else (O11). */
  followCall(tx: Tx, call: Pick<WholeText, 'from' | 'iccid' | 'at'>, judge: JudgeInbound): boolean {
    const { from, iccid, at } = call;
    const { suppress, reply } = judge(this.#facts({ ...call, text: '' }));
    if (suppress.length > 0) this.#suppressions.add([{ to: from, scopes: suppress, source: 'call', at }]);
    if (reply !== null) this.#replies.add(tx, { to: from, iccid, inboundSeq: null, kind: reply, at });
    return reply !== null;
  }

  /** What the client agreed to, in the words that they answered (O05, double opt-in). */
  #agree({ from, at }: WholeText, { source, wording }: { source: string; wording: string }): void {
    const id = newId('con', this.#random);
    this.#consents.add({
      id,
      to: from,
      purpose: 'promotional',
      topic: null,
      source,
      wording,
      actor: 'client',
      at,
      until: null,
      recordedAt: at,
    });
  }

  #facts({ from, iccid, text, at: now }: Pick<WholeText, 'from' | 'iccid' | 'text' | 'at'>): InboundFacts {
    const answered = this.#sql.answered.get(from, now - MEMORY);
    return {
      ...this.#replies.counts(from, text, now),
      text,
      now,
      answered: answered
        ? { purpose: purposeOf(answered.rank), topic: answered.topic, remindsOf: answered.remindsOf, at: answered.at, text: answered.text }
        : null,
      inDialogue: this.#dialogues.isOpen(from, iccid),
      answersOwnReply: this.#sql.lastWasOurs.get(from) === 1,
      ended: this.#suppressions.of(from, 'now').map(({ scope }) => scope),
      hasAgreed: this.#consents.everToOffers(from),
    };
  }
}
