import type { Db } from './database.ts';
import type { StoredWebhook, WebhookChange } from './records/webhook.ts';

interface WebhookRow extends Omit<StoredWebhook, 'events'> {
  readonly events: string;
}

const COLUMNS = 'id, url, events, secret_turn AS secretTurn, previous_until AS previousUntil, created_at AS createdAt';

const toWebhook = ({ events, ...row }: WebhookRow): StoredWebhook => ({ ...row, events: events.split(' ') });

/** Webhooks that were added by API. */
export class Webhooks {
  readonly #sql;

  constructor(writer: Db, reader: Db) {
    this.#sql = {
      add: writer.prepare<[string, string, string, number, number | null, number]>(
        'INSERT INTO webhooks (id, url, events, secret_turn, previous_until, created_at) VALUES (?, ?, ?, ?, ?, ?)',
      ),
      load: writer.prepare<[string], WebhookRow>(`SELECT ${COLUMNS} FROM webhooks WHERE id = ?`),
      change: writer.prepare<[string, string, number, number | null, string]>(
        'UPDATE webhooks SET url = ?, events = ?, secret_turn = ?, previous_until = ? WHERE id = ?',
      ),
      remove: writer.prepare<[string]>('DELETE FROM webhooks WHERE id = ?'),
      all: reader.prepare<[], WebhookRow>(`SELECT ${COLUMNS} FROM webhooks ORDER BY created_at, id`),
    };
  }

  add({ id, url, events, secretTurn, previousUntil, createdAt }: StoredWebhook): void {
    this.#sql.add.run(id, url, events.join(' '), secretTurn, previousUntil, createdAt);
  }

  change(id: string, change: WebhookChange): StoredWebhook | undefined {
    const row = this.#sql.load.get(id);
    if (!row) return undefined;
    const now = { ...toWebhook(row), ...change };
    this.#sql.change.run(now.url, now.events.join(' '), now.secretTurn, now.previousUntil, id);
    return now;
  }

  remove(id: string): boolean {
    return this.#sql.remove.run(id).changes === 1;
  }

  all(): StoredWebhook[] {
    return this.#sql.all.all().map(toWebhook);
  }
}
