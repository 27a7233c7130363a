import { rfc3339 } from '../base/clock.ts';
import type { StoredAlert } from '../store/records/alert.ts';
import { auditEntry } from './audit-entry.ts';
import { answers } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { pageIn } from './query.ts';
import { AlertQuery } from './schemas/alert.ts';
import { listOf, Shared } from './schemas/common.ts';

const tags = ['health'];

/** What the box needs somebody for. */
export function alertRoutes(app: Api, { store, clock, alerts }: ApiParts): void {
  const instant = (ms: number | null): string | null => (ms === null ? null : rfc3339(ms));
  const shown = (alert: StoredAlert) => ({
    id: alert.id,
    kind: alert.kind,
    subject: alert.subject === '' ? null : alert.subject,
    sentence: alerts.sentence(alert),
    facts: { ...alert.facts },
    at: rfc3339(alert.at),
    overAt: instant(alert.overAt),
    mailedAt: instant(alert.mailedAt),
    textedAt: instant(alert.textedAt),
  });

  app.get(
    '/v1/alerts',
    {
      schema: {
        operationId: 'listAlerts',
        tags,
        summary: 'What the box needs somebody for',
        description: 'The newest first. What is over is kept for 90 days.',
        querystring: AlertQuery,
        response: answers({ 200: { description: 'A page of alerts.', schema: listOf('Alert') } }, ['requestInvalid', 'cursorInvalid']),
      },
    },
    async (request) => {
      const { data, nextCursor } = await store.alerts.list(request.query.all ?? false, pageIn(request.query));
      return { data: data.map(shown), nextCursor };
    },
  );

  app.post(
    '/v1/alerts/test',
    {
      schema: {
        operationId: 'testAlerts',
        tags,
        summary: 'Send a test to whoever is told of alerts',
        description: 'By e-mail and SMS, as `[alerts]` says.',
        response: answers({ 200: { description: 'What became of it.', schema: Shared('AlertTest') } }, ['requestInvalid', 'storeFull']),
      },
    },
    async (request) => {
      await store.audit(auditEntry(clock, request, 'alert.test', null));
      return { channels: await alerts.test() };
    },
  );
}
