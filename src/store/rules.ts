import type { Db } from './database.ts';
import type { EventLog } from './event-log.ts';
import type { FollowUps } from './follow-ups.ts';
import type { OwnReplies } from './own-replies.ts';
import type { FollowedText } from './records/follow-up.ts';
import type { Rule, RuleActions, RuleCondition, RuleDeed } from './records/rule.ts';
import type { Tasks } from './tasks.ts';
import type { Tx } from './work.ts';

interface RuleRow {
  readonly name: string;
  readonly body: string;
}

interface PlaceRow {
  readonly revision: number;
  readonly upto: number;
}

/** The rules that were made by API, and what all of them do. */
export class Rules {
  readonly #events: EventLog;
  readonly #followUps: FollowUps;
  readonly #replies: OwnReplies;
  readonly #tasks: Tasks;
  readonly #sql;

  constructor(writer: Db, reader: Db, parts: { events: EventLog; followUps: FollowUps; replies: OwnReplies; tasks: Tasks }) {
    this.#events = parts.events;
    this.#followUps = parts.followUps;
    this.#replies = parts.replies;
    this.#tasks = parts.tasks;
    this.#sql = {
      all: reader.prepare<[], RuleRow>('SELECT name, body FROM rules ORDER BY seq'),
      put: writer.prepare<[string, string, number]>(
        'INSERT INTO rules (name, body, changed_at) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body, changed_at = excluded.changed_at',
      ),
      remove: writer.prepare<[string]>('DELETE FROM rules WHERE name = ?'),
      mark: writer.prepare<[string | null, string | null, number]>('UPDATE inbound SET rule = ?, tag = ? WHERE seq = ?'),
      place: writer.prepare<[number], PlaceRow>(
        'SELECT revision, (SELECT max(r.id) FROM received r WHERE r.inbound_seq = i.seq) AS upto FROM inbound i WHERE i.seq = ?',
      ),
    };
  }

  /** In the order in which they were made. */
  all(): Rule[] {
    return this.#sql.all.all().map(({ name, body }) => {
      const stored: RuleCondition & RuleActions = JSON.parse(body);
      return { ...stored, name };
    });
  }

  put({ name, ...body }: Rule, at: number): void {
    this.#sql.put.run(name, JSON.stringify(body), at);
  }

  /** @returns whether there was one */
  remove(name: string): boolean {
    return this.#sql.remove.run(name).changes === 1;
  }

  /** Does what follows from a text, unless that was done before. */
  do(tx: Tx, text: FollowedText, deed: RuleDeed, at: number): void {
    if (!this.#followUps.finish(text.seq)) return;
    const { rule, tag, webhook, notify, reply } = deed;
    if (rule !== null) this.#sql.mark.run(rule, tag, text.seq);
    if (notify) this.#tasks.add({ kind: 'rule', contact: text.from, inboundId: text.id, at });
    if (reply !== null) {
      const { kind, topic } = reply;
      this.#replies.add(tx, { to: text.from, iccid: text.sim, inboundSeq: text.seq, kind, at, text: reply.text, topic });
    }
    const place = webhook ? this.#sql.place.get(text.seq) : undefined;
    if (place) this.#events.matched(tx, { inboundSeq: text.seq, ...place, at });
  }
}
