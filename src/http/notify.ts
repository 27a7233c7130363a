import { Type } from 'typebox';
import { rfc3339 } from '../base/clock.ts';
import { faultAt, wrongAt } from '../base/fault.ts';
import { readInstant } from '../base/rfc3339.ts';
import type { NoticeDeed } from '../occasions/notice.ts';
import type { NoticeEstimate, NoticeWish } from '../occasions/notices.ts';
import { parseTemplate } from '../templates/parse.ts';
import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import { callerOf } from './guard.ts';
import { askingOf } from './occasions.ts';
import type { Api, ApiParts } from './parts.ts';
import { Shared } from './schemas/common.ts';
import { NotifyOccasions, type OccasionNotice } from './schemas/notify.ts';
import { shapeMoney } from './shape.ts';
import { checkText } from './text.ts';

const tags = ['occasions'];

/** Force majeure: the doctor is ill, the lift is broken, everything is late by forty minutes. */
export function notifyRoutes(app: Api, { notices, store, clock }: ApiParts): void {
  app.post(
    '/v1/occasions/notify',
    {
      schema: {
        operationId: 'notifyOccasions',
        tags,
        summary: 'Tell everybody who is booked in a period',
        description:
          'First without `go`: how many it concerns and what it costs. With `go` it begins after a minute in which it can be undone, as `urgent`, ahead of everything but codes: at once to those whose visit begins before two hours into the next hour at which they may be written to, to the others at that hour.',
        body: NotifyOccasions,
        response: answers(
          {
            200: { description: 'What it would do; nothing is done.', schema: Shared('OccasionNotice') },
            202: { description: 'It begins after a minute.', schema: Shared('OccasionNotice') },
          },
          [...BODY_FAULTS, 'timeInvalid', 'templateUnknown', 'templateInvalid', 'textInvalid', 'countMismatch', 'storeFull'],
        ),
      },
    },
    async (request, reply) => {
      const { go = false, count } = request.body;
      const wish = wishOf(request.body);
      const asking = askingOf(request);
      const { masked } = callerOf(request);
      if (!go) return shown(await notices.estimate(wish, asking), null, null, masked);
      const { notice, estimate } = await notices.begin(wish, count, asking);
      const detail = { action: wish.deed.kind, count: estimate.count, resource: wish.resource };
      await store.audit(auditEntry(clock, request, 'occasion.notify', notice.id, detail));
      return reply.code(202).send(shown(estimate, notice.id, notice.dueAt, masked));
    },
  );

  app.post(
    '/v1/occasions/notify/:id/undo',
    {
      schema: {
        operationId: 'undoNotice',
        tags,
        summary: 'Undo news for many, within its minute',
        params: Type.Object({ id: Type.String({ description: 'As `POST /v1/occasions/notify` gave it.' }) }),
        response: answers({ 200: { description: 'Nobody is told.', schema: Shared('NoticeUndone') } }, [
          'requestInvalid',
          'notFound',
          'tooLate',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { id } = request.params;
      await notices.undo(id, askingOf(request));
      await store.audit(auditEntry(clock, request, 'occasion.undoNotice', id));
      return { id, undone: true as const };
    },
  );
}

const shown = (
  { count, atOnce, untold, segments, cost, sample }: NoticeEstimate,
  id: string | null,
  undoUntil: number | null,
  masked: boolean,
): OccasionNotice => ({
  id,
  count,
  atOnce,
  untold,
  segments,
  cost: cost && shapeMoney(cost),
  sample: masked ? null : sample,
  undoUntil: undoUntil === null ? null : rfc3339(undoUntil),
});

/** @throws Fault `requestInvalid`, `timeInvalid`, `textInvalid`, `templateInvalid` */
function wishOf({ kind, from, until, ...rest }: NotifyOccasions): NoticeWish {
  const [resource, text, template] = [rest.resource ?? null, rest.text ?? null, rest.template ?? null];
  const deed = deedOf(rest);
  if (text !== null && template !== null) throw wrongAt('/template', 'is given beside text: give one of the two');
  if (deed.kind === 'tell' && text === null && template === null) {
    throw wrongAt('/text', 'is missing: say what they are told, or name a template');
  }
  if (text !== null) {
    checkText(text);
    parseTemplate(text);
  }
  const [first, last] = [instant('/from', from), instant('/until', until)];
  if (last <= first) throw faultAt('timeInvalid', '/until', 'is not after from');
  return { kind, from: first, until: last, resource, deed, text, template };
}

function deedOf({ action, minutes }: Pick<NotifyOccasions, 'action' | 'minutes'>): NoticeDeed {
  if (action === 'late' && minutes === undefined) throw wrongAt('/minutes', 'is missing: say by how much they are late');
  if (action !== 'late' && minutes !== undefined) throw wrongAt('/minutes', 'is for the action late alone');
  return action === 'late' ? { kind: action, minutes: minutes ?? 0 } : { kind: action };
}

function instant(pointer: string, written: string): number {
  const at = readInstant(written);
  if (at === undefined) throw faultAt('timeInvalid', pointer, 'is no time that exists; write it as RFC 3339 with an offset');
  return at;
}
